"""Lambert's W, the principal branch; NIST Digital Library of Mathematical Functions 4.13."""

from __future__ import annotations

from typing import Any

from derive.functions.record import Analytic, Domain, Function
from derive.reasons.gaps import Gap
from derive.term.construct import add, apply, div, mul
from derive.term.nodes import ONE


def _above(x: Any) -> bool | None:
    scaled = x * type(x).const_e()
    return True if scaled >= -1 else False if scaled < -1 else None


def _cut(x: Any) -> bool:
    return bool(x.imag.contains(0)) and not bool(x.real * type(x.real).const_e() > -1)


FUNCTIONS = (
    Function(
        "lambert_w",
        "W",
        "DLMF 4.13.1",
        derivatives=(lambda x: div(apply("lambert_w", x), mul(x, add(ONE, apply("lambert_w", x)))),),
        # without the 0/0 of the form above
        slope=lambda x: div(ONE, mul(apply("exp", apply("lambert_w", x)), add(ONE, apply("lambert_w", x)))),
        value=Analytic(
            lambda x: x.lambertw(),
            lambda x: x.lambertw(),
            _cut,
            domain=Domain(_above, Gap.BELOW_MINUS_ONE_OVER_E, Gap.MAY_BE_BELOW_MINUS_ONE_OVER_E),
        ),
        costly=True,
        sympy="LambertW",
        mpmath="lambertw",
    ),
)
