"""`<`, `≤`, `>`, `≥`, `≠`: refuted by balls, proved where the sign of the difference can be settled."""

from __future__ import annotations

from dataclasses import replace

from derive.model import Status, Verdict
from derive.terms.nodes import Add, Neg, Relation, Term
from derive.terms.traverse import free_symbols
from derive.verify import proving
from derive.verify.budget import FEW_MODELS, MANY_MODELS, CheckerFault
from derive.verify.certifying import refuted
from derive.verify.relations import Question, holds, proved, undecided
from derive.verify.trial import Trial, try_relation

WITHSTOOD = 12
_FLIPPED = {">": "<", ">=": "<=", "gg": "ll"}


def difference(left: Term, right: Term) -> Term:
    return Add((left, Neg(right)))


def decide_order(q: Question) -> Verdict:
    relation = q.term
    few = try_relation(relation, q.scope, count=FEW_MODELS)
    if few.counterexample is not None:
        return _refute(q, few)
    constant = not q.symbols
    if constant and few.withstood:
        return proved("evaluation in ball arithmetic")
    if q.relation in ("<", ">", "!=") and (equality := _touches(q)) is not None:
        return equality
    trial = few
    if not constant:
        trial = try_relation(relation, q.scope, count=MANY_MODELS, seed=1)
        if trial.counterexample is not None:
            return _refute(q, trial)
    proof = proving.order(q)
    if proof is not None:
        conditions = tuple(c.to_latex() for c in proof.conditions if c not in q.scope.hypotheses)
        if few.no_model:
            return undecided("constraint")
        return proved(proof.method, conditions, witness=proof.witness)
    if trial.no_model:
        return undecided("constraint")
    if constant:
        return undecided(trial.reason)
    if trial.withstood >= min(WITHSTOOD, trial.tried) > 0 and trial.withstood >= trial.reasons.total():
        return holds(trial)
    return undecided(trial.reason)


def _touches(q: Question) -> Verdict | None:
    """A strict relation between sides that are identically equal is false wherever they have a value."""
    same = Question(q.left, "=", q.right, q.scope, q.depth + 1)
    proof = proving.normal_form(same)
    if proof is None or proof.conditions or proof.generic:
        return None
    trial = Trial()
    from derive.verify.trial import try_equation

    trial = try_equation(q.left, q.right, q.scope, count=FEW_MODELS)
    return None if not trial.withstood else _equal_everywhere(q, proof.method)


def _equal_everywhere(q: Question, method: str) -> Verdict:
    from derive.verify.balls import compare
    from derive.verify.models import models

    for model in models((q.left, q.right), q.scope, count=FEW_MODELS):
        found = compare(q.left, q.right, model, 256)
        if found.status in ("equal", "equal?"):
            verdict = refuted(q.left, q.relation, q.right, model, found)
            return replace(verdict, evidence={**verdict.evidence, "kind": "equality", "proof": method})
    return undecided("no proof")


def _refute(q: Question, trial: Trial) -> Verdict:
    assert trial.counterexample is not None
    model, found = trial.counterexample
    if model.guessed:
        return undecided("no-definition: shape of " + ", ".join(model.guessed))
    proof = proving.order(q, cheap=True)
    if proof is not None and not proof.conditions and not proof.generic:
        raise CheckerFault(
            q.left.to_latex(), q.right.to_latex(), f"{q.relation} proved by {proof.method}, yet false at {model.point()}"
        )
    return refuted(q.left, q.relation, q.right, model, found)


def decide_membership(q: Question) -> Verdict:
    """`x ∈ S`, `x ∉ S` for standard sets, intervals and finite sets."""
    trial = try_relation(q.term, q.scope, count=FEW_MODELS)
    if trial.counterexample is not None:
        return _refute_plain(q, trial)
    if not q.symbols:
        return proved("evaluation") if trial.withstood else undecided(trial.reason)
    trial = try_relation(q.term, q.scope, count=MANY_MODELS, seed=1)
    if trial.counterexample is not None:
        return _refute_plain(q, trial)
    if trial.no_model:
        return undecided("constraint")
    if trial.withstood >= min(WITHSTOOD, trial.tried) > 0:
        return holds(trial)
    return undecided(trial.reason)


def _refute_plain(q: Question, trial: Trial) -> Verdict:
    assert trial.counterexample is not None
    model, found = trial.counterexample
    if model.guessed:
        return undecided("no-definition: shape of " + ", ".join(model.guessed))
    return refuted(q.left, q.relation, q.right, model, found)


def is_order(op: str) -> bool:
    return op in ("<", "<=", ">", ">=", "!=")


__all__ = ["Relation", "Status", "decide_membership", "decide_order", "difference", "free_symbols", "is_order"]
