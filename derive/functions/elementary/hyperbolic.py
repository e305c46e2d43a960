"""sinh, cosh and their quotients; NIST Digital Library of Mathematical Functions 4.28 to 4.35."""

from __future__ import annotations

from fractions import Fraction

from derive.functions.domains import NONZERO
from derive.functions.ranges import Range
from derive.functions.record import Analytic, Function
from derive.term.construct import apply, div, mul, neg, square
from derive.term.nodes import ONE, ZERO, Constant, Relation, Term

_INFINITY = Constant("infinity")


def _not_at_zero(real: bool, x: Term) -> tuple[Relation, ...]:
    return (Relation("!=", x, ZERO),)


FUNCTIONS = (
    Function(
        "sinh",
        "\\sinh",
        "DLMF 4.28.1",
        words=("sinh", "sh"),
        inverse="arsinh",
        to_minus_one=True,
        derivatives=(lambda x: apply("cosh", x),),
        value=Analytic(lambda x: x.sinh(), lambda x: x.sinh()),
        spread="vectors",
        increasing=True,
        at_zero=Fraction(0),
        limits=(_INFINITY, neg(_INFINITY)),
        continuity="smooth",
        sympy="sinh",
        mpmath="sinh",
        parity="odd",
        related=("cosh", "sin"),
    ),
    Function(
        "cosh",
        "\\cosh",
        "DLMF 4.28.2",
        words=("cosh", "ch"),
        inverse="arcosh",
        to_minus_one=True,
        derivatives=(lambda x: apply("sinh", x),),
        value=Analytic(lambda x: x.cosh(), lambda x: x.cosh()),
        spread="vectors",
        range=Range(Fraction(1)),
        limits=(_INFINITY, _INFINITY),
        continuity="smooth",
        sympy="cosh",
        mpmath="cosh",
        parity="even",
        related=("cos",),
    ),
    Function(
        "tanh",
        "\\tanh",
        "DLMF 4.28.4",
        words=("tanh", "th"),
        inverse="artanh",
        to_minus_one=True,
        derivatives=(lambda x: div(ONE, square(apply("cosh", x))),),
        value=Analytic(lambda x: x.tanh(), lambda x: x.tanh()),
        spread="arrays",
        range=Range(Fraction(-1), Fraction(1), True, True),
        increasing=True,
        at_zero=Fraction(0),
        limits=(ONE, neg(ONE)),
        continuity="smooth",
        sympy="tanh",
        mpmath="tanh",
        parity="odd",
        related=("coth", "tan"),
    ),
    Function(
        "coth",
        "\\coth",
        "DLMF 4.28.7",
        words=("coth",),
        inverse="arcoth",
        to_minus_one=True,
        derivatives=(lambda x: neg(div(ONE, square(apply("sinh", x)))),),
        value=Analytic(lambda x: x.coth(), lambda x: x.coth(), domain=NONZERO),
        spread="vectors",
        restrictions=_not_at_zero,
        sympy="coth",
        mpmath="coth",
        parity="odd",
    ),
    Function(
        "sech",
        "\\operatorname{sech}",
        "DLMF 4.28.6",
        words=("sech",),
        inverse="arsech",
        to_minus_one=True,
        derivatives=(lambda x: neg(mul(apply("sech", x), apply("tanh", x))),),
        value=Analytic(lambda x: x.sech(), lambda x: x.sech()),
        spread="vectors",
        range=Range(Fraction(0), Fraction(1), True),
        limits=(ZERO, ZERO),
        continuity="smooth",
        sympy="sech",
        mpmath="sech",
        parity="even",
    ),
    Function(
        "csch",
        "\\operatorname{csch}",
        "DLMF 4.28.5",
        words=("csch",),
        inverse="arcsch",
        to_minus_one=True,
        derivatives=(lambda x: neg(mul(apply("csch", x), apply("coth", x))),),
        value=Analytic(lambda x: x.csch(), lambda x: x.csch(), domain=NONZERO),
        spread="vectors",
        restrictions=_not_at_zero,
        sympy="csch",
        mpmath="csch",
        parity="odd",
    ),
)
