"""What follows from the equations before it: `2 a a' = 2 b b'` and `b = 3`, then `2 a a' = 6 b'`.

A step of solving is no identity, and no definition makes one of it. An equation that stands shortly before is
solved for something in which it is linear, values that the text gives are put in, and what comes out of the
claim must be an identity: then it holds under what was stated. Slopes, values of functions, sums and chances
are letters here; where there are slopes, the equation before may have been differentiated. What does not
follow is left as it was, for another equation may have been meant; and an equation that is only said again
follows from nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from derive.calculus.differentiate import NotDifferentiable, differentiate
from derive.calculus.solving import frozen, linear_in
from derive.classes import dataclass, replace
from derive.judge.doubts.doubt import GOOD, Decide, reread
from derive.model import SET_ASIDE, Claim, Decided, Stance, Status, Step, Verdict
from derive.reasons import Reason, Why
from derive.term.construct import add, mul, sub
from derive.term.contents import among, has
from derive.term.fingerprint import same
from derive.term.nodes import (
    ONE,
    ZERO,
    Apply,
    BigOp,
    Call,
    Derivative,
    Div,
    Ellipsis,
    Expectation,
    Integral,
    Limit,
    Number,
    Partial,
    Pow,
    Prime,
    Probability,
    Root,
    Symbol,
    Term,
)
from derive.term.traverse import free_names, free_symbols, map_children, substitute, walk

_REACH = 10
"""How many relations back an equation may stand that a line follows from."""
_NEAR = 8
"""How many equations before a line are solved."""
_EQUAL = ("=", "equiv")
_DRAWN = (*_EQUAL, "approx")
"""What is near one thing is near whatever is equal to that."""
_STEP = Step("standing", "holds", "standing/follows", "it follows from what the text states before it")
Sides = tuple[Term, Term]
_OPAQUE = (BigOp, Call, Derivative, Ellipsis, Expectation, Integral, Limit, Partial, Prime, Probability)


@dataclass(frozen=True, slots=True)
class _Given:
    """An equation before, its sides with letters for what is opaque."""

    latex: str
    left: Term
    right: Term
    derived: bool = False
    """Whether it is not what stands there, but the derivative of it."""

    @property
    def value(self) -> tuple[Symbol, Term] | None:
        """`b = 3`: the letter and the number it is."""
        match self.left, self.right:
            case Symbol() as letter, value if not free_symbols(value):
                return letter, value
            case value, Symbol() as letter if not free_symbols(value):
                return letter, value
            case _:
                return None


def following(before: Sequence[Decided], decided: Decided, decide: Decide) -> Decided:
    """The claim as one that holds under an equation before it, where it is open or a condition and does."""
    claim, verdict = decided.claim, decided.verdict
    if claim is None or claim.relation not in _DRAWN or claim.stance in (*SET_ASIDE, Stance.DEFINES):
        return decided
    conditional = verdict.status is Status.GIVEN and verdict.outcome is not None
    if verdict.status is not Status.UNDECIDED and not conditional:
        return decided
    if not _of_numbers(claim.left, claim.right):
        return decided
    given = tuple(_equations(before, claim))
    found = _drawn(claim, given, _Ways(given, claim), decide, 40)
    if found is None:
        return decided
    answer, used = found
    held = replace(
        verdict,
        status=Status.HOLDS,
        reason=Reason(Why.UNDER_GIVEN),
        conditions=(*answer.conditions, *(g.latex for g in used)),
        evidence=answer.evidence,
        outcome=Status.HOLDS,
        trail=(*verdict.trail, _STEP),
    )
    return replace(decided, verdict=held)


def _drawn(
    claim: Claim, given: Sequence[_Given], ways: _Ways, decide: Decide, most: int
) -> tuple[Verdict, tuple[_Given, ...]] | None:
    """The answer by which the claim holds with equations put in, and which; None where it holds with none."""
    own = _own(claim)
    if not free_symbols(sub(own.left, own.right)):
        return None
    if any(_said_again(own, g) for g in given if not g.derived):
        return None
    for left, right, used in islice(ways.put_into(own), most):
        if not same(left, right):
            continue
        bare = replace(claim.scope, definitions={}, dependencies={}, soft=(), elsewhere=())
        answer = decide(replace(reread(claim, left, right), relation="=", scope=bare, tried=True))
        if answer.status in GOOD:
            return answer, used
    return None


def _own(claim: Claim) -> _Given:
    return _Given(claim.latex, _lettered(claim.left), _lettered(claim.right))


def _squared(claim: Claim) -> Claim:
    """`v = \\sqrt{g h}` as `v^2 = g h`: which of the two roots is meant is no question of the step."""
    match claim.left, claim.right:
        case left, Root(radicand=radicand, index=index) if not isinstance(left, Root):
            return reread(claim, Pow(left, index), radicand)
        case _:
            return claim


@dataclass(frozen=True, slots=True)
class Premises:
    """The equations before a claim, for other claims in its place."""

    given: tuple[_Given, ...]
    letters: frozenset[str]
    """All that the equations speak of."""
    ways: _Ways
    decide: Decide
    most: int

    @classmethod
    def of(cls, before: Sequence[Decided], claim: Claim, decide: Decide, most: int = 12) -> Premises:
        given = tuple(_equations(before, claim)) if _of_numbers(claim.left, claim.right) else ()
        letters = frozenset(name for g in given for name in _names(g))
        return cls(given, letters, _Ways(given, claim), decide, most)

    def speak_of(self, claim: Claim) -> bool:
        own = _own(claim)
        return bool(self.given) and free_symbols(sub(own.left, own.right)).keys() <= self.letters

    def cover(self, claim: Claim) -> bool:
        """Whether one of them is the claim, or it follows from them."""
        own = _own(claim)
        return any(_said_again(own, g) for g in self.given) or self._drawn(claim) is not None

    def lead_to(self, claim: Claim) -> str | None:
        """The equation that the claim is a step from. What gives a value, `\\theta = k \\pi`, is none:
        another value is given anew."""
        used = self._drawn(claim)
        if not used or _gives_a_value(used[-1]):
            return None
        return used[-1].latex

    def _drawn(self, claim: Claim) -> tuple[_Given, ...] | None:
        found = _drawn(_squared(claim), self.given, self.ways, self.decide, self.most)
        return None if found is None else found[1]


def _gives_a_value(equation: _Given) -> bool:
    return isinstance(equation.left, Symbol) and equation.left.name not in free_symbols(equation.right)


def _equations(before: Sequence[Decided], claim: Claim) -> Iterator[_Given]:
    """What is stated in the part of the document that the claim stands in, nearest first."""
    start = claim.left_span
    anew: set[Term] = set()
    for entry in islice((e for e in reversed(before) if e.claim is not None), _REACH):
        other = entry.claim
        assert other is not None
        if other.section != claim.section:
            return
        if start is not None and other.right_span == start:
            start = other.left_span  # the link before in its own chain: with it every side would follow
            continue
        if other.relation not in _EQUAL and other.relation != claim.relation:
            continue
        if other.stance in SET_ASIDE:
            continue
        if entry.verdict.status in (Status.REFUTED, Status.ILL_FORMED, Status.PROVED):
            continue
        if _of_numbers(other.left, other.right):
            name = _lettered(other.left)
            if isinstance(name, Symbol):
                if name in anew:
                    continue  # another scheme for the same unknown: the two do not hold together
                if entry.verdict.status is not Status.HOLDS:
                    anew.add(name)
            yield _Given(other.latex, _lettered(other.left), _lettered(other.right))
            yield from _differentiated(other, claim)


class _Ways:
    """The equations before a claim, each solved once whatever they are put into."""

    def __init__(self, given: Sequence[_Given], claim: Claim) -> None:
        values = _values(given, claim)
        self._known: dict[Term, Term] = {letter: value for letter, (value, _) in values.items()}
        self._facts = tuple(g for _, g in values.values() if g is not None)
        self._equations = [
            form for g in [g for g in given if g.value is None][:_NEAR] for form in (g, *_in_other_forms(g))
        ]
        self._sides: dict[tuple[int, Term | None, Term | None], Sides] = {}

    def _at(self, k: int, letter: Term | None = None, value: Term | None = None) -> Sides:
        """The k-th equation where values are put in, and with a letter solved for."""
        key = k, letter, value
        if (found := self._sides.get(key)) is None:
            if letter is None or value is None:
                found = _at(self._equations[k], self._known)
            else:
                found = _at(_Given("", *self._at(k)), {letter: value})
            self._sides[key] = found
        return found

    def put_into(self, own: _Given) -> Iterator[tuple[Term, Term, tuple[_Given, ...]]]:
        """The sides of the claim with an equation solved and put in: as they stand, with values, with
        another."""
        equations, known, facts = self._equations, self._known, self._facts
        names = _names(own)
        for equation in equations:
            for letter, value in _solved((equation.left, equation.right), names, {}):
                yield *_at(own, {letter: value}), (equation,)
        valued = _Given("", *_at(own, known))
        for k, equation in enumerate(equations):
            for letter, value in _solved(self._at(k), names, known):
                yield *_at(valued, {letter: value}), (*facts, equation)
        for k, equation in enumerate(equations):
            speaks_of = _names(equation)
            for j, other in enumerate(equations):
                if other.latex == equation.latex:
                    continue
                for letter, value in _solved(self._at(j), speaks_of, known):
                    here = _Given("", *_at(valued, {letter: value}))
                    for second, result in _solved(self._at(k, letter, value), _names(here), {}):
                        yield *_at(here, {second: result}), (*facts, other, equation)


def _in_other_forms(given: _Given) -> Iterator[_Given]:
    """`a/b = c` as `a = b c`, `\\log y = x` as `y = e^x`: an equation in which more is linear."""
    left, right = given.left, given.right
    match left, right:
        case Div(numerator=a, denominator=b), Div(numerator=c, denominator=d):
            yield _Given(given.latex, mul(a, d), mul(c, b))
        case Div(numerator=a, denominator=b), _:
            yield _Given(given.latex, a, mul(b, right))
        case _, Div(numerator=c, denominator=d):
            yield _Given(given.latex, mul(left, d), c)
        case Apply(head="log", args=(argument,)), _:
            yield _Given(given.latex, argument, Apply("exp", (right,)))
        case _, Apply(head="log", args=(argument,)):
            yield _Given(given.latex, argument, Apply("exp", (left,)))
        case Root(radicand=argument, index=index), _:
            yield _Given(given.latex, argument, Pow(right, index))
        case _:
            pass


def _differentiated(first: Claim, claim: Claim) -> Iterator[_Given]:
    """The derivative of an equation by what the claim differentiates by, each of its letters a function."""
    slopes = [n for side in (claim.left, claim.right) for n in among(side, Derivative)]
    if not slopes or any(has(side, *_OPAQUE) for side in (first.left, first.right)):
        return
    by = slopes[0].variables
    moving = [s.body for s in slopes if isinstance(s.body, Symbol) and s.variables == by and by[0][1] == ONE]
    difference = sub(first.left, first.right)
    letters = free_symbols(difference)
    if len(by) > 1 or len(letters) < 2 or not letters.keys() <= {m.name for m in moving}:
        return  # `c = 5` at one moment does not say that c stands still
    slope = {n: _lettered(Derivative(letter, by, partial=slopes[0].partial)) for n, letter in letters.items()}
    try:
        total = add(*(mul(differentiate(difference, letter), slope[n]) for n, letter in letters.items()))
    except NotDifferentiable:
        return
    yield _Given(first.latex, total, ZERO, derived=True)


def _values(given: Iterable[_Given], claim: Claim) -> Mapping[Symbol, tuple[Term, _Given | None]]:
    """The numbers that letters were set to, in equations or by definition; not where there are several."""
    found: dict[Symbol, tuple[Term, _Given | None]] = {}
    several: set[Symbol] = set()
    for equation in given:
        if (told := equation.value) is None:
            continue
        letter, value = told
        if letter in found and found[letter][0] != value:
            several.add(letter)
        found[letter] = (value, equation)
    for name, definition in claim.scope.definitions.items():
        if definition.kind == "symbol" and isinstance(definition.body, Number):
            letter = next((s for s in found if s.name == name), Symbol(name))
            found.setdefault(letter, (definition.body, None))
    return {letter: told for letter, told in found.items() if letter not in several}


def _solved(sides: Sides, names: frozenset[str], known: Mapping[Term, Term]) -> Iterator[tuple[Symbol, Term]]:
    """An equation solved for letters of what it is to be put into, which has these `names`."""
    found = (f for f in linear_in(sub(*sides), names) if f[0] not in known)
    # `(a - b) X = 0` makes nothing of X: either factor may be the zero, and with X = 0 all would follow
    yield from islice((f for f in found if not same(f[1], ZERO)), 2)


def _names(equation: _Given) -> frozenset[str]:
    return free_names(equation.left) | free_names(equation.right)


def _at(equation: _Given, values: Mapping[Term, Term]) -> Sides:
    return substitute(equation.left, values), substitute(equation.right, values)


def _said_again(own: _Given, other: _Given) -> bool:
    """Whether the one is the other as it stands, or with its sides changed."""
    return {own.left, own.right} == {other.left, other.right}


def _of_numbers(*sides: Term) -> bool:
    """Whether all of it is numbers: no array, no dots."""
    for side in sides:
        for node in walk(side):
            match node:
                case Symbol(type=type_) if type_.shape != ():
                    return False
                case Ellipsis():
                    return False
                case _:
                    pass
    return True


def _lettered(term: Term) -> Term:
    """The term with a letter for all that no value is put into."""
    return _closed(frozen(term))


def _closed(term: Term) -> Term:
    if isinstance(term, _OPAQUE):
        return Symbol(f"{term.to_latex()}!")
    return map_children(term, _closed)
