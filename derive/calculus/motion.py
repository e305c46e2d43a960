"""Derivatives by time of arrays that move: `\\frac{d}{dt} q^\\top M q` where `\\dot q` stands beside.

An array whose letter has a dot in the claim is a function of time; its derivative is the dotted letter, of
the same shape. What has no dot stays fixed.
"""

from __future__ import annotations

from derive.calculus.differentiable import depends
from derive.calculus.gradient import shape_of
from derive.classes import replace
from derive.model import Claim
from derive.term.construct import add, apply, mul
from derive.term.nodes import ONE, Derivative, Symbol, Term, Type
from derive.term.scope import Scope
from derive.term.traverse import free_symbols, map_children


def with_motion(claim: Claim) -> Claim:
    """The claim with its derivatives by time carried to the arrays that have dots in it."""
    scope: Scope = claim.scope
    letters = {**free_symbols(claim.left), **free_symbols(claim.right)}
    bodies = [d.body for d in scope.definitions.values()]
    for body in bodies:
        letters.update(free_symbols(body))
    dotted: dict[str, Type] = {}
    for name in letters:
        for mark, before in (("\\dot{", ""), ("\\ddot{", "\\dot{")):
            if name.startswith(mark) and name.endswith("}"):
                plain = name[len(mark) : -1]
                kind = scope.symbols.get(plain)
                if kind is not None and kind.shape:
                    dotted[name] = kind
                    if before:
                        dotted[f"{before}{plain}}}"] = kind
    if not dotted:
        return claim

    def visit(node: Term) -> Term:
        if isinstance(node, Symbol) and node.name in dotted:
            return replace(node, type=dotted[node.name])
        node = map_children(node, visit)
        match node:
            case Derivative(body=body, variables=((Symbol(name="t") as t, order),), partial=False) if (
                order == ONE
            ):
                moved = _moved(body, t, dotted, scope)
                return node if moved is None else moved
            case _:
                return node

    types = {**scope.symbols, **dotted}
    definitions = {n: replace(d, body=visit(d.body)) for n, d in scope.definitions.items()}
    scope = replace(scope, symbols=types, definitions=definitions)
    return replace(claim, left=visit(claim.left), right=visit(claim.right), scope=scope)


def _moved(body: Term, t: Symbol, dotted: dict[str, Type], scope: Scope) -> Term | None:
    parts: list[Term] = []
    inside = {**free_symbols(body)}
    for name in list(inside):
        definition = scope.definitions.get(name)
        if definition is not None and definition.kind == "symbol":
            inside.update(free_symbols(definition.body))
    for name, kind in dotted.items():
        plain = name[6:-1] if name.startswith("\\ddot{") else name[5:-1]
        of = f"\\dot{{{plain}}}" if name.startswith("\\ddot{") else plain
        if of not in inside:
            continue
        q, rate = Symbol(of, kind), Symbol(name, kind)
        slope = Derivative(body, ((q, ONE),))
        whole = shape_of(body)
        if whole is None and not isinstance(body, Symbol):
            return None
        parts.append(mul(slope, rate) if whole else apply("dot", slope, rate))
    if not parts or depends(body, t):
        return None
    return add(*parts)
