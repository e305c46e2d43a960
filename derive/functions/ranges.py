"""Ranges of real values: rational intervals with open or closed ends."""

from __future__ import annotations

from fractions import Fraction

from derive.classes import dataclass


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high` (None: without bound), each end belonging to it or not."""

    low: Fraction | None = None
    high: Fraction | None = None
    low_open: bool = False
    high_open: bool = False

    @property
    def nonnegative(self) -> bool:
        return self.low is not None and self.low >= 0

    @property
    def positive(self) -> bool:
        return self.low is not None and (self.low > 0 or (self.low == 0 and self.low_open))

    @property
    def nonzero(self) -> bool:
        return self.positive or (-self).positive

    def __neg__(self) -> Range:
        return Range(_neg(self.high), _neg(self.low), self.high_open, self.low_open)

    def __add__(self, other: Range) -> Range:
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return Range(low, high, self.low_open or other.low_open, self.high_open or other.high_open)

    def __mul__(self, other: Range) -> Range:
        if self.nonnegative and other.nonnegative:
            assert self.low is not None and other.low is not None
            high = None if self.high is None or other.high is None else self.high * other.high
            low_open = self.positive and other.positive and (self.low_open or other.low_open)
            return Range(self.low * other.low, high, low_open, False)
        if (-self).nonnegative:
            return -((-self) * other)
        if (-other).nonnegative:
            return -(self * (-other))
        ends = [_product(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        finite = [e for e in ends if e is not None]
        return Range(min(finite), max(finite)) if len(finite) == 4 else ALL

    def inverse(self) -> Range:
        """Of the reciprocal; everything where the range may hold zero."""
        if self.positive:
            assert self.low is not None
            high = None if self.low == 0 else 1 / self.low
            low = Fraction(0) if self.high is None else 1 / self.high
            return Range(low, high, self.high is None or self.high_open, self.low_open)
        if (-self).positive:
            return -((-self).inverse())
        return ALL

    def meet(self, other: Range) -> Range:
        low, low_open = self.low, self.low_open
        if other.low is not None and (
            low is None or other.low > low or (other.low == low and other.low_open)
        ):
            low, low_open = other.low, other.low_open
        high, high_open = self.high, self.high_open
        if other.high is not None and (
            high is None or other.high < high or (other.high == high and other.high_open)
        ):
            high, high_open = other.high, other.high_open
        return Range(low, high, low_open, high_open)


def _neg(x: Fraction | None) -> Fraction | None:
    return None if x is None else -x


def _product(a: Fraction | None, b: Fraction | None) -> Fraction | None:
    return None if a is None or b is None else a * b


ALL = Range()
ZERO, ONE = Fraction(0), Fraction(1)
POSITIVE = Range(ZERO, None, True)
NONNEGATIVE = Range(ZERO)
