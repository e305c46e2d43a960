"""Whether two terms are the same function of their symbols: their exact values at points drawn for them.

Sums, products, quotients, powers and factorials are carried out in rationals; whatever else there is
stands for a number drawn from its name and the values of its arguments. Terms with the same values
are therefore equal whatever their other parts mean; the converse does not hold.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache, partial
from hashlib import blake2b
from math import comb, factorial

from derive.term.nodes import ZERO, Add, Apply, Call, Div, Element, Mul, Neg, Number, Pow, Prime, Symbol, Term
from derive.term.traverse import children, map_children

_LARGEST = 300
"""Powers and factorials beyond stand for themselves: numbers of this size tell enough."""

Fingerprint = tuple[Fraction, ...]


def fingerprint(term: Term) -> Fingerprint | None:
    """The values of a term at a few points, where symbols are whole numbers; None where it has none."""
    first, second = _at(term, 0), _at(term, 1)
    return None if first is None or second is None else (first, second)


def _at(term: Term, seed: int) -> Fraction | None:
    try:
        return _value(term, seed)
    except ZeroDivisionError:
        return None


def same(a: Term, b: Term) -> bool:
    """Whether the terms agree wherever their symbols lie. Never true of terms that differ, up to a chance
    of one in millions."""
    return all((value := _at(a, seed)) is not None and value == _at(b, seed) for seed in (0, 1))


def _drawn(seed: int, *what: object) -> Fraction:
    digest = blake2b(repr((seed, *map(_spelled, what))).encode(), digest_size=8).digest()
    return Fraction(int.from_bytes(digest, "big"), 1 << 32)


def _spelled(part: object) -> object:
    """A number in hexadecimal digits: of decimal ones Python writes no more than 4300."""
    if isinstance(part, Fraction):
        return f"{part.numerator:x}/{part.denominator:x}"
    return part


def _letter(seed: int, name: str) -> Fraction:
    """A whole number between 10 and 73, of the other parity at the other point."""
    return Fraction(10 + (blake2b(name.encode(), digest_size=1).digest()[0] % 64) ^ seed)


@lru_cache(maxsize=4096)  # the terms compared are built of the same parts
def _value(term: Term, seed: int) -> Fraction:
    value = partial(_value, seed=seed)
    match term:
        case Number():
            return term.value
        case Symbol(name=name):
            return _letter(seed, name)
        case Neg(arg=arg):
            return -value(arg)
        case Add(args=args):
            return sum((value(a) for a in args), Fraction(0))
        case Mul(args=args):
            total = Fraction(1)
            for a in args:
                total *= value(a)
            return total
        case Div(numerator=a, denominator=b):
            return value(a) / value(b)
        case Pow(base=base, exponent=exponent):
            return _power(value(base), value(exponent), seed)
        case Apply(head="factorial", args=(n,)):
            k = value(n)
            if k.denominator == 1 and 0 <= k <= _LARGEST:
                return Fraction(factorial(int(k)))
            return _drawn(seed, "factorial", k)
        case Apply(head="binomial", args=(n, m)):
            above, below = value(n), value(m)
            if above.denominator == below.denominator == 1 and 0 <= below <= above <= _LARGEST:
                return Fraction(comb(int(above), int(below)))
            return _drawn(seed, "binomial", above, below)
        case Prime(function=function, order=order) if value(order) == 0:
            return value(function)
        case Call(function=function, args=args):
            return _drawn(seed, "call", value(function), *(value(a) for a in args))
        case Element(base=base, indices=indices):
            return _drawn(seed, "element", value(base), *(value(i) for i in indices))
        case _:
            bare = map_children(term, lambda _: ZERO)
            return _drawn(seed, bare, *(value(c) for c in children(term)))


def _power(base: Fraction, exponent: Fraction, seed: int) -> Fraction:
    if exponent.denominator != 1 or abs(exponent) > _LARGEST:
        return _drawn(seed, "power", base, exponent)
    size = max(abs(base.numerator), base.denominator).bit_length()
    if size * abs(exponent) > 40_000:
        return _drawn(seed, "power", base, exponent)
    return base ** int(exponent)
