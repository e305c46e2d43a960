"""What is put into an equation leaves another one: `with $x = e^{rt}$ we get $m r^2 + k = 0$`.

The equation with the value put in must be a multiple of what is claimed: solved for a letter in which it is
linear, the claim must make an identity of it. The same where names were brought in for parts of an equation:
`with $\\omega^2 = k/m$ it becomes $\\ddot{x} + \\omega^2 x = 0$`.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from derive.calculus.differentiate import NotDifferentiable
from derive.calculus.resolve import TooLarge, resolve
from derive.calculus.solving import binds, frozen, linear_in
from derive.classes import replace
from derive.form.solving.asking import Asking, Sides, rounded, without
from derive.form.solving.putting_back import (
    Solution,
    derived_name,
    is_differential_equation,
    put,
    solution_of,
    speaks_of,
    variable_of,
)
from derive.form.solving.surroundings import Beside, equations_before
from derive.form.solving.words import comes_out
from derive.mend.case import GOOD, Case
from derive.mend.edits import Edit
from derive.model import SET_ASIDE, Claim
from derive.term.construct import sub
from derive.term.nodes import ZERO, Derivative, Div, Mul, Number, Symbol, Term
from derive.term.traverse import free_symbols, map_children, substitute

_REACH = 12
_SLOPE = "\u2032"


def inserted(case: Case) -> tuple[Edit, Claim] | None:
    """The edit with which the claim is what the equation becomes, and that equation; None where it is, or
    where nothing was put in."""
    claim = case.claim
    if claim.relation != "=" or claim.stance in SET_ASIDE or case.verdict.status in GOOD:
        return None
    if claim.left_span is None or rounded(claim.left, claim.right):
        return None
    near = list(equations_before(case, _REACH))
    if not near or not comes_out(near[0]) or solution_of(claim.left, claim.right) is not None:
        return None
    for asking, equation in _askings(case, near):
        if not asking.fails():
            return None
        edit = asking.mend(lambda e: True, left=True)
        return (edit, equation) if edit is not None else None
    return None


def _askings(case: Case, near: list[Beside]) -> Iterator[tuple[Asking, Claim]]:
    claim = case.claim
    values = [(b.claim, s) for b in near[:3] if (s := solution_of(b.claim.left, b.claim.right)) is not None]
    for given, solution in values if len(claim.readings) < 2 else ():
        if _speaks(claim, solution.name):
            continue
        for beside in near:
            other = beside.claim
            if other is not given and _speaks(other, solution.name):
                if (asking := _value_put_in(case, other, solution)) is not None:
                    yield asking, other
                return
    names = (n for b in near[:3] for n in free_symbols(b.claim.left) if n in claim.scope.definitions)
    named = {n for n in names if _speaks(claim, n) and n not in _slopes(claim)}
    for beside in near if named else ():
        other = beside.claim
        if solution_of(other.left, other.right) is None and not any(_speaks(other, n) for n in named):
            if (asking := _parts_named(case, other)) is not None:
                yield asking, other
                return


def _value_put_in(case: Case, equation: Claim, solution: Solution) -> Asking | None:
    if rounded(equation.left, equation.right):
        return None
    variables = {solution.name: _variable(case.claim, solution, equation)}
    sides = [put(t, {solution.name: solution}, variables) for t in (equation.left, equation.right)]
    if sides[0] is None or sides[1] is None:
        return None
    whole = sub(sides[0], sides[1])
    if any(is_differential_equation(s, solution.name) for s in (equation.left, equation.right)):
        whole = Div(whole, solution.body)  # what is put into a linear equation is a factor of all of it
    return _multiple(case, whole, [solution.name])


def _variable(claim: Claim, solution: Solution, equation: Claim) -> Symbol | None:
    """What it is a function of; of several letters, the one that is gone from what comes out."""
    there = free_symbols(claim.left).keys() | free_symbols(claim.right).keys()
    gone = [s for n, s in free_symbols(solution.body).items() if n not in there]
    return gone[0] if len(gone) == 1 else variable_of(solution, equation.left, equation.right)


def _parts_named(case: Case, equation: Claim) -> Asking | None:
    """The equation as it stands, its derivatives letters: the names are known by their definitions."""
    claim = case.claim
    slopes = _slopes(claim)
    if not slopes or not slopes <= _slopes(equation):
        return None  # of no derivatives: another equation may be meant
    return _multiple(case, _lettered(sub(equation.left, equation.right)), sorted(slopes))


def _multiple(case: Case, whole: Term, names: list[str]) -> Asking | None:
    """Whether the equation is a multiple of the claim: it vanishes with what the claim makes of a letter in
    which it is linear, the highest slope first; of a claim without one it is so many times as at a point."""
    scope = replace(without(case.claim.scope, names), soft=())
    try:
        whole = resolve(whole, scope)
    except (TooLarge, NotDifferentiable):
        return None

    def made(left: Term, right: Term) -> Sides | None:
        own = resolve(_lettered(sub(left, right)), scope)
        every = {**free_symbols(whole), **free_symbols(own)}.values()
        if any(binds(term, s) for term in (own, whole) for s in every):
            return None
        solved = [(s, v) for s, v in linear_in(own) if s.name in free_symbols(whole)]
        if solved:
            letter, value = max(solved, key=lambda found: found[0].name.count(_SLOPE))
            return substitute(whole, {letter: value}), ZERO
        point: dict[Term, Term] = {s: Number(Fraction(2 * k + 5, k + 2)) for k, s in enumerate(every)}
        return Mul((own, substitute(whole, point))), Mul((substitute(own, point), whole))

    return Asking(case, scope, made)


def _lettered(term: Term) -> Term:
    """A letter of its own for each slope, however it is written: `\\ddot{x}`, `x''`, `d^2x/dt^2`."""
    match term:
        case Derivative(body=Symbol(name=name), variables=((Symbol(), Number(value=order)),)):
            return Symbol(f"{name}{_SLOPE * int(order)}")
        case Symbol(name=name) if (known := derived_name(name))[1]:
            return Symbol(f"{known[0]}{_SLOPE * known[1]}")
        case Derivative():
            return term
        case _:
            return frozen(map_children(term, _lettered))


def _slopes(claim: Claim) -> set[str]:
    """The letters of whose slopes the two sides speak."""
    letters = free_symbols(_lettered(sub(claim.left, claim.right)))
    return {n.partition(_SLOPE)[0] for n in letters if _SLOPE in n}


def _speaks(claim: Claim, name: str) -> bool:
    return speaks_of(claim.left, name) or speaks_of(claim.right, name)
