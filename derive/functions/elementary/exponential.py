"""exp and log; NIST Digital Library of Mathematical Functions 4.2 and 4.7."""

from __future__ import annotations

from fractions import Fraction

from derive.functions.domains import POSITIVE
from derive.functions.ranges import POSITIVE as ABOVE_ZERO
from derive.functions.record import Analytic, Function
from derive.term.construct import apply, div, mul, neg
from derive.term.nodes import ONE, TWO, ZERO, Constant, Pow, Relation, Term


def _by_argument(x: Term, base: Term | None = None) -> Term:
    return div(ONE, x) if base is None else div(ONE, mul(x, apply("log", base)))


def _by_base(x: Term, base: Term) -> Term:
    return neg(div(apply("log", x), mul(base, Pow(apply("log", base), TWO))))


def _logarithm(real: bool, x: Term, *bases: Term) -> tuple[Relation, ...]:
    op = ">" if real else "!="
    below = tuple(r for b in bases for r in (Relation(op, b, ZERO), Relation("!=", b, ONE)))
    return (Relation(op, x, ZERO), *below)


FUNCTIONS = (
    Function(
        "exp",
        "\\exp",
        "DLMF 4.2.19",
        words=("exp",),
        inverse="log",
        derivatives=(lambda x: apply("exp", x),),
        value=Analytic(lambda x: x.exp(), lambda x: x.exp()),
        spread="vectors",
        range=ABOVE_ZERO,
        increasing=True,
        at_zero=Fraction(1),
        limits=(Constant("infinity"), ZERO),
        continuity="smooth",
        sympy="exp",
        mpmath="exp",
        related=("log",),
    ),
    # natural unless it has a second argument, the base
    Function(
        "log",
        "\\log",
        "DLMF 4.2.2",
        most=2,
        words=("log", "ln", "lg", "lb"),
        inverse="exp",
        derivatives=(_by_argument, _by_base),
        value=Analytic(
            lambda x: x.log(), lambda x: x.log(), principal=lambda x, a: x.log(analytic=a), domain=POSITIVE
        ),
        spread="vectors",
        increasing=True,
        continuous_where=lambda x, smooth: Relation(">", x, ZERO),
        restrictions=_logarithm,
        sympy="log",
        mpmath="log",
    ),
)
