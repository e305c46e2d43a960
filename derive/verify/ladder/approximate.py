"""`a ≈ 3.14`: the printed digits decide.

A printed decimal stands for what would be printed so, rounded or cut off at its last digit. A decimal that
stands alone on the other side is exact; those inside of an expression were printed by somebody too: a
difference that their rounding bridges is open.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from flint import acb, arb, fmpq

from derive.classes import dataclass, replace
from derive.model import Status, Verdict
from derive.reasons import Reason, Why, unsupported
from derive.reasons.gaps import Gap
from derive.term.nodes import Mul, Neg, Number, Pow, Term
from derive.term.traverse import map_children, walk
from derive.verify.evaluate.balls import compare, evaluate
from derive.verify.evaluate.values import NoValue
from derive.verify.ladder.certifying import refuted
from derive.verify.ladder.question import Decider, Question, proved, undecided
from derive.verify.models.hypotheses import NoModel
from derive.verify.models.search import Model, models


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as printed and the value of one unit in its last place."""

    value: Fraction
    unit: Fraction
    cut: bool = True
    """Whether digits may have been cut off rather than rounded."""

    def rounded(self) -> Printed:
        return replace(self, cut=False)

    def shown_by(self, lower: Fraction, upper: Fraction) -> bool | None:
        """Whether every number of [lower, upper] would be printed so; None when only some would."""
        low, high = self._bounds()
        # what is cut off lies below the next number that would be printed
        under = upper < high or (upper == high and (not self.cut or self.value < 0))
        over = low < lower or (low == lower and (not self.cut or self.value >= 0))
        if under and over:
            return True
        apart = upper < low or high < lower
        return False if apart or (lower == upper and not (under and over)) else None

    def _bounds(self) -> tuple[Fraction, Fraction]:
        half = self.unit / 2
        if not self.cut:
            return self.value - half, self.value + half
        if self.value >= 0:
            return self.value - half, self.value + self.unit
        return self.value - self.unit, self.value + half


def printed(term: Term) -> Printed | None:
    """The term as a printed number: `3.14`, `-0.5`, `6.02 \\cdot 10^{23}`, `1000`; None for anything else."""
    match term:
        case Number(value=value, text=text):
            return Printed(value, _unit(value, text))
        case Neg(arg=arg):
            inner = printed(arg)
            return None if inner is None else Printed(-inner.value, inner.unit)
        case Mul(args=(first, Pow(base=Number(value=base), exponent=exponent))) if base == 10:
            inner, power = printed(first), _integer(exponent)
            if inner is None or power is None or abs(power) > 400:
                return None
            scale = Fraction(10) ** power
            return Printed(inner.value * scale, inner.unit * scale)
        case _:
            return None


def _integer(term: Term) -> int | None:
    match term:
        case Number(value=value) if value.denominator == 1:
            return int(value)
        case Neg(arg=Number(value=value)) if value.denominator == 1:
            return -int(value)
        case _:
            return None


def _unit(value: Fraction, text: str | None) -> Fraction:
    """One in the last printed place; trailing zeros of an integer may be rounding."""
    if text is None:
        text = str(value.numerator) if value.denominator == 1 else ""
    mantissa, _, exponent = text.lower().partition("e")
    scale = Fraction(10) ** int(exponent) if exponent else Fraction(1)
    whole, point, decimals = mantissa.partition(".")
    if point:
        return scale / Fraction(10) ** len(decimals)
    digits = whole.lstrip("+-")
    zeros = len(digits) - len(digits.rstrip("0")) if digits.strip("0") else 0
    return scale * Fraction(10) ** zeros


def unit_of(term: Term) -> Fraction:
    """One in the last place of a printed decimal; of an integer, 1."""
    match term:
        case Neg(arg=arg):
            return unit_of(arg)
        case Number(value=value, text=text) if text is not None and "." in text:
            return _unit(value, text)
        case _:
            shown = printed(term)
            return min(shown.unit, Fraction(1)) if shown is not None else Fraction(1)


def is_decimal(term: Term) -> bool:
    return isinstance(term, Number) and term.text is not None and "." in term.text


def widened(term: Term) -> list[Term]:
    """The term with every printed decimal at the lower and at the upper end of what it stands for; a number
    that is nothing but typed is exact.

    The extremes of a monotone formula; for others a sample of them, which is why a difference
    that they bridge only makes a claim undecided.
    """
    if printed(term) is not None or not any(is_decimal(n) for n in walk(term)):
        return [term]

    def shift(by: Fraction) -> Callable[[Term], Term]:
        def change(node: Term) -> Term:
            if isinstance(node, Number) and is_decimal(node):
                return replace(node, value=node.value + by * _unit(node.value, node.text), text=None)
            return map_children(node, change)

        return change

    return [term, shift(Fraction(-1, 2))(term), shift(Fraction(1, 2))(term)]


def decide_approximation(q: Question, decide_equation: Decider) -> Verdict:
    """By the printed digits of the right side, else of the left; undecided where neither is printed."""
    shown, other = printed(q.right), q.left
    if shown is None or (printed(q.left) is not None and _coarser(printed(q.left), shown)):
        shown, other = printed(q.left), q.right
    if shown is None:
        return _without_digits(q, decide_equation)
    try:
        found = list(models((q.left, q.right), q.scope, count=6))
    except NoModel:
        return undecided(Why.CONSTRAINT)
    digits = {"printed": {"value": str(shown.value), "unit": str(shown.unit)}}
    verdicts = [_at(q, shown, other, model) for model in found]
    for verdict, model in zip(verdicts, found, strict=True):
        if verdict is False and not model.guessed:
            return refuted(q.left, "approx", q.right, model, compare(q.left, q.right, model, 256), **digits)
    if all(v is True for v in verdicts):
        if not q.symbols:
            if all(_at(q, shown.rounded(), other, model) is True for model in found):
                return proved("printed digits", unit=str(shown.unit))
            evidence = {"kind": "models", "withstood": len(found), "undefined": 0, **digits}
            return Verdict(Status.HOLDS, reason=Reason(Why.CUT_OFF), evidence=evidence)
        return undecided(Why.NO_PROOF)
    return undecided(Why.PRECISION)


def _coarser(left: Printed | None, right: Printed) -> bool:
    return left is not None and left.unit > right.unit


def _at(q: Question, shown: Printed, other: Term, model: Model) -> bool | None:
    """Whether the value is shown so; None where only decimals that were rounded themselves could tell."""
    exact, *ends_of_inputs = (_shown(shown, term, model) for term in widened(other))
    if exact is not False:
        return exact
    return False if all(state is False for state in ends_of_inputs) else None


def _shown(shown: Printed, term: Term, model: Model) -> bool | None:
    for bits in (64, 256):
        try:
            value = evaluate(term, model, bits)
        except NoValue:
            return None
        between = ends(value)
        if between is None:
            return None
        if (state := shown.shown_by(*between)) is not None:
            return state
    return None


def ends(value: object) -> tuple[Fraction, Fraction] | None:
    if isinstance(value, fmpq):
        exact = Fraction(int(value.p), int(value.q))
        return exact, exact
    if isinstance(value, acb) and value.imag.is_zero():
        value = value.real
    if not isinstance(value, arb) or not value.is_finite():
        return None
    found = []
    for end in (value.lower(), value.upper()):
        mantissa, exponent = end.mid().man_exp()
        if abs(int(exponent)) > 100_000:
            return None
        found.append(Fraction(int(mantissa)) * Fraction(2) ** int(exponent))
    return found[0], found[1]


def _without_digits(q: Question, decide_equation: Decider) -> Verdict:
    verdict = decide_equation(q.about(q.left, "=", q.right))
    if verdict.status in (Status.PROVED, Status.HOLDS):
        return verdict
    return undecided(unsupported(Gap.APPROXIMATION_WITHOUT_PRINTED_DIGITS))
