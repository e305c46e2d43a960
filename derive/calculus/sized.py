"""Identities, ones and unit vectors with the size that what stands around them makes them have.

`A A^{-1} = I` is about the identity of A's size; `X^\\top \\mathbf{1}` about as many ones as X has rows;
a letter `I` that nothing declares is the identity where only that fits. Dimensions are found by unification
over the claim and its hypotheses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from derive.calculus.entrywise import size, spread
from derive.calculus.gradient import shape_of
from derive.calculus.shapes import Clash, Shapes
from derive.term.nodes import (
    ZERO,
    Add,
    Apply,
    Call,
    Dimension,
    Element,
    Mul,
    Neg,
    Relation,
    Symbol,
    Term,
    Type,
)
from derive.term.traverse import free_symbols, map_children, substitute, walk

_SIZED = {"identity": 0, "ones": 0, "unit": 1}
"""Heads with a size, and how many arguments stand before it."""


def sized(
    left: Term, right: Term, hypotheses: Sequence[Term], types: Mapping[str, Type], declared: frozenset[str]
) -> tuple[Term, Term, tuple[Term, ...]]:
    """Both sides and the hypotheses with their sizes; those that nothing tells are left open. `declared`:
    names that are something of their own, so that `I` among them is no identity."""
    terms = [left, right, *hypotheses]
    if not any(
        s.type.shape or types.get(n, s.type).shape for t in (left, right) for n, s in free_symbols(t).items()
    ):
        return left, right, tuple(hypotheses)
    if "I" not in declared and _beside_matrix(terms, types):
        mapping: dict[Term, Term] = {
            s: Apply("identity", ()) for t in terms if (s := free_symbols(t).get("I"))
        }
        terms = [substitute(t, mapping) for t in terms]
    marked = _Marks()
    terms = [spread(marked.of(t)) for t in terms]
    if not marked.count:
        return terms[0], terms[1], tuple(terms[2:])
    shapes = Shapes(types, habits=True)
    for term in (Relation("=", terms[0], terms[1]), *terms[2:]):
        kept = dict(shapes.parent)
        try:
            shapes.of(term)
        except Clash:
            shapes.parent = kept
    only = _only_size(terms, shapes, types)
    filled = [_filled(t, shapes, only) for t in terms]
    return filled[0], filled[1], tuple(filled[2:])


class _Marks:
    """Every identity, every vector of ones gets a dimension of its own to begin with."""

    def __init__(self) -> None:
        self.count = 0

    def of(self, term: Term) -> Term:
        new = map_children(term, self.of)
        if not isinstance(new, Apply):
            return new
        if new.head == "zeros":
            return ZERO
        before = _SIZED.get(new.head)
        if before is None or len(new.args) > before:
            return new
        self.count += 1
        return replace(new, args=(*new.args, Symbol(f"?\\#{self.count}", Type("positive_integer"))))


def _only_size(terms: Sequence[Term], shapes: Shapes, types: Mapping[str, Type]) -> Dimension | None:
    """The one dimension that all matrices of the claim have: that of an identity which nothing else tells."""
    kinds = [types.get(n, s.type).shape or () for t in terms[:2] for n, s in free_symbols(t).items()]
    found = {shapes.root(d) for kind in kinds if len(kind) == 2 for d in kind}
    return found.pop() if len(found) == 1 else None


def _filled(term: Term, shapes: Shapes, only: Dimension | None) -> Term:
    new = map_children(term, lambda t: _filled(t, shapes, only))
    match new:
        case Apply(head=head, args=(*before, Symbol(name=name))) if head in _SIZED and name.startswith("?"):
            root: Dimension = shapes.root(name)
            known = not (isinstance(root, str) and root.startswith("?"))
            if not known and only is not None and head == "identity":
                return replace(new, args=(*before, size(only)))
            return replace(new, args=(*before, size(root)) if known else tuple(before))
        case _:
            return new


def _beside_matrix(terms: Sequence[Term], types: Mapping[str, Type]) -> bool:
    """Whether `I` stands as a summand, a factor or a side where a matrix does, and nowhere has entries or is
    applied to anything."""
    seen = False
    for term in terms:
        for node in walk(term):
            match node:
                case Symbol(name="I", type=kind):
                    seen = True
                    if kind.shape or types.get("I", Type()).shape:
                        return False
                case Element(base=Symbol(name="I")) | Call(function=Symbol(name="I")):
                    return False
    return seen and any(_matrices_around(term, types) for term in terms)


def _matrices_around(term: Term, types: Mapping[str, Type]) -> bool:
    for node in walk(term):
        parts: tuple[Term, ...] = ()
        match node:
            case Add(args=args) | Mul(args=args):
                parts = args
            case Relation(left=a, right=b):
                parts = (a, b)
            case Apply(head="det" | "trace" | "inverse", args=(a,)) if _is_unit(a):
                return True
        if any(_is_unit(p) for p in parts) and any(_is_array(p, types) for p in parts):
            return True
    return False


def _is_unit(term: Term) -> bool:
    match term:
        case Symbol(name="I"):
            return True
        case Neg(arg=arg):
            return _is_unit(arg)
        case Mul(args=args):
            return any(_is_unit(a) for a in args)
        case _:
            return False


def _is_array(term: Term, types: Mapping[str, Type]) -> bool:
    shape = shape_of(term)
    if shape is None:
        symbols = free_symbols(term).items()
        return any(len(types.get(n, s.type).shape or ()) == 2 for n, s in symbols)
    return bool(shape)
