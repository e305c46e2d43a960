"""A letter is bound on one side and free in a slot of the other, which lacks a letter that nothing binds.

`\\sum_{x} \\mu_{xy} = n_x`: the sum over x leaves y, and the other side has x in the slot of y.
`S_i = \\sum_i a_{ij}`: the sum over i leaves j. One letter put for the other restores the balance. A bound
that has the letter (`\\int_0^x f(x; a)\\,dx`), a letter beside the sum (`\\frac{e^{z_i}}{\\sum_i e^{z_i}}`)
and an array that is spelled with either (`\\sum_j x_j / n = x_i`) are left alone. So is told a name whose
value counts with it, `n = \\sum_{n=0}^N f(n)`.
"""

from derive.classes import dataclass
from derive.form.binding import SUMMING, found_in, free_letters, kind, mentioned, respelt
from derive.form.cause import cause
from derive.form.letters import Slot, bound_letters, is_letter, scoped, slots, summands
from derive.mend.case import Case
from derive.model import Diagnostic
from derive.term.contents import among
from derive.term.nodes import Apply, BigOp, Call, Element, Integral, Number, Symbol, Term
from derive.term.traverse import free_symbols, walk

CODE, NAME = "DRV070", "crossed-binder"


@dataclass(frozen=True, slots=True)
class _Crossed:
    node: Term
    variable: Symbol
    left_over: Slot
    """The slot of the letter that nothing binds."""
    other: Slot
    """The slot of the bound letter on the other side."""


def check(case: Case) -> Diagnostic | None:
    if case.claim.relation not in ("=", ":="):
        return None
    if (named := _named(case.claim.left, case.claim.right)) is not None:
        name = named.to_latex()
        return case.finding(
            CODE, NAME, f"${name}$ is given a value in which it only counts", span=case.claim.left_span
        )
    if (answer := found_in(case, _crossed)) is None:
        return None
    _, found = answer
    old, new = found.variable.to_latex(), found.left_over.symbol.to_latex()
    holder = found.other.holder
    return case.finding(
        CODE,
        NAME,
        f"the {kind(found.node)} binds ${old}$ and leaves ${new}$, "
        f"but ${holder.to_latex()}$ on the other side has ${old}$ in its slot",
        span=case.locate(holder),
        fix=respelt(case, holder, old, new),
    )


def _named(left: Term, right: Term) -> Symbol | None:
    """`n = q + \\sum_{n=0}^N f(n)`: the name of what is given, which only counts
    on the other side."""
    match left:
        case (Symbol() as own) | Call(function=Symbol() as own):
            pass
        case _:
            return None
    if not is_letter(own) or own.name in free_symbols(right):
        return None
    counted = any(
        b.variable.name == own.name and isinstance(b.lower, Number)
        for node in among(right, BigOp)
        if node.op in SUMMING
        for b in node.binders
    )
    return own if counted else None


def _crossed(term: Term, other: Term) -> _Crossed | None:
    if any(n.head == "measured_int" for n in among(other, Apply)):
        return None  # `\\int_A f(x) N(t, dx)` binds what it is taken by
    elsewhere = free_letters(other)
    other_slots, other_bound = slots(other), bound_letters(other)
    mine = slots(term)
    arrays = {e.base.name for e in among(term, Element) if isinstance(e.base, Symbol)}  # `y` in `f_{y_i}`
    for node, around in scoped(term):
        match node:
            case BigOp(op=op, binders=binders, body=body) if op in SUMMING:
                variables = tuple(b.variable for b in binders)
                ends = (part for b in binders for part in (b.lower, b.upper, b.domain))
                # the end of `\\sum_j` was put there by the reader
                bounds = free_letters(*(e for e in ends if e not in [_unsaid(v) for v in variables]))
            case Integral(variable=variable, lower=low, upper=high, domain=over, body=body) if (
                low is not None or high is not None or over is not None
            ):
                variables, bounds = (variable,), free_letters(low, high, over)
            case _:
                continue
        for v in variables:
            held = [s for s in other_slots if s.symbol.name == v.name]
            if not is_letter(v) or v.name in other_bound | bounds or len({s.holder for s in held}) != 1:
                continue
            beside = [s for part in summands(body) if v.name in mentioned(part) for s in slots(part)]
            inside = around | {w.name for w in variables}
            if v.name not in free_symbols(term):
                # free on this side, and nowhere on the other: what the sum leaves, or what stands beside it
                left = [s for s in (*beside, *(s for s in mine if s.index)) if s.symbol.name not in inside]
            else:
                # the letter of the other side stands beside the sum too: then what only the sum has
                left = [
                    s
                    for s in beside
                    if s.symbol.name not in inside and _count(term, s.symbol) == _count(node, s.symbol)
                ]
            left_over = {
                s.symbol.name: s
                for s in reversed(left)
                if s.symbol.name not in elsewhere | arrays
                and s.symbol.name in free_symbols(term)
                and s.index == held[0].index
            }
            if len(left_over) == 1:
                (slot,) = left_over.values()
                if not _same(slot, held[0]):
                    return _Crossed(node, v, slot, held[0])
    return None


def _unsaid(variable: Symbol) -> Symbol:
    return Symbol(f"N_{{{variable.name}}}")


def _count(term: Term, symbol: Symbol) -> int:
    return sum(n == symbol for n in walk(term))


def _same(slot: Slot, other: Slot) -> bool:
    """An array on both sides, with the one letter here and the other there: `\\sum_j x_j / n = x_i`."""
    return (
        isinstance(slot.holder, Element)
        and isinstance(other.holder, Element)
        and slot.holder.base == other.holder.base
        and len(slot.holder.indices) == len(other.holder.indices)
    )


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "The row sums of the table are\n\n$$\\sum_{k \\in K} c_{km} = r_k$$\n",
        "The total of a row is\n\n$$R_i = \\sum_{i=1}^n a_{ij} v_j$$\n",
        "The cost is\n\n$$C_k = -s_{z_m} + \\log \\sum_k e^{s_k}$$\n",
        "The whole cost is\n\n$$k = q + \\sum_{k=0}^{N} f(k)$$\n",
        "The attention is\n\n$$a_{ij} = \\frac{\\exp(e_{ij})}{\\sum_{i=1}^4 \\exp(e_{ik})}$$\n",
        "The loss of one sample is\n\n$$L_k = -\\log \\frac{h(s_m)}{\\sum_{k=1}^K h(s_k)}$$\n",
    ),
    valid=(
        "For a measure $N$ of jumps up to $t$\n\n$$\\int_A f(x) N(t,dx) = \\sum_{x \\in A} f(x) N(t,x)$$\n",
        "The row sums of the table are\n\n$$\\sum_{k \\in K} c_{km} = r_m$$\n",
        "The total of a row is\n\n$$R_i = \\sum_{j=1}^n a_{ij} v_j$$\n",
        "The weights are\n\n$$w_i = \\frac{e^{z_i}}{\\sum_i e^{z_i}}$$\n",
        "The distribution function is\n\n$$F(x) = \\int_0^x f(x; a)\\,dx$$\n",
    ),
    when="structure",
)
