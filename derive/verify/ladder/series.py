"""`f(x) = … + O(x^5)`: the Taylor coefficients below the order of the remainder agree."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from derive.calculus.expansions import expands
from derive.classes import dataclass, replace
from derive.model import Status, Verdict
from derive.reasons import Why, no_definition, unsupported
from derive.reasons.gaps import Gap
from derive.term.construct import add, div, mul, neg, sub
from derive.term.nodes import (
    ONE,
    ZERO,
    Add,
    Apply,
    BigOp,
    Constant,
    Div,
    Integral,
    Limit,
    Mul,
    Neg,
    Number,
    Pow,
    Relation,
    Root,
    Symbol,
    Term,
    integer,
)
from derive.term.traverse import free_symbols, substitute, walk
from derive.verify.ladder.question import Decider, Question, proved, undecided
from derive.verify.models.uses import INTEGER_NAMES
from derive.verify.provers import proving

ORDER = 16


@dataclass(frozen=True, slots=True)
class Remainder:
    """O((variable - point)^order), or O(variable^-order) at infinity (point None). `little`: o instead."""

    variable: Symbol
    point: Term | None
    order: int
    little: bool = False


def decide_remainder(q: Question, decide_equation: Decider) -> Verdict:
    left, first = _split(q.left)
    right, second = _split(q.right)
    marks = first + second
    if first and second:
        return undecided(unsupported(Gap.REMAINDERS_ON_BOTH_SIDES))
    remainder = _remainder(marks)
    place = _place(q, marks)
    alone = bool(first and left == ZERO) or bool(second and right == ZERO)
    if place is None and alone and remainder is not None and _open_place(remainder, sub(left, right)):
        # x → 0 or x → ∞: what is true of one only is not told
        verdicts = [
            decide_remainder(_told(q, remainder.variable, p), decide_equation)
            for p in (ZERO, Constant("infinity"))
        ]
        if all(v.status is verdicts[0].status for v in verdicts):
            return verdicts[0]
        return undecided(no_definition(remainder.variable.to_latex(), of=Why.PLACE))
    if place is not None and remainder is not None:
        remainder = _at_the_place(remainder, place)
    if remainder is None or remainder.point is None:
        verdict = _by_ratio(q, decide_equation, sub(left, right), marks)
        if verdict is not None:
            return verdict
    if remainder is None:
        return undecided(unsupported(Gap.FORM_OF_REMAINDER))
    below = remainder.order + (1 if remainder.little else 0)
    if below > ORDER:
        return undecided(Why.BUDGET)
    rest = sub(left, right)
    if remainder.point is None:
        return _by_finder(q, rest, remainder)
    verdict = _by_coefficients(q, decide_equation, rest, remainder, below)
    if verdict.status in (Status.PROVED, Status.HOLDS, Status.REFUTED):
        return verdict
    return _by_finder(q, rest, remainder)


def _place(q: Question, marks: list[Apply]) -> Term | None:
    """Where the text says that the variable of the remainder goes."""
    names = {n for m in marks for n in free_symbols(m)}
    for h in q.scope.hypotheses:
        if isinstance(h, Relation) and h.op == "to" and isinstance(h.left, Symbol) and h.left.name in names:
            return h.right
    return None


def _told(q: Question, variable: Symbol, place: Term) -> Question:
    return q.under(Relation("to", variable, place))


SMALL_NAMES = frozenset(("h", "\\epsilon", "\\varepsilon", "\\delta", "\\eta"))
"""Letters for a step that goes to 0, as those for counts go to ∞."""


def _open_place(remainder: Remainder, rest: Term) -> bool:
    """Whether nothing but the text could tell 0 from ∞ where a remainder stands alone: between polynomials
    and their quotients both are ordinary, while an expansion of other functions is about a point."""
    if remainder.point != ZERO or remainder.variable.name in SMALL_NAMES:
        return False
    return not any(
        isinstance(n, Apply | Integral | Limit | BigOp | Constant | Root)
        or (isinstance(n, Pow) and not (isinstance(n.exponent, Number) and n.exponent.value.denominator == 1))
        for n in walk(rest)
    )


def _at_the_place(remainder: Remainder, place: Term) -> Remainder | None:
    """The remainder x^k read at the place that is told: bounded by it at ∞, by its value elsewhere."""
    at_zero = remainder.point == ZERO
    if place == Constant("infinity"):
        return replace(remainder, point=None, order=-remainder.order) if at_zero else remainder
    if (at_zero and place == ZERO) or remainder.point == place:
        return remainder
    return None


def _by_ratio(q: Question, decide_equation: Decider, rest: Term, marks: list[Apply]) -> Verdict | None:
    """`3n^2 + 5n = O(n^2)` for n → ∞: the limit of the ratio, where it has one that is certified."""
    from derive.verify.evaluate.balls import evaluate
    from derive.verify.evaluate.values import NoValue
    from derive.verify.models.search import Model

    if len(marks) != 1 or any(_is_mark(n) for n in walk(marks[0].args[0])):
        return None
    inner, little = marks[0].args[0], marks[0].head == "little_o"
    free = {**free_symbols(rest), **free_symbols(inner)}
    if len(free) != 1:
        return None
    (variable,) = free.values()
    place = _place(q, marks) or Constant("infinity")
    if not _goes_to_infinity(variable, inner, q) and _place(q, marks) is None:
        return None

    def limit(a: Term, b: Term) -> Any:
        try:
            return evaluate(Limit(Div(a, b), variable, place), Model({}), 64)
        except (NoValue, ZeroDivisionError):
            return None

    ratio = limit(rest, inner)
    if ratio is not None and not isinstance(ratio, bool | tuple) and _finite(ratio):
        if not little or ratio == 0:
            return proved("limit of the ratio", limit=str(ratio))
        return _not_zero(q, Limit(Div(rest, inner), variable, place), decide_equation)
    inverse = limit(inner, rest)
    if inverse is not None and not isinstance(inverse, bool | tuple) and inverse == 0:
        # the ratio grows beyond every bound: its inverse has the limit 0, not one
        verdict = decide_equation(q.about(Limit(Div(inner, rest), variable, place), "=", ONE))
        return verdict if verdict.status is Status.REFUTED else None
    return None


def _not_zero(q: Question, ratio: Term, decide: Callable[[Question], Verdict]) -> Verdict | None:
    verdict = decide(q.about(ratio, "=", ZERO))
    return verdict if verdict.status is Status.REFUTED else None


def _finite(value: Any) -> bool:
    return bool(value.is_finite()) if hasattr(value, "is_finite") else True


def _goes_to_infinity(variable: Symbol, inner: Term, q: Question) -> bool:
    """Whether n → ∞ is meant: said so, or an index, or terms of a size that only grows."""
    if variable.name in INTEGER_NAMES or variable.type.domain in ("natural", "positive_integer", "integer"):
        return True
    return any(
        isinstance(h, Relation)
        and h.op == "to"
        and h.left == variable
        and isinstance(h.right, Constant)
        and h.right.name == "infinity"
        for h in q.scope.hypotheses
    )


def _split(side: Term) -> tuple[Term, list[Apply]]:
    """The side without its remainders, and these."""
    parts = side.args if isinstance(side, Add) else (side,)
    marks: list[Apply] = []
    kept: list[Term] = []
    for part in parts:
        inner, sign = (part.arg, neg) if isinstance(part, Neg) else (part, lambda t: t)
        if isinstance(inner, Apply) and inner.head in ("big_o", "little_o"):
            marks.append(inner)
        elif isinstance(inner, Add) and any(_is_mark(a) for a in inner.args):
            rest, more = _split(inner)
            marks += more
            kept.append(sign(rest))
        else:
            kept.append(part)
    return add(*kept) if kept else ZERO, marks


def _is_mark(term: Term) -> bool:
    term = term.arg if isinstance(term, Neg) else term
    return isinstance(term, Apply) and term.head in ("big_o", "little_o")


def _remainder(marks: list[Apply]) -> Remainder | None:
    if len(marks) != 1 or any(_is_mark(n) for n in walk(marks[0].args[0])):
        return None
    mark = marks[0]
    little = mark.head == "little_o"
    inner = mark.args[0]
    if isinstance(inner, Div) and isinstance(inner.numerator, Number):
        power = _power(inner.denominator)
        if power is not None and isinstance(power[0], Symbol):
            return Remainder(power[0], None, power[1], little)
        return None
    power = _power(inner)
    if power is None:
        return None
    base, order = power
    match base:
        case Symbol():
            if order < 0 or base.name in INTEGER_NAMES:
                return Remainder(base, None, -order, little)
            return Remainder(base, ZERO, order, little)
        case Add(args=(Symbol() as x, rest)) if x.name not in free_symbols(rest):
            return Remainder(x, neg(rest), order, little)
        case _:
            return None


def _power(term: Term) -> tuple[Term, int] | None:
    match term:
        case Pow(base=base, exponent=Number(value=n)) if n.denominator == 1:
            return base, int(n)
        case Pow(base=base, exponent=Neg(arg=Number(value=n))) if n.denominator == 1:
            return base, -int(n)
        case Symbol() | Add():
            return term, 1
        case Apply(head="abs", args=(x,)):
            return _power(x)
        case _:
            return None


def _by_coefficients(
    q: Question, decide_equation: Decider, rest: Term, remainder: Remainder, below: int
) -> Verdict:
    from derive.calculus.differentiate import NotDifferentiable

    assert remainder.point is not None
    rest, more = _cleared(rest, remainder.variable, remainder.point)
    below += more
    if below > ORDER:
        return undecided(Why.BUDGET)
    worst: Verdict | None = None
    methods = []
    orders = _orders(rest, remainder.variable, remainder.point)
    for k in range(below):
        try:
            here = next(orders)
        except NotDifferentiable as error:
            return undecided(unsupported(error.why))
        verdict = decide_equation(q.about(here, "=", ZERO))
        if verdict.status is Status.REFUTED:
            evidence = {**verdict.evidence, "coefficient": k}
            if expands(q.left, q.right, q.scope):
                evidence.pop("rests_on", None)  # it holds for every function, or for none that is told
            return replace(verdict, evidence=evidence)
        if verdict.status is not Status.PROVED and (worst is None or worst.status is Status.HOLDS):
            worst = verdict
        methods.append(verdict.evidence.get("method"))
    try:
        beyond = next(orders)
    except NotDifferentiable as error:
        return undecided(unsupported(error.why))
    if worst is not None:
        return worst
    if not _has_value(beyond, q):
        return undecided(Why.NO_PROOF)
    return proved("Taylor coefficients", order=below, coefficients=methods)


def _orders(term: Term, x: Symbol, point: Term) -> Iterator[Term]:
    """The values at a point of a term and of its derivatives, one after another. Raises NotDifferentiable."""
    from derive.calculus.differentiate import differentiate

    while True:
        yield substitute(term, {x: point})
        term = differentiate(term, x)


def _cleared(rest: Term, x: Symbol, point: Term) -> tuple[Term, int]:
    """The sum without the step in its denominators, `\\frac{u(x + h) - u(x)}{h}`, and the power that it is
    multiplied by."""
    step = x if point == ZERO else sub(x, point)
    args = rest.args if isinstance(rest, Add) else (rest,)
    parts = [_over(arg, step) for arg in args]
    power = max(k for _, k in parts)
    if power == 0:
        return rest, 0
    raised = [p if k == power else mul(p, Pow(step, integer(power - k))) for p, k in parts]
    return add(*raised), power


def _over(term: Term, step: Term) -> tuple[Term, int]:
    """A summand without the powers of the step that it is divided by, and how many there were."""
    match term:
        case Neg(arg=arg):
            inner, k = _over(arg, step)
            return neg(inner), k
        case Div(numerator=above, denominator=below):
            factors = below.args if isinstance(below, Mul) else (below,)
            powers = [p[1] if (p := _power(f)) is not None and p[0] == step else 0 for f in factors]
            kept = [f for f, k in zip(factors, powers, strict=True) if k <= 0]
            k = sum(max(k, 0) for k in powers)
            return (div(above, mul(*kept)) if kept else above, k) if k else (term, 0)
        case Mul(args=args):
            whole = [_over(a, step) for a in args]
            k = sum(n for _, n in whole)
            return (mul(*(t for t, _ in whole)), k) if k else (term, 0)
        case _:
            return term, 0


@dataclass(frozen=True, slots=True)
class Taylor:
    """Two sides without their remainder, and the orders below it. `marked`: which side has it."""

    left: Term
    right: Term
    remainder: Remainder
    marked: int
    mark: Term
    power: int

    def coefficients(self, term: Term) -> list[Term] | None:
        """The derivatives of a term, cleared of the step in denominators, at the point of the expansion."""
        from derive.calculus.differentiate import NotDifferentiable

        x, point = self.remainder.variable, self.remainder.point
        assert point is not None
        rest, power = _cleared(term, x, point)
        if power < self.power:
            step = x if point == ZERO else sub(x, point)
            rest = mul(Pow(step, integer(self.power - power)), rest)
        count = self.remainder.order + (1 if self.remainder.little else 0) + self.power
        try:
            return list(islice(_orders(rest, x, point), count))
        except NotDifferentiable:
            return None

    def with_remainder(self, side: int, term: Term) -> Term:
        """A side with another term in the place of what it has beside the remainder."""
        return add(term, self.mark) if side == self.marked else term


def taylor(left: Term, right: Term) -> Taylor | None:
    """Two sides as an expansion about a place, with one remainder of few orders; None where they are none."""
    first, marks = _split(left)
    second, more = _split(right)
    remainder = _remainder(marks + more)
    if remainder is None or remainder.point is None or remainder.order > ORDER // 2:
        return None
    power = _cleared(sub(first, second), remainder.variable, remainder.point)[1]
    return Taylor(first, second, remainder, 0 if marks else 1, (marks + more)[0], power)


def _has_value(term: Term, q: Question) -> bool:
    """Whether the next derivative has a value at the point: then the remainder is of that order."""
    from derive.verify.ladder.trial import try_equation

    trial = try_equation(term, term, q.scope, count=3, top=64)
    return trial.withstood > 0


def _by_finder(q: Question, rest: Term, remainder: Remainder) -> Verdict:
    proof = proving.remainder(rest, remainder.variable, remainder.point, remainder.order, remainder.little)
    if proof is None:
        return undecided(Why.NO_PROOF)
    return proved(proof.method, witness=proof.witness)


__all__ = ["ONE", "Remainder", "decide_remainder"]
