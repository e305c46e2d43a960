"""`<`, `≤`, `>`, `≥`, `≠`: refuted by balls, proved where the sign of the difference can be settled."""

from __future__ import annotations

from fractions import Fraction

from derive.classes import replace
from derive.model import Status, Verdict
from derive.reasons import Reason, Why
from derive.term.nodes import Add, Apply, Constant, Mul, Neg, Number, Relation, Symbol, Term
from derive.term.traverse import free_symbols, substitute, walk
from derive.verify.budget import FEW_MODELS, MANY_MODELS, CheckerFault
from derive.verify.evaluate.balls import Comparison, compare
from derive.verify.evaluate.functions import Derived
from derive.verify.ladder.certifying import refuted
from derive.verify.ladder.polynomial import decide_polynomial
from derive.verify.ladder.question import (
    Question,
    enough,
    guessed_shapes,
    holds,
    is_costly,
    proved,
    rests_on,
    undecided,
)
from derive.verify.ladder.trial import Trial, truth_in, try_equation, try_relation
from derive.verify.models.hypotheses import solve
from derive.verify.models.search import Model, models
from derive.verify.provers import proving


def difference(left: Term, right: Term) -> Term:
    return Add((left, Neg(right)))


def decide_order(q: Question) -> Verdict:
    relation = q.term
    exact = decide_polynomial(q)
    if exact is not None and (q.relation != "!=" or exact.status is Status.PROVED):
        return exact
    few = try_relation(relation, q.scope, count=FEW_MODELS)
    if few.counterexample is not None:
        return _not_identical(q) if q.relation == "!=" and q.symbols else _refute(q, few)
    constant = not q.symbols
    if constant and few.withstood:
        return proved("evaluation in ball arithmetic")
    proof = None if few.no_model else proving.order(q, cheap=True)
    strict = q.relation in ("<", ">") or (constant and q.relation == "!=")
    if proof is None and strict and (equality := _touches(q)) is not None:
        return equality
    trial = few
    if not constant and proof is None:
        count = MANY_MODELS if is_costly(q.left, q.right) else 3 * MANY_MODELS
        trial = try_relation(relation, q.scope, count=count, seed=1)
        if trial.counterexample is not None:
            return _not_identical(q) if q.relation == "!=" else _refute(q, trial)
    if few.no_model:
        return undecided(Why.CONSTRAINT)
    proof = proof or proving.order(q)
    if proof is not None:
        return proved(proof.method, proof.conditions, witness=proof.witness)
    if trial.no_model:
        return undecided(Why.CONSTRAINT)
    if constant:
        return undecided(trial.reason)
    if enough(trial, q):
        return holds(trial)
    return undecided(trial.reason)


def _not_identical(q: Question) -> Verdict:
    """`a \\neq b` between expressions that agree here or there says that they are not the same: one model
    that tells them apart bears it out, and it is refuted only where they are identical."""
    if (proof := _equal(q.left, q.right, q)) is not None:
        for model in models((q.left, q.right), q.scope, count=FEW_MODELS):
            found = compare(q.left, q.right, model, 256)
            if found.status in ("equal", "equal?") and not model.guessed:
                return _at_equality(q, model, found, proof)
        return undecided(Why.CONSTRAINT)
    trial = try_equation(q.left, q.right, q.scope, count=MANY_MODELS)
    if trial.counterexample is not None:
        apart, _ = trial.counterexample
        return Verdict(
            Status.HOLDS, Reason(Why.NOT_IDENTICAL), evidence={"kind": "models", "apart": dict(apart.point())}
        )
    return undecided(trial.reason)


def _touches(q: Question) -> Verdict | None:
    """A strict relation is false where the sides are equal: everywhere, or at a fraction of π."""
    if (proof := _equal(q.left, q.right, q)) is not None:
        for model in models((q.left, q.right), q.scope, count=FEW_MODELS):
            found = compare(q.left, q.right, model, 256)
            if found.status in ("equal", "equal?") and not model.guessed:
                return _at_equality(q, model, found, proof)
        return None
    for symbol, value in _special_points(q):
        at: dict[Term, Term] = {symbol: value}
        left, right = substitute(q.left, at), substitute(q.right, at)
        if free_symbols(left) or free_symbols(right):
            continue
        proof = _equal(left, right, q)
        if proof is None:
            continue
        model = Model({symbol.name: Derived(value)})
        if all(truth_in(h, model)[0] for h in q.scope.hypotheses):
            found = compare(left, right, Model({}), 256)
            if found.status in ("equal", "equal?"):
                return _at_equality(q, model, found, proof)
    return None


def _equal(left: Term, right: Term, q: Question) -> str | None:
    proof = proving.normal_form(Question(left, "=", right, q.scope, q.depth + 1))
    return proof.method if proof is not None and not proof.conditions else None


def _at_equality(q: Question, model: Model, found: Comparison, method: str) -> Verdict:
    verdict = refuted(q.left, q.relation, q.right, model, found)
    return replace(verdict, evidence={**verdict.evidence, "equal_by": method})


_TURNS = tuple(
    Fraction(p, q) for p, q in ((1, 2), (1, 1), (3, 2), (2, 1), (1, 6), (1, 3), (1, 4), (5, 6), (3, 4))
)


def _special_points(q: Question) -> list[tuple[Symbol, Term]]:
    """Multiples of π for the argument of a trigonometric function of one symbol, solved for it."""
    points = []
    for node in {n: None for s in (q.left, q.right) for n in walk(s)}:
        if isinstance(node, Apply) and node.head in ("sin", "cos", "tan") and len(free_symbols(node)) == 1:
            (symbol,) = free_symbols(node).values()
            if symbol.type.domain != "real" or len(q.symbols) != 1:
                continue
            for turn in _TURNS:
                angle = Mul((Number(turn), Constant("pi")))
                points += [(symbol, value) for value in solve(node.args[0], angle, symbol.name)[:1]]
    return points[:20]


def _refute(q: Question, trial: Trial) -> Verdict:
    assert trial.counterexample is not None
    model, found = trial.counterexample
    if (missing := guessed_shapes(model)) is not None:
        return missing
    if granted := rests_on(q, model):
        return refuted(q.left, q.relation, q.right, model, found, rests_on=granted)
    proof = proving.order(q, cheap=True)
    if proof is not None and not all(truth_in(h, model)[0] is True for h in q.scope.hypotheses):
        return undecided(Why.CONSTRAINT)  # as for equations
    if proof is not None and not proof.conditions:
        raise CheckerFault(
            q.left.to_latex(),
            q.right.to_latex(),
            f"{q.relation} proved by {proof.method}, yet false at {model.point()}",
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
        return undecided(Why.CONSTRAINT)
    if enough(trial, q):
        return holds(trial)
    return undecided(trial.reason)


def _refute_plain(q: Question, trial: Trial) -> Verdict:
    assert trial.counterexample is not None
    model, found = trial.counterexample
    if (missing := guessed_shapes(model)) is not None:
        return missing
    return refuted(q.left, q.relation, q.right, model, found, rests_on=rests_on(q, model))


__all__ = ["Relation", "Status", "decide_membership", "decide_order", "difference", "free_symbols"]
