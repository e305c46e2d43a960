"""A proof that two numbers or arrays are equal in any dimension: their difference comes to nothing in index
notation, modulo what the hypotheses say of letters."""

from __future__ import annotations

from derive.calculus.array_properties import properties_of
from derive.calculus.gradient import shape_of
from derive.classes import replace
from derive.term import nodes as t
from derive.term.scope import Scope
from derive.term.traverse import map_children, walk
from derive.verify.indices.expression import Expression, TooMuch, plus, scaled
from derive.verify.indices.products import put_in
from derive.verify.indices.reading import Reader
from derive.verify.indices.simplify import Simplifier
from derive.verify.indices.slopes import slope
from derive.verify.normal.proof import Proof

_LARGEST = 2000


def prove_by_indices(left: t.Term, right: t.Term, scope: Scope) -> Proof | None:
    """None where the difference is not seen to vanish, or where something has no place in index notation."""
    if sum(1 for side in (left, right) for _ in walk(side)) > _LARGEST:
        return None
    left, right = (_typed(side, scope) for side in (left, right))
    left, right = put_in((left, right), tuple(_typed(h, scope) for h in scope.hypotheses))
    for a, b in ((left, right), (right, left)):
        if isinstance(a, t.Apply) and a.head == "inverse" and len(shape_of(a) or ()) == 2:
            n = (shape_of(a) or ())[0]
            size = t.integer(n) if isinstance(n, int) else t.Symbol(n, t.Type("positive_integer"))
            one = t.Apply("identity", (size,))
            # a one-sided inverse of a square matrix is its inverse
            if _vanishes(t.Mul((a.args[0], b)), one, scope):
                return Proof("index notation")
    return Proof("index notation") if _vanishes(left, right, scope) else None


def _vanishes(left: t.Term, right: t.Term, scope: Scope) -> bool:
    shape = shape_of(left)
    if shape is None or (right != t.ZERO and shape_of(right) != shape):
        other = shape_of(right)
        if shape is None or other is None or len(other) != len(shape):
            return False
    slots = [s for s, d in zip(("i", "j"), shape, strict=False) if d != 1]
    free = iter(slots)
    row = "\\i" if shape and shape[0] != 1 and next(free, None) else None
    column = "\\j" if len(shape) == 2 and shape[1] != 1 else None
    said = _properties(scope)
    reader = Reader(said, lambda e: e, slope)
    simplifier = Simplifier(said, reader.inside)
    reader.tidy = simplifier.tidy
    try:
        parts: list[Expression] = [reader.entry(left, row, column)]
        if right != t.ZERO:
            parts.append(scaled(reader.entry(right, row, column), -1))
        return simplifier.tidy(plus(*parts)) == ()
    except (TooMuch, RecursionError):
        return False


def _properties(scope: Scope) -> dict[str, frozenset[str]]:
    found = {name: frozenset(said) for name, said in properties_of(scope.hypotheses).items()}
    for h in scope.hypotheses:
        for node in walk(h):
            if isinstance(node, t.Symbol) and node.name in found:
                shape = scope.symbols.get(node.name, node.type).shape
                if shape is not None and len(shape) == 2 and shape[0] == shape[1]:
                    found[node.name] |= {"square"}
    return found


def _typed(term: t.Term, scope: Scope) -> t.Term:
    """The term with the types of the scope in its letters."""

    def visit(node: t.Term) -> t.Term:
        if isinstance(node, t.Symbol):
            known = scope.symbols.get(node.name)
            if known is not None and node.type.shape is None:
                return replace(node, type=known)
            return node
        return map_children(node, visit)

    return visit(term)
