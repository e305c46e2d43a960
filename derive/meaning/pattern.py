"""The general term of a sequence of which some terms are written: `1, x, x²/2!, x³/3!, …`.

Where neighbouring terms differ, in numbers or in whole-numbered expressions such as `n - 1`, there is a
slot. What a slot holds goes on as `a + bk`, `a·bᵏ`, a square, a factorial or `k(k+1)`. The general term is
certain when one choice alone gives all terms that are written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cache, partial
from itertools import islice, pairwise, product
from math import factorial, isqrt

from derive.classes import dataclass
from derive.term.affine import Affine, affine, constant, of_symbol
from derive.term.construct import mul
from derive.term.fingerprint import Fingerprint, fingerprint, same
from derive.term.nodes import (
    ONE,
    ZERO,
    Add,
    Apply,
    Binder,
    Constant,
    Div,
    Mul,
    Neg,
    Number,
    Pow,
    Symbol,
    Term,
    integer,
)
from derive.term.traverse import children, free_symbols, map_children

INFINITY = Constant("infinity")
_MOST = 400
"""Choices of what the slots hold that are tried."""

Held = Callable[[Affine], Term]
"""What a slot holds, by the number of the term."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place where two terms differ, and what each has there."""

    first: Affine
    second: Affine


Fill = Callable[[Sequence[Term]], Term]


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two terms of one form: their slots in order, and the form with something in the slots."""

    slots: tuple[Slot, ...]
    fill: Fill


def general_term(
    start: Sequence[Term], end: Sequence[Term], index: Symbol, *, infinite: bool = False
) -> tuple[Term, Binder] | None:
    """The general term with its range, of the terms that begin the sequence and those that end it.

    `end` holds the last term, or the last two; none where the sequence is infinite. Two terms must be
    written before the dots, three where nothing stands behind them.
    """
    if len(start) < (3 if infinite else 2) or any(not _numbers_only(t) for t in (*start, *end)):
        return None
    alternating = _alternating(start)
    if alternating is None:
        return None
    for choices in (_between, _alone):
        found = _fitting(choices(start), start, end, index, alternating, infinite)
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _fitting(
    choices: Iterable[tuple[tuple[Held, ...], Fill]],
    start: Sequence[Term],
    end: Sequence[Term],
    index: Symbol,
    alternating: bool,
    infinite: bool,
) -> list[tuple[Term, Binder]]:
    """The general terms among the choices that give all that is written, each once."""
    found: dict[tuple[Fingerprint | None, ...], tuple[Term, Binder]] = {}
    for held, fill in choices:
        general = _General(held, fill, isinstance(start[0], Neg), alternating)
        if not all(same(general.at(constant(k)), t) for k, t in enumerate(start)):
            continue
        last = None if infinite else general.place_of(end, len(start))
        if last is None and not infinite:
            continue
        low = general.first_number()
        key = tuple(fingerprint(general.at(constant(k))) for k in (len(start), 7, 10, 13))
        body = general.at(of_symbol(index) - constant(low))
        upper = INFINITY if last is None else (last + constant(low)).term()
        found.setdefault(key, (body, Binder(index, integer(low), upper)))
    return list(found.values())


def _numbers_only(term: Term) -> bool:
    """Products are compared without their order: not of arrays."""
    return all(s.type.shape == () for s in free_symbols(term).values())


def _alternating(terms: Sequence[Term]) -> bool | None:
    """Whether the signs alternate (True) or are all the same (False); None for any other rule."""
    negative = [isinstance(t, Neg) for t in terms]
    if len(set(negative)) == 1:
        return False
    return True if all(a != b for a, b in pairwise(negative)) else None


# the choices --------------------------------------------------------------------------------------------


def _between(start: Sequence[Term]) -> Iterator[tuple[tuple[Held, ...], Fill]]:
    """What the slots between the last two terms may hold."""
    at = len(start) - 1
    aligned = align(start[-2], start[-1])
    if aligned is not None and aligned.slots:
        places = list(dict.fromkeys(aligned.slots))  # what is alike goes on alike: x²/2!, x⁴/4!
        options = [list(map(cache, _models(slot, at))) for slot in places]
        for held in islice(product(*options), _MOST):
            rule = dict(zip(places, held, strict=True))
            yield tuple(rule[slot] for slot in aligned.slots), aligned.fill


def _alone(start: Sequence[Term]) -> Iterator[tuple[tuple[Held, ...], Fill]]:
    """What the numbers of the last term may be, where its neighbour hides its form (`x`, `x²/2!`)."""
    if len(start) < 3:
        return
    at = len(start) - 1
    alone = _numbers_of(start[-1])
    if not 1 <= len(alone.slots) <= 3:
        return
    several: list[list[Held]] = []
    for slot in alone.slots:
        several.append([])
        for step in (1, 0, -1, 2, -2):
            before = slot.second - constant(step)
            models = _models(Slot(before, slot.second), at) if step else [_fixed(slot.second)]
            several[-1] += map(cache, models)
    for held in islice(product(*several), _MOST):
        yield held, alone.fill


def _fixed(value: Affine) -> Held:
    return lambda k: value.term()


def _models(slot: Slot, at: int) -> Iterator[Held]:
    """What a slot may hold that has these values in the terms number `at - 1` and `at`."""
    step = slot.second - slot.first
    if step.parts or step.constant.denominator != 1:
        if slot.first.parts or slot.second.parts:
            return
    else:
        yield lambda k: (slot.second + (k - constant(at)).times(step.constant)).term()
    if slot.first.parts or slot.second.parts:
        return
    a, b = slot.first.constant, slot.second.constant
    if a <= 0 or b <= 0 or a == b:
        return
    yield _geometric(b / a, b / (b / a) ** at)
    if a.denominator != 1 or b.denominator != 1:
        return
    roots = isqrt(int(a)), isqrt(int(b))
    if roots[0] ** 2 == a and roots[1] ** 2 == b:
        yield lambda k: Pow(_line(roots[0], roots[1], at, k), integer(2))
    for n in range(1, 12):
        if n > 1 and factorial(n) == a and factorial(n + 1) == b:
            yield partial(_factorial, n, at)
        if n * (n + 1) == a and (n + 1) * (n + 2) == b:
            yield partial(_two_in_turn, n, at)


def _line(before: int, now: int, at: int, k: Affine) -> Term:
    return (constant(now) + (k - constant(at)).times(Fraction(now - before))).term()


def _factorial(n: int, at: int, k: Affine) -> Term:
    return Apply("factorial", (_line(n, n + 1, at, k),))


def _two_in_turn(n: int, at: int, k: Affine) -> Term:
    return mul(_line(n, n + 1, at, k), _line(n + 1, n + 2, at, k))


def _geometric(ratio: Fraction, first: Fraction) -> Held:
    def held(k: Affine) -> Term:
        power: Term = Pow(Number(ratio), k.term())
        if ratio.numerator == 1:
            power = Div(ONE, Pow(Number(Fraction(ratio.denominator)), k.term()))
        return mul(Number(first), power)

    return held


@dataclass(frozen=True, slots=True)
class _General:
    """A general term: the form, what its slots hold, the first sign, and whether signs alternate."""

    held: tuple[Held, ...]
    fill: Fill
    negative: bool
    alternating: bool

    def at(self, k: Affine) -> Term:
        """The term number k, from 0 on."""
        term = self.fill([h(k) for h in self.held])
        if not self.alternating:
            return Neg(term) if self.negative else term
        power = k + constant(int(self.negative))
        return mul(Pow(Neg(ONE), Affine(power.parts, power.constant % 2).term()), term)

    def first_number(self) -> int:
        """Where to count from, so that a slot that goes up by one holds the index itself."""
        for held in self.held:
            first, second = affine(held(constant(0))), affine(held(constant(1)))
            if first is None or second is None or first.parts or second.parts:
                continue
            if second.constant - first.constant == 1 and 0 <= first.constant <= 3:
                return int(first.constant)
        return 0

    def place_of(self, end: Sequence[Term], written: int) -> Affine | None:
        """The number of the last term: where the general term is what is written last."""
        places: dict[Affine, None] = {}
        written_last = self.at(constant(written - 1))
        forms = [align(written_last, end[-1]), align(written_last, end[-1], ones=True)]
        for slot in (s for form in forms if form is not None for s in form.slots):
            for step in (1, -1, 2, -2, 3, -3):
                moved = (slot.second - slot.first).times(Fraction(1, step))
                places.setdefault(constant(written - 1) + moved)
        good = [p for p in places if self._ends(p, end) and (p.parts or p.constant >= written)]
        return good[0] if len(good) == 1 else None

    def _ends(self, place: Affine, end: Sequence[Term]) -> bool:
        before = place - constant(len(end) - 1)
        return all(same(self.at(before + constant(k)), t) for k, t in enumerate(end))


def _unsigned(term: Term) -> Term:
    return term.arg if isinstance(term, Neg) else term


_PRODUCTS = (Mul, Div, Pow)


def of_one_form(a: Term, b: Term) -> bool:
    """Whether two terms differ in numbers alone: neither is a term of its own beside the other's sequence."""
    aligned = align(a, b)
    if aligned is None or any((s.second - s.first).parts for s in aligned.slots):
        return False
    (above_a, below_a), (above_b, below_b) = _factors(_unsigned(a)), _factors(_unsigned(b))
    return len(above_a) == len(above_b) and len(below_a) == len(below_b)


# alignment ----------------------------------------------------------------------------------------------


def align(a: Term, b: Term, *, ones: bool = False) -> Aligned | None:
    """The common form of two terms; their signs, where they begin with one, are left aside.

    `ones`: a factor 1 may stand for what the other term has in its place (`n/(n-1)`, `n/1`).
    """
    return _align(_unsigned(a), _unsigned(b), ones)


def _align(a: Term, b: Term, ones: bool) -> Aligned | None:
    if a == b:
        return Aligned((), lambda _: a)
    first, second = affine(a), affine(b)
    if first is not None and second is not None:
        apart = not (first - second).parts or not {s for s, _ in first.parts} & {s for s, _ in second.parts}
        broken = isinstance(a, Div) or isinstance(b, Div)
        if not broken and (apart or not (isinstance(a, Mul) or isinstance(b, Mul))):
            return Aligned((Slot(first, second),), lambda held: held[0])
    if isinstance(a, _PRODUCTS) or isinstance(b, _PRODUCTS):
        return _products(a, b, ones)
    if type(a) is not type(b) or isinstance(a, Number | Symbol | Constant):
        return None
    inner = children(a), children(b)
    if len(inner[0]) != len(inner[1]) or not inner[0]:
        return None
    if map_children(a, lambda _: ZERO) != map_children(b, lambda _: ZERO):
        return None
    return _together(
        [_align(x, y, ones) for x, y in zip(*inner, strict=True)],
        lambda parts: _with_children(a, parts),
    )


def _with_children(term: Term, parts: Sequence[Term]) -> Term:
    pending = iter(parts)
    return map_children(term, lambda _: next(pending))


def _together(parts: Sequence[Aligned | None], make: Callable[[list[Term]], Term]) -> Aligned | None:
    kept = [p for p in parts if p is not None]
    if len(kept) < len(parts):
        return None

    def fill(held: Sequence[Term]) -> Term:
        built: list[Term] = []
        at = 0
        for part in kept:
            built.append(part.fill(held[at : at + len(part.slots)]))
            at += len(part.slots)
        return make(built)

    return Aligned(tuple(s for p in kept for s in p.slots), fill)


def _products(a: Term, b: Term, ones: bool) -> Aligned | None:
    (above_a, below_a), (above_b, below_b) = _factors(a), _factors(b)
    above, below = _paired(above_a, above_b, ones), _paired(below_a, below_b, ones)
    if above is None or below is None:
        return None

    def make(built: list[Term]) -> Term:
        numerator, denominator = mul(*built[: len(above)]), mul(*built[len(above) :])
        return numerator if denominator == ONE else Div(numerator, denominator)

    return _together([_powers(x, y, ones) for x, y in (*above, *below)], make)


def _factors(term: Term) -> tuple[list[Term], list[Term]]:
    match term:
        case Mul(args=args):
            above: list[Term] = []
            below: list[Term] = []
            for arg in args:
                over, under = _factors(arg)
                above += over
                below += under
            return above, below
        case Div(numerator=numerator, denominator=denominator):
            (p, q), (r, s) = _factors(numerator), _factors(denominator)
            return p + s, q + r
        case _:
            return [term], []


def _paired(first: list[Term], second: list[Term], ones: bool) -> list[tuple[Term, Term]] | None:
    """Factors that correspond: of one base, or in order. What one side lacks is a power 0 or the number 1."""
    left, right = ([t for t in factors if ones or t != ONE] for factors in (first, second))
    pairs: list[tuple[Term, Term]] = []
    for x in list(left):
        partner = next((y for y in right if _base(y) == _base(x) and not isinstance(x, Number)), None)
        if partner is not None:
            pairs.append((x, partner))
            left.remove(x)
            right.remove(partner)
    if len(left) == len(right):
        return [*zip(left, right, strict=True), *pairs]
    numbers = [t for t in left if isinstance(t, Number)], [t for t in right if isinstance(t, Number)]
    others = [t for t in left if t not in numbers[0]], [t for t in right if t not in numbers[1]]
    more = max(len(n) for n in numbers)
    pairs += zip(*([*n, *[ONE] * (more - len(n))] for n in numbers), strict=True)
    if len(others[0]) == len(others[1]):
        return [*zip(*others, strict=True), *pairs]
    if others[0] and others[1]:
        return None
    pairs += [(t, Pow(_base(t), ZERO)) for t in others[0]]
    return [*pairs, *((Pow(_base(t), ZERO), t) for t in others[1])]


def _base(term: Term) -> Term:
    return term.base if isinstance(term, Pow) else term


def _exponent(term: Term) -> Term:
    return term.exponent if isinstance(term, Pow) else ONE


def _powers(a: Term, b: Term, ones: bool) -> Aligned | None:
    if not isinstance(a, Pow) and not isinstance(b, Pow):
        return _align(a, b, ones)
    if isinstance(a, Number) or isinstance(b, Number):
        return None
    return _together(
        [_align(_base(a), _base(b), ones), _align(_exponent(a), _exponent(b), ones)],
        lambda parts: _power(parts[0], parts[1]),
    )


def _power(base: Term, exponent: Term) -> Term:
    if exponent == ZERO:
        return ONE
    return base if exponent == ONE else Pow(base, exponent)


def _numbers_of(term: Term) -> Aligned:
    """Every number in a term that stands where it can count."""
    term = _unsigned(term)
    if isinstance(term, Number) and term.value.denominator == 1:
        value = constant(term.value)
        return Aligned((Slot(value, value),), lambda held: held[0])
    inner = children(term)
    if not inner or isinstance(term, Add):
        return Aligned((), lambda _: term)
    found = _together([_numbers_of(c) for c in inner], lambda parts: _with_children(term, parts))
    assert found is not None
    return found
