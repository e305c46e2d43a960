"""Differentials as numbers: in `dV = 2\\pi r h\\,dr + \\pi r^2\\,dh` each of `dr`, `dh` varies by itself.

The differential of a symbol that nothing defines is a variable of its own; that of anything else is the
total differential in the symbols whose differentials the formula writes.
"""

from __future__ import annotations

from derive.calculus.differentiate import NotDifferentiable, differentiate
from derive.calculus.resolve import resolve
from derive.term.nodes import Add, Apply, Mul, Symbol, Term
from derive.term.scope import Scope
from derive.term.traverse import free_symbols, map_children, walk


def written_out(terms: tuple[Term, ...], scope: Scope) -> tuple[Term, ...]:
    """The terms with every differential as a number; the same terms where they have none.

    Terms that belong together are given together: a differential that one of them writes is varied in all.
    """
    varied: dict[str, Symbol] = {}
    for node in (n for t in terms for n in walk(t)):
        if isinstance(node, Apply) and node.head == "differential" and isinstance(node.args[0], Symbol):
            symbol = node.args[0]
            if symbol.name not in scope.definitions:
                varied[symbol.name] = symbol
    if not varied:
        return terms

    def visit(node: Term) -> Term:
        if isinstance(node, Apply) and node.head == "differential":
            return _total(node.args[0], varied, scope) or node
        return map_children(node, visit)

    return tuple(visit(t) for t in terms)


def _total(term: Term, varied: dict[str, Symbol], scope: Scope) -> Term | None:
    if isinstance(term, Symbol) and term.name in varied:
        return Symbol(f"\\mathrm{{d}}{term.name}", term.type)
    value = resolve(term, scope)
    inside = free_symbols(value)
    parts: list[Term] = []
    for name, symbol in varied.items():
        if name in inside:
            try:
                slope = differentiate(value, symbol)
            except NotDifferentiable:
                return None
            parts.append(Mul((slope, Symbol(f"\\mathrm{{d}}{name}", symbol.type))))
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else Add(tuple(parts))
