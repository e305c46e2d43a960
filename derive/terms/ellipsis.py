"""Dots: a sum or product whose general term is certain becomes one; else the dots stay."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from derive.terms.nodes import Add, BigOp, Binder, Div, Ellipsis, Mul, Neg, Number, Pow, Symbol, Term
from derive.terms.reader import INDEX
from derive.terms.traverse import children, free_symbols, map_children, substitute


def product(node: Any, terms: list[Term]) -> Term | None:
    """`x_1 x_2 \\cdots x_n`, `1 \\cdot 2 \\cdots n`; None where there are no dots among the factors."""
    where = [k for k, t in enumerate(terms) if isinstance(t, Ellipsis)]
    if not where:
        return None
    if len(where) == 1 and where[0] >= 1 and where[0] == len(terms) - 2:
        found = series(terms[: where[0]], terms[-1])
        if found is not None:
            body, binder = found
            return BigOp("prod", body, (binder,), span=node.span)
    return Mul(tuple(terms), span=node.span)


def sum_of(node: Any, parts: list[tuple[str, Term]]) -> Term | None:
    """A sum of signed terms with dots among them."""
    where = [k for k, (_, t) in enumerate(parts) if isinstance(t, Ellipsis)]
    if not where:
        return None
    terms = [t for _, t in parts]
    if (
        all(sign == "+" for sign, _ in parts)
        and len(where) == 1
        and where[0] >= 1
        and where[0] == len(terms) - 2
    ):
        found = series(terms[: where[0]], terms[-1])
        if found is not None:
            body, binder = found
            return BigOp("sum", body, (binder,), span=node.span)
    return Add(tuple(Neg(t, span=t.span) if sign == "-" else t for sign, t in parts), span=node.span)


def series(start: list[Term], last: Term) -> tuple[Term, Binder] | None:
    """The general term of `start, …, last`, if the terms written leave no doubt about it.

    Every place where the first term differs from the last must hold a number a
    in the first, a + 1 in the second, and one and the same bound in the last.
    """
    found = _series(start, last)
    if found is None and len(start) > 1 and (base := _raised(last)) is not None:
        powers = [_as_power(t, base) for t in start]
        found = _series(powers, _as_power(last, base))
    return found if found is not None else _by_the_last(start, last)


def _by_the_last(start: list[Term], last: Term) -> tuple[Term, Binder] | None:
    """`1 + 3 + 5 + … + (2n - 1)`: the last term is the general one, if at 0, 1 or 2 and on it gives those
    written, which are numbers."""
    letters = list(free_symbols(last).values())
    values = [_value(t) for t in start]
    if len(letters) != 1 or len(start) < 2 or None in values:
        return None
    (n,) = letters
    lows = [
        low
        for low in (0, 1, 2)
        if all(
            _value(substitute(last, {n: Number(Fraction(low + k))})) == value
            for k, value in enumerate(values)
        )
    ]
    if len(lows) != 1:
        return None
    index = Symbol(next(x for x in ("k", "i", "j", "l", "m") if x != n.name), INDEX)
    return substitute(last, {n: index}), Binder(index, Number(Fraction(lows[0])), n)


def _value(term: Term) -> Fraction | None:
    """The value of a term in numbers; None for what is more than rational arithmetic."""
    match term:
        case Number(value=value):
            return value
        case Neg(arg=arg):
            value_ = _value(arg)
            return None if value_ is None else -value_
        case Add(args=args) | Mul(args=args):
            total = Fraction(0 if isinstance(term, Add) else 1)
            for arg in args:
                part = _value(arg)
                if part is None:
                    return None
                total = total + part if isinstance(term, Add) else total * part
            return total
        case Div(numerator=a, denominator=b):
            x, y = _value(a), _value(b)
            return None if x is None or y is None or y == 0 else x / y
        case Pow(base=a, exponent=b):
            x, y = _value(a), _value(b)
            if x is None or y is None or y.denominator != 1 or abs(y) > 64 or (x == 0 and y < 0):
                return None
            return x ** int(y)
        case _:
            return None


def _raised(term: Term) -> Term | None:
    """x in x^n and in a x^n."""
    for factor in term.args if isinstance(term, Mul) else (term,):
        if isinstance(factor, Pow) and not isinstance(factor.exponent, Number):
            return factor.base
    return None


def _as_power(term: Term, base: Term) -> Term:
    """1, a and a x as x^0, a x^0 and a x^1."""
    if term == Number(Fraction(1)):
        return Pow(base, Number(Fraction(0)))
    if term == base:
        return Pow(base, Number(Fraction(1)))
    if isinstance(term, Pow) and term.base == base:
        return term
    factors = list(term.args) if isinstance(term, Mul) else [term]
    for k, factor in enumerate(factors):
        if factor == base:
            factors[k] = Pow(base, Number(Fraction(1)))
            return Mul(tuple(factors))
        if isinstance(factor, Pow) and factor.base == base:
            return term
    return Mul((*factors, Pow(base, Number(Fraction(0)))))


def _series(start: list[Term], last: Term) -> tuple[Term, Binder] | None:
    first = start[0]
    places = differences(first, last)
    if not places:
        return None
    lows = {low for low, _ in places}
    highs = {high for _, high in places}
    if len(lows) != 1 or len(highs) != 1:
        return None
    low, high = lows.pop(), highs.pop()
    if not isinstance(low, Number) or low.value.denominator != 1:
        return None
    if isinstance(high, Number):
        # with numbers at both ends only a third written term tells the step
        if len(start) < 2:
            return None
    taken = {n for t in (*start, last) for n in free_symbols(t)}
    index = Symbol(next(n for n in ("k", "i", "j", "l", "m", "q") if n not in taken), INDEX)
    general = abstract(first, last, index)
    for k, term in enumerate(start):
        if substitute(general, {index: Number(low.value + k)}) != term:
            return None
    if substitute(general, {index: high}) != last:
        return None
    if len(start) < 2 and not isinstance(high, Symbol):
        return None
    return general, Binder(index, low, high)


def differences(a: Term, b: Term) -> list[tuple[Term, Term]]:
    """The places where two terms of one shape differ, as pairs; the whole terms where their shapes do."""
    if a == b:
        return []
    inner_a, inner_b = children(a), children(b)
    if (
        type(a) is not type(b)
        or len(inner_a) != len(inner_b)
        or not inner_a
        or isinstance(a, Number | Symbol)
    ):
        return [(a, b)]
    if map_children(a, lambda _: Number(Fraction(0))) != map_children(b, lambda _: Number(Fraction(0))):
        return [(a, b)]
    return [pair for x, y in zip(inner_a, inner_b, strict=True) for pair in differences(x, y)]


def abstract(a: Term, b: Term, index: Symbol) -> Term:
    """Put the index at every place where the two terms differ."""
    if a == b:
        return a
    inner_a, inner_b = children(a), children(b)
    if (
        type(a) is not type(b)
        or len(inner_a) != len(inner_b)
        or not inner_a
        or isinstance(a, Number | Symbol)
    ):
        return index
    if map_children(a, lambda _: Number(Fraction(0))) != map_children(b, lambda _: Number(Fraction(0))):
        return index
    pending = iter([abstract(x, y, index) for x, y in zip(inner_a, inner_b, strict=True)])
    return map_children(a, lambda _: next(pending))
