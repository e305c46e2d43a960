"""Building terms with the lightest of simplification: zero, one, rational constants, nesting.

For terms that come out of our own rules (derivatives); what an author wrote is never
passed through these.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from derive.term.nodes import ONE, ZERO, Add, Apply, Div, Mul, Neg, Number, Pow, Term, integer

_NOTHING, _WHOLE, _TURNED = Fraction(0), Fraction(1), Fraction(-1)


def number(value: Fraction | int) -> Number:
    return Number(value if isinstance(value, Fraction) else Fraction(value))


def is_zero(term: Term) -> bool:
    return isinstance(term, Number) and term.value == 0


def is_one(term: Term) -> bool:
    return isinstance(term, Number) and term.value == 1


def add(*terms: Term) -> Term:
    """The sum: zeros dropped, sums flattened, rational constants folded."""
    kept: list[Term] = []
    constant = _NOTHING
    for term in terms:
        for part in term.args if isinstance(term, Add) else (term,):
            if isinstance(part, Number):
                constant = constant + part.value if constant else part.value
            else:
                kept.append(part)
    if constant:
        kept.append(Number(constant))
    if not kept:
        return ZERO
    return kept[0] if len(kept) == 1 else Add(tuple(kept))


def neg(term: Term) -> Term:
    match term:
        case Number(value=value):
            return Number(-value)
        case Neg(arg=arg):
            return arg
        case _:
            return Neg(term)


def sub(left: Term, right: Term) -> Term:
    return add(left, neg(right))


def mul(*terms: Term) -> Term:
    """The product in the order given: ones dropped, products flattened, rational constants in front."""
    kept: list[Term] = []
    constant = _WHOLE
    stack = list(reversed(terms))
    while stack:
        part = stack.pop()
        match part:
            case Mul(args=args):
                stack.extend(reversed(args))
            case Neg(arg=arg):
                constant = _TURNED if constant is _WHOLE else -constant
                stack.append(arg)
            case Number(value=value):
                constant = value if constant is _WHOLE else constant * value
            case _:
                kept.append(part)
    if constant == 0:
        return ZERO
    if not kept:
        return Number(constant)
    if constant is not _WHOLE and constant is not _TURNED and abs(constant) != 1:
        kept.insert(0, Number(abs(constant)))
    product = kept[0] if len(kept) == 1 else Mul(tuple(kept))
    return Neg(product) if constant < 0 else product


def div(numerator: Term, denominator: Term) -> Term:
    if is_one(denominator):
        return numerator
    match numerator, denominator:
        case Number(value=a), Number(value=b) if b:
            return Number(a / b)
        case Number(value=a), _ if a == 0:
            return ZERO
        case Neg(arg=a), _:
            return neg(div(a, denominator))
        case _:
            return Div(numerator, denominator)


def power(base: Term, exponent: Term) -> Term:
    match exponent:
        case Number(value=value) if value == 0:
            return ONE
        case Number(value=value) if value == 1:
            return base
        case _:
            return base if is_one(base) else Pow(base, exponent)


def square(term: Term) -> Term:
    return power(term, integer(2))


def apply(head: str, *args: Term) -> Term:
    return Apply(head, args)


def transpose(term: Term) -> Term:
    match term:
        case Number():
            return term
        case Apply(head="transpose", args=(inner,)):
            return inner
        case Neg(arg=arg):
            return neg(transpose(arg))
        case _:
            return Apply("transpose", (term,))


def determinant(rows: Sequence[Sequence[Term]]) -> Term:
    """By the first row: n! products, so for few rows."""
    if len(rows) == 1:
        return rows[0][0]
    parts: list[Term] = []
    for k, entry in enumerate(rows[0]):
        minor = mul(entry, determinant([[*row[:k], *row[k + 1 :]] for row in rows[1:]]))
        parts.append(neg(minor) if k % 2 else minor)
    return add(*parts)
