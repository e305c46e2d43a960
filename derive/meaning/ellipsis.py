"""Dots: a sum or product whose general term is certain becomes one; else the dots stay."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from derive.classes import replace
from derive.meaning.pattern import general_term, of_one_form
from derive.meaning.reader import INDEX, Reader
from derive.reasons.choices import Choice, Chosen
from derive.term.affine import affine, constant
from derive.term.fingerprint import same
from derive.term.nodes import (
    Add,
    Apply,
    BigOp,
    Binder,
    Div,
    Ellipsis,
    Mul,
    Neg,
    Number,
    Pow,
    Symbol,
    Term,
    Type,
)
from derive.term.traverse import children, free_symbols, map_children, substitute


def product(r: Reader, node: Any, terms: list[Term]) -> Term | None:
    """`x_1 x_2 \\cdots x_n`, `1 \\cdot 2 \\cdots n`; None where there are no dots among the factors."""
    if not any(isinstance(t, Ellipsis) for t in terms):
        return None
    found = _gathered(r, "prod", [("+", t) for t in terms], node)
    if found is None or any(isinstance(t, Ellipsis) for t in found):
        return Mul(tuple(terms), span=node.span)
    return found[0] if len(found) == 1 else Mul(tuple(found), span=node.span)


def sum_of(r: Reader, node: Any, parts: list[tuple[str, Term]]) -> Term | None:
    """A sum of signed terms with dots among them."""
    if not any(isinstance(t, Ellipsis) for _, t in parts):
        return None
    found = _gathered(r, "sum", parts, node)
    if found is None or any(isinstance(t, Ellipsis) for t in found):
        return Add(tuple(_signed(part) for part in parts), span=node.span)
    return found[0] if len(found) == 1 else Add(tuple(found), span=node.span)


def column(items: tuple[Term, ...]) -> Term | None:
    """`\\lambda_1, \\dots, \\lambda_n` as the column of these entries, \\sum_k \\lambda_k e_k; None where the
    general entry is not certain."""
    dotted = [k for k, t in enumerate(items) if isinstance(t, Ellipsis)]
    if len(items) < 3 or dotted != [len(items) - 2]:
        return None
    found = series(list(items[:-2]), items[-1])
    if found is None:
        return None
    body, binder = found
    if binder.lower != Number(Fraction(1)) or not isinstance(binder.upper, Symbol):
        return None
    size = replace(binder.upper, type=Type("positive_integer"))
    entry = Mul((body, Apply("unit", (binder.variable, size))))
    return BigOp("sum", entry, (replace(binder, upper=size),))


def _signed(part: tuple[str, Term]) -> Term:
    sign, term = part
    return Neg(term, span=term.span) if sign == "-" else term


def _gathered(r: Reader, op: str, parts: list[tuple[str, Term]], node: Any) -> list[Term] | None:
    """The terms with the first dots, and what they stand between, made one sum or product; then the next.

    What stands in front of the pattern or behind it and is of another form is a term of its own:
    `b_0 + b_1 x_1 + … + b_n x_n + e`. None where the pattern is not certain.
    """
    at = next((k for k, (_, t) in enumerate(parts) if isinstance(t, Ellipsis)), None)
    if at is None:
        return [_signed(p) for p in parts]
    following = next((k for k in range(at + 1, len(parts)) if isinstance(parts[k][1], Ellipsis)), len(parts))
    start, tail = [_signed(p) for p in parts[:at]], [_signed(p) for p in parts[at + 1 : following]]
    for first in range(len(start)):
        if first and of_one_form(start[first - 1], start[first]):
            break
        taken = _run(op, start[first:], tail, parts[at][0], node, last=following == len(parts))
        if taken is not None:
            run, used = taken
            rest = _gathered(r, op, parts[at + 1 + used :], node)
            if rest is None:
                return None
            r.infer(Choice(Chosen.DOTS_STAND_FOR, (run.to_latex(),)))
            return [*start[:first], run, *rest]
    return None


def _run(
    op: str, start: list[Term], tail: list[Term], sign: str, node: Any, *, last: bool
) -> tuple[Term, int] | None:
    """The sum or product of what is between the first of `start` and the end, and how much of `tail` is its
    end: two terms, one, or none where the dots are the last."""
    if not start:
        return None
    for used in (2, 1):
        if used > len(tail) or (used < len(tail) and of_one_form(tail[used - 1], tail[used])):
            continue
        found = _finite(start, tail[:used], sign)
        if found is not None:
            body, binder = found
            return BigOp(op, body, (binder,), span=node.span), used
    if tail or not last or op != "sum":
        return None
    found = general_term(start, (), _index(start), infinite=True)
    if found is None or (sign == "-" and not isinstance(start[-2], Neg)):
        return None
    body, binder = found
    return BigOp(op, body, (binder,), span=node.span), 0


def _finite(start: list[Term], end: list[Term], sign: str) -> tuple[Term, Binder] | None:
    if sign == "+" and not any(isinstance(t, Neg) for t in (*start, *end)):
        found = series(start, end[-1])
        if found is not None and (len(end) == 1 or _is_before_last(found, end[0])):
            return found
    if sign == "-" and len(start) > 1 and not isinstance(start[-2], Neg):
        return None
    return general_term(start, end, _index([*start, *end]))


def _is_before_last(found: tuple[Term, Binder], term: Term) -> bool:
    body, binder = found
    upper = affine(binder.upper) if binder.upper is not None else None
    return upper is not None and same(substitute(body, {binder.variable: (upper - constant(1)).term()}), term)


def _index(terms: list[Term]) -> Symbol:
    taken = {n for t in terms for n in free_symbols(t)}
    return Symbol(next(n for n in ("k", "i", "j", "l", "m", "q") if n not in taken), INDEX)


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
    index = _index([*start, last])
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
