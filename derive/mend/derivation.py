"""The way to the correct form: the factors of the chain rule, one by one, from the definitions in scope."""

from __future__ import annotations

from derive.calculus.backward import backward
from derive.calculus.differentiate import NotDifferentiable, differentiate
from derive.model import Claim
from derive.term.construct import mul
from derive.term.nodes import Derivative, Number, Symbol, Term
from derive.term.scope import Scope
from derive.term.traverse import free_symbols

_LONGEST = 8


def derivation(claim: Claim) -> tuple[str, ...]:
    """LaTeX steps that lead to the left side's value, where it is a first derivative of a defined quantity.

    For `L(y, \\hat y) = …`, `\\hat y = σ(z)`, `z = θᵀx` the steps are ∂L/∂ŷ, ∂ŷ/∂z, ∂z/∂θ and their product.
    Empty where the quantity depends on the variable in more ways than one, or a link is not differentiable.
    """
    match claim.left:
        case Derivative(body=Symbol() as quantity, variables=((Symbol() as variable, Number(value=order)),)):
            if order != 1:
                return ()
        case _:
            return ()
    if through := backward(quantity, variable, claim.scope):
        return tuple(link.to_latex() for link in through)
    links = _links(quantity, variable, claim.scope)
    if not links:
        return ()
    steps: list[str] = []
    names: list[str] = []
    values: list[Term] = []
    for upper, lower, body in links:
        try:
            value = differentiate(body, lower)
        except NotDifferentiable:
            return ()
        name = f"\\frac{{\\partial {upper.to_latex()}}}{{\\partial {lower.to_latex()}}}"
        names.append(name)
        values.append(value)
        steps.append(f"{name} = {value.to_latex()}")
    whole = f"\\frac{{\\partial {quantity.to_latex()}}}{{\\partial {variable.to_latex()}}}"
    if len(links) > 1:
        steps.append(f"{whole} = {' '.join(names)}")
        steps.append(f"{whole} = {mul(*values).to_latex()}")
    return tuple(steps)


def _links(quantity: Symbol, variable: Symbol, scope: Scope) -> list[tuple[Symbol, Symbol, Term]]:
    """(L, ŷ, body of L), (ŷ, z, body of ŷ), …, down to the variable; empty where the way forks or ends."""
    links: list[tuple[Symbol, Symbol, Term]] = []
    here = quantity
    while here != variable:
        definition = scope.definitions.get(here.name)
        if definition is None or len(links) == _LONGEST:
            return []
        below = [s for s in free_symbols(definition.body).values() if _reaches(s, variable, scope, 0)]
        if len(below) != 1:
            return []
        links.append((here, below[0], definition.body))
        here = below[0]
    return links


def _reaches(symbol: Symbol, variable: Symbol, scope: Scope, depth: int) -> bool:
    if symbol == variable:
        return True
    definition = scope.definitions.get(symbol.name)
    if definition is None or depth > _LONGEST:
        return False
    return any(_reaches(s, variable, scope, depth + 1) for s in free_symbols(definition.body).values())
