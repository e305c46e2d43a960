"""Real domains that several functions share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from derive.functions.record import Domain
from derive.reasons.gaps import Gap


def _side(inside: Callable[[Any], bool], outside: Callable[[Any], bool]) -> Callable[[Any], bool | None]:
    """True where the first is certain, False where the second is, None between."""

    def certain(x: Any) -> bool | None:
        if inside(x):
            return True
        return False if outside(x) else None

    return certain


POSITIVE = Domain(_side(lambda x: x > 0, lambda x: x <= 0), Gap.NOT_POSITIVE, Gap.MAY_NOT_BE_POSITIVE)
NONNEGATIVE = Domain(_side(lambda x: x >= 0, lambda x: x < 0), Gap.NEGATIVE, Gap.MAY_BE_NEGATIVE)
WITHIN_ONE = Domain(
    _side(lambda x: abs(x) <= 1, lambda x: abs(x) > 1),
    Gap.OUTSIDE_UNIT_INTERVAL,
    Gap.MAY_BE_OUTSIDE_UNIT_INTERVAL,
)
INSIDE_ONE = Domain(
    _side(lambda x: abs(x) < 1, lambda x: abs(x) >= 1), Gap.OUTSIDE_OPEN_UNIT, Gap.MAY_BE_OUTSIDE_OPEN_UNIT
)
BEYOND_ONE = Domain(
    _side(lambda x: abs(x) > 1, lambda x: abs(x) <= 1),
    Gap.INSIDE_UNIT_INTERVAL,
    Gap.MAY_BE_INSIDE_UNIT_INTERVAL,
)
AT_LEAST_ONE = Domain(_side(lambda x: x >= 1, lambda x: x < 1), Gap.BELOW_1, Gap.MAY_BE_BELOW_1)
NONZERO = Domain(_side(lambda x: not x.contains(0), lambda x: x.is_zero()), Gap.POLE, Gap.MAY_BE_POLE)
OUTSIDE_UNIT = Domain(
    _side(lambda x: abs(x) >= 1, lambda x: abs(x) < 1), Gap.INSIDE_OPEN_UNIT, Gap.MAY_BE_INSIDE_OPEN_UNIT
)
UNIT_FROM_ZERO = Domain(
    _side(lambda x: x > 0 and x <= 1, lambda x: x <= 0 or x > 1),
    Gap.OUTSIDE_HALF_OPEN_UNIT,
    Gap.MAY_BE_OUTSIDE_HALF_OPEN_UNIT,
)


# where a box of complex numbers may meet a branch cut


def outer_real(x: Any) -> bool:
    return bool(x.imag.contains(0)) and not bool(abs(x.real) < 1)


def outer_imaginary(x: Any) -> bool:
    return bool(x.real.contains(0)) and not bool(abs(x.imag) < 1)


def below_one(x: Any) -> bool:
    return bool(x.imag.contains(0)) and not bool(x.real > 1)


def negative(x: Any) -> bool:
    return bool(x.imag.contains(0)) and not bool(x.real > 0)
