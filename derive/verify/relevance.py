"""Which of the equations in force speak of a claim, however indirectly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from derive.model import Claim
from derive.terms.differentiate import NotDifferentiable, differentiate
from derive.terms.nodes import Apply, Derivative, Expectation, Probability, Relation, Symbol, Term, integer
from derive.terms.scope import Scope
from derive.terms.traverse import free_symbols, walk


def relevant(claim: Claim) -> Claim:
    """The claim with only those hypotheses that speak, however indirectly, of its symbols."""
    scope: Scope = claim.scope
    names = set(free_symbols(claim.left)) | set(free_symbols(claim.right))
    names = _closed(names, scope)
    pool = [(t, True) for t in scope.hypotheses] + [(t, False) for t in scope.soft]
    chosen: set[int] = set()
    changed = True
    while changed:
        changed = False
        for k, (term, _) in enumerate(pool):
            if k in chosen:
                continue
            theirs = set(free_symbols(term))
            if theirs & names:
                chosen.add(k)
                grown = _closed(names | theirs, scope)
                changed = changed or grown != names
                names = grown
    hard = tuple(t for k, (t, h) in enumerate(pool) if k in chosen and h)
    soft = tuple(t for k, (t, h) in enumerate(pool) if k in chosen and not h and not _same(t, claim))
    soft = _without_names(soft, (claim.left, claim.right, *hard), scope)
    return replace(claim, scope=replace(scope, hypotheses=hard, soft=soft))


def _without_names(soft: tuple[Term, ...], others: tuple[Term, ...], scope: Scope) -> tuple[Term, ...]:
    """The soft equations without those that only name something: one symbol of theirs stands nowhere else
    and enters linearly, so that every model of the rest can be made one of theirs."""
    kept = list(soft)
    again = True
    while again:
        again = False
        for term in kept:
            rest = [t for t in (*others, *kept) if t is not term]
            used = _closed({n for t in rest for n in free_symbols(t)}, scope)
            if (
                isinstance(term, Relation)
                and term.op == "="
                and any(
                    symbol.name not in used and symbol.name not in scope.definitions and _linear(term, symbol)
                    for symbol in free_symbols(term).values()
                )
            ):
                kept.remove(term)
                again = True
                break
    return tuple(kept)


def _linear(term: Relation, symbol: Symbol) -> bool:
    """Whether the equation can be solved for a symbol that one side has, to the first degree."""
    holders = [side for side in (term.left, term.right) if symbol.name in free_symbols(side)]
    if len(holders) != 1:
        return False
    try:
        slope = differentiate(holders[0], symbol)
    except NotDifferentiable:
        return False
    return symbol.name not in free_symbols(slope) and slope != integer(0)


def slipped(term: Term) -> bool:
    """`\\partial\\theta/\\partial\\theta`, a slip of the pen, and `dv = e^x\\,dx`, a step of a substitution:
    no conditions to reckon with."""
    if any(isinstance(n, Apply) and n.head == "differential" for n in walk(term)):
        return True
    return any(isinstance(n, Derivative) and any(n.body == v for v, _ in n.variables) for n in walk(term))


def beside(term: Term, claim: Claim) -> bool:
    """Whether an equation cannot bear on a claim: a slip, or one about chance where the claim has none."""
    if slipped(term):
        return True

    def of_chance(*terms: Term) -> bool:
        return any(isinstance(n, (Probability, Expectation)) for t in terms for n in walk(t))

    return of_chance(term) and not of_chance(claim.left, claim.right)


def _same(term: Term, claim: Claim) -> bool:
    return isinstance(term, Relation) and term.left == claim.left and term.right == claim.right


def _closed(names: set[str], scope: Scope) -> set[str]:
    grown = set(names)
    stack = list(names)
    while stack:
        name = stack.pop()
        definition = scope.definitions.get(name)
        more: Iterable[str] = free_symbols(definition.body) if definition is not None else ()
        if name in scope.dependencies:
            more = (*more, *scope.dependencies[name])
        for other in more:
            if other not in grown:
                grown.add(other)
                stack.append(other)
    return grown
