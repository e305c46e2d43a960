"""`\\int e^u\\,du` with `u = x^2` defined: the integral by u is one by x, of `e^{x^2} \\cdot 2x`."""

from __future__ import annotations

from derive.calculus.differentiate import NotDifferentiable, differentiate
from derive.calculus.resolve import resolve
from derive.classes import replace
from derive.term.contents import among
from derive.term.nodes import Integral, Mul, Symbol, Term
from derive.term.scope import Scope
from derive.term.traverse import free_symbols, map_children


def by_free_variables(terms: tuple[Term, ...], scope: Scope) -> tuple[Term, ...]:
    """The terms with every indefinite integral taken by a variable that nothing defines.

    The new variable is that of another integral of the same terms, or the only symbol that the definition
    of the old one has; where neither tells, the integral stays.
    """
    indefinite = [n for t in terms for n in among(t, Integral) if is_indefinite(n)]
    if not any(_defined(n.variable, scope) for n in indefinite):
        return terms
    free = [n.variable for n in indefinite if not _defined(n.variable, scope)]

    def visit(node: Term) -> Term:
        if isinstance(node, Integral) and is_indefinite(node) and _defined(node.variable, scope):
            return _changed(node, free, scope)
        return map_children(node, visit)

    return tuple(visit(t) for t in terms)


def is_indefinite(node: Integral) -> bool:
    return node.lower is None and node.upper is None and node.domain is None


def _defined(variable: Symbol, scope: Scope) -> bool:
    definition = scope.definitions.get(variable.name)
    return definition is not None and definition.kind == "symbol"


def _changed(node: Integral, free: list[Symbol], scope: Scope) -> Term:
    value = resolve(node.variable, scope)
    inside = free_symbols(value)
    new = next((v for v in free if v.name in inside), None)
    if new is None and len(inside) == 1:
        new = next(iter(inside.values()))
    if new is None:
        return node
    try:
        slope = differentiate(value, new)
    except NotDifferentiable:
        return node
    # followed here, u = x in `\\int u\\,dv` too: no definition reaches an x that the integral binds
    body = Mul((resolve(node.body, scope), slope))
    return replace(node, body=body, variable=new)
