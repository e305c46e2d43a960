"""Error functions; NIST Digital Library of Mathematical Functions 7.2."""

from __future__ import annotations

from fractions import Fraction

from derive.functions.ranges import Range
from derive.functions.record import Analytic, Function
from derive.term.construct import apply, div, mul, neg, square, sub
from derive.term.nodes import ONE, TWO, ZERO, Constant, Root, Term


def _bell(exponent: Term) -> Term:
    return mul(div(TWO, Root(Constant("pi"), TWO)), apply("exp", exponent))


FUNCTIONS = (
    Function(
        "erf",
        "\\operatorname{erf}",
        "DLMF 7.2.1",
        words=("erf",),
        derivatives=(lambda x: _bell(neg(square(x))),),
        value=Analytic(lambda x: x.erf(), lambda x: x.erf()),
        costly=True,
        range=Range(Fraction(-1), Fraction(1), True, True),
        increasing=True,
        at_zero=Fraction(0),
        limits=(ONE, neg(ONE)),
        continuity="smooth",
        sympy="erf",
        mpmath="erf",
        parity="odd",
        related=("erfc",),
    ),
    Function(
        "erfc",
        "\\operatorname{erfc}",
        "DLMF 7.2.2",
        words=("erfc",),
        derivatives=(lambda x: neg(_bell(neg(square(x)))),),
        value=Analytic(lambda x: x.erfc(), lambda x: x.erfc()),
        costly=True,
        limits=(ZERO, TWO),
        continuity="smooth",
        normal=lambda x: sub(ONE, apply("erf", x)),
        sympy="erfc",
        mpmath="erfc",
    ),
    Function(
        "erfi",
        "\\operatorname{erfi}",
        "DLMF 7.2.3; erfi(x) = -i erf(ix)",
        words=("erfi",),
        derivatives=(lambda x: _bell(square(x)),),
        value=Analytic(lambda x: x.erfi(), lambda x: x.erfi()),
        costly=True,
        continuity="smooth",
        sympy="erfi",
        mpmath="erfi",
        parity="odd",
    ),
)
