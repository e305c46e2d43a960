"""`left = right`: the levels of the tower, cheapest first."""

from __future__ import annotations

from derive.classes import replace
from derive.functions.ranges import Range
from derive.model import Status, Verdict
from derive.reasons import CONSTRAINT, Why, unsupported
from derive.reasons.gaps import Gap
from derive.term.construct import neg, sub
from derive.term.contents import among, heads
from derive.term.nodes import Add, Apply, Integral, Relation, Symbol, Term
from derive.term.traverse import free_symbols, map_children, walk
from derive.verify.budget import FEW_MODELS, MANY_MODELS, CheckerFault
from derive.verify.evaluate.balls import Comparison
from derive.verify.ladder.certifying import refuted
from derive.verify.ladder.decimals import has_decimals, up_to_rounding
from derive.verify.ladder.domain import opposite, restrictions
from derive.verify.ladder.question import (
    ENOUGH,
    Question,
    enough,
    guessed_shapes,
    holds,
    is_complex,
    is_costly,
    is_long,
    is_risky,
    proved,
    rests_on,
    undecided,
)
from derive.verify.ladder.trial import LOW, PRECISION, UNDEFINED, Trial, truth_in, try_equation
from derive.verify.models.search import Model
from derive.verify.normal.proof import Proof
from derive.verify.provers import proving

OUTSIDE = 24
"""Candidates for a model outside of a restriction."""


def decide_equation(q: Question) -> Verdict:
    if q.left == q.right:
        return proved("structural equality")
    return up_to_rounding(q, _as_it_stands(q))


_REMAINDERS = frozenset(("big_o", "little_o"))


def _as_it_stands(q: Question) -> Verdict:
    if not heads(q.left).isdisjoint(_REMAINDERS) or not heads(q.right).isdisjoint(_REMAINDERS):
        from derive.verify.ladder.series import decide_remainder

        return decide_remainder(q, decide_equation)
    variable = antiderivative_variable(q)
    if variable is not None:
        return decide_antiderivative(q, variable)
    # integrals among the hypotheses are evaluated for every candidate of a model
    risky = is_risky(q.left, q.right) or is_costly(*q.scope.hypotheses)
    if risky or is_long(q.left, q.right):
        verdict = proving.guarded(f"{__name__}:climb", q, here=not risky)
    else:
        verdict = climb(q)
    if verdict.reason == UNDEFINED and is_costly(q.left, q.right):
        return verdict
    if verdict.status in (Status.HOLDS, Status.UNDECIDED) and not _closed(verdict):
        if not _SIGNS.isdisjoint(heads(q.left) | heads(q.right)):
            return _for_either_sign(q) or verdict
        proof = proving.find(q, valued=not _valueless(verdict))
        if proof is not None:
            return _prove(q, proof)
    return verdict


_SIGNS = frozenset(("plusminus", "minusplus"))


def _for_either_sign(q: Question) -> Verdict | None:
    """`\\pm` is one choice for the whole formula: it is proved where both are."""
    found = [climb(q.about(_signed(q.left, sign), q.relation, _signed(q.right, sign))) for sign in (1, -1)]
    return found[0] if all(v.status is Status.PROVED for v in found) else None


def _signed(term: Term, sign: int) -> Term:
    if isinstance(term, Apply) and term.head in _SIGNS:
        inner = _signed(term.args[0], sign)
        return inner if (sign > 0) == (term.head == "plusminus") else neg(inner)
    return map_children(term, lambda t: _signed(t, sign))


def _valueless(verdict: Verdict) -> bool:
    """Whether no model gave both sides values."""
    reason = verdict.reason
    return reason is not None and reason.code in (Why.UNSUPPORTED, Why.UNDEFINED)


def _closed(verdict: Verdict) -> bool:
    """Whether no proof could change the verdict: without a model or a meaning there is nothing to prove."""
    reason = verdict.reason
    return reason is not None and (reason == CONSTRAINT or reason.code is Why.NO_DEFINITION)


def climb(q: Question) -> Verdict:
    """The levels that need no proof finder: models, the normal form, more models."""
    costly = is_costly(q.left, q.right)
    count, many, top = (3, 9, LOW) if costly else (FEW_MODELS, MANY_MODELS, PRECISION)
    few = try_equation(q.left, q.right, q.scope, count=count, top=LOW)
    if few.counterexample is not None:
        return _refute(q, few)
    proof = proving.normal_form(q)
    trial = few
    if proof is None or not proof.plain:
        if few.tried >= count or not q.symbols:
            trial = try_equation(q.left, q.right, q.scope, count=many, seed=1, top=top)
        if trial.counterexample is not None:
            return _refute(q, trial, proof, asked=True)
    if proof is not None:
        if costly and few.undefined == few.tried > 0:
            return undecided(few.reason)  # a series that diverges, taken from itself
        return _prove(q, proof, few)
    return _unproved(q, few, trial)


def _unproved(q: Question, few: Trial, trial: Trial) -> Verdict:
    if trial.no_model or few.no_model:
        return undecided(Why.CONSTRAINT)
    if (diverging := _diverges(q, few, trial)) is not None:
        return diverging
    if enough(trial, q):
        return replace(holds(trial), conditions=domain_conditions(q))
    return undecided(trial.reason)


def _says_diverging(found: Comparison) -> bool:
    return found.why is not None and found.why.code is Gap.SERIES_DIVERGES


def _diverges(q: Question, *trials: Trial) -> Verdict | None:
    """An infinite sum that certainly has no value, in every model tried, against a side that has one."""
    tried = sum(t.tried for t in trials)
    found = [pair for t in trials for pair in t.one_sided if _says_diverging(pair[1])]
    if len(found) < tried or len({c.side for _, c in found}) != 1 or (q.symbols and tried < ENOUGH):
        return None
    model, comparison = found[0]
    if guessed_shapes(model) is not None or rests_on(q, model):
        return None
    return refuted(q.left, q.relation, q.right, model, comparison, diverges=comparison.side)


def _refute(q: Question, trial: Trial, proof: Proof | None = None, *, asked: bool = False) -> Verdict:
    """The verdict on a counterexample, after asking the normal form whether it thinks otherwise.

    asked: it was, and `proof` is its answer. Of what is only tried it is not asked where the point is one of
    the scope's for certain: there it could but contradict the balls.
    """
    assert trial.counterexample is not None
    model, found = trial.counterexample
    if (missing := guessed_shapes(model)) is not None:
        return missing
    if q.tried and proof is None and not has_decimals(q.left, q.right) and _in_scope(q, model):
        return Verdict(Status.REFUTED)
    if granted := rests_on(q, model, found.left, found.right):
        return refuted(q.left, q.relation, q.right, model, found, rests_on=granted)
    if proof is None and not asked:
        proof = proving.normal_form(q)
    if proof is not None and not _in_scope(q, model):
        return undecided(CONSTRAINT)  # the point may be none of the scope's: neither is worth the other's
    if proof is not None and all(truth_in(c, model)[0] is True for c in proof.assumed):
        raise CheckerFault(
            q.left.to_latex(), q.right.to_latex(), f"proved by {proof.method}, yet apart at {model.point()}"
        )
    return refuted(q.left, q.relation, q.right, model, found)


def _in_scope(q: Question, model: Model) -> bool:
    """Whether every hypothesis certainly holds at the point."""
    return all(truth_in(h, model)[0] is True for h in q.scope.hypotheses)


def _prove(q: Question, proof: Proof, few: Trial | None = None) -> Verdict:
    if q.scope.hypotheses and (few.no_model if few is not None else not _has_model(q)):
        free = replace(q, scope=replace(q.scope, hypotheses=()))
        again = proving.normal_form(free)
        if again is None:
            few = try_equation(q.left, q.right, free.scope, count=FEW_MODELS)
            again = proving.find(free) if few.counterexample is None else None
        if again is None:
            return undecided(CONSTRAINT)
        proof = again
    needed = tuple(c for c in proof.assumed if isinstance(c, Relation) and c not in q.scope.hypotheses)
    for condition in needed:
        # where the condition fails the proof says nothing: look there for a counterexample
        if condition.op not in ("!=", ">", ">=", "<", "<=", "="):
            continue
        outside = q.under(opposite(condition))
        beyond = try_equation(q.left, q.right, outside.scope, count=FEW_MODELS, seed=2, candidates=OUTSIDE)
        if beyond.counterexample is not None and not beyond.counterexample[0].guessed:
            return _refute(outside, beyond)
    conditions = dict.fromkeys((*proof.conditions, *domain_conditions(q)))
    return proved(proof.method, tuple(conditions), witness=proof.witness)


def _has_model(q: Question) -> bool:
    from derive.verify.models.hypotheses import NoModel
    from derive.verify.models.search import models

    try:
        return next(iter(models((q.left, q.right), q.scope, count=1)), None) is not None
    except NoModel:
        return False


def domain_conditions(q: Question) -> tuple[str, ...]:
    """Restrictions of one side that the other does not share: points where only one side has a value.

    A restriction counts when a model that breaks it shows the difference, or when none can be sampled
    and it is an excluded zero.
    """
    real = not is_complex(q.left, q.right, scope=q.scope)
    left, right = restrictions(q.left, real=real), restrictions(q.right, real=real)
    own = [r for r in left if r not in right] + [r for r in right if r not in left]
    if not own:
        return ()
    from derive.verify.provers.calculus import box_of

    found: dict[str, None] = {}
    box = box_of(Add((q.left, q.right)), q.scope)
    for relation in own:
        if relation in q.scope.hypotheses or _sure(relation, box):
            continue
        outside = q.under(opposite(relation))
        beyond = try_equation(q.left, q.right, outside.scope, count=3, seed=3, top=LOW, candidates=OUTSIDE)
        if beyond.one_sided:
            found.setdefault(relation.to_latex())
    return tuple(found)


def _sure(relation: Relation, box: dict[str, Range]) -> bool:
    """Whether a restriction holds on the whole box, as far as bounds tell."""
    from derive.verify.provers.bounds import bounds

    range_ = bounds(sub(relation.left, relation.right), box)
    match relation.op:
        case "!=":
            return range_.nonzero
        case ">":
            return range_.positive
        case ">=":
            return range_.nonnegative
        case "<":
            return (-range_).positive
        case "<=":
            return (-range_).nonnegative
        case _:
            return False


def antiderivative_variable(q: Question) -> Symbol | None:
    """The variable of an indefinite integral that stands in one of the sides, outside of any binder."""
    for side in (q.left, q.right):
        for node in among(side, Integral):
            if node.lower is node.upper is node.domain is None:
                return node.variable
    return None


def decide_antiderivative(q: Question, variable: Symbol) -> Verdict:
    """Equality up to an additive constant: both sides have the same derivative."""
    from derive.calculus.differentiate import NotDifferentiable, differentiate

    try:
        left, right = differentiate(q.left, variable), differentiate(q.right, variable)
    except NotDifferentiable as error:
        return undecided(unsupported(error.why))
    if any(_indefinite(n) for s in (left, right) for n in walk(s)):
        return undecided(unsupported(Gap.INDEFINITE_INTEGRAL))
    verdict = decide_equation(q.about(left, "=", right))
    evidence = {**verdict.evidence, "differentiated_by": variable.name}
    if verdict.status is Status.PROVED:
        evidence["method"] = f"derivative of both sides by {variable.name}, then {evidence.get('method')}"
    return replace(verdict, evidence=evidence)


def _indefinite(node: Term) -> bool:
    return isinstance(node, Integral) and node.lower is node.upper is node.domain is None


__all__ = ["antiderivative_variable", "decide_equation", "domain_conditions", "free_symbols"]
