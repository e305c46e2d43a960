"""From a claim to a verdict: does it hold in every model of its scope?

Levels, cheapest first: structural equality; a few models in balls; the normal form; more
models; proof finders in the worker. Whichever answers ends the climb (`relations_equal.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from derive.model import Claim, Status, Verdict
from derive.terms.nodes import BigOp, Binder, Derivative, Ellipsis, Symbol, Term
from derive.terms.resolve import TooLarge, resolve, resolve_pair
from derive.terms.scope import Scope
from derive.terms.traverse import walk
from derive.verify.budget import CheckerFault
from derive.verify.readings import Alternative, decide_readings
from derive.verify.relations import Decider, Question, undecided
from derive.verify.shorthand import spelled_out
from derive.verify.usage import INTEGER_NAMES
from derive.verify.values import Budget, NoValue

DEPTH = 6


def decide(claim: Claim) -> Verdict:
    """Decide a claim in its scope, over all of its readings.

    Raises CheckerFault when a proof meets a certified counterexample.
    """
    if not claim.readings:
        return decide_link(claim)
    alternatives = [
        Alternative((replace(claim, left=r.terms[0], right=r.terms[1], readings=()),), tuple(r.choices))
        for r in claim.readings
    ]
    return decide_alternatives(alternatives)


def decide_alternatives(alternatives: Sequence[Alternative], *, closed: bool = False) -> Verdict:
    """The verdict over several readings of a chain of claims; `closed` as for `decide_readings`."""
    return decide_readings(alternatives, decide_by_law if closed else decide_link, closed=closed)


def decide_by_law(claim: Claim) -> Verdict:
    """One relation by itself, without a document: σ is the sigmoid, logit its inverse, unless that fails.

    What a standard definition proves has it for a condition; what it refutes must be false of any function.
    """
    from derive.verify.standard import with_functions

    scope, used = with_functions(claim)
    if not used:
        return decide_link(claim)
    verdict = decide_link(replace(claim, scope=scope))
    if verdict.status in (Status.PROVED, Status.HOLDS):
        return replace(verdict, conditions=(*verdict.conditions, *used))
    if verdict.status is Status.REFUTED:
        other = decide_link(claim)
        return verdict if other.status in (Status.REFUTED, Status.UNDECIDED) else other
    return verdict


def decide_link(claim: Claim) -> Verdict:
    """One relation under its first reading.

    A failure of the checker itself costs this claim its verdict (`fault: …`), never the other claims; only
    CheckerFault, a contradiction, is raised.
    """
    try:
        return _decide_link(claim)
    except CheckerFault:
        raise
    except Exception as error:
        return undecided(f"fault: {type(error).__name__}: {error}")


def _decide_link(claim: Claim) -> Verdict:
    if isinstance(claim.left, Ellipsis) or isinstance(claim.right, Ellipsis):
        return undecided("unsupported: dots")
    scope: Scope = claim.scope
    try:
        left, right = spelled_out(claim.left, scope), spelled_out(claim.right, scope)
        left, right = resolve_pair(left, right, scope)
        hypotheses = tuple(resolve(h, scope) for h in scope.hypotheses)
    except TooLarge:
        return undecided("budget")
    settled = replace(scope, hypotheses=hypotheses, definitions={}, substitutions=())
    if (missing := _meaningless(left, right)) is not None:
        return undecided(missing)
    return decide_question(Question(left, claim.relation, right, settled))


def decide_question(q: Question) -> Verdict:
    """One relation between resolved terms."""
    if q.depth > DEPTH:
        return undecided("budget")
    decider = _decider(q.relation)
    if decider is None:
        return undecided(f"unsupported: the relation {q.relation}")
    try:
        return decider(q)
    except Budget:
        return undecided("budget")
    except NoValue as why:
        return undecided(f"unsupported: {why.why}")
    except RecursionError:
        return undecided("budget")


def _decider(relation: str) -> Decider | None:
    match relation:
        case "=" | ":=" | "=:" | "defined":
            from derive.verify.relations_equal import decide_equation

            return lambda q: decide_equation(replace(q, relation="="))
        case "equiv":
            from derive.verify.relations_modulo import decide_congruence

            return decide_congruence
        case "<" | "<=" | ">" | ">=" | "!=":
            from derive.verify.relations_order import decide_order

            return decide_order
        case "in" | "notin" | "subset" | "subseteq":
            from derive.verify.relations_order import decide_membership

            return decide_membership
        case "approx":
            from derive.verify.approx import decide_approximation

            return decide_approximation
        case "propto":
            from derive.verify.relations_modulo import decide_proportion

            return decide_proportion
        case "implies" | "impliedby" | "iff":
            from derive.verify.relations_logic import decide_implication

            return decide_implication
        case _:
            return None


def _meaningless(left: Term, right: Term) -> str | None:
    """Why no model could tell: a derivative of something unknown, an extreme over a continuous range."""
    for side in (left, right):
        for node in walk(side):
            if isinstance(node, BigOp) and node.op in _EXTREMES and any(_continuous(b) for b in node.binders):
                return f"unsupported: the extreme over the continuous {node.binders[0].variable.name}"
            if isinstance(node, Derivative) and isinstance(node.body, Symbol):
                return f"no-definition: {node.body.to_latex()}"
    return None


_EXTREMES = frozenset(("max", "min", "sup", "inf", "argmax", "argmin"))
_WHOLE = frozenset(("integer", "natural", "positive_integer"))


def _continuous(binder: Binder) -> bool:
    """A range between two ends of something that is not known to be an integer."""
    variable = binder.variable
    whole = variable.type.domain in _WHOLE or variable.name in INTEGER_NAMES
    return binder.lower is not None and not whole


__all__ = ["Alternative", "Status", "decide", "decide_alternatives", "decide_link", "decide_question"]
