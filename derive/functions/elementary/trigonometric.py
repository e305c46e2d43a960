"""sin, cos and their quotients; NIST Digital Library of Mathematical Functions 4.14 to 4.21."""

from __future__ import annotations

from fractions import Fraction

from derive.functions.domains import NONZERO
from derive.functions.ranges import Range
from derive.functions.record import Analytic, Function
from derive.term.construct import apply, div, mul, neg, square
from derive.term.nodes import ONE, ZERO, Relation, Term

_UNIT = Range(Fraction(-1), Fraction(1))


def _cosine_is_none(real: bool, x: Term) -> tuple[Relation, ...]:
    return (Relation("!=", apply("cos", x), ZERO),)


def _sine_is_none(real: bool, x: Term) -> tuple[Relation, ...]:
    return (Relation("!=", apply("sin", x), ZERO),)


FUNCTIONS = (
    Function(
        "sin",
        "\\sin",
        "DLMF 4.14.1",
        words=("sin",),
        inverse="arcsin",
        to_minus_one=True,
        derivatives=(lambda x: apply("cos", x),),
        value=Analytic(lambda x: x.sin(), lambda x: x.sin()),
        spread="vectors",
        range=_UNIT,
        continuity="smooth",
        sympy="sin",
        mpmath="sin",
        parity="odd",
        related=("cos",),
    ),
    Function(
        "cos",
        "\\cos",
        "DLMF 4.14.2",
        words=("cos",),
        inverse="arccos",
        to_minus_one=True,
        derivatives=(lambda x: neg(apply("sin", x)),),
        value=Analytic(lambda x: x.cos(), lambda x: x.cos()),
        spread="vectors",
        range=_UNIT,
        continuity="smooth",
        sympy="cos",
        mpmath="cos",
        parity="even",
    ),
    Function(
        "tan",
        "\\tan",
        "DLMF 4.14.4",
        words=("tan", "tg"),
        inverse="arctan",
        to_minus_one=True,
        derivatives=(lambda x: div(ONE, square(apply("cos", x))),),
        value=Analytic(lambda x: x.tan(), lambda x: x.tan()),
        spread="vectors",
        continuous_where=lambda x, smooth: Relation("!=", apply("cos", x), ZERO),
        restrictions=_cosine_is_none,
        sympy="tan",
        mpmath="tan",
        parity="odd",
        related=("cot", "sec", "sin", "cos"),
    ),
    Function(
        "cot",
        "\\cot",
        "DLMF 4.14.7",
        words=("cot", "ctg", "cotg"),
        inverse="arccot",
        to_minus_one=True,
        derivatives=(lambda x: neg(div(ONE, square(apply("sin", x)))),),
        value=Analytic(lambda x: x.cot(), lambda x: x.cot(), domain=NONZERO),
        spread="vectors",
        restrictions=_sine_is_none,
        sympy="cot",
        mpmath="cot",
        parity="odd",
        related=("csc",),
    ),
    Function(
        "sec",
        "\\sec",
        "DLMF 4.14.6",
        words=("sec",),
        inverse="arcsec",
        to_minus_one=True,
        derivatives=(lambda x: mul(apply("sec", x), apply("tan", x)),),
        value=Analytic(lambda x: x.sec(), lambda x: x.sec()),
        spread="vectors",
        continuous_where=lambda x, smooth: Relation("!=", apply("cos", x), ZERO),
        restrictions=_cosine_is_none,
        sympy="sec",
        mpmath="sec",
        parity="even",
        related=("csc",),
    ),
    Function(
        "csc",
        "\\csc",
        "DLMF 4.14.5",
        words=("csc", "cosec"),
        inverse="arccsc",
        to_minus_one=True,
        derivatives=(lambda x: neg(mul(apply("csc", x), apply("cot", x))),),
        value=Analytic(lambda x: x.csc(), lambda x: x.csc(), domain=NONZERO),
        spread="vectors",
        restrictions=_sine_is_none,
        sympy="csc",
        mpmath="csc",
        parity="odd",
    ),
)
