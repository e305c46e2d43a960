"""Vectors that are numbered: the bold `\\boldsymbol x_i` is the i-th of several vectors, no entry of one.

The bare `\\boldsymbol x` beside them stays a vector of the same kind, and `\\boldsymbol x_0` is another.
"""

from __future__ import annotations

from derive.classes import replace
from derive.expressions import regex
from derive.term.nodes import Element, Symbol, Term, Type
from derive.term.scope import Scope
from derive.term.traverse import map_children

_NUMBERED = regex(r"(.+)_\{[^{}]*\}")


def numbered(terms: tuple[Term, ...], scope: Scope) -> tuple[Term, ...]:
    """The terms with the types of such elements, where the document writes them so."""
    if not any(_is_array(kind) for kind in scope.symbols.values()):
        return terms
    return tuple(_visit(term, scope) for term in terms)


def _visit(term: Term, scope: Scope) -> Term:
    match term:
        case Element(base=Symbol(name=name) as base, indices=(index,)) if _listed(name, scope):
            kind = replace(scope.symbols[name], role="sequence")
            return replace(term, base=replace(base, type=kind), indices=(_visit(index, scope),))
        case Symbol(name=name, type=Type(shape=None)):
            own = _of_base(name, scope)
            return term if own is None else replace(term, type=own)
        case _:
            return map_children(term, lambda child: _visit(child, scope))


def _listed(name: str, scope: Scope) -> bool:
    kind = scope.symbols.get(name)
    if kind is None or not _is_array(kind):
        return False
    ways = scope.usage.get(name, frozenset())
    return ("listed" if len(kind.shape or ()) == 1 else "only listed") in ways


def _is_array(kind: Type) -> bool:
    return bool(kind.shape) and kind.role in ("variable", "sequence")


def _of_base(name: str, scope: Scope) -> Type | None:
    """The type of `x_{0}` by that of x, its dimensions being its own."""
    match = _NUMBERED.fullmatch(name)
    kind = scope.symbols.get(match[1]) if match else None
    if kind is None or not _is_array(kind) or name in scope.symbols:
        return None
    rank = len(kind.shape or ())
    shape = (f"n_{name}",) if rank == 1 else (f"m_{name}", f"n_{name}")
    return Type(kind.domain, shape) if rank in (1, 2) else None
