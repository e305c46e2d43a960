"""arsinh, arcosh, artanh and the inverses of the quotients; NIST DLMF 4.37 and 4.38."""

from __future__ import annotations

from fractions import Fraction

from derive.functions.domains import (
    AT_LEAST_ONE,
    BEYOND_ONE,
    INSIDE_ONE,
    NONZERO,
    UNIT_FROM_ZERO,
    below_one,
    outer_imaginary,
    outer_real,
)
from derive.functions.record import Analytic, Function
from derive.term.construct import add, apply, div, mul, neg, square, sub
from derive.term.nodes import ONE, TWO, Constant, Relation, Root, Term

_INFINITY = Constant("infinity")


def _root(term: Term) -> Term:
    return Root(term, TWO)


def _log(term: Term) -> Term:
    return apply("log", term)


FUNCTIONS = (
    Function(
        "arsinh",
        "\\operatorname{arsinh}",
        "DLMF 4.37.16",
        words=("arsinh", "arcsinh", "asinh"),
        inverse="sinh",
        derivatives=(lambda x: div(ONE, _root(add(square(x), ONE))),),
        value=Analytic(lambda x: x.asinh(), lambda x: x.asinh(), outer_imaginary),
        spread="vectors",
        increasing=True,
        at_zero=Fraction(0),
        limits=(_INFINITY, neg(_INFINITY)),
        continuity="smooth",
        normal=lambda x: _log(add(x, _root(add(square(x), ONE)))),
        sympy="asinh",
        mpmath="asinh",
        parity="odd",
        related=("arcosh",),
    ),
    Function(
        "arcosh",
        "\\operatorname{arcosh}",
        "DLMF 4.37.19",
        words=("arcosh", "arccosh", "acosh"),
        inverse="cosh",
        derivatives=(lambda x: div(ONE, mul(_root(sub(x, ONE)), _root(add(x, ONE)))),),
        value=Analytic(lambda x: x.acosh(), lambda x: x.acosh(), below_one, domain=AT_LEAST_ONE),
        spread="vectors",
        restrictions=lambda real, x: (Relation(">=", x, ONE),) if real else (),
        normal=lambda x: _log(add(x, mul(_root(sub(x, ONE)), _root(add(x, ONE))))),
        sympy="acosh",
        mpmath="acosh",
    ),
    Function(
        "artanh",
        "\\operatorname{artanh}",
        "DLMF 4.37.24",
        words=("artanh", "arctanh", "atanh"),
        inverse="tanh",
        derivatives=(lambda x: div(ONE, sub(ONE, square(x))),),
        value=Analytic(lambda x: x.atanh(), lambda x: x.atanh(), outer_real, domain=INSIDE_ONE),
        spread="vectors",
        continuous_where=lambda x, smooth: Relation("<", square(x), ONE),
        restrictions=lambda real, x: (Relation("<", apply("abs", x), ONE),) if real else (),
        normal=lambda x: div(sub(_log(add(ONE, x)), _log(sub(ONE, x))), TWO),
        sympy="atanh",
        mpmath="atanh",
        parity="odd",
    ),
    Function(
        "arcoth",
        "\\operatorname{arcoth}",
        "DLMF 4.37.6",
        words=("arcoth", "arccoth"),
        inverse="coth",
        derivatives=(lambda x: div(ONE, sub(ONE, square(x))),),
        value=Analytic(
            lambda x: (1 / x).atanh(),
            lambda x: (1 / x).atanh(),
            lambda x: outer_real(1 / x),
            domain=BEYOND_ONE,
        ),
        spread="vectors",
        sympy="acoth",
        mpmath="acoth",
        parity="odd",
    ),
    Function(
        "arsech",
        "\\operatorname{arsech}",
        "DLMF 4.37.5",
        words=("arsech", "arcsech"),
        inverse="sech",
        derivatives=(lambda x: neg(div(ONE, mul(x, _root(sub(ONE, square(x)))))),),
        slope=lambda x: neg(
            div(ONE, mul(square(x), _root(sub(div(ONE, x), ONE)), _root(add(div(ONE, x), ONE))))
        ),
        value=Analytic(
            lambda x: (1 / x).acosh(),
            lambda x: (1 / x).acosh(),
            lambda x: below_one(1 / x),
            domain=UNIT_FROM_ZERO,
        ),
        spread="vectors",
        sympy="asech",
        mpmath="asech",
    ),
    Function(
        "arcsch",
        "\\operatorname{arcsch}",
        "DLMF 4.37.4",
        words=("arcsch", "arccsch"),
        inverse="csch",
        derivatives=(lambda x: neg(div(ONE, mul(apply("abs", x), _root(add(ONE, square(x)))))),),
        slope=lambda x: neg(div(ONE, mul(square(x), _root(add(ONE, div(ONE, square(x))))))),
        value=Analytic(
            lambda x: (1 / x).asinh(),
            lambda x: (1 / x).asinh(),
            lambda x: outer_imaginary(1 / x),
            domain=NONZERO,
        ),
        spread="vectors",
        sympy="acsch",
        mpmath="acsch",
        parity="odd",
    ),
)
