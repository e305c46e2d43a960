"""Identities of ∇ for fields that nothing defines, written out in Cartesian coordinates.

`∇·(fF) = ∇f·F + f ∇·F`: f becomes a function of x, y, z and F three of them. What is differentiated as it
stands, `∇f`, `∇·F`, is a field; what stands under an operator only in a product may be a field or a constant,
and the equation is left as it is. So it is where the sides are no identity but an equation for the fields:
one of the sides has no operator, or a letter that the other lacks.
"""

from __future__ import annotations

from collections.abc import Callable

from derive.calculus.vectors import Vector, by_components, cross
from derive.term.construct import add, mul, neg
from derive.term.contents import among, heads
from derive.term.nodes import (
    ZERO,
    Add,
    Apply,
    Call,
    Div,
    Matrix,
    Mul,
    Neg,
    Number,
    Symbol,
    Term,
    Type,
)
from derive.term.scope import Scope
from derive.term.traverse import children, free_symbols

NABLA = frozenset({"grad", "div", "curl", "laplacian"})
_XYZ = tuple(Symbol(name) for name in "xyz")
_KNOWN = frozenset(s.name for s in _XYZ)


class _NoField(Exception):
    """Something that is not made of fields of three coordinates."""


def written_out(terms: tuple[Term, Term], scope: Scope) -> tuple[Term, Term]:
    """Both sides by components where they are an identity of undefined fields, else as they are."""
    if not all(NABLA & heads(t) or t == ZERO for t in terms) or terms[0] == ZERO:
        return terms
    if terms[1] == ZERO and not any(NABLA & heads(a) for n in _operators(terms[0]) for a in n.args):
        return terms  # a field without sources
    letters = [set(free_symbols(t)) for t in terms if t != ZERO]
    if any(names != letters[0] for names in letters) or letters[0] & _KNOWN:
        return terms
    if letters[0] & (scope.definitions.keys() | scope.dependencies.keys()):
        return terms
    vectors, numbers = fields_of(terms)
    under = {name for t in terms for n in _operators(t) for name in free_symbols(n)}
    if vectors & numbers or under - vectors - numbers:
        return terms
    try:
        sides = [_Writer(vectors, numbers).side(t) for t in terms]
    except _NoField:
        return terms
    left, right = sides
    if isinstance(left, tuple):
        if right == ZERO:
            right = (ZERO, ZERO, ZERO)
        if not isinstance(right, tuple):
            return terms
        return _column(left), _column(right)
    return terms if isinstance(right, tuple) else (left, right)


def fields_of(terms: tuple[Term, ...]) -> tuple[set[str], set[str]]:
    """The letters that are differentiated as they stand: vector fields, and fields of numbers."""
    vectors, numbers, either = set[str](), set[str](), set[str]()
    for term in terms:
        for node in _operators(term):
            for name in _terms_in(node.args[0]):
                match node.head:
                    case "div" | "curl":
                        vectors.add(name)
                    case "grad":
                        numbers.add(name)
                    case _:
                        either.add(name)
    for name in either - vectors - numbers:
        bold = name.startswith(("\\mathbf", "\\boldsymbol", "\\bm", "\\vec"))
        (vectors if bold else numbers).add(name)
    return vectors, numbers


def _operators(term: Term) -> list[Apply]:
    return [n for n in among(term, Apply) if n.head in NABLA]


def _terms_in(term: Term) -> set[str]:
    """The letters that a sum consists of, with numbers before them."""
    match term:
        case Symbol(name=name):
            return {name}
        case Add(args=args):
            return set().union(*map(_terms_in, args))
        case Neg(arg=arg) | Div(numerator=arg, denominator=Number()):
            return _terms_in(arg)
        case Mul(args=(Number(), arg)):
            return _terms_in(arg)
        case _:
            return set()


def _column(vector: Vector) -> Matrix:
    return Matrix(tuple((c,) for c in vector))


class _Writer:
    def __init__(self, vectors: set[str], numbers: set[str]) -> None:
        self.vectors, self.numbers = vectors, numbers

    def side(self, term: Term) -> Term | Vector:
        """A term, or its three components. Raises _NoField."""
        match term:
            case Number():
                return term
            case Symbol(name=name) if name in self.vectors:
                x, y, z = (self._field(f"{name}_{{{c.name}}}") for c in _XYZ)
                return x, y, z
            case Symbol(name=name):
                return self._field(name) if name in self.numbers else term
            case Add(args=args):
                return self._sum([self.side(a) for a in args])
            case Neg(arg=arg):
                inner = self.side(arg)
                return _each(neg, inner) if isinstance(inner, tuple) else neg(inner)
            case Mul(args=args):
                return self._product([self.side(a) for a in args])
            case Div(numerator=a, denominator=b):
                below, above = self._number(b), self.side(a)
                return (
                    _each(lambda t: Div(t, below), above) if isinstance(above, tuple) else Div(above, below)
                )
            case Apply(head="dot", args=(a, b)):
                return add(*(mul(p, q) for p, q in zip(self._vector(a), self._vector(b), strict=True)))
            case Apply(head="cross", args=(a, b)):
                return cross(self._vector(a), self._vector(b))
            case Apply(head=head, args=(arg,)) if head in NABLA:
                return self._operator(head, arg)
            case _ if not children(term):
                return term
            case _:
                raise _NoField

    def _field(self, name: str) -> Term:
        return Call(Symbol(name, Type(role="function")), _XYZ)

    def _vector(self, term: Term) -> Vector:
        found = self.side(term)
        if not isinstance(found, tuple):
            raise _NoField
        return found

    def _number(self, term: Term) -> Term:
        found = self.side(term)
        if isinstance(found, tuple):
            raise _NoField
        return found

    def _sum(self, parts: list[Term | Vector]) -> Term | Vector:
        vectors = [p for p in parts if isinstance(p, tuple)]
        if not vectors:
            return add(*(p for p in parts if not isinstance(p, tuple)))
        if len(vectors) < len(parts):
            raise _NoField
        x, y, z = (add(*column) for column in zip(*vectors, strict=True))
        return x, y, z

    def _product(self, parts: list[Term | Vector]) -> Term | Vector:
        vectors = [p for p in parts if isinstance(p, tuple)]
        factor = mul(*(p for p in parts if not isinstance(p, tuple)))
        match vectors:
            case []:
                return factor
            case [vector]:
                return _each(lambda t: mul(factor, t), vector)
            case _:
                raise _NoField

    def _operator(self, head: str, arg: Term) -> Term | Vector:
        field = self.side(arg)
        if head == "laplacian" and isinstance(field, tuple):
            return _each(_laplacian, field)
        written = by_components(head, _column(field) if isinstance(field, tuple) else field, _XYZ)
        match written:
            case None:
                raise _NoField
            case Matrix(rows=((x,), (y,), (z,))):
                return x, y, z
            case _:
                return written


def _each(act: Callable[[Term], Term], vector: Vector) -> Vector:
    x, y, z = (act(c) for c in vector)
    return x, y, z


def _laplacian(term: Term) -> Term:
    written = by_components("laplacian", term, _XYZ)
    assert written is not None
    return written
