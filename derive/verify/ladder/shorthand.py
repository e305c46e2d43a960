"""Derivatives written as marks on a name, `\\dot x`, `f_{xy}`, spelled out where the scope tells of what."""

from __future__ import annotations

from derive.calculus.resolve import resolve
from derive.expressions import regex
from derive.term.contents import has
from derive.term.nodes import Call, Derivative, Integral, Mul, Symbol, Term, integer
from derive.term.scope import Definition, Scope
from derive.term.traverse import free_symbols, map_children, substitute

_DOTS = regex(r"^\\(d{1,3})ot\{(.+)\}$")
_SUBSCRIPT = regex(r"^(.+?)_\{([a-z]+|[a-z](?:,[a-z])+|[a-z])\}$")
TIME = "t"


def spelled_out(term: Term, scope: Scope) -> Term:
    """The term with `\\dot x` as dx/dt for a defined x that depends on t, `f_{xy}` as ∂²f/∂x∂y."""
    term = _by_parts(term, scope)
    mapping: dict[Term, Term] = {}
    for name, symbol in free_symbols(term).items():
        if name in scope.definitions:
            continue
        meaning = _dotted(name, scope) or _subscripted(name, scope)
        if meaning is not None:
            mapping[symbol] = meaning
    return substitute(term, mapping) if mapping else term


def _dotted(name: str, scope: Scope) -> Term | None:
    match = _DOTS.match(name)
    if match is None:
        return None
    marks, base = match.groups()
    definition = scope.definitions.get(base)
    if definition is None:
        return None
    if definition.kind == "function":
        if len(definition.parameters) != 1:
            return None
        (of,) = definition.parameters
        return Derivative(Call(Symbol(base), (of,)), ((of, integer(len(marks))),), partial=False)
    if definition.kind != "symbol":
        return None
    time = _reach(definition, scope).get(TIME)
    if time is None:
        return None
    return Derivative(Symbol(base), ((time, integer(len(marks))),), partial=False)


def _subscripted(name: str, scope: Scope) -> Term | None:
    match = _SUBSCRIPT.match(name)
    if match is None:
        return None
    base, letters = match.groups()
    definition = scope.definitions.get(base)
    if definition is None or definition.kind != "function":
        return None
    parameters = {p.name: p for p in definition.parameters}
    wanted = letters.replace(",", "")
    if not set(wanted) <= parameters.keys():
        return None
    variables = tuple((parameters[x], integer(1)) for x in wanted)
    return Derivative(Call(Symbol(base), definition.parameters), variables, partial=True)


def _reach(definition: Definition, scope: Scope) -> dict[str, Symbol]:
    found: dict[str, Symbol] = {}
    stack = [definition]
    seen = set()
    while stack:
        here = stack.pop()
        seen.add(here.name)
        for name, symbol in free_symbols(here.body).items():
            found[name] = symbol
            if name in scope.definitions and name not in seen:
                stack.append(scope.definitions[name])
    return found


def _by_parts(term: Term, scope: Scope) -> Term:
    """`\\int u \\, dv` for a v that is defined by x: the integral of u dv/dx by x."""

    def change(node: Term) -> Term:
        node = map_children(node, change)
        if not isinstance(node, Integral) or not (node.lower is node.upper is node.domain is None):
            return node
        definition = scope.definitions.get(node.variable.name)
        if definition is None or definition.kind != "symbol":
            return node
        last = [s for n, s in _reach(definition, scope).items() if n not in scope.definitions]
        if len(last) != 1:
            return node
        slope = Derivative(Symbol(definition.name), ((last[0], integer(1)),), partial=False)
        # followed here: inside the integral x is bound, and no definition reaches a bound x
        return Integral(Mul((resolve(node.body, scope), resolve(slope, scope))), last[0])

    return change(term) if has(term, Integral) else term
