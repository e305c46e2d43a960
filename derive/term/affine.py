"""Terms that are rational combinations of symbols and a constant: `n`, `n - k + 1`, `2n + 1`."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from derive.classes import dataclass
from derive.term.construct import mul
from derive.term.nodes import ZERO, Add, Div, Mul, Neg, Number, Symbol, Term


@dataclass(frozen=True, slots=True)
class Affine:
    """Σ coefficient · symbol + constant; no coefficient is zero."""

    parts: tuple[tuple[Symbol, Fraction], ...]
    constant: Fraction

    def __add__(self, other: Affine) -> Affine:
        parts = dict(self.parts)
        for symbol, c in other.parts:
            parts[symbol] = parts.get(symbol, Fraction(0)) + c
        return _affine(parts, self.constant + other.constant)

    def __sub__(self, other: Affine) -> Affine:
        return self + other.times(Fraction(-1))

    def times(self, k: Fraction) -> Affine:
        return _affine({s: c * k for s, c in self.parts}, self.constant * k)

    def term(self) -> Term:
        """Printed with what is positive in front: `n - k + 1`, `2k - 1`."""
        front = [mul(Number(c), s) for s, c in self.parts if c > 0]
        back: list[Term] = [Neg(mul(Number(-c), s)) for s, c in self.parts if c < 0]
        constant: list[Term] = []
        if self.constant > 0:
            constant = [Number(self.constant)]
        elif self.constant < 0:
            constant = [Neg(Number(-self.constant))]
        if constant and self.constant > 0 and not front:
            terms = [*constant, *back]
        else:
            terms = [*front, *back, *constant]
        if not terms:
            return ZERO
        return terms[0] if len(terms) == 1 else Add(tuple(terms))


def _affine(parts: Mapping[Symbol, Fraction], constant: Fraction) -> Affine:
    return Affine(tuple((s, c) for s, c in parts.items() if c), constant)


def constant(value: Fraction | int) -> Affine:
    return Affine((), Fraction(value))


def of_symbol(symbol: Symbol) -> Affine:
    return Affine(((symbol, Fraction(1)),), Fraction(0))


def affine(term: Term) -> Affine | None:
    """A term as such a combination; None where it is none."""
    match term:
        case Number(value=value):
            return constant(value)
        case Symbol():
            return of_symbol(term)
        case Neg(arg=arg):
            inner = affine(arg)
            return None if inner is None else inner.times(Fraction(-1))
        case Add(args=args):
            total = constant(0)
            for arg in args:
                part = affine(arg)
                if part is None:
                    return None
                total = total + part
            return total
        case Mul(args=args):
            product = constant(1)
            for arg in args:
                part = affine(arg)
                if part is None or (part.parts and product.parts):
                    return None
                product = part.times(product.constant) if part.parts else product.times(part.constant)
            return product
        case Div(numerator=a, denominator=Number(value=value)) if value:
            inner = affine(a)
            return None if inner is None else inner.times(1 / value)
        case _:
            return None
