"""Over what the free indices of a claim run: `x_j` of a vector of d entries has 1 ≤ j ≤ d.

Told by the shape of what is indexed, or by the sums in the definitions in force that run over it. A
derivative may leave nothing but δ_{ij} of it, and the range would be lost.
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.model import Claim
from derive.term.contents import among, has
from derive.term.nodes import (
    ONE,
    BigOp,
    Element,
    Number,
    Relation,
    Symbol,
    Term,
    Type,
    integer,
)
from derive.term.scope import Scope
from derive.term.traverse import bound_here, free_symbols, walk


def index_ranges(claim: Claim) -> tuple[Term, ...]:
    """Hypotheses on the free indices of a claim, where their ranges are told."""
    if not has(claim.left, Element) and not has(claim.right, Element):
        return ()
    scope: Scope = claim.scope
    found: dict[Term, None] = {}
    bound = {s.name for side in (claim.left, claim.right) for n in walk(side) for s in bound_here(n)}
    for side in (claim.left, claim.right):
        for node in walk(side):
            if not (isinstance(node, Element) and isinstance(node.base, Symbol)):
                continue
            for place, index in enumerate(node.indices):
                if not isinstance(index, Symbol) or index.name in bound or index.name in scope.definitions:
                    continue
                end = _length(node, place, scope)
                if end is not None and index not in free_symbols(end).values():
                    whole = Symbol(index.name, index.type)
                    found[Relation(">=", whole, ONE)] = None
                    found[Relation("<=", whole, end)] = None
    return tuple(h for h in found if h not in scope.hypotheses)


def _length(node: Element, place: int, scope: Scope) -> Term | None:
    base = node.base
    assert isinstance(base, Symbol)
    kind = scope.symbols.get(base.name, base.type)
    if kind.role != "sequence" and kind.shape and len(kind.shape) == len(node.indices):
        d = kind.shape[place]
        return integer(d) if isinstance(d, int) else Symbol(d, Type("positive_integer"))
    if len(node.indices) != 1:
        return None
    ends = set(_summed(base.name, scope))
    return ends.pop() if len(ends) == 1 else None


def _summed(name: str, scope: Scope) -> Iterator[Term]:
    """Where the sums over the entries of a family end, among the definitions; those that begin elsewhere than
    at 1 tell nothing."""
    for definition in scope.definitions.values():
        for node in walk(definition.body):
            if not isinstance(node, BigOp):
                continue
            for b in node.binders:
                over = any(
                    n.base == Symbol(name) and n.indices == (b.variable,) for n in among(node.body, Element)
                )
                if over and b.lower == ONE and isinstance(b.upper, Symbol | Number):
                    yield b.upper
