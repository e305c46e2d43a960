"""Derivatives in index notation: the product rule over factors, the chain rule through atoms."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from derive.verify.indices.expression import (
    Expression,
    Factor,
    Index,
    Monomial,
    TooMuch,
    atom,
    number,
    plus,
    renewed,
    replaced,
    scaled,
    times,
)
from derive.verify.indices.reading import DELTA, Inside, Reader


def slope(reader: Reader, e: Expression, letter: str, at: tuple[Index, ...]) -> Expression:
    """The derivative by the entry of a letter at the indices given. Raises TooMuch where an atom that has the
    letter inside has no rule."""
    found: list[Monomial] = []
    for m in e:
        if set(m.bound) & set(at):
            m = renewed(m)
        for k, f in enumerate(m.factors):
            rest = (*m.factors[:k], *m.factors[k + 1 :])
            for part in _of_factor(f, letter, at, reader):
                factors = (*rest, *part.factors)
                found.append(Monomial(m.coefficient * part.coefficient, factors, {**m.bound, **part.bound}))
    return tuple(found)


def _of_factor(f: Factor, letter: str, at: tuple[Index, ...], reader: Reader) -> Expression:
    less = atom(f.atom, *f.slots, exponent=f.exponent - 1) if f.exponent != 1 else number(1)
    outer = scaled(less, f.exponent)
    if f.atom == letter:
        if len(f.slots) != len(at):
            raise TooMuch
        return _all(outer, *(atom(DELTA, s, a) for s, a in zip(f.slots, at, strict=True)))
    inside = reader.inside.get(f.atom)
    if inside is None:
        if f"{letter}(" in f.atom:
            raise TooMuch
        return ()
    if not _has(inside, letter, reader.inside):
        return ()
    body = replaced(tuple(renewed(m) for m in inside.body), dict(zip(inside.slots, f.slots, strict=True)))
    inner = slope(reader, body, letter, at)
    match inside.kind:
        case "sum":
            return _all(outer, inner)
        case "exp":
            return _all(scaled(atom(f.atom, *f.slots, exponent=f.exponent), f.exponent), inner)
        case "log" if f.exponent == 1:
            return _all(reader.power(body, Fraction(-1)), inner)
        case "tanh":
            square = atom(f.atom, *f.slots, exponent=Fraction(2))
            return _all(outer, plus(number(1), scaled(square, -1)), inner)
        case _:
            raise TooMuch


def _all(*parts: Expression) -> Expression:
    """The product, where free indices of one may be free in another; bound ones are their own."""
    return times(*parts)


def _has(inside: Inside, letter: str, known: Mapping[str, Inside]) -> bool:
    for m in inside.body:
        for f in m.factors:
            if f.atom == letter:
                return True
            deeper = known.get(f.atom)
            if deeper is not None and _has(deeper, letter, known):
                return True
            if deeper is None and f"{letter}(" in f.atom:
                return True
    return False
