"""The value and the slope of a tangent stand with opposite signs.

The line that touches f at a is `f(a) + f'(a)(x - a)`. Whatever is made of it, a remainder `f(x) - f(a) -
f'(a)(x - a)` or a zero of it, both parts have the same sign on one side of an equation.
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.form.cause import cause
from derive.mend.case import Case
from derive.model import SET_ASIDE, Diagnostic, Severity
from derive.term.nodes import Add, Call, Mul, Neg, Prime, Symbol, Term
from derive.term.traverse import walk

CODE, NAME = "DRV065", "wrong-tangent"


def check(case: Case) -> Diagnostic | None:
    claim = case.claim
    if claim.stance in SET_ASIDE:
        return None
    for side in (claim.left, claim.right):
        for total in (n for n in walk(side) if isinstance(n, Add)):
            parts = list(_signed(total))
            for slope, sign in parts:
                found = _slope(slope)
                if found is None:
                    continue
                value, turned = found
                signs = {s for part, s in parts if part == value}
                if signs == {-sign * turned}:
                    return case.finding(
                        CODE,
                        NAME,
                        f"${value.to_latex()}$ and ${slope.to_latex()}$ have opposite signs: a tangent is "
                        "$f(a) + f'(a)(x - a)$",
                        severity=Severity.WARNING,
                        span=case.locate(total) or claim.right_span,
                    )
    return None


def _signed(total: Add) -> Iterator[tuple[Term, int]]:
    for arg in total.args:
        match arg:
            case Neg(arg=Add() as inner):
                yield from ((t, -s) for t, s in _signed(inner))
            case Add():
                yield from _signed(arg)
            case Neg(arg=inner):
                yield inner, -1
            case _:
                yield arg, 1


def _slope(term: Term) -> tuple[Term, int] | None:
    """For `f'(a)(x - a)` the value `f(a)` that goes with it, and -1 where it is `f'(a)(a - x)`."""
    match term:
        case Mul(args=(a, b)):
            pass
        case _:
            return None
    for slope, step in ((a, b), (b, a)):
        match slope, step:
            case (
                Call(function=Prime(function=Symbol() as f), args=(at,)),
                Add(args=(first, Neg(arg=second))),
            ) if at in (first, second) and first != second:
                return Call(f, (at,)), 1 if at == second else -1
            case _:
                pass
    return None


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=("The tangent of a function f is $$l(x) = f'(a)(x-a) - f(a).$$\n",),
    valid=(
        "The tangent of a function f is $$l(x) = f'(a)(x-a) + f(a).$$\n",
        "What is left is $$r(x) = f(x) - f'(a)(x-a) - f(a).$$\n",
        "By the mean value theorem $$f(b) - f(a) = f'(c)(b-a).$$\n",
    ),
    when="any",
)
