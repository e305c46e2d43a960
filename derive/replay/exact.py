"""Rational arithmetic for certificates: where both sides are rational at the point, nothing is rounded."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from derive.term.nodes import Add, Div, Mul, Neg, Number, Pow, Symbol, Term

DIGITS = 10_000


def rational(term: Term, point: Mapping[str, Any]) -> Fraction | None:
    """The term's value by the four operations and whole powers; None where more is needed."""
    match term:
        case Number(value=value):
            return value
        case Symbol(name=name):
            at = point.get(name)
            return at if isinstance(at, Fraction) else None
        case Neg(arg=arg):
            inner = rational(arg, point)
            return None if inner is None else -inner
        case Add(args=args) | Mul(args=args):
            total = Fraction(0 if isinstance(term, Add) else 1)
            for a in args:
                part = rational(a, point)
                if part is None:
                    return None
                total = total + part if isinstance(term, Add) else total * part
            return total
        case Div(numerator=a, denominator=b):
            top, below = rational(a, point), rational(b, point)
            return None if top is None or not below else top / below
        case Pow(base=base, exponent=exponent):
            x, y = rational(base, point), rational(exponent, point)
            if x is None or y is None or y.denominator != 1 or (x == 0 and y < 0):
                return None
            size = max(abs(x.numerator), x.denominator).bit_length() * abs(int(y))
            return x ** int(y) if size < DIGITS else None
        case _:
            return None


def fails(relation: str, a: Fraction, b: Fraction, modulus: int | None = None) -> bool | None:
    """Whether the relation is false of two rationals; None for a relation that is not known here."""
    match relation:
        case "equiv" if modulus:
            return ((a - b) / modulus).denominator != 1
        case "=" | "equiv":
            return a != b
        case "!=":
            return a == b
        case "<":
            return a >= b
        case "<=":
            return a > b
        case ">":
            return a <= b
        case ">=":
            return a < b
        case _:
            return None
