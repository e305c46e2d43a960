"""`A ⟹ B` and `A ⟺ B`: B holds in every model of the scope in which A does.

Between equations this compares solution sets: A is split into the factors of its difference, and a
branch in which B fails is a root that was lost.
"""

from __future__ import annotations

from collections.abc import Iterable

from derive.classes import replace
from derive.model import Status, Verdict
from derive.reasons import Reason, Why, unsupported
from derive.reasons.gaps import Gap
from derive.term.construct import sub
from derive.term.nodes import ZERO, Apply, Relation, Term
from derive.term.traverse import free_symbols
from derive.verify.budget import FEW_MODELS, MANY_MODELS
from derive.verify.evaluate.balls import compare
from derive.verify.ladder.certifying import refuted
from derive.verify.ladder.question import (
    ENOUGH,
    Decider,
    Question,
    guessed_shapes,
    holds,
    proved,
    rests_on,
    undecided,
)
from derive.verify.ladder.readings import conjunction
from derive.verify.ladder.trial import try_relation
from derive.verify.models.hypotheses import NoModel, flatten
from derive.verify.models.search import Model, models
from derive.verify.normal.form import attempt
from derive.verify.normal.reader import Reader
from derive.verify.provers import proving

BRANCHES = 8


def decide_implication(q: Question, decide: Decider) -> Verdict:
    """`decide` decides one relation, of whatever kind."""
    if not _is_statement(q.left) or not _is_statement(q.right):
        return undecided(unsupported(Gap.IMPLICATION_BETWEEN_NO_STATEMENTS))
    match q.relation:
        case "implies":
            return _implied(q, decide, q.left, q.right, "implies")
        case "impliedby":
            return _implied(q, decide, q.right, q.left, "impliedby")
        case _:
            return _both(q, decide)


def _both(q: Question, decide: Decider) -> Verdict:
    ways = [
        _implied(q, decide, q.left, q.right, "implies"),
        _implied(q, decide, q.right, q.left, "impliedby"),
    ]
    for status in (Status.REFUTED, Status.UNDECIDED, Status.HOLDS):
        for way in ways:
            if way.status is status:
                return way
    conditions = tuple(dict.fromkeys(c for way in ways for c in way.conditions))
    return proved("both implications", conditions, forward=ways[0].evidence, backward=ways[1].evidence)


def _is_statement(term: Term) -> bool:
    match term:
        case Relation():
            return True
        case Apply(head="and" | "or", args=args):
            return all(_is_statement(a) for a in args)
        case _:
            return False


def _implied(q: Question, decide: Decider, premise: Term, conclusion: Term, way: str) -> Verdict:
    verdicts = []
    for case in _cases(q, premise):
        verdict = _under(q.under(*case), decide, conclusion)
        if verdict is not None and verdict.status is not Status.PROVED and _contraposed(q, case, conclusion):
            verdict = proved("contraposition")
        if verdict is not None and verdict.status is Status.REFUTED:
            verdict = _in_full(q.under(*case), conclusion, verdict)
        if verdict is not None:
            verdicts.append(verdict)
    if not verdicts:
        return undecided(Why.CONSTRAINT, direction=way)
    verdict = conjunction(verdicts)
    return replace(verdict, evidence={**verdict.evidence, "direction": way})


def _contraposed(q: Question, case: tuple[Term, ...], conclusion: Term) -> bool:
    """Whether the premise is certainly false where the conclusion is: x² + y² > 0 where x ≠ 0."""
    parts = conclusion.args if isinstance(conclusion, Apply) and conclusion.head == "and" else (conclusion,)
    for part in parts:
        if not (isinstance(part, Relation) and part.op == "=" and not isinstance(part.left, Relation)):
            return False
        apart = q.under(Relation("!=", part.left, part.right))
        equations = [c for c in case if isinstance(c, Relation) and c.op == "="]
        if not any(proving.order(apart.about(c.left, "!=", c.right), cheap=True) for c in equations):
            return False
    return True


def _in_full(q: Question, conclusion: Term, verdict: Verdict) -> Verdict | None:
    """A refutation of the conclusion, in a model with a value for all that the premise and the hypotheses
    speak of; None where no model fulfils them: then the premise is never true in this case."""
    from derive.verify.ladder.trial import truth_in

    about = (conclusion, *_near(q.scope.hypotheses, free_symbols(conclusion)))
    try:
        for model in models(about, q.scope, count=MANY_MODELS):
            if truth_in(conclusion, model)[0] is not False:
                continue
            if all(truth_in(h, model)[0] is not False for h in about[1:]):
                return _at(q, conclusion, verdict, model)
    except NoModel:
        return None if _contradictory(q) else undecided(Why.CONSTRAINT)
    return undecided(Why.CONSTRAINT)


def _near(hypotheses: tuple[Term, ...], names: Iterable[str]) -> tuple[Term, ...]:
    """The hypotheses: first those that are connected with the names through symbols."""
    reached, kept = set(names), []
    pending = list(flatten(hypotheses))
    while near := [h for h in pending if not free_symbols(h).keys().isdisjoint(reached)]:
        kept += near
        pending = [h for h in pending if h not in near]
        reached |= {n for h in near for n in free_symbols(h)}
    return (*kept, *pending)


def _at(q: Question, conclusion: Term, verdict: Verdict, model: Model) -> Verdict:
    match conclusion:
        case Relation(op=op, left=left, right=right) if not isinstance(left, Relation):
            found = compare(left, right, model)
            return refuted(left, op, right, model, found)
        case _:
            return verdict


def _contradictory(q: Question) -> bool:
    """Whether the hypotheses certainly exclude one another: z = 0 beside z ≠ 0, x + y = 0 beside x, y > 0."""
    parts = flatten(q.scope.hypotheses)
    for k, h in enumerate(parts):
        if isinstance(h, Relation) and h.op == "=":
            rest = replace(q, scope=replace(q.scope, hypotheses=(*parts[:k], *parts[k + 1 :])))
            if proving.order(rest.about(h.left, "!=", h.right), cheap=True) is not None:
                return True
    return _impossible(q)


def _cases(q: Question, premise: Term) -> list[tuple[Term, ...]]:
    """The premise as alternatives of relations that hold together; an equation is split into factors."""
    match premise:
        case Apply(head="or", args=args):
            return [case for a in args for case in _cases(q, a)][:BRANCHES]
        case Apply(head="and", args=args):
            cases: list[tuple[Term, ...]] = [()]
            for a in args:
                cases = [(*c, *d) for c in cases for d in _cases(q, a)]
                if len(cases) > BRANCHES:
                    return [(premise,)]
            return cases
        case Relation(op="=", left=left, right=right) if not isinstance(left, Relation):
            factors = _factors(q, sub(left, right))
            if len(factors) > 1:
                return [(Relation("=", f, ZERO),) for f in factors]
            return [(premise,)]
        case _:
            return [(premise,)]


def _factors(q: Question, term: Term) -> list[Term]:
    """The different factors of the numerator of the term's normal form, without the constant ones."""

    def work(reader: Reader) -> list[Term]:
        value = reader.read(term)
        if len(value.num) > 60 or value.den != 1:
            return []
        _, factors = value.num.factor()
        return [reader.powers.term(reader.ring.poly(f)) for f, _ in factors]

    scope = replace(q.scope, hypotheses=())
    return [f for f in attempt(scope, work) or [] if free_symbols(f)][:BRANCHES]


def _under(q: Question, decide: Decider, conclusion: Term) -> Verdict | None:
    """The conclusion in the models of one case; None where the case has none and needs no proof."""
    match conclusion:
        case Apply(head="and", args=args):
            parts = [v for a in args if (v := _under(q, decide, a)) is not None]
            return conjunction(parts) if parts else None
        case Apply(head="or"):
            return _disjunction(q, decide, conclusion)
        case Relation(op=op, left=Relation() as first, right=right):
            return _under(q, decide, Apply("and", (first, Relation(op, first.right, right))))
        case Relation(op=op, left=left, right=right):
            return _single(q.about(left, op, right), decide, conclusion)
        case _:
            return undecided(unsupported(Gap.STATEMENT_OF_ANOTHER_KIND))


def _single(q: Question, decide: Decider, conclusion: Relation) -> Verdict | None:
    if conclusion in q.scope.hypotheses:
        return proved("the same statement")
    verdict = decide(q)
    if verdict.status is Status.UNDECIDED and verdict.reason == Reason(Why.CONSTRAINT):
        # no model: true of nothing, unless the models were only not found
        if conclusion.op == "=" and (proof := proving.normal_form(q) or proving.find(q)) is not None:
            return proved(proof.method, proof.conditions, witness=proof.witness)
        return verdict if not _contradictory(q) else None
    return verdict


def _impossible(q: Question) -> bool:
    """Whether one of the hypotheses is certainly false for the values that the others fix."""
    from derive.verify.ladder.trial import truth_in
    from derive.verify.models.hypotheses import NoModel, flatten
    from derive.verify.models.search import models

    parts = flatten(q.scope.hypotheses)
    for k, relation in enumerate(parts):
        rest = replace(q.scope, hypotheses=tuple(parts[:k] + parts[k + 1 :]))
        try:
            found = list(models((relation,), rest, count=3))
        except NoModel:
            continue
        if len(found) <= 2 and all(truth_in(relation, m)[0] is False for m in found):
            return True
    return False


def _disjunction(q: Question, decide: Decider, conclusion: Apply) -> Verdict | None:
    single = [_under(q, decide, a) for a in conclusion.args]
    for verdict in single:
        if verdict is None or verdict.status is Status.PROVED:
            return verdict
    return _truths(q, conclusion)


def _truths(q: Question, conclusion: Apply) -> Verdict | None:
    from derive.verify.ladder.trial import Trial, truth_in
    from derive.verify.models.hypotheses import NoModel
    from derive.verify.models.search import models

    trial = Trial()
    try:
        for model in models((conclusion,), q.scope, count=MANY_MODELS):
            trial.tried += 1
            truth, why = truth_in(conclusion, model)
            if truth is False:
                if (missing := guessed_shapes(model)) is not None:
                    return missing
                first = conclusion.args[0]
                assert isinstance(first, Relation)
                found = try_relation(first, q.scope, count=FEW_MODELS)
                if found.counterexample is not None:
                    granted = rests_on(q, model)
                    return refuted(first.left, first.op, first.right, *found.counterexample, rests_on=granted)
                return undecided(Why.NO_PROOF)
            if truth is True:
                trial.withstood += 1
            elif why is not None:
                trial.reasons[why] += 1
    except NoModel:
        return None if _impossible(q) else undecided(Why.CONSTRAINT)
    return holds(trial) if trial.withstood >= ENOUGH else undecided(trial.reason)
