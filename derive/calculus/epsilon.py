"""`ε_{ijk} ε_{imn} = δ_{jm} δ_{kn} - δ_{jn} δ_{km}`: the permutation symbol in three dimensions.

With it a letter that stands twice as an index in a product is summed from 1 to 3, and one that stands once
may be any of the three: both sides are written out for all of them. An ε that the text defines, or with
other than three indices, is left alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import product

from derive.calculus.vectors import PERMUTATION, Vector, cross
from derive.term.construct import add, div, mul, neg
from derive.term.contents import among
from derive.term.nodes import (
    ONE,
    ZERO,
    Add,
    Apply,
    Div,
    Element,
    Matrix,
    Mul,
    Neg,
    Number,
    Symbol,
    Term,
    integer,
)
from derive.term.scope import Scope
from derive.term.traverse import children, map_children

_RANGE = (1, 2, 3)
_MOST = 4
"""Free indices of an equation, and summed ones of a product, that are written out."""
Values = Mapping[str, int]


class _NotWrittenOut(Exception):
    """Something else than sums of products of entries, or too many indices."""


def permutations_written_out(terms: tuple[Term, Term], scope: Scope) -> tuple[Term, Term]:
    """Both sides as columns, one row for each value of the free indices; as they are where there is no ε."""
    if not any(is_permutation(n, scope) for t in terms for n in among(t, Element)):
        return terms
    try:
        free = {frozenset(_free(part)) for t in terms for part in _terms(t) if part != ZERO}
        if len(free) != 1:
            return terms
        names = sorted(next(iter(free)))
        if len(names) > _MOST:
            return terms
        rows = [dict(zip(names, values, strict=True)) for values in product(_RANGE, repeat=len(names))]
        left, right = ([_value(t, row, scope) for row in rows] for t in terms)
    except _NotWrittenOut:
        return terms
    if not names:
        return left[0], right[0]
    return Matrix(tuple((x,) for x in left)), Matrix(tuple((x,) for x in right))


def is_permutation(term: Element, scope: Scope) -> bool:
    match term:
        case Element(base=Symbol(name=name), indices=indices):
            letters = all(isinstance(i, Symbol | Number) for i in indices)
            return name in PERMUTATION and len(indices) == 3 and letters and name not in scope.definitions
        case _:
            return False


def _terms(term: Term) -> Iterator[Term]:
    match term:
        case Add(args=args):
            for a in args:
                yield from _terms(a)
        case Neg(arg=arg):
            yield from _terms(arg)
        case _:
            yield term


def _indices(term: Term) -> Iterator[str]:
    """The letters that stand as indices, as often as they stand."""
    match term:
        case Element(base=base, indices=indices) | Apply(head="kronecker" as base, args=indices):
            yield from (i.name for i in indices if isinstance(i, Symbol))
            if not isinstance(base, Symbol | str) and any(_indices(base)):
                raise _NotWrittenOut
        case Mul(args=args):
            for a in args:
                yield from _indices(a)
        case Neg(arg=arg) | Div(numerator=arg, denominator=Number()):
            yield from _indices(arg)
        case Number() | Symbol():
            return
        case _:
            raise _NotWrittenOut


def _free(term: Term) -> set[str]:
    counts = Counter(_indices(term))
    if any(n > 2 for n in counts.values()):
        raise _NotWrittenOut
    return {name for name, n in counts.items() if n == 1}


def _value(term: Term, row: Values, scope: Scope) -> Term:
    match term:
        case Add(args=args):
            return add(*(_value(a, row, scope) for a in args))
        case Neg(arg=arg):
            return neg(_value(arg, row, scope))
        case _:
            bound = sorted(set(_indices(term)) - row.keys())
            if len(bound) > _MOST:
                raise _NotWrittenOut
            parts = (
                _at(term, {**row, **dict(zip(bound, values, strict=True))}, scope)
                for values in product(_RANGE, repeat=len(bound))
            )
            return add(*(p for p in parts if p != ZERO))


def _at(term: Term, values: Values, scope: Scope) -> Term:
    """A product with numbers for its indices."""
    match term:
        case Mul(args=args):
            parts = [_at(a, values, scope) for a in args]
            return ZERO if ZERO in parts else mul(*(p for p in parts if p != ONE))
        case Neg(arg=arg):
            return neg(_at(arg, values, scope))
        case Div(numerator=a, denominator=b):
            return div(_at(a, values, scope), b)
        case Element(indices=indices):
            numbers = tuple(_number(i, values) for i in indices)
            if is_permutation(term, scope):
                return integer(_sign(numbers))
            return _entry(term.base, numbers)
        case Apply(head="kronecker", args=(i, j)):
            return ONE if _number(i, values) == _number(j, values) else ZERO
        case Symbol(name=name) if name in values:
            raise _NotWrittenOut  # an index that is a value as well
        case _ if not children(term):
            return term
        case _:
            return map_children(term, lambda t: _at(t, values, scope))


def _number(index: Term, values: Values) -> int:
    match index:
        case Symbol(name=name) if name in values:
            return values[name]
        case Number(value=value) if value in _RANGE:
            return int(value)
        case _:
            raise _NotWrittenOut


def _sign(numbers: tuple[int, ...]) -> int:
    i, j, k = numbers
    return (j - i) * (k - i) * (k - j) // 2


def _entry(base: Term, numbers: tuple[int, ...]) -> Term:
    match base, numbers:
        case Symbol(), _:
            return Element(base, tuple(map(integer, numbers)))
        case Apply(head="cross", args=(Symbol() as a, Symbol() as b)), (i,):
            return cross(_written(a), _written(b))[i - 1]
        case _:
            raise _NotWrittenOut


def _written(letter: Symbol) -> Vector:
    x, y, z = (Element(letter, (integer(k),)) for k in _RANGE)
    return x, y, z
