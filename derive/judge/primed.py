"""What a prime is taken by is a number: `\\sigma'(x)`, though elsewhere the letter stands for a vector.

The shape of a letter that nothing declares comes from its use anywhere in its part of the document. Beside a
prime, which differentiates by one number, it is a letter of its own, as the parameter of its function.
"""

from __future__ import annotations

from collections.abc import Collection

from derive.classes import replace
from derive.model import Claim
from derive.term.contents import among
from derive.term.nodes import Call, Prime, Symbol, Term
from derive.term.scope import Definition, Reading, Scope
from derive.term.traverse import map_children


def with_numbers_for_arguments(claim: Claim) -> Claim:
    """The claim with the undeclared arguments of its primed functions as numbers."""
    names = {name for side in (claim.left, claim.right) for name in _primed(side)}
    names = {n for n in names if not _declared(n, claim)}
    if not names:
        return claim

    def changed(term: Term) -> Term:
        return _as_numbers(term, names)

    left, right = changed(claim.left), changed(claim.right)
    readings = tuple(replace(r, terms=tuple(map(changed, r.terms))) for r in claim.readings)
    scope: Scope = claim.scope
    symbols = {k: replace(t, shape=()) if k in names else t for k, t in scope.symbols.items()}
    return replace(
        claim,
        left=left,
        right=right,
        readings=readings or (Reading((left, right)),),
        scope=replace(
            scope,
            symbols=symbols,
            definitions={k: _of_a_number(d, names) for k, d in scope.definitions.items()},
        ),
    )


def _as_numbers(term: Term, names: Collection[str]) -> Term:
    if isinstance(term, Symbol):
        return replace(term, type=replace(term.type, shape=())) if term.name in names else term
    return map_children(term, lambda t: _as_numbers(t, names))


def _of_a_number(definition: Definition, names: Collection[str]) -> Definition:
    """The definition of a function with its parameter a number, where the letter is one of these."""
    own = {p.name for p in definition.parameters if p.name in names}
    if not own or definition.kind != "function":
        return definition
    parameters = tuple(
        replace(p, type=replace(p.type, shape=())) if p.name in own else p for p in definition.parameters
    )
    return replace(definition, parameters=parameters, body=_as_numbers(definition.body, own))


def _primed(term: Term) -> list[str]:
    """Letters with the shape of an array that a primed function is applied to."""
    return [
        n.args[0].name
        for n in among(term, Call)
        if isinstance(n.function, Prime)
        and len(n.args) == 1
        and isinstance(n.args[0], Symbol)
        and n.args[0].type.shape != ()
    ]


def _declared(name: str, claim: Claim) -> bool:
    origins = claim.scope.origins.get(name, ())
    return name in claim.scope.definitions or any(o.how in ("set", "words") for o in origins)
