"""Definitions whose dots are not made out: `W = (w_1, \\dots, w_d)`, `K = [ … ]`."""

from __future__ import annotations

from derive.classes import replace
from derive.model import Claim, Status, Verdict
from derive.reasons import unsupported
from derive.reasons.gaps import Gap
from derive.term.contents import has
from derive.term.nodes import Derivative, Ellipsis, Term
from derive.term.traverse import free_symbols, walk
from derive.verify.ladder.mentions import reached
from derive.verify.ladder.question import undecided


def without_dots(claim: Claim) -> Claim | None:
    """The claim about symbols of which nothing is known where dots define them; None where none do.

    What holds of them all holds of those that are meant. A derivative by what such a definition
    contains would take the symbol for a constant: then there is no such claim.
    """
    scope = claim.scope
    names = reached(claim.left, scope, reached(claim.right, scope))
    dotted = {n: d.body for n, d in scope.definitions.items() if n in names and _has_dots(d.body)}
    if not dotted or _has_dots(claim.left) or _has_dots(claim.right):
        return None
    inside = {n for body in dotted.values() for n in free_symbols(body)}
    for node in (n for side in (claim.left, claim.right) for n in walk(side)):
        if isinstance(node, Derivative):
            if any(free_symbols(v).keys() & inside for v, _ in node.variables):
                return None
    kept = {n: d for n, d in scope.definitions.items() if n not in dotted}
    return replace(claim, scope=replace(scope, definitions=kept))


def _has_dots(term: Term) -> bool:
    return has(term, Ellipsis)


def of_what_dots_leave(verdict: Verdict) -> Verdict:
    """What fails for some values of such symbols may hold for those that are meant."""
    if verdict.status is Status.REFUTED:
        return replace(undecided(unsupported(Gap.DOTS)), evidence={"refuted_as_it_stands": verdict.evidence})
    return verdict
