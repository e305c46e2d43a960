"""Values of functions that a claim says nothing of, as letters.

`X(s) = H(s) F(s)` beside a claim about s alone: a smooth function has any value at a point, and any
derivative there, so that X(s), H(s) and F(s) may be chosen freely, and the equation narrows s no further than
one between three letters does. As letters they are solved for, and a model of the equations is found.
"""

from __future__ import annotations

from collections.abc import Iterable

from derive.classes import replace
from derive.model import Claim
from derive.term.nodes import (
    BigOp,
    Call,
    Derivative,
    Element,
    Integral,
    Limit,
    Partial,
    Prime,
    Relation,
    Symbol,
    Term,
)
from derive.term.traverse import free_symbols, map_children, substitute, walk
from derive.verify.ladder.mentions import reached, unknown_functions


def with_values_as_letters(claim: Claim) -> Claim:
    """The claim, its assumed and stated equations with letters for the values of functions that neither its
    sides nor any equation about their functions has."""
    scope = claim.scope
    equations = (*scope.hypotheses, *scope.soft)
    ours = _protected(claim, equations)
    slopes = _with_slopes(claim)
    bound: set[str] = set()
    letters: dict[Term, Term] = {}
    for equation in equations:
        free = free_symbols(equation).keys()
        for value in _values(equation):
            name = _function(value)
            if name is None or name in scope.definitions:
                continue
            if name in ours and (name in slopes or not _is_slope(value)):
                continue
            if free_symbols(value).keys() <= free:
                letters.setdefault(value, Symbol(value.to_latex()))
            else:
                bound.add(name)  # taken at what is bound: it is more than a few values
    letters = {value: letter for value, letter in letters.items() if _function(value) not in bound}
    if not letters:
        return claim
    hard = tuple(_put(h, letters) for h in scope.hypotheses)
    return replace(
        claim,
        scope=replace(scope, hypotheses=hard, soft=tuple(_put(e, letters) for e in scope.soft)),
    )


def _with_slopes(claim: Claim) -> set[str]:
    """The functions that the claim differentiates or integrates: it speaks of more than their values."""
    whole = (n for side in (claim.left, claim.right) for n in walk(side))
    return {
        name
        for n in whole
        if isinstance(n, (Derivative, Prime, Partial, Integral, BigOp, Limit))
        for name in unknown_functions(n) | set(free_symbols(n))
    }


def _is_slope(value: Term) -> bool:
    """Whether it is the derivative at a point, which the value there leaves open."""
    return isinstance(value, Derivative) or (
        isinstance(value, Call) and isinstance(value.function, (Prime, Partial))
    )


def _protected(claim: Claim, equations: Iterable[Term]) -> set[str]:
    """The functions of the claim, and those that some equation brings together with one of them."""
    ours = unknown_functions(claim.left, claim.right)
    ours |= {*reached(claim.left, claim.scope), *reached(claim.right, claim.scope)}
    theirs = [unknown_functions(e) for e in equations if isinstance(e, Relation)]
    theirs += [set(free_symbols(e)) for e in equations if not isinstance(e, Relation)]
    grown = True
    while grown:
        grown = False
        for names in theirs:
            if names & ours and not names <= ours:
                ours |= names
                grown = True
    return ours


def _values(term: Term) -> list[Term]:
    """The outermost values: `f'(c)` rather than what f is taken at."""
    if isinstance(term, Call) or (isinstance(term, Derivative) and isinstance(term.body, Call)):
        return [term]
    found: list[Term] = []

    def gather(part: Term) -> Term:
        found.extend(_values(part))
        return part

    map_children(term, gather)
    return found


def _function(value: Term) -> str | None:
    head: Term = value.body if isinstance(value, Derivative) else value
    head = head.function if isinstance(head, Call) else head
    while isinstance(head, (Prime, Partial, Element)):
        head = head.base if isinstance(head, Element) else head.function
    return head.name if isinstance(head, Symbol) else None


def _put(term: Term, letters: dict[Term, Term]) -> Term:
    if isinstance(term, Relation) and any(n in letters for n in walk(term)):
        return substitute(term, letters)
    return term
