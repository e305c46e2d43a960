"""Values of what is no name, solved for as if it were: `\\frac{dy}{dx}`, `\\int e^x \\sin x\\,dx`, `f'(a)`.

The whole is a letter in the equation, and so is every other derivative or value of a function that is not
defined: what is said of them elsewhere could only make the step truer, so an edit must prove it.
"""

from __future__ import annotations

from derive.form.solving.asking import Asking, Sides, rounded
from derive.form.solving.surroundings import Beside, equations_before
from derive.form.solving.words import Says, said_of
from derive.mend.case import Case
from derive.rules import Answer
from derive.term.nodes import Call, Derivative, Expectation, Integral, Partial, Prime, Symbol, Term, Type
from derive.term.traverse import free_symbols, map_children, walk

_WHOLE = (Call, Derivative, Expectation, Integral, Partial, Prime)


def whole(case: Case) -> tuple[Asking, Beside, Answer[Says]] | None:
    """The question whether the value of a whole solves the nearest equation that has it among other things;
    None where there is none, or where the words say no such thing."""
    claim = case.claim
    unknown = claim.left
    if not isinstance(unknown, _WHOLE) or len(claim.readings) > 1 or _has(claim.right, unknown):
        return None
    for beside in equations_before(case):
        other = beside.claim
        if not (_has(other.left, unknown) or _has(other.right, unknown)):
            continue
        if unknown in (other.left, other.right):
            return None  # a value of it already
        said = said_of(beside)
        if said is None or said.value is Says.VANISHES:
            return None
        if len(other.readings) > 1 or rounded(other.left, other.right):
            return None
        asking = _asking(case, beside, unknown)
        return (asking, beside, said) if asking is not None else None
    return None


def _asking(case: Case, beside: Beside, unknown: Term) -> Asking | None:
    left, right = beside.claim.left, beside.claim.right
    letters: dict[Term, Symbol] = {}

    def opaque(term: Term) -> Term:
        if isinstance(term, _WHOLE):
            return letters.setdefault(term, Symbol(f"\\Omega_{{{len(letters) + 1}}}", Type()))
        return map_children(term, opaque)

    def put(term: Term, value: Term) -> Term:
        return opaque(_replaced(term, unknown, value))

    def made(_: Term, value: Term) -> Sides | None:
        return None if _has(value, unknown) else (put(left, value), put(right, value))

    known = [opaque(t) for t in (left, right, case.claim.right)]
    if letters.keys() <= {unknown} and not any(free_symbols(t) for t in known):
        return None
    if not free_symbols(known[2]).keys() <= free_symbols(known[0]).keys() | free_symbols(known[1]).keys():
        return None  # it is made of more than the equation
    if any(s.type.shape != () for t in known for s in free_symbols(t).values()):
        return None
    return Asking(case, case.claim.scope, made)


def _replaced(term: Term, old: Term, new: Term) -> Term:
    return new if term == old else map_children(term, lambda t: _replaced(t, old, new))


def _has(term: Term, part: Term) -> bool:
    return any(n == part for n in walk(term))
