"""A sum or product runs over a letter that its body does not have, and a letter of the body has no binder.

`\\sum_{l=1}^k \\alpha_i` adds one number k times: either the sum runs over i, or the body should have l. It
is told where the free letter is an index that the other side of the equation does not have, and in a
fraction that is to be normalised, `\\frac{a_i b_i}{\\sum_l a_l b_i}`, where some of the letters were not
renamed. A sum of a constant, a letter that counts (`\\frac{1}{n} \\sum_n x_i`) and one that may be hidden in
a name are left alone.
"""

from collections.abc import Iterator

from derive.classes import dataclass
from derive.facts.pieces import INDEX_LETTERS
from derive.form.binding import (
    SUMMING,
    found_in,
    free_letters,
    indices,
    kind,
    letters_of,
    rebound,
    speaks_of,
    under_binders,
    written,
)
from derive.form.cause import cause
from derive.form.letters import subscripts, values
from derive.form.told import given, loose, runs
from derive.mend.case import Case
from derive.model import Diagnostic
from derive.term.contents import among
from derive.term.nodes import (
    ONE,
    BigOp,
    Binder,
    Call,
    Div,
    Element,
    Mul,
    Neg,
    Number,
    Probability,
    Relation,
    Symbol,
    Term,
)
from derive.term.traverse import free_symbols, substitute, walk

CODE, NAME = "DRV010", "unused-index"
_COUNTS = frozenset("nmNMKTDBSPL")


@dataclass(frozen=True, slots=True)
class _Unused:
    node: BigOp
    loose: tuple[Symbol, ...]
    """The letters of the body that nothing binds."""
    body: Term | None = None
    """What the body should be, where the fraction around it tells."""
    kept: Term | None = None
    """The factor that kept its letter."""


def check(case: Case) -> Diagnostic | None:
    known = case.claim.scope.hypotheses
    if (answer := found_in(case, lambda term, other: _search(term, other, known))) is not None:
        side, found = answer
        return _finding(case, found, side)
    if (answer := found_in(case, _counted)) is not None and all(
        _counts_alone(case, s) for s in answer[1].loose
    ):
        side, found = answer
        return _finding(case, found, side)
    return None


def _counts_alone(case: Case, letter: Symbol) -> bool:
    """Whether the text gives the letter no value: it is loose, or another sum of the section runs over it."""
    return loose(case, letter.name) or (runs(case, letter.name) and not given(case, letter.name))


def _finding(case: Case, found: _Unused, side: int) -> Diagnostic:
    what, name = kind(found.node), found.node.binders[0].variable.to_latex()
    loose = " and ".join(f"${s.to_latex()}$" for s in found.loose)
    if found.kept is not None:
        message = (
            f"the {what} runs over ${name}$, but ${found.kept.to_latex()}$ in it keeps the letter {loose} "
            "of the numerator"
        )
    elif found.body is not None:
        message = f"the {what} runs over ${name}$, which its body does not have: {loose} stands in its place"
    else:
        message = f"the {what} runs over ${name}$, which its body does not have, and nothing binds {loose}"
    notes = (f"it should be the {what} of ${found.body.to_latex()}$",) if found.body is not None else ()
    fix = None
    if found.body is None and len(found.loose) == 1:
        fix = rebound(case, found.node, found.loose[0], side)
    return case.finding(CODE, NAME, message, span=case.locate(found.node), notes=notes, fix=fix)


def _search(term: Term, other: Term, known: tuple[Term, ...]) -> _Unused | None:
    return _unnormalised(term) or _unused(term, other, known)


def _unused(term: Term, other: Term, known: tuple[Term, ...]) -> _Unused | None:
    """A sum whose body lacks its letter and has an index that the whole equation does not account for."""
    for node, bound in under_binders(term):
        if not (isinstance(node, BigOp) and node.op in SUMMING and len(node.binders) == 1):
            continue
        (binder,) = node.binders
        if _used(node.body, binder) or _counts(node, term, other):
            continue
        ranged = free_letters(binder.lower, binder.upper, binder.domain, binder.condition)
        loose = dict(indices(node.body))
        if not loose and isinstance(other, Call) and not written(node):
            loose = _arguments(node.body, other)
        elsewhere = free_letters(other, *known) if loose else frozenset()
        for name in list(loose):
            if name in bound or letters_of(name) & (elsewhere | ranged):
                del loose[name]
        if loose and not _names_others(binder, loose):
            return _Unused(node, tuple(loose.values()))
    return None


def _counted(term: Term, other: Term) -> _Unused | None:
    """`\\sum_{i=1}^\\infty \\frac{1}{k^2}`: a letter that counts stands in the body by itself."""
    for node, bound in under_binders(term):
        if not (isinstance(node, BigOp) and node.op in SUMMING and len(node.binders) == 1):
            continue
        (binder,) = node.binders
        if binder.variable.name not in INDEX_LETTERS or not written(node) or _used(node.body, binder):
            continue
        elsewhere = free_letters(other, binder.lower, binder.upper, binder.domain, binder.condition)
        outside = free_symbols(substitute(term, {node: ONE}))
        named = [Symbol(i, span=n.span) for n in walk(node.body) for _, i in subscripts(n)]
        found = {
            s.name: s
            for s in (*named, *values(node.body))
            if s.name in INDEX_LETTERS
            and s.name not in bound
            and s.name not in elsewhere
            and s.name not in outside
        }
        if len(found) == 1:
            return _Unused(node, tuple(found.values()))
    return None


def _names_others(binder: Binder, loose: dict[str, Symbol]) -> bool:
    """`\\sum_{e \\in E} (x_i - x_j)^2`: an edge, a pair, a sample, whose indices the letter stands for."""
    return binder.domain is not None and (len(loose) > 1 or binder.variable.name not in INDEX_LETTERS)


def _used(body: Term, binder: Binder) -> bool:
    """Whether the body has the letter anywhere; one beside an index (`z \\ne j`) stands there by itself."""
    match binder.condition:
        case Relation(op="!=", left=Symbol(name=a), right=Symbol(name=b)) if b in INDEX_LETTERS:
            return a != binder.variable.name or any(n.name == a for n in among(body, Symbol))
        case _:
            return speaks_of(body, binder.variable)


def _counts(node: BigOp, term: Term, other: Term) -> bool:
    """`\\frac{1}{n} \\sum_n x_i`: the letter under the sign says how many, or names a set; as an index
    (`\\frac{e^{f_i}}{\\sum_i e^{f_j}}`) it does not."""
    name = node.binders[0].variable.name
    if written(node):
        return False
    every = sum(n.name == name for t in (term, other) for n in among(t, Symbol))
    below = sum(
        isinstance(i, Symbol) and i.name == name
        for t in (term, other)
        for n in among(t, Element)
        for i in n.indices
    )
    return len(name) != 1 or not name.islower() or name in _COUNTS or every - below > 1


def _arguments(body: Term, left: Call) -> dict[str, Symbol]:
    """The letters that two factors of the body are taken at, where the left side lists what it depends on."""
    if not all(isinstance(a, Symbol) for a in left.args) or not isinstance(body, Mul):
        return {}
    found: dict[str, list[Symbol]] = {}
    for factor in body.args:
        if isinstance(factor, Call | Probability):
            given = factor.given if isinstance(factor, Probability) else ()
            for a in dict.fromkeys((*factor.args, *given)):
                if isinstance(a, Symbol):
                    found.setdefault(a.name, []).append(a)
    return {name: places[0] for name, places in found.items() if len(places) > 1}


def _unnormalised(term: Term) -> _Unused | None:
    """`\\frac{e^{z_i}}{\\sum_j e^{z_i}}` and `\\frac{a_i b_i}{\\sum_l a_l b_i}`."""
    for fraction in walk(term):
        if not isinstance(fraction, Div):
            continue
        node = fraction.denominator
        match node:
            case BigOp(op="sum", body=body, binders=(Binder(variable=v),)):
                pass
            case _:
                continue
        above = tuple(_factors(fraction.numerator))
        for name, index in indices(body).items():
            if name == v.name or name not in indices(fraction.numerator):
                continue
            renamed = substitute(body, {index: v})
            if not speaks_of(body, v):
                if body in (fraction.numerator, *above) and not _counts(node, term, fraction.numerator):
                    return _Unused(node, (index,), renamed)
                continue
            kept = [f for f in _factors(body) if v.name not in free_symbols(f) and f in above]
            kept = [f for f in kept if name in indices(f)]
            moved = [
                f for f in _factors(body) if v.name in free_symbols(f) and substitute(f, {v: index}) in above
            ]
            if kept and moved:
                return _Unused(node, (index,), renamed, kept[0])
    return None


def _factors(term: Term) -> Iterator[Term]:
    match term:
        case Mul(args=args):
            for a in args:
                yield from _factors(a)
        case Neg(arg=arg):
            yield from _factors(arg)
        case Number():
            return
        case _:
            yield term


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "The likelihood of a point is\n\n$$p(x) = \\sum_{l=1}^k \\alpha_i p(x \\mid \\mu_i)$$\n",
        "The weights are\n\n$$w_i = \\frac{e^{z_i}}{\\sum_{j=1}^k e^{z_i}}$$\n",
        "The chance of a class is\n\n$$S(f_{y_i}) = \\frac{e^{f_{y_i}}}{\\sum_i e^{f_j}}$$\n",
        "The series has the value\n\n$$S = \\sum_{i=1}^{\\infty} \\frac{h(k)}{k^2}$$\n",
        "The share of a component is\n\n"
        "$$\\gamma_i = \\frac{\\alpha_i p(x \\mid \\mu_i)}{\\sum_{l=1}^k \\alpha_l p(x \\mid \\mu_i)}$$\n",
    ),
    valid=(
        "The likelihood of a point is\n\n$$p(x) = \\sum_{i=1}^k \\alpha_i p(x \\mid \\mu_i)$$\n",
        "The weights are\n\n$$w_i = \\frac{e^{z_i}}{\\sum_i e^{z_i}}$$\n",
        "Of course $\\sum_{i=1}^n c = n c$, and the mean is\n\n$$m = \\frac{1}{n} \\sum_n x_i$$\n",
        "For a number $k$ that is given,\n\n$$S = \\sum_{i=1}^{9} \\frac{h(k)}{k^2}$$\n",
        "The precision of a class is\n\n$$P_i = \\frac{C_{ii}}{\\sum_j C_{ij}}$$\n",
    ),
    when="structure",
)
