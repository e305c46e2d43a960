"""How many entries a vector has of which each entry is defined: `p_i = \\sigma(z_i)` for z in R^n."""

from __future__ import annotations

from derive.calculus.shapes import Clash, Shapes, is_open
from derive.term.nodes import Dimension, Element, Symbol, Type
from derive.term.scope import Definition, Scope
from derive.term.traverse import free_symbols, walk


def length_of(definition: Definition, scope: Scope) -> Dimension | None:
    """The length that the vector is given, else that of what its index runs over in its definition, where all
    that it stands at agrees; None where that cannot be told, and for a family of arrays."""
    known = scope.type_of(definition.name) or Type()
    shape = known.shape or ()
    if len(shape) > 1 or (shape and known.role == "sequence") or len(definition.parameters) != 1:
        return None
    if shape and not is_open(shape[0]):
        return shape[0]
    if definition.name in free_symbols(definition.body):
        return None
    found: set[Dimension] = set()
    for node in walk(definition.body):
        if not isinstance(node, Element) or node.indices != definition.parameters:
            continue
        if isinstance(node.base, Symbol):
            found.add(_entries(node.base, definition, scope))
    (length, *others) = found or {"?"}
    return None if others or is_open(length) else length


def _entries(vector: Symbol, definition: Definition, scope: Scope) -> Dimension:
    """How many entries a vector has, as it is declared, as it is defined or as the sums over its entries run
    that stand beside; of columns x_i the index is no entry."""
    kind = scope.type_of(vector.name) or vector.type
    if kind.role == "sequence":
        return "?"
    if kind.shape is not None and len(kind.shape) == 1 and not is_open(kind.shape[0]):
        return kind.shape[0]
    known = scope.definitions.get(vector.name)
    if known is not None and known.kind == "symbol":
        try:
            shape = Shapes(scope.symbols, scope.definitions).of(known.body)
        except Clash:
            shape = None
        if shape is not None and len(shape) == 1 and not is_open(shape[0]):
            return shape[0]
    return "?"
