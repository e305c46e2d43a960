"""Identities, ones and unit vectors with the size that what stands around them makes them have.

`A A^{-1} = I` is about the identity of A's size; `X^\\top \\mathbf{1}` about as many ones as X has rows;
a letter `I` that nothing declares is the identity where only that fits. Dimensions are found by unification
over the claim and its hypotheses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from derive.calculus.entrywise import size, spread
from derive.calculus.gradient import shape_of
from derive.calculus.shapes import Clash, Shapes
from derive.classes import replace
from derive.term.contents import heads
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
from derive.term.scope import Scope
from derive.term.traverse import free_symbols, map_children, substitute, walk

_SIZED = {"identity": 0, "ones": 0, "unit": 1}
"""Heads with a size, and how many arguments stand before it."""

_MARKED = frozenset((*_SIZED, "zeros"))

_LETTERS = frozenset(("I", "\\mathbf{I}", "\\boldsymbol{I}", "\\mathbb{I}", "\\mathrm{I}"))
"""How the identity is written. Whatever holds of every matrix holds of it: nothing that is true is lost."""


def sized(
    left: Term, right: Term, hypotheses: Sequence[Term], scope: Scope
) -> tuple[Term, Term, tuple[Term, ...]]:
    """Both sides and the hypotheses with their sizes; those that nothing tells are left open."""
    types = scope.symbols
    terms = [left, right, *hypotheses]
    if not any(
        s.type.shape or types.get(n, s.type).shape for t in (left, right) for n, s in free_symbols(t).items()
    ) and _MARKED.isdisjoint(heads(left) | heads(right)):
        return left, right, tuple(hypotheses)
    said = [Relation("=", left, right), *hypotheses]
    for name in sorted({n for t in terms for n in free_symbols(t) if n in _LETTERS}):
        if not _something_else(name, scope) and _beside_matrix(name, said, types):
            mapping: dict[Term, Term] = {
                s: Apply("identity", ()) for t in terms if (s := free_symbols(t).get(name))
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
            shapes.of(_bare(term, types))
        except Clash:
            shapes.parent = kept
    only = _only_size(terms, shapes, types)
    filled = [_filled(t, shapes, only) for t in terms]
    return filled[0], filled[1], tuple(h for h in filled[2:] if not _of_open_constants(h, types))


def _of_open_constants(hypothesis: Term, types: Mapping[str, Type]) -> bool:
    """`C = C^\\top` for a C that is defined by identities and ones alone: what it says of them is true or not
    whatever the letters are, and nothing tells their size."""
    open_ = any(
        isinstance(n, Apply) and (before := _SIZED.get(n.head)) is not None and len(n.args) <= before
        for n in walk(hypothesis)
    )
    return open_ and not any(types.get(n, s.type).shape for n, s in free_symbols(hypothesis).items())


def identities(left: Term, right: Term, scope: Scope) -> frozenset[str]:
    """The letters in a relation that are taken for the identity."""
    said = [Relation("=", left, right)]
    names = {n for t in said for n in free_symbols(t) if n in _LETTERS and not _something_else(n, scope)}
    return frozenset(n for n in names if _beside_matrix(n, said, scope.symbols))


def _something_else(name: str, scope: Scope) -> bool:
    """Whether the text defines or declares the letter. That it looks like a matrix declares nothing."""
    if name in scope.definitions:
        return True
    kind: Type | None = scope.symbols.get(name)
    if kind is None:
        return False
    said = any(o.how in ("set", "words") for o in scope.origins.get(name, ()))
    return said or kind.shape != _own_shape(name)


def _own_shape(name: str) -> tuple[str, str]:
    """That of a matrix of which only its font tells."""
    return f"m_{name}", f"n_{name}"


class _Marks:
    """Every identity, every vector of ones gets a dimension of its own to begin with."""

    def __init__(self) -> None:
        self.count = 0

    def of(self, term: Term) -> Term:
        if heads(term).isdisjoint(_MARKED):
            return term
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


def _bare(term: Term, types: Mapping[str, Type]) -> Term:
    """The term without what may be a number before an identity: `\\lambda I` is as large as the `I`."""
    if "identity" not in heads(term):
        return term
    new = map_children(term, lambda t: _bare(t, types))
    match new:
        case Mul(args=(*before, Apply(head="identity") as last)) if not any(
            types.get(n, x.type).shape for f in before for n, x in free_symbols(f).items()
        ):
            return last
        case _:
            return new


def _only_size(terms: Sequence[Term], shapes: Shapes, types: Mapping[str, Type]) -> Dimension | None:
    """The one dimension that all matrices of the claim have: that of an identity which nothing else tells."""
    kinds = [types.get(n, s.type).shape or () for t in terms[:2] for n, s in free_symbols(t).items()]
    found = {shapes.root(d) for kind in kinds if len(kind) == 2 for d in kind}
    return found.pop() if len(found) == 1 else None


def _filled(term: Term, shapes: Shapes, only: Dimension | None) -> Term:
    if heads(term).isdisjoint(_SIZED):
        return term
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


def _beside_matrix(name: str, terms: Sequence[Term], types: Mapping[str, Type]) -> bool:
    """Whether `I` stands as a summand, a factor or a side where a matrix does, and nowhere has entries, is
    applied to anything or has a shape that something tells."""
    seen = False
    for term in terms:
        for node in walk(term):
            match node:
                case Symbol(name=found, type=kind) if found == name:
                    seen = True
                    if kind.shape not in (None, (), _own_shape(name)):
                        return False
                case Element(base=Symbol(name=found)) | Call(function=Symbol(name=found)) if found == name:
                    return False
    return seen and any(_matrices_around(name, term, types) for term in terms)


def _matrices_around(name: str, term: Term, types: Mapping[str, Type]) -> bool:
    for node in walk(term):
        parts: tuple[Term, ...] = ()
        match node:
            case Add(args=args) | Mul(args=args):
                parts = args
            case Relation(left=a, right=b):
                parts = (a, b)
            case Apply(head="det" | "trace" | "inverse", args=(a,)) if _is_unit(name, a):
                return True
        others = [p for p in parts if not _is_unit(name, p)]
        if len(others) < len(parts) and any(_is_array(p, types) for p in others):
            return True
    return False


def _is_unit(name: str, term: Term) -> bool:
    match term:
        case Symbol(name=found):
            return found == name
        case Neg(arg=arg):
            return _is_unit(name, arg)
        case Mul(args=args):
            return any(_is_unit(name, a) for a in args)
        case _:
            return False


def _is_array(term: Term, types: Mapping[str, Type]) -> bool:
    shape = shape_of(term)
    if shape is None:
        symbols = free_symbols(term).items()
        matrices = any(len(types.get(n, s.type).shape or ()) == 2 for n, s in symbols)
        return matrices or _of_an_identity(term)
    return bool(shape)


def _of_an_identity(term: Term) -> bool:
    """Whether it is an identity or a matrix of ones of a size that is still open, with factors."""
    match term:
        case Apply(head="identity"):
            return True
        case Neg(arg=arg):
            return _of_an_identity(arg)
        case Mul(args=(*_, Apply(head="ones"), Apply(head="transpose", args=(Apply(head="ones"),)))):
            return True  # the matrix of ones
        case Mul(args=args):
            return any(map(_of_an_identity, args))
        case _:
            return False
