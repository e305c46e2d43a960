"""Certified evaluation of terms in a model, and comparison of two terms with rising precision."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from flint import acb, arb, ctx

from derive.classes import dataclass, replace
from derive.functions import FUNCTIONS
from derive.reasons import Reason
from derive.reasons.gaps import Gap
from derive.term.contents import among, has, heads
from derive.term.nodes import BigOp, Constant, Integral, Limit, Term
from derive.verify.budget import spend
from derive.verify.evaluate.code import compiled
from derive.verify.evaluate.conditions import disjoint
from derive.verify.evaluate.display import value_text
from derive.verify.evaluate.functions import runtime
from derive.verify.evaluate.values import (
    Array,
    Budget,
    Env,
    NoValue,
    Steps,
    Uncertain,
    Undefined,
    Unsupported,
    Value,
    precision,
)
from derive.verify.models.point import Model

STEPS = 200_000
_EVALUATION = 20
"""What an evaluation costs in steps of a budget, besides half of what it counts itself."""
MISFITS = (TypeError, AttributeError, ValueError, ZeroDivisionError, OverflowError)
"""What Python says of a set plus a number or a tuple in a sine."""
PRECISIONS = (64, 256, 1024, 4096)
_COSTLY = frozenset(f.name for f in FUNCTIONS.values() if f.costly)

Status = Literal["equal", "equal?", "disjoint", "undefined", "unsupported", "uncertain", "budget"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two terms are to each other in one model.

    `equal`: the same exact value. `equal?`: the balls overlap at the highest precision tried. `disjoint`:
    certainly different. `undefined`: `side` (left, right, both) has no value there. Else `why` tells what is
    missing. `left` and `right` are the values at `precision`, where there are any.
    """

    status: Status
    left: Value = None
    right: Value = None
    precision: int = 0
    why: Reason | None = None
    side: str = ""

    def texts(self) -> tuple[str, str]:
        """Both values rounded for reading."""
        return value_text(self.left), value_text(self.right)


def environment(model: Model, steps: Steps | None = None) -> Env:
    values = model.ready.get(ctx.prec)
    if values is None:
        values = model.ready[ctx.prec] = {name: runtime(v) for name, v in model.values.items()}
    env = Env(dict(values), model.complex, steps=steps or Steps(STEPS), bases=model.bases, signs=model.sign)
    env.cache["base"] = dict(values)
    env.cache["length"] = model.length
    return env


def evaluate(term: Term, model: Model, precision: int = 64, steps: Steps | None = None) -> Value:
    """The term's value at the model's point: fmpq, arb, acb, bool, Array or a tuple of them.

    Raises Undefined, Unsupported, Uncertain (more precision may help) or Budget, all of them NoValue.
    """
    if model.known is not None:
        return _remembered(term, model, precision, steps or Steps(STEPS))
    return _checked(_run(term, model, precision, steps), model)


def _remembered(term: Term, model: Model, bits: int, steps: Steps) -> Value:
    """What the model is already known to make of the term, at the price that it had."""
    assert model.known is not None
    key = term, bits
    found, price = model.known.get(key, (None, None))
    if price is not None and price <= steps.left:
        steps.left -= price
        spend(_EVALUATION + price // 2)
    else:
        before = steps.left
        try:
            found = _checked(_run(term, model, bits, steps), model)
        except Budget:
            raise
        except NoValue as why:
            found = why
        model.known[key] = found, before - steps.left
    if isinstance(found, NoValue):
        raise found.with_traceback(None)
    return found


def _run(term: Term, model: Model, bits: int, steps: Steps | None) -> Value:
    code = compiled(term)
    steps = steps or Steps(STEPS)
    before = steps.left
    with precision(bits):
        try:
            return code(environment(model, steps))
        except RecursionError:
            raise Budget(Gap.NESTING) from None
        except (OverflowError, MemoryError):
            raise Budget(Gap.NUMBERS_TOO_LARGE) from None
        except ZeroDivisionError:
            raise Undefined(Gap.DIVISION_BY_ZERO) from None
        except MISFITS as e:
            raise Unsupported(Gap.VALUES_THAT_DO_NOT_GO_TOGETHER, str(e)) from None
        finally:
            spend(_EVALUATION + (before - steps.left) // 2)


def _checked(value: Value, model: Model) -> Value:
    if isinstance(value, Array):
        return value.map(lambda x: _checked(x, model))
    if isinstance(value, arb) and value.is_nan():
        raise Uncertain(Gap.BALL_WITHOUT_BOUND)
    if isinstance(value, acb) and not model.complex:
        if value.imag.is_zero():
            return value.real
        if not value.imag.contains(0):
            raise Undefined(Gap.NOT_REAL_NUMBER)
    return value


@lru_cache(maxsize=1024)
def ceiling(term: Term) -> int:
    """The precision beyond which evaluating the term costs too much."""
    top = PRECISIONS[-1]
    if has(term, Integral, Limit):
        return 128
    if any(b.upper == Constant("infinity") for node in among(term, BigOp) for b in node.binders):
        return 128
    return top if _COSTLY.isdisjoint(heads(term)) else min(top, 512)


_SIGNS = frozenset(("plusminus", "minusplus"))


def _choices(term: Term) -> bool:
    return not _SIGNS.isdisjoint(heads(term))


def compare(
    left: Term, right: Term, model: Model, max_precision: int = 4096, steps: Steps | None = None
) -> Comparison:
    """Raises the precision until the two values are certainly different, certainly equal, or the budget ends.

    With `±` in one side, different means: different from the other side for both signs; with `±` in both,
    that a sign of the left one has no counterpart.
    """
    if _choices(left) and not _choices(right):
        return _turned(_compare_signs(right, left, model, max_precision, steps))
    if _choices(left) or _choices(right):
        return _compare_signs(left, right, model, max_precision, steps)
    return _compare(left, right, model, model, max_precision, steps)


def _turned(found: Comparison) -> Comparison:
    side = {"left": "right", "right": "left"}.get(found.side, found.side)
    return replace(found, left=found.right, right=found.left, side=side)


def _compare_signs(left: Term, right: Term, model: Model, top: int, steps: Steps | None) -> Comparison:
    worst: Comparison | None = None
    for s in (1, -1):
        found = [
            _compare(left, right, replace(model, sign=s), replace(model, sign=r), top, steps) for r in (s, -s)
        ]
        other = next((c for c in found if c.status != "disjoint"), None)
        if other is None:
            return found[0]
        worst = worst or other
    assert worst is not None
    return worst


def _compare(
    left: Term, right: Term, at_left: Model, at_right: Model, max_precision: int, steps: Steps | None
) -> Comparison:
    steps = steps or Steps(STEPS)
    last: Comparison | None = None
    try:
        top = min(max_precision, ceiling(left), ceiling(right))
    except RecursionError:
        return Comparison("budget", why=Reason(Gap.NESTING))
    for bits in (*(p for p in PRECISIONS if p < top), top):
        try:
            a = evaluate(left, at_left, bits, steps)
        except Undefined as e:
            return _undefined(right, at_right, bits, e, steps)
        except Uncertain as e:
            last = Comparison("uncertain", precision=bits, why=e.why)
            continue
        except NoValue as e:
            return last if last is not None and last.status == "equal?" else _without(e, bits)
        try:
            b = evaluate(right, at_right, bits, steps)
        except Undefined as e:
            return Comparison("undefined", left=a, precision=bits, why=e.why, side="right")
        except Uncertain as e:
            last = Comparison("uncertain", left=a, precision=bits, why=e.why)
            continue
        except NoValue as e:
            return last if last is not None and last.status == "equal?" else _without(e, bits)
        try:
            with precision(bits):
                state = disjoint(a, b)
        except Uncertain as e:
            last = Comparison("uncertain", a, b, bits, e.why)
            continue
        except NoValue as e:
            return _without(e, bits)
        if state is True:
            return Comparison("disjoint", a, b, bits)
        if state is False:
            return Comparison("equal", a, b, bits)
        last = Comparison("equal?", a, b, bits)
    assert last is not None
    return last


def _without(e: NoValue, bits: int) -> Comparison:
    if isinstance(e, Budget):
        return Comparison("budget", precision=bits, why=e.why)
    return Comparison("unsupported" if isinstance(e, Unsupported) else "uncertain", precision=bits, why=e.why)


def _undefined(right: Term, model: Model, bits: int, e: Undefined, steps: Steps) -> Comparison:
    try:
        b = evaluate(right, model, bits, steps)
    except Undefined:
        return Comparison("undefined", precision=bits, why=e.why, side="both")
    except NoValue:
        return Comparison("undefined", precision=bits, why=e.why, side="left")
    return Comparison("undefined", right=b, precision=bits, why=e.why, side="left")


__all__ = [
    "Budget",
    "Comparison",
    "Model",
    "NoValue",
    "Steps",
    "Uncertain",
    "Undefined",
    "Unsupported",
    "ceiling",
    "compare",
    "environment",
    "evaluate",
]
