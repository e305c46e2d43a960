"""The chain rule through the arrays of a document, from a number back to what it is differentiated by.

For `L = -\\sum_k y_k \\log p_k`, `p = \\operatorname{softmax}(z)`, `z = Wx + b` the links are ∂L/∂p, ∂L/∂z
in terms of ∂L/∂p, and ∂L/∂W in terms of ∂L/∂z: reverse accumulation over the definitions in force, each in
the shape of what it is taken by.
"""

from __future__ import annotations

from derive.calculus.differentiable import NotDifferentiable
from derive.calculus.entrywise import spread
from derive.calculus.gradient import _push, shape_of
from derive.calculus.inferred import inferred, retyped
from derive.classes import dataclass, replace
from derive.term.construct import add
from derive.term.nodes import ONE, Derivative, Symbol, Term
from derive.term.scope import Scope
from derive.term.traverse import free_symbols

_MOST = 12


@dataclass(frozen=True, slots=True)
class Link:
    """The derivative of the whole by `by`, in the derivatives by what it goes through."""

    of: Symbol
    by: Symbol
    value: Term

    @property
    def name(self) -> Term:
        return Derivative(self.of, ((self.by, ONE),))

    def to_latex(self) -> str:
        return f"{_name(self.of, self.by)} = {self.value.to_latex()}"


def backward(quantity: Symbol, variable: Symbol, scope: Scope) -> tuple[Link, ...]:
    """The links, the last of them by the variable; empty where nothing lies between, where the quantity is no
    number made of arrays, or where a rule is wanting."""
    if quantity.name not in scope.definitions:
        return ()
    types = inferred(scope, {quantity.name, variable.name})
    known = {**scope.symbols, **types}
    bodies = {
        name: spread(retyped(d.body, known)) for name, d in scope.definitions.items() if d.kind == "symbol"
    }
    variable = retyped(variable, known)  # type: ignore[assignment]
    order = _order(quantity.name, variable.name, bodies)
    if (
        order is None
        or not (2 <= len(order) <= _MOST)
        or not any(known[n].shape for n in order if n in known)
    ):
        return ()
    gradients: dict[str, Term] = {quantity.name: ONE}
    links: list[Link] = []
    for name in order[1:]:
        u = Symbol(name, known.get(name, variable.type if name == variable.name else Symbol(name).type))
        parts: list[Term] = []
        try:
            for parent in order[: order.index(name)]:
                if name in free_symbols(bodies[parent]):
                    parts += _push(bodies[parent], gradients[parent], u)
        except NotDifferentiable:
            return ()
        value = add(*parts)
        links.append(Link(quantity, u, value))
        gradients[name] = Symbol(_name(quantity, u), replace(u.type, role="variable"))
    if shape_of(bodies[quantity.name]) not in ((), None):
        return ()
    return tuple(links)


def _name(of: Symbol, by: Symbol) -> str:
    return f"\\frac{{\\partial {of.to_latex()}}}{{\\partial {by.to_latex()}}}"


def _order(start: str, end: str, bodies: dict[str, Term]) -> list[str] | None:
    """The defined letters on the ways from start to end, each before those it is made of; None where there is
    no way or the definitions go in a circle."""
    reaches: dict[str, bool] = {end: True}
    found: list[str] = []
    active: set[str] = set()

    def visit(name: str) -> bool:
        if name in reaches:
            return reaches[name]
        if name in active:
            raise Circle
        active.add(name)
        below = [visit(n) for n in sorted(free_symbols(bodies[name]))] if name in bodies else []
        active.discard(name)
        reaches[name] = any(below)
        if reaches[name]:
            found.append(name)
        return reaches[name]

    try:
        if start == end or not visit(start):
            return None
    except Circle:
        return None
    return [*reversed(found), end]


class Circle(Exception):
    """Definitions that lead back to themselves."""
