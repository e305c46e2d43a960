"""The numbers that a domain offers to models, and what membership in a set tells of a type."""

from __future__ import annotations

from fractions import Fraction

from derive.classes import replace
from derive.term import nodes as t
from derive.verify.models.hypotheses import number

INTEGERS = frozenset(("integer", "natural", "positive_integer", "binary"))


def _f(*pairs: tuple[int, int]) -> tuple[Fraction, ...]:
    return tuple(Fraction(p, q) for p, q in pairs)


_REAL = _f(
    (0, 1),
    (1, 1),
    (-1, 1),
    (2, 1),
    (1, 2),
    (-2, 1),
    (3, 1),
    (-1, 2),
    (3, 2),
    (-3, 1),
    (2, 3),
    (-3, 4),
    (5, 2),
)
_REAL_FAR = _f(
    (101, 1), (1, 1000), (-57, 1), (7, 9), (3, 5), (1001, 3), (-5, 13), (10**6, 1), (-1, 10**6), (25, 7)
)
_POSITIVE = _f((1, 1), (2, 1), (1, 2), (3, 1), (3, 2), (1, 3), (2, 3), (4, 1), (5, 2))
_POSITIVE_FAR = _f((101, 1), (1, 1000), (7, 9), (3, 5), (1001, 3), (10**6, 1), (1, 10**6), (25, 7))
_UNIT = _f(
    (1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (2, 5), (1, 10), (9, 10), (4, 7), (0, 1), (1, 1), (1, 1000)
)
_COUNTS = _f((1, 1), (2, 1), (3, 1), (4, 1), (5, 1), (6, 1), (7, 1))
_NATURAL = _f((1, 1), (2, 1), (0, 1), (3, 1), (4, 1), (5, 1), (6, 1))
_WHOLE = _f((0, 1), (1, 1), (-1, 1), (2, 1), (3, 1), (-2, 1), (5, 1), (-3, 1), (4, 1))

_POOLS: dict[str, tuple[Fraction, ...]] = {
    "real": _REAL + _REAL_FAR,
    "positive": _POSITIVE + _POSITIVE_FAR,
    "nonnegative": (_POSITIVE[0], Fraction(0), *_POSITIVE[1:], *_POSITIVE_FAR),
    "unit": _UNIT,
    "positive_integer": (*_COUNTS, Fraction(10), Fraction(12), Fraction(25)),
    "natural": (*_NATURAL, Fraction(10), Fraction(12), Fraction(25)),
    "integer": (*_WHOLE, Fraction(-7), Fraction(10), Fraction(12), Fraction(25)),
    "binary": _f((0, 1), (1, 1)),
    "boolean": _f((0, 1), (1, 1)),
}


def pool(domain: str, bounds: tuple[Fraction | None, Fraction | None] | None) -> tuple[Fraction, ...]:
    """The numbers to draw from, smallest heights first, within the bounds."""
    whole_pool = _POOLS.get(domain, _POOLS["real"])
    if bounds is None:
        return whole_pool
    low, high = bounds
    inside = [v for v in whole_pool if (low is None or v >= low) and (high is None or v <= high)]
    if domain in INTEGERS:
        start = low if low is not None else (high or Fraction(0)) - 8
        whole = [Fraction(int(start) + j) for j in range(9)]
        inside += [v for v in whole if v not in inside and (high is None or v <= high) and v >= start]
    elif low is not None and high is not None:
        inside += [v for u in _UNIT if (v := low + (high - low) * u) not in inside]
    elif low is not None:
        inside += [v for u in _POSITIVE if (v := low + u) not in inside]
    elif high is not None:
        inside += [v for u in _POSITIVE if (v := high - u) not in inside]
    if domain in INTEGERS:
        return tuple(sorted(inside, key=lambda v: (abs(v), v < 0))) or whole_pool
    strict = [v for v in inside if v != low and v != high]
    edges = [v for v in inside if v in (low, high)]
    strict.sort(key=lambda v: max(abs(v.numerator), v.denominator))
    return tuple(strict + edges) or whole_pool


def refined(type_: t.Type, member: t.Term) -> t.Type:
    """The type that membership in a set gives."""
    match member:
        case t.Constant(name=name) if name in _SETS:
            return replace(type_, domain=_SETS[name], shape=type_.shape if type_.shape is not None else ())
        case t.Pow(base=t.Constant(name=name), exponent=exponent) if name in _SETS:
            dims = [exponent]
            if (isinstance(exponent, t.Apply) and exponent.head in ("cross", "product_set")) or isinstance(
                exponent, t.Mul
            ):
                dims = list(exponent.args)
            shape: list[t.Dimension] = []
            for d in dims:
                if isinstance(d, t.Symbol):
                    shape.append(d.name)
                elif (n := number(d)) is not None and n.denominator == 1:
                    shape.append(int(n))
                elif isinstance(d, t.Constant) and name == "R":
                    return type_
                else:
                    return type_
            return replace(type_, domain=_SETS[name], shape=tuple(shape))
        case t.Interval(lower=lower, upper=upper) if number(lower) == 0 and number(upper) == 1:
            return replace(type_, domain="unit")
        case t.SetOf(items=items) if {number(x) for x in items} == {Fraction(0), Fraction(1)}:
            return replace(type_, domain="binary")
        case _:
            return type_


_SETS = {"R": "real", "C": "complex", "Z": "integer", "N": "natural", "Q": "real"}


def fits_domain(value: Fraction, domain: str) -> bool:
    if domain in INTEGERS and value.denominator != 1:
        return False
    if domain in ("positive", "positive_integer"):
        return value > 0
    if domain in ("nonnegative", "natural"):
        return value >= 0
    if domain == "unit":
        return 0 <= value <= 1
    if domain == "binary":
        return value in (0, 1)
    return True
