"""Exact bounds of a term over a box: rational intervals with open or closed ends.

Only what the form of the term tells (sin lies in [-1, 1], exp is positive); never wrong, often wide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from derive.term.nodes import Add, Apply, Constant, Div, Mul, Neg, Number, Pow, Root, Symbol, Term


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
_FIXED = {
    "sin": Range(-ONE, ONE),
    "cos": Range(-ONE, ONE),
    "tanh": Range(-ONE, ONE, True, True),
    "exp": POSITIVE,
    "abs": NONNEGATIVE,
    "norm": NONNEGATIVE,
    "cosh": Range(ONE),
    "sigmoid": Range(ZERO, ONE, True, True),
    "softplus": POSITIVE,
    "relu": NONNEGATIVE,
    "erf": Range(-ONE, ONE, True, True),
    "arctan": Range(Fraction(-11, 7), Fraction(11, 7)),
    "sech": Range(ZERO, ONE, True),
}
_INCREASING = frozenset(("exp", "log", "tanh", "sinh", "arctan", "arsinh", "erf", "sigmoid", "softplus"))
_AT_ZERO = {
    "exp": ONE,
    "tanh": ZERO,
    "sinh": ZERO,
    "arctan": ZERO,
    "arsinh": ZERO,
    "erf": ZERO,
    "sigmoid": Fraction(1, 2),
}
_CONSTANTS = {
    "pi": Range(Fraction(314159265, 10**8), Fraction(314159266, 10**8)),
    "e": Range(Fraction(271828182, 10**8), Fraction(271828183, 10**8)),
    "euler_gamma": Range(Fraction(577215, 10**6), Fraction(577216, 10**6)),
    "golden_ratio": Range(Fraction(161803398, 10**8), Fraction(161803399, 10**8)),
}


def bounds(term: Term, box: Mapping[str, Range]) -> Range:
    """A range that holds every real value of the term in the box."""
    match term:
        case Number(value=value):
            return Range(value, value)
        case Constant(name=name):
            return _CONSTANTS.get(name, ALL)
        case Symbol(name=name):
            return box.get(name, ALL)
        case Add(args=args):
            total = Range(ZERO, ZERO)
            for a in args:
                total = total + bounds(a, box)
            return total
        case Neg(arg=arg):
            return -bounds(arg, box)
        case Mul(args=args):
            product = Range(ONE, ONE)
            for a in args:
                product = product * bounds(a, box)
            return product
        case Div(numerator=a, denominator=b):
            return bounds(a, box) * bounds(b, box).inverse()
        case Pow(base=base, exponent=exponent):
            return _power(base, exponent, box)
        case Root(radicand=radicand, index=Number(value=n)) if n == 2:
            return NONNEGATIVE if not bounds(radicand, box).positive else POSITIVE
        case Apply(head=head, args=(x,)):
            return _apply(head, bounds(x, box))
        case _:
            return ALL


def _power(base: Term, exponent: Term, box: Mapping[str, Range]) -> Range:
    inner = bounds(base, box)
    if isinstance(exponent, Number) and exponent.value.denominator == 1 and 0 < exponent.value <= 64:
        n = int(exponent.value)
        if n % 2 == 0 and not inner.nonnegative and not (-inner).nonnegative:
            ends = [abs(e) for e in (inner.low, inner.high) if e is not None]
            high = max(ends) ** n if len(ends) == 2 else None
            return Range(ZERO, high)
        if n % 2 == 0 and (-inner).nonnegative:
            inner = -inner
        low = None if inner.low is None else inner.low**n
        high = None if inner.high is None else inner.high**n
        return Range(low, high, inner.low_open, inner.high_open)
    if base == Constant("e"):
        return _apply("exp", bounds(exponent, box))
    if inner.positive:
        return POSITIVE
    return ALL


def _apply(head: str, x: Range) -> Range:
    fixed = _FIXED.get(head, ALL)
    if head in _AT_ZERO and head in _INCREASING:
        at_zero = _AT_ZERO[head]
        if x.nonnegative:
            fixed = fixed.meet(Range(at_zero, None, x.positive))
        if (-x).nonnegative:
            fixed = fixed.meet(Range(None, at_zero, False, (-x).positive))
    if head == "log":
        if x.low is not None and x.low >= 1:
            return Range(ZERO, None, x.low > 1 or x.low_open)
        if x.high is not None and x.high <= 1:
            return Range(None, ZERO, False, x.high < 1 or x.high_open)
    if head == "cosh" and x.nonzero:
        return Range(ONE, None, True)
    return fixed
