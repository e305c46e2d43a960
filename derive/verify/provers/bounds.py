"""Exact bounds of a term over a box: rational intervals with open or closed ends.

Only what the form of the term tells (sin lies in [-1, 1], exp is positive); never wrong, often wide.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from derive.functions import FUNCTIONS
from derive.functions.ranges import ALL, NONNEGATIVE, ONE, POSITIVE, ZERO, Range
from derive.term.nodes import Add, Apply, Constant, Div, Mul, Neg, Number, Pow, Root, Symbol, Term

_FIXED = {"norm": NONNEGATIVE, **{f.name: f.range for f in FUNCTIONS.values() if f.range is not None}}
_AT_ZERO = {f.name: f.at_zero for f in FUNCTIONS.values() if f.increasing and f.at_zero is not None}
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
    if head in _AT_ZERO:
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
