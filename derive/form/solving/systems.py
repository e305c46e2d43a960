"""Values of several unknowns that are said to solve several equations together."""

from __future__ import annotations

from collections.abc import Iterator

from derive.expressions import regex
from derive.form.solving.asking import Asking, Sides, rounded, without
from derive.form.solving.putting_back import Solution, put, solution_of, speaks_of
from derive.form.solving.surroundings import Beside, equations_before, words_around
from derive.form.solving.words import Says, said_of
from derive.mend.case import Case
from derive.model import Claim
from derive.term.construct import add, sub
from derive.term.nodes import TWO, ZERO, Pow, Symbol, Term
from derive.term.traverse import free_symbols

_LIST = regex(r"^\W*(?:and)?\W*$")
_FAR = 3
"""How many relations away another value of the list may stand."""


def system(case: Case, solution: Solution) -> tuple[Asking, Beside] | None:
    """The question whether a list of values solves all the equations that it is said to solve: the squares of
    what is left of each are zero together. None where one value, or one equation, stands alone."""
    others = {s.name: s for s in _others(case)}
    if solution.kind != "symbol" or not others or solution.name in others or free_symbols(solution.body):
        return None
    names = {solution.name, *others}
    equations = [
        b for b in equations_before(case) if _speaks(b.claim, names) and not _is_value(b.claim, names)
    ]
    told = [b for b in equations if (said := said_of(b)) is not None and said.value is Says.SOLVES]
    if len(told) < 2 or len(told) != len(equations):
        return None
    sides = [side for b in told for side in (b.claim.left, b.claim.right)]
    if rounded(*sides) or any(len(b.claim.readings) > 1 for b in told):
        return None

    def made(_: Term, right: Term) -> Sides | None:
        solutions = {**others, solution.name: solution.with_body(right)}
        squares: list[Term] = []
        for b in told:
            left = put(b.claim.left, solutions, dict.fromkeys(solutions))
            other = put(b.claim.right, solutions, dict.fromkeys(solutions))
            if left is None or other is None or free_symbols(left) or free_symbols(other):
                return None
            squares.append(Pow(sub(left, other), TWO))
        return add(*squares), ZERO

    return Asking(case, without(case.claim.scope, sorted(names)), made), told[0]


def _others(case: Case) -> Iterator[Solution]:
    own = case.claim
    for k in range(max(0, case.index - _FAR), min(len(case.decided), case.index + _FAR + 1)):
        other = case.decided[k].claim
        if k == case.index or other is None or other.relation != "=" or not isinstance(other.left, Symbol):
            continue
        found = solution_of(other.left, other.right)
        if found is not None and not free_symbols(found.body) and _listed(case, own, other):
            yield found


def _listed(case: Case, own: Claim, other: Claim) -> bool:
    """Whether two values stand in one list, other values of it between them."""
    if own.formula is None or other.formula is None or own.formula == other.formula:
        return own.formula is not None and own.formula == other.formula
    first, second = sorted((own, other), key=lambda c: c.span.start)
    assert first.formula is not None and second.formula is not None
    words = words_around(case.document, first.formula, second.formula)
    return words is not None and all(_LIST.match(part) for part in words[1].split("#"))


def _speaks(claim: Claim, names: set[str]) -> bool:
    return any(speaks_of(side, name) for side in (claim.left, claim.right) for name in names)


def _is_value(claim: Claim, names: set[str]) -> bool:
    return isinstance(claim.left, Symbol) and claim.left.name in names and not free_symbols(claim.right)
