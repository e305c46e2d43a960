"""Putting a claim on trial in models: a certified counterexample, or how many models it withstood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from flint import acb, arb, fmpq

from derive.classes import dataclass, field
from derive.reasons import Reason, Why, unsupported
from derive.reasons.gaps import Gap
from derive.term.nodes import Relation, Term
from derive.term.scope import Scope
from derive.term.traverse import free_symbols
from derive.verify.evaluate.balls import Comparison, Steps, compare, evaluate
from derive.verify.evaluate.values import Array, Budget, NoValue, Uncertain, Undefined, Unsupported
from derive.verify.models.hypotheses import NoModel
from derive.verify.models.search import Model, models

LOW, PRECISION = 64, 256
CONSTANTS = 8192
BUDGET = Reason(Why.BUDGET)
PRECISION_SPENT = Reason(Why.PRECISION)
UNDEFINED = Reason(Why.UNDEFINED)
CLOSE = 40
"""Bits to which two values must agree before a model counts as withstood."""


@dataclass(slots=True)
class Trial:
    """What came of a claim in some models.

    counterexample: the first model in which both sides have values and the relation certainly fails.
    withstood: models in which it holds (for an equation: to at least `CLOSE` bits). one_sided: models
    in which only one side has a value, with that comparison. reasons: why other models told nothing.
    """

    counterexample: tuple[Model, Comparison] | None = None
    withstood: int = 0
    tried: int = 0
    undefined: int = 0
    one_sided: list[tuple[Model, Comparison]] = field(default_factory=list)
    reasons: Counter[Reason] = field(default_factory=Counter)
    no_model: bool = False

    @property
    def reason(self) -> Reason:
        """The commonest reason for which models told nothing."""
        if self.no_model:
            return Reason(Why.CONSTRAINT)
        if self.reasons:
            return min(self.reasons.items(), key=lambda item: (-item[1], item[0].key))[0]
        return UNDEFINED if self.undefined else Reason(Why.NO_PROOF)


def try_equation(
    left: Term,
    right: Term,
    scope: Scope,
    *,
    count: int,
    seed: int = 0,
    top: int = PRECISION,
    steps: int = 60_000,
    candidates: int | None = None,
    start: int = 0,
) -> Trial:
    """Compare both sides in models of the scope, stopping at the first that tells them apart.

    The first model at four times the precision, a claim without symbols at 8192 bits, unless `top` is 64.
    """
    trial = Trial()
    budget = Steps(steps * count)
    first = top
    if top > LOW:
        first = 4 * top if free_symbols(left) or free_symbols(right) else CONSTANTS
    try:
        for model in models((left, right), scope, count=count, seed=seed, trials=candidates, start=start):
            trial.tried += 1
            found = compare(left, right, model, top if trial.tried > 1 else first, budget)
            if found.status == "disjoint":
                trial.counterexample = (model, found)
                return trial
            _count(trial, model, found)
            if trial.reasons[BUDGET] or (trial.reasons.total() > 3 and not trial.withstood):
                break
    except NoModel:
        trial.no_model = True
    except Budget:
        trial.reasons[BUDGET] += 1
    except (Unsupported, Uncertain) as why:
        trial.reasons[unsupported(why.why)] += 1
    return trial


def _count(trial: Trial, model: Model, found: Comparison) -> None:
    match found.status:
        case "equal":
            trial.withstood += 1
        case "equal?":
            if closeness(found.left, found.right) >= CLOSE:
                trial.withstood += 1
            else:
                trial.reasons[PRECISION_SPENT] += 1
        case "undefined":
            trial.undefined += 1
            if found.side != "both":
                trial.one_sided.append((model, found))
        case "unsupported":
            assert found.why is not None
            trial.reasons[unsupported(found.why)] += 1
        case "budget":
            trial.reasons[BUDGET] += 1
        case _:
            trial.reasons[PRECISION_SPENT] += 1


def try_relation(
    relation: Relation,
    scope: Scope,
    *,
    count: int,
    seed: int = 0,
    precisions: Sequence[int] = (64, 256),
    start: int = 0,
) -> Trial:
    """The truth of any relation in models of the scope; both sides' values where it is certainly false."""
    trial = Trial()
    try:
        for model in models((relation.left, relation.right), scope, count=count, seed=seed, start=start):
            trial.tried += 1
            truth, why = truth_in(relation, model, precisions)
            if truth is False:
                trial.counterexample = (model, _sides(relation, model, precisions))
                return trial
            if truth is True:
                trial.withstood += 1
            elif why is UNDEFINED:
                trial.undefined += 1
            elif why is not None:
                trial.reasons[why] += 1
                if why is BUDGET or (trial.reasons.total() > 3 and not trial.withstood):
                    break
    except NoModel:
        trial.no_model = True
    except Budget:
        trial.reasons[BUDGET] += 1
    except (Unsupported, Uncertain) as why:
        trial.reasons[unsupported(why.why)] += 1
    return trial


def truth_in(
    term: Term, model: Model, precisions: Sequence[int] = (64, 256)
) -> tuple[bool | None, Reason | None]:
    """Whether a statement certainly holds in a model; None with the reason when that cannot be told."""
    for bits in precisions:
        try:
            value = evaluate(term, model, bits, Steps(60_000))
        except Undefined:
            return None, UNDEFINED
        except Uncertain:
            continue
        except Budget:
            return None, BUDGET
        except NoValue as error:
            return None, unsupported(error.why)
        if isinstance(value, bool):
            return value, None
        return None, unsupported(Gap.NUMBER_WHERE_STATEMENT_IS_EXPECTED)
    return None, PRECISION_SPENT


def _sides(relation: Relation, model: Model, precisions: Sequence[int]) -> Comparison:
    values: list[Any] = []
    bits = precisions[0]
    for side in (relation.left, relation.right):
        value = None
        for bits in precisions:
            try:
                value = evaluate(side, model, bits)
                break
            except Uncertain:
                continue
            except NoValue:
                break
        values.append(value)
    return Comparison("disjoint", values[0], values[1], bits)


def closeness(a: Any, b: Any) -> int:
    """To how many bits two values agree, counted from the larger of 1 and their size."""
    if isinstance(a, Array) and isinstance(b, Array):
        return min((closeness(x, y) for x, y in zip(a.items, b.items, strict=False)), default=0)
    if isinstance(a, tuple) and isinstance(b, tuple):
        return min((closeness(x, y) for x, y in zip(a, b, strict=False)), default=0)
    if not isinstance(a, fmpq | arb | acb) or not isinstance(b, fmpq | arb | acb):
        return CLOSE
    x, y = acb(a), acb(b)
    if not x.is_finite() or not y.is_finite():
        return CLOSE if x.overlaps(y) and not (x.is_finite() or y.is_finite()) else 0
    difference = abs(x - y).abs_upper()
    if difference == 0:
        return 10_000
    scale = abs(x).abs_upper()
    ratio = ((scale if scale > 1 else arb(1)) / difference).log() / arb(2).log()
    return int(float(ratio.mid()))
