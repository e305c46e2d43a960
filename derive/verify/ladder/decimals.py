"""Equations with printed decimals: what is typed is exact, what was computed may be rounded.

`0.5 + 0.5 = 1.1` is false: 1.0 needs no rounding. `\\sqrt 2 = 1.41` is what a reader writes for the value to
the digits that are shown. One rule for numbers, arrays and matrices, in documents and alone.
"""

from __future__ import annotations

from fractions import Fraction

from flint import acb, arb, fmpq

from derive.classes import replace
from derive.model import Status, Verdict
from derive.reasons import Reason, Why
from derive.term.contents import among
from derive.term.nodes import Add, Matrix, Neg, Number, Term, Tuple
from derive.term.traverse import free_symbols, map_children
from derive.verify.evaluate.balls import evaluate
from derive.verify.evaluate.values import Array, NoValue
from derive.verify.ladder.approximate import Printed, ends, is_decimal, printed, unit_of
from derive.verify.ladder.question import Question, undecided
from derive.verify.models.point import Model

LONG = 3
"""Significant digits from which on an input may be a rounded figure itself: nobody rounds to one or two
where each place counts."""
PASTED = 5
"""Significant digits that a program prints: such an input is rounded for certain."""


def has_decimals(*terms: Term) -> bool:
    return any(is_decimal(n) for t in terms for n in among(t, Number))


def up_to_rounding(q: Question, verdict: Verdict) -> Verdict:
    """The verdict on an equation that is false as it stands, after asking whether it was rounded.

    `holds` where every printed value is what rounding or cutting gives; undecided where inputs that may be
    rounded themselves bridge the difference; refuted as before elsewhere.
    """
    if verdict.status is not Status.REFUTED or not has_decimals(q.left, q.right):
        return verdict
    if free_symbols(q.left) or free_symbols(q.right):
        return _rounding(verdict) if _nearly(verdict) else verdict
    for computed, shown in ((q.left, q.right), (q.right, q.left)):
        results = _results(shown)
        if results is None:
            continue
        states = {_state(computed, number, place, alone=len(results) == 1) for place, number in results}
        if False in states:
            continue
        if states <= {True, "exact"} and True in states:
            evidence = {"kind": "rounding", "as_it_stands": verdict.evidence}
            return Verdict(Status.HOLDS, reason=Reason(Why.TO_DIGITS_PRINTED), evidence=evidence)
        return _rounding(verdict)
    if _results(q.left) is None and _results(q.right) is None and _nearly(verdict):
        return _rounding(verdict)  # decimals inside of both sides
    return verdict


def _rounding(verdict: Verdict) -> Verdict:
    return undecided(Why.ROUNDING, refuted_as_it_stands=verdict.evidence)


def _nearly(verdict: Verdict) -> bool:
    """Whether both values differ by less than one part in two hundred."""
    if verdict.counterexample is None:
        return False
    try:
        left, right = Fraction(verdict.counterexample.left), Fraction(verdict.counterexample.right)
    except ValueError:
        return False
    return abs(left - right) * 200 <= max(abs(left), abs(right))


def _results(term: Term) -> list[tuple[int, Term]] | None:
    """The printed numbers that the term consists of, with their places; None for anything else."""
    match term:
        case Matrix(rows=rows):
            entries: list[Term] = [x for row in rows for x in row]
        case Tuple(items=items):
            entries = list(items)
        case _:
            entries = [term]
    return list(enumerate(entries)) if all(printed(x) is not None for x in entries) else None


def _state(computed: Term, number: Term, place: int, *, alone: bool) -> bool | str:
    """What the printed number is to the computed one: `exact`, True for rounded, "inputs" where inputs that
    may be rounded make the difference, False for wrong. alone: it is no entry of an array, where an integer
    among integers is none that was rounded to one."""
    shown = printed(number)
    assert shown is not None
    value = _value(computed, place)
    if value is None:
        return "inputs"
    low, high = value
    if low == high == shown.value:
        return "exact"
    own = unit_of(number)
    decimal = is_decimal(number) or (isinstance(number, Neg) and is_decimal(number.arg))
    if not _needs_rounding(low, high, own):
        return "inputs" if _bridged(computed, shown, place) else False
    if decimal and shown.shown_by(low, high):
        return True
    whole = alone and not decimal and not _only_sums(computed)
    if whole and replace(shown, unit=Fraction(1)).shown_by(low, high):
        return "inputs"  # 0.6 · 21 = 13
    off = max(abs(low - shown.value), abs(high - shown.value))
    if decimal and off < Fraction(3, 2) * own and 200 * off < abs(shown.value):
        return "inputs"  # one away in the last place: what it was computed from may have been rounded
    return "inputs" if _bridged(computed, shown, place) else False


def _needs_rounding(low: Fraction, high: Fraction, unit: Fraction) -> bool:
    """Whether the value has more places than are printed; an irrational one has."""
    return low != high or (low / unit).denominator != 1


def _only_sums(term: Term) -> bool:
    match term:
        case Number():
            return True
        case Neg(arg=arg):
            return _only_sums(arg)
        case Add(args=args):
            return all(_only_sums(a) for a in args)
        case _:
            return False


def _value(term: Term, place: int) -> tuple[Fraction, Fraction] | None:
    """Bounds of the entry at that place of the term's value."""
    try:
        value = evaluate(term, Model({}), 256)
    except NoValue:
        return None
    if isinstance(value, Array):
        value = value.items[place] if place < len(value.items) else None
    elif isinstance(value, tuple):
        value = value[place] if place < len(value) else None
    elif place:
        return None
    return ends(value) if isinstance(value, fmpq | arb | acb) else None


def _bridged(computed: Term, shown: Printed, place: int) -> bool:
    """Whether the inputs, each within what rounds to it, reach a value that would be printed so."""
    decimals = _decimals(computed)
    digits = [_significant(n) for n in decimals]
    # figures that were rounded are rounded alike: a short one beside them is exact, and so are they
    least = LONG if digits and min(digits) >= LONG else PASTED
    if not any(d >= least for d in digits):
        return False
    exact = _value(computed, place)
    if exact is None:
        return True
    reach = Fraction(0)
    for k, number in enumerate(decimals):
        if _significant(number) < least:
            continue
        moved = _value(_shifted(computed, k), place)
        if moved is None:
            return True
        reach += max(abs(moved[0] - exact[0]), abs(moved[1] - exact[1]))
    return shown.shown_by(exact[0] - reach, exact[1] + reach) is not False


def _significant(number: Number) -> int:
    digits = (number.text or "").replace(".", "").lstrip("0")
    return len(digits)


def _decimals(term: Term) -> list[Number]:
    """The decimals of a term from left to right."""
    found: list[Number] = []

    def visit(node: Term) -> Term:
        if isinstance(node, Number) and is_decimal(node):
            found.append(node)
            return node
        return map_children(node, visit)

    visit(term)
    return found


def _shifted(term: Term, chosen: int) -> Term:
    """The term with one of its decimals, counted from the left, half a unit of its last place higher."""
    met = -1

    def change(node: Term) -> Term:
        nonlocal met
        if isinstance(node, Number) and is_decimal(node):
            met += 1
            if met == chosen:
                return replace(node, value=node.value + unit_of(node) / 2, text=None)
            return node
        return map_children(node, change)

    return change(term)
