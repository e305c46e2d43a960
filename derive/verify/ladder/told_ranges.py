"""Where sums end whose range nobody states: `\\sum_i y_i` of a vector of K entries ends at K.

The entries that a sum runs over tell it, and two arrays that one index runs over are of one size: a length
that nobody gave is the one that somebody did.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from derive.calculus.entrywise import size
from derive.calculus.shapes import is_open
from derive.classes import replace
from derive.term.contents import among
from derive.term.nodes import ONE, BigOp, Binder, Dimension, Element, Symbol, Term, Type
from derive.term.scope import Scope
from derive.term.traverse import map_children, substitute


def ranged(terms: Sequence[Term], scope: Scope) -> tuple[list[Term], Scope]:
    """The terms with what their sums run over, and the scope in which what one index runs over has one
    size."""
    same: dict[Dimension, Dimension] = {}
    told = False
    for term in terms:
        for node in among(term, BigOp):
            for binder in node.binders:
                if _untold(binder, scope.symbols):
                    _unite(_sizes(node.body, binder.variable, scope.symbols), same)
                    told = True
    if not told:
        return list(terms), scope
    types = {n: _renamed(kind, same) for n, kind in scope.symbols.items()}
    names: dict[Term, Term] = {size(d): size(_root(d, same)) for d in same}
    return [_ended(substitute(t, names), types) for t in terms], replace(scope, symbols=types)


def _untold(binder: Binder, types: Mapping[str, Type]) -> bool:
    """Whether the end is one that the reader made up: `N_{i}`, which the text does not have."""
    upper = binder.upper
    made_up = isinstance(upper, Symbol) and upper.name.startswith("N_{") and upper.name not in types
    return binder.lower == ONE and made_up and binder.condition is None


def _sizes(body: Term, index: Symbol, types: Mapping[str, Type]) -> Iterator[Dimension]:
    """The lengths of the arrays in a body along the axes that an index runs over."""
    for node in among(body, Element):
        if not isinstance(node.base, Symbol):
            continue
        kind = types.get(node.base.name, node.base.type)
        if kind.role == "sequence" or len(kind.shape or ()) != len(node.indices):
            continue
        yield from (d for d, i in zip(kind.shape or (), node.indices, strict=True) if i == index)


def _unite(found: Iterator[Dimension], same: dict[Dimension, Dimension]) -> None:
    """Open lengths along one index become the one that is given, if there is just one."""
    roots = dict.fromkeys(_root(d, same) for d in found)
    given = [d for d in roots if not is_open(d)]
    if len(given) > 1 or len(roots) < 2:
        return
    target = given[0] if given else next(iter(roots))
    same.update({d: target for d in roots if d != target})


def _root(d: Dimension, same: Mapping[Dimension, Dimension]) -> Dimension:
    while d in same:
        d = same[d]
    return d


def _renamed(kind: Type, same: Mapping[Dimension, Dimension]) -> Type:
    if not kind.shape or not any(d in same for d in kind.shape):
        return kind
    return replace(kind, shape=tuple(_root(d, same) for d in kind.shape))


def _ended(term: Term, types: Mapping[str, Type]) -> Term:
    new = map_children(term, lambda t: _ended(t, types))
    if isinstance(new, Symbol) and new.name in types and types[new.name] != new.type:
        return replace(new, type=types[new.name]) if new.type.shape else new
    if not isinstance(new, BigOp):
        return new
    binders = []
    for binder in new.binders:
        ends = set(_sizes(new.body, binder.variable, types)) if _untold(binder, types) else set()
        binders.append(replace(binder, upper=size(ends.pop())) if len(ends) == 1 else binder)
    return replace(new, binders=tuple(binders))
