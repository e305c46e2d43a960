"""Dimensions that nobody stated, made equal where a formula's products and sums need it.

A document says that W is a matrix and w a vector by the way it writes them; that W has as many columns as
w has entries is said by `Ww`. What an author declared, `x \\in \\mathbb{R}^n`, stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import pairwise

from derive.calculus.gradient import _ELEMENTWISE, _TO_NUMBER
from derive.term import nodes as t
from derive.term.traverse import children

Shape = tuple[t.Dimension, ...]

_SAME = frozenset(("hadamard", "cross"))
_SQUARE = frozenset(("trace", "det", "inverse"))


class Misfit(Exception):
    """Shapes that fit in no way."""


def is_open(dimension: t.Dimension) -> bool:
    """Whether a dimension is a name of the checker's own, for one that the author did not give."""
    return isinstance(dimension, str) and dimension.startswith(("n_", "m_", "?"))


def fitted(types: Mapping[str, t.Type], terms: Iterable[t.Term]) -> dict[str, t.Type]:
    """The types with the open dimensions named alike where the terms need them to agree.

    A term whose shapes fit in no way leaves its dimensions as they were.
    """
    dimensions = _Dimensions(types)
    for term in terms:
        kept = dict(dimensions.parent)
        try:
            dimensions.of(term)
        except Misfit:
            dimensions.parent = kept
    return {
        name: type_
        if not type_.shape
        else replace(type_, shape=tuple(dimensions.root(d) for d in type_.shape))
        for name, type_ in types.items()
    }


class _Dimensions:
    """Shapes of terms, and which dimensions are the same."""

    def __init__(self, types: Mapping[str, t.Type]) -> None:
        self.types = types
        self.parent: dict[t.Dimension, t.Dimension] = {}

    def root(self, d: t.Dimension) -> t.Dimension:
        while d in self.parent:
            d = self.parent[d]
        return d

    def same(self, a: t.Dimension, b: t.Dimension) -> None:
        a, b = self.root(a), self.root(b)
        if a == b:
            return
        if is_open(a) and b != 1:
            self.parent[a] = b
        elif is_open(b) and a != 1:
            self.parent[b] = a
        else:
            raise Misfit

    def agree(self, shapes: Iterable[Shape | None]) -> Shape | None:
        """The one shape of things that are added, compared or multiplied entry by entry."""
        known = [s for s in shapes if s is not None]
        for a, b in pairwise(known):
            if len(a) != len(b):
                raise Misfit
            for d, e in zip(a, b, strict=True):
                self.same(d, e)
        return known[0] if known else None

    def of(self, term: t.Term) -> Shape | None:
        """() a number, (n,) a column, (m, n) a matrix; None where that cannot be told. Raises Misfit."""
        match term:
            case t.Number(value=value):
                return None if value == 0 else ()
            case t.Constant():
                return ()
            case t.Symbol():
                return self._type(term).shape
            case t.Element(base=base, indices=indices):
                return self._element(base, len(indices))
            case t.Neg(arg=arg):
                return self.of(arg)
            case t.Add(args=args):
                return self.agree([self.of(a) for a in args])
            case t.Relation(left=left, right=right):
                self.agree([self.of(left), self.of(right)])
                return None
            case t.Mul(args=args):
                return self._product([self.of(a) for a in args])
            case t.Div(numerator=a, denominator=b):
                self.of(b)
                return self.of(a)
            case t.Pow(base=base, exponent=exponent):
                return self._power(base, exponent)
            case t.Apply(head=head, args=args):
                return self._applied(head, [self.of(a) for a in args])
            case t.Call(function=function, args=args):
                for a in args:
                    self.of(a)
                return self._type(function).shape if isinstance(function, t.Symbol) else None
            case t.BigOp(op=op, body=body):
                shape = self.of(body)
                return shape if op in ("sum", "prod") else ()
            case t.Derivative(body=body, variables=((variable, order),)) if order == t.ONE:
                above, below = self.of(body), self.of(variable)
                return below if above == () else above if below == () else None
            case _:
                for child in children(term):
                    self.of(child)
                return None

    def _type(self, symbol: t.Symbol) -> t.Type:
        return self.types.get(symbol.name, symbol.type)

    def _element(self, base: t.Term, count: int) -> Shape | None:
        if not isinstance(base, t.Symbol):
            return None
        type_ = self._type(base)
        if type_.shape is None or type_.shape == ():
            return type_.shape
        if "sequence" in (type_.role, base.type.role):
            return type_.shape if count == 1 else None
        return () if len(type_.shape) == count else None

    def _product(self, shapes: list[Shape | None]) -> Shape | None:
        total: Shape | None = ()
        for shape in shapes:
            if total is None or shape is None:
                total = None
            else:
                total = self._times(total, shape)
        return total

    def _times(self, a: Shape, b: Shape) -> Shape:
        if not a or not b:
            return a or b
        rows, inner = (a[0], 1) if len(a) == 1 else a
        other, columns = (b[0], 1) if len(b) == 1 else b
        if inner == 1 and self.root(other) != 1:
            raise Misfit
        if inner != 1 or other != 1:
            self.same(inner, other)
        return _plain(self.root(rows), self.root(columns))

    def _power(self, base: t.Term, exponent: t.Term) -> Shape | None:
        shape = self.of(base)
        self.of(exponent)
        if shape and len(shape) == 2:
            self.same(*shape)
        return shape

    def _applied(self, head: str, shapes: list[Shape | None]) -> Shape | None:
        first = shapes[0] if shapes else None
        if head in ("transpose", "adjoint"):
            if not first:
                return first
            return (1, first[0]) if len(first) == 1 else _plain(first[1], first[0])
        if head in _SQUARE:
            if first and len(first) == 2:
                self.same(*first)
            elif first:
                raise Misfit
            return first if head == "inverse" else ()
        if head == "dot" or head in _SAME:
            return () if self.agree(shapes) is not None and head == "dot" else self.agree(shapes)
        if head in _TO_NUMBER:
            return ()
        return first if head in _ELEMENTWISE and len(shapes) == 1 else None


def _plain(rows: t.Dimension, columns: t.Dimension) -> Shape:
    if rows == 1 and columns == 1:
        return ()
    return (rows,) if columns == 1 else (rows, columns)
