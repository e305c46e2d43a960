"""An index stands on one side only, and another letter has its slot on the other side.

`y_i = w^\\top x_j + b`: i is free on the left alone, j on the right alone. `\\sum_i (a_i - b_i)^2 =
\\sum_i (a_i^2 - 2 a_i b_j + b_i^2)`: b has the index i on the other side. It is told where nothing else in
the section says what the letter is. An index that is repeated in a product is summed over without a sign;
`x_i = y_j` may hold for some i and j; a side that lacks the index altogether, `a_{ij} = b_i`, is constant.
"""

from derive.classes import dataclass
from derive.facts.pieces import INDEX_LETTERS
from derive.form.binding import found_in, respelt
from derive.form.cause import cause
from derive.form.letters import Slot, bound_letters, is_letter, repeated, scoped, slots, unbalanced
from derive.form.told import loose
from derive.mend.case import Case
from derive.model import Diagnostic
from derive.term.contents import among
from derive.term.nodes import Add, BigOp, Call, Derivative, Element, Expectation, Number, Symbol, Term
from derive.term.traverse import free_symbols, substitute, walk

CODE, NAME = "DRV071", "swapped-index"


@dataclass(frozen=True, slots=True)
class _Swapped:
    slot: Slot
    meant: Symbol
    beside: Term
    """What has the meant letter in this slot on the other side, or the other side itself."""
    aligned: bool


def check(case: Case) -> Diagnostic | None:
    if case.claim.relation not in ("=", ":="):
        return None
    if case.claim.relation == ":=" and (old_new := _updated(case.claim.left, case.claim.right)) is not None:
        held, left = old_new
        return case.finding(
            CODE,
            NAME,
            f"${left.to_latex()}$ is set anew, from ${held.to_latex()}$: the new value has another index",
            span=case.locate(held),
        )
    answer = found_in(case, _aligned) or found_in(case, _one_each)
    if answer is None:
        return None
    side, found = answer
    old, new = found.slot.symbol.to_latex(), found.meant.to_latex()
    if (not found.aligned and side == 0) or not loose(case, found.slot.symbol.name):
        return None
    holder = found.slot.holder
    why = (
        f"the other side has ${found.beside.to_latex()}$"
        if found.aligned
        else f"the other side has the index ${new}$, which is missing here"
    )
    return case.finding(
        CODE,
        NAME,
        f"nothing binds ${old}$ of ${holder.to_latex()}$, and {why}",
        span=case.locate(holder),
        fix=respelt(case, holder, old, new),
    )


def _updated(left: Term, right: Term) -> tuple[Term, Term] | None:
    """`b_j := b_i - s \\sum_i e_i`: the new value of an element without its index, from another element whose
    index is bound everywhere else. `d_j := d_i + w_{ij}` has both."""
    if not isinstance(left, Element) or len(left.indices) != 1 or not isinstance(right, Add):
        return None
    (own,) = left.indices
    olds = [t for t in right.args if isinstance(t, Element) and t.base == left.base and len(t.indices) == 1]
    if len(olds) != 1 or not isinstance(own, Symbol) or own.name in free_symbols(right):
        return None
    (old,) = olds
    index = old.indices[0]
    if not isinstance(index, Symbol) or index.name == own.name:
        return None
    rest = Add(tuple(t for t in right.args if t is not old))
    return None if index.name in free_symbols(rest) else (old, left)


def _one_each(term: Term, other: Term) -> _Swapped | None:
    """One index that this side alone has, one that the other side alone has."""
    if not _says(term) or not _indexed(other):
        return None
    mine, theirs = unbalanced(term, other), unbalanced(other, term)
    if len(mine) != 1 or len(theirs) != 1:
        return None
    ((name, slot),), ((_, partner),) = mine.items(), theirs.items()
    if not _only_in(term, name) or name in bound_letters(term, other) or repeated(term, name):
        return None
    if _one_of_several(term, slot.holder):
        return None
    return _Swapped(slot, partner.symbol, partner.holder, aligned=False)


def _aligned(term: Term, other: Term) -> _Swapped | None:
    """An element with a loose index, which stands elsewhere with an index that this side has around it."""
    if not _says(term):
        return None
    there = {n for n in among(other, Element)}
    for name, slot in unbalanced(term, other).items():
        if name in bound_letters(term, other) or not _only_in(term, name) or repeated(term, name):
            continue
        if sum(n == slot.holder for n in walk(term)) != 1:
            continue
        for node, around in scoped(term):
            if node is not slot.holder:
                continue
            near = {v.name: v for n, _ in scoped(term) for v in _variables(n) if v.name in around}
            free = {
                s.symbol.name: s.symbol for s in slots(term) if s.index and s.symbol.name in INDEX_LETTERS
            }
            for partner in (*near.values(), *free.values()):
                if partner.name == name or not is_letter(partner):
                    continue
                whole = substitute(slot.holder, {slot.symbol: partner})
                if whole in there and slot.holder not in there:
                    return _Swapped(slot, partner, whole, aligned=True)
    return None


def _one_of_several(term: Term, holder: Term) -> bool:
    """Whether the side has another of its kind: `\\rho_l` beside `\\rho_g` is that of a liquid."""
    if not (isinstance(holder, Element) and isinstance(holder.base, Symbol)):
        return False
    labelled = any(n.name.startswith(f"{holder.base.name}_") for n in among(term, Symbol))
    return labelled or any(n.base == holder.base and n != holder for n in among(term, Element))


def _variables(node: Term) -> tuple[Symbol, ...]:
    return tuple(b.variable for b in node.binders) if isinstance(node, BigOp) else ()


def _only_in(term: Term, name: str) -> bool:
    """Whether the letter is an index by itself wherever it stands: in `(-1)^j x_{j+1}` it is a number."""
    places = [n for n in among(term, Symbol) if n.name == name]
    as_index = [i for n in among(term, Element) for i in n.indices if i in places]
    return len(places) == len(as_index)


def _says(term: Term) -> bool:
    """Whether a side is worked out from elements: a bare one may be the value of any other."""
    return not isinstance(term, Element | Symbol | Number | Call)


def _indexed(side: Term) -> bool:
    """Whether a side is one quantity that its index tells from others."""
    match side:
        case Element():
            return True
        case Call(function=Element()):
            return True
        case Derivative(body=body):
            return isinstance(body, Element | Symbol)
        case Expectation(args=(Element(),)):
            return True
        case _:
            return bool(free_symbols(side)) and isinstance(side, BigOp) and isinstance(side.body, Element)


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "The biases are updated by $$b_j := b_i - s \\sum_{i=1}^n (o_i - t_i).$$\n",
        "The model of a sample is\n\n$$y_i = w^\\top x_j + b$$\n",
        "The logarithm is\n\n$$\\log \\prod_{i=1}^n h(v_i, w_i) = \\sum_{i=1}^n \\log h(v_i, w_j)$$\n",
    ),
    valid=(
        "The biases are updated by $$b_j := b_j - s \\sum_{i=1}^n (o_i - t_i).$$\n",
        "The distances are updated by $$d_j := d_i + w_{ij}.$$\n",
        "The model of a sample is\n\n$$y_i = w^\\top x_i + b$$\n",
        "Let the k-th centre be nearest to the point. Then\n\n$$r_i = \\|x_i\\| - \\mu_k + 1$$\n",
        "The mixture has the density\n\n$$\\rho_m = c \\rho_g + (1 - c) \\rho_l$$\n",
        "In Einstein's notation,\n\n$$s_i = T_{kk} + 1$$\n",
        "Multiplied out, this is\n\n"
        "$$\\sum_{i=1}^n (a_i - b_j)^2 = \\sum_{i=1}^n (a_i^2 - 2 a_i b_j + b_j^2)$$\n",
        "A value follows from all that were seen:\n\n$$y_i = h(x_1, \\dots, x_n) + 1$$\n",
        "The gain in energy $E_j$ is shared by all:\n\n$$d_i = \\frac{E_j}{2} + 1$$\n",
    ),
    when="structure",
)
