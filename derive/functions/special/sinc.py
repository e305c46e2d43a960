"""sin x / x, one at zero; NIST DLMF 3.3.38. In signal processing it has π x."""

from __future__ import annotations

from fractions import Fraction

from derive.functions.ranges import Range
from derive.functions.record import Analytic, Function, Meaning
from derive.term.construct import apply, div, mul, square, sub
from derive.term.nodes import ONE, ZERO, Constant, Number, Term


def _value_or_quotient(x: Term) -> Term:
    if isinstance(x, Number) and x.value == 0:
        return ONE
    return div(apply("sin", x), x)


FUNCTIONS = (
    Function(
        "sinc",
        "\\operatorname{sinc}",
        "DLMF 3.3.38",
        words=("sinc",),
        meanings=(
            Meaning("sin x / x", lambda x: apply("sinc", x)),
            Meaning(
                "sin πx / πx",
                lambda x: apply("sinc", mul(Constant("pi"), x)),
                ("normalized", "normalised"),
            ),
        ),
        # x cos x - sin x over x²: no value at zero, where the slope is 0
        derivatives=(lambda x: div(sub(mul(x, apply("cos", x)), apply("sin", x)), square(x)),),
        slope=lambda x: div(sub(apply("cos", x), apply("sinc", x)), x),
        value=Analytic(lambda x: x.sinc(), lambda x: x.sinc()),
        range=Range(Fraction(-1), ONE.value),
        limits=(ZERO, ZERO),
        continuity="smooth",
        normal=_value_or_quotient,
        sympy="sinc",
        mpmath="sinc",
        parity="even",
    ),
)
