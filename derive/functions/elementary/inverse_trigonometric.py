"""arcsin, arccos, arctan and the inverses of the quotients; NIST DLMF 4.23 and 4.24."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from derive.functions.domains import NONNEGATIVE, OUTSIDE_UNIT, WITHIN_ONE, outer_imaginary, outer_real
from derive.functions.ranges import Range
from derive.functions.record import Analytic, Function
from derive.term.construct import add, apply, div, mul, neg, square, sub
from derive.term.nodes import ONE, TWO, Constant, Relation, Root, Term

_HALF_PI = div(Constant("pi"), TWO)


def _within_one(real: bool, x: Term) -> tuple[Relation, ...]:
    return (Relation("<=", apply("abs", x), ONE),) if real else ()


def _inside(x: Term, smooth: bool) -> Relation:
    return Relation("<" if smooth else "<=", square(x), ONE)


def _by_arcsine(x: Term) -> Term:
    return div(ONE, Root(sub(ONE, square(x)), TWO))


def _by_arcsecant(x: Term) -> Term:
    return div(ONE, mul(apply("abs", x), Root(sub(square(x), ONE), TWO)))


def _off_the_line(x: Term) -> Term:
    """1/(|x| √(x² - 1)) in a form that is analytic."""
    return div(ONE, mul(square(x), Root(sub(ONE, div(ONE, square(x))), TWO)))


def _arccot(x: Any) -> Any:
    return type(x).pi() / 2 - x.atan()


FUNCTIONS = (
    Function(
        "arcsin",
        "\\arcsin",
        "DLMF 4.24.7",
        words=("arcsin", "asin"),
        inverse="sin",
        derivatives=(_by_arcsine,),
        value=Analytic(lambda x: x.asin(), lambda x: x.asin(), outer_real, domain=WITHIN_ONE),
        spread="vectors",
        continuous_where=_inside,
        restrictions=_within_one,
        sympy="asin",
        mpmath="asin",
        parity="odd",
        related=("arccos", "arsinh"),
    ),
    Function(
        "arccos",
        "\\arccos",
        "DLMF 4.24.8",
        words=("arccos", "acos"),
        inverse="cos",
        derivatives=(lambda x: neg(_by_arcsine(x)),),
        value=Analytic(lambda x: x.acos(), lambda x: x.acos(), outer_real, domain=WITHIN_ONE),
        spread="vectors",
        continuous_where=_inside,
        restrictions=_within_one,
        normal=lambda x: sub(_HALF_PI, apply("arcsin", x)),
        sympy="acos",
        mpmath="acos",
    ),
    Function(
        "arctan",
        "\\arctan",
        "DLMF 4.24.9",
        words=("arctan", "atan", "arctg"),
        inverse="tan",
        derivatives=(lambda x: div(ONE, add(ONE, square(x))),),
        value=Analytic(lambda x: x.atan(), lambda x: x.atan(), outer_imaginary),
        spread="vectors",
        range=Range(Fraction(-11, 7), Fraction(11, 7)),
        increasing=True,
        at_zero=Fraction(0),
        limits=(_HALF_PI, neg(_HALF_PI)),
        continuity="smooth",
        sympy="atan",
        mpmath="atan",
        parity="odd",
        related=("arccot", "artanh"),
    ),
    Function(
        "arccot",
        "\\operatorname{arccot}",
        "DLMF 4.23.9; for x < 0 authors differ, continuous or arctan(1/x)",
        words=("arccot", "arcctg"),
        inverse="cot",
        derivatives=(lambda x: neg(div(ONE, add(ONE, square(x)))),),
        value=Analytic(_arccot, _arccot, outer_imaginary, domain=NONNEGATIVE, extends=False),
        spread="vectors",
        sympy="acot",
        mpmath="acot",
    ),
    Function(
        "arcsec",
        "\\operatorname{arcsec}",
        "DLMF 4.24.11",
        words=("arcsec",),
        inverse="sec",
        derivatives=(_by_arcsecant,),
        slope=_off_the_line,
        value=Analytic(
            lambda x: (1 / x).acos(),
            lambda x: (1 / x).acos(),
            lambda x: outer_real(1 / x),
            domain=OUTSIDE_UNIT,
        ),
        spread="vectors",
        sympy="asec",
        mpmath="asec",
    ),
    Function(
        "arccsc",
        "\\operatorname{arccsc}",
        "DLMF 4.24.10",
        words=("arccsc", "arccosec"),
        inverse="csc",
        derivatives=(lambda x: neg(_by_arcsecant(x)),),
        slope=lambda x: neg(_off_the_line(x)),
        value=Analytic(
            lambda x: (1 / x).asin(),
            lambda x: (1 / x).asin(),
            lambda x: outer_real(1 / x),
            domain=OUTSIDE_UNIT,
        ),
        spread="vectors",
        sympy="acsc",
        mpmath="acsc",
        parity="odd",
    ),
)
