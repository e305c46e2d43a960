"""The chain rule written out: how a variable reaches an expression, and the factor of each link.

`L = (y - ŷ)²`, `ŷ = σ(z)`, `z = wx`: by `w` the one way is `∂L/∂ŷ · dŷ/dz · dz/dw`. Where nothing is defined
between, an inner function gets a name: `sin(x²)` is `sin(u)` with `u = x²`.
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.calculus.differentiate import depends, differentiate
from derive.calculus.inner import NAMES, inner
from derive.calculus.resolve import resolve
from derive.calculus.reverse import Back
from derive.classes import dataclass, replace
from derive.term.nodes import Symbol, Term
from derive.term.scope import Scope
from derive.term.traverse import free_symbols, substitute

DEEPEST = 12  # links of one way
MOST = 40  # ways that are told


@dataclass(frozen=True, slots=True)
class Factor:
    """The derivative of `of` by `by`; `value` is what it comes to. `meaning` is what `by` stands for, where
    it was named here."""

    of: Term
    by: Term
    value: Term
    meaning: Term | None = None


Way = tuple[Factor, ...]


@dataclass(frozen=True, slots=True)
class Differentiated:
    """`value` is the derivative in the letters of the last definitions, `simpler` the same in another form
    where one was found that was proved to be equal. `ways` are those of the chain rule; the derivative is the
    sum of their products. By an array there are none: `back` leads from the number back to it."""

    term: Term
    variable: Term
    value: Term
    simpler: Term | None
    ways: tuple[Way, ...]
    back: tuple[Back, ...] = ()


def ways(term: Term, variable: Term, scope: Scope) -> tuple[Way, ...]:
    """Every way from an expression to a variable, through the definitions in force; the derivative is the sum
    of the products of their factors. Raises `derive.calculus.differentiate.NotDifferentiable`.
    """
    functions = {n: d for n, d in scope.definitions.items() if d.kind == "function"}
    applied = replace(scope, definitions=functions)
    own = scope.definitions.get(term.name) if isinstance(term, Symbol) else None
    followed = resolve(term if own is None or own.kind != "symbol" else own.body, applied)
    bodies = {
        n: replace(d, body=resolve(d.body, applied))
        for n, d in scope.definitions.items()
        if d.kind == "symbol"
    }
    scope = replace(scope, definitions=bodies)
    taken = set(free_symbols(followed)) | set(scope.definitions) | set(free_symbols(variable))
    found: list[Way] = []
    for way in _ways(followed if own is None else term, followed, variable, scope, taken, 0):
        found.append(way)
        if len(found) == MOST:
            break
    return tuple(found)


def _ways(
    shown: Term, term: Term, variable: Term, scope: Scope, taken: set[str], depth: int
) -> Iterator[Way]:
    """`shown` is how the expression is called in its factors."""
    if depth > DEEPEST:
        return
    if depends(term, variable):
        yield from _direct(shown, term, variable, taken, depth)
    for name, symbol in free_symbols(term).items():
        definition = scope.definitions.get(name)
        if symbol == variable or definition is None or definition.kind != "symbol":
            continue
        if not _reaches(definition.body, variable, scope, frozenset({name})):
            continue
        first = Factor(shown, symbol, differentiate(term, symbol))
        for rest in _ways(symbol, definition.body, variable, scope, taken, depth + 1):
            yield (first, *rest)


def _direct(shown: Term, term: Term, variable: Term, taken: set[str], depth: int) -> Iterator[Way]:
    """The variable stands in the expression itself: by an inner function, where there is just one."""
    within = inner(term, variable)
    if within is None or depth >= DEEPEST:
        yield (Factor(shown, variable, differentiate(term, variable)),)
        return
    name = next((n for n in NAMES if n not in taken), None)
    if name is None:
        yield (Factor(shown, variable, differentiate(term, variable)),)
        return
    u = Symbol(name)
    outer = substitute(term, {within: u})
    if depends(outer, variable):  # it stands beside as well
        yield (Factor(shown, variable, differentiate(term, variable)),)
        return
    first = Factor(outer if shown == term else shown, u, differentiate(outer, u), within)
    for rest in _direct(u, within, variable, taken | {name}, depth + 1):
        yield (first, *rest)


def _reaches(term: Term, variable: Term, scope: Scope, active: frozenset[str]) -> bool:
    if depends(term, variable):
        return True
    for name in free_symbols(term):
        definition = scope.definitions.get(name)
        if definition is not None and name not in active:
            if _reaches(definition.body, variable, scope, active | {name}):
                return True
    return False
