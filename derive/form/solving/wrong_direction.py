"""An inequality is drawn from another one that says the opposite.

`$-2x < 6$, so $x < -3$`, `$\\frac1u \\ge 3$ and hence $u \\ge \\frac13$`: whoever multiplies by a negative
number, applies a decreasing function or goes over to the complement of an event turns the sign. It is told
where the conclusion fails under the inequality before, and where the two are equivalent once it is turned.
All letters may be positive for that; it is left alone where a negative letter makes the step right.
What is not known, the value of a function, a norm, a probability, counts as a positive letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from derive.classes import replace
from derive.expressions import regex
from derive.form.cause import cause
from derive.form.solving.asking import rounded
from derive.form.solving.surroundings import Beside, alone, inequality_before
from derive.form.solving.words import Says, said_of
from derive.judge.relevance import relevant
from derive.mend.case import GOOD, Case
from derive.model import SET_ASIDE, Claim, Diagnostic, Fix, Label, Severity, Span, Stance, Status
from derive.term.construct import sub
from derive.term.contents import among
from derive.term.nodes import (
    ONE,
    TWO,
    ZERO,
    Apply,
    Call,
    Expectation,
    Pow,
    Probability,
    Relation,
    Symbol,
    Term,
    Type,
)
from derive.term.scope import Reading, Scope
from derive.term.traverse import free_symbols, map_children
from derive.verify.budget import CheckerFault

CODE, NAME = "DRV047", "wrong-direction"
_TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
_STRICT = {"<=": "<", ">=": ">"}
_SIGN = {"<": "<", ">": ">", "<=": "\\le", ">=": "\\ge"}
_ABSURD = regex(r"\b(?:contradict\w*|absurd\w*|impossible|cannot|not hold|fails)\b|矛盾", re.IGNORECASE)
_ALTERNATIVE = regex(r"^\W*or\W*$", re.IGNORECASE)
"""`$x < a$ or $x > a$`: two cases."""
_LETTERS = 6
_OPAQUE = ("norm", "cardinality")


def check(case: Case) -> Diagnostic | None:
    claim = case.claim
    if claim.stance in SET_ASIDE or len(claim.readings) > 1:
        return None
    if claim.relation == "implies":
        first, second = claim.left, claim.right
        if isinstance(first, Relation) and isinstance(second, Relation):
            return _checked(case, first, second, None)
        return None
    if claim.relation not in _TURNED or not alone(case, claim):
        return None
    before = inequality_before(case)
    if before is None or before.claim.relation not in _TURNED or len(before.claim.readings) > 1:
        return None
    if not alone(case, before.claim) or before.claim.stance in SET_ASIDE:
        return None
    said = said_of(before)
    if said is None or said.value is not Says.FOLLOWS or _ALTERNATIVE.match(before.between):
        return None
    if _ABSURD.search(f"{before.lead} {before.tail}"):
        return None
    first = Relation(before.claim.relation, before.claim.left, before.claim.right)
    return _checked(case, first, Relation(claim.relation, claim.left, claim.right), before)


def _checked(case: Case, first: Relation, second: Relation, before: Beside | None) -> Diagnostic | None:
    if first.op not in _TURNED or second.op not in _TURNED or rounded(first, second):
        return None
    opaque = _Opaque(case.claim.scope)
    one, two = opaque.relation(first), opaque.relation(second)
    letters = tuple({**free_symbols(one), **free_symbols(two)}.values())
    if not letters or len(letters) > _LETTERS or not free_symbols(two).keys() & free_symbols(one).keys():
        return None
    spreads = _spreads(case.claim.scope)
    sure = tuple(Relation(">", s, ZERO) for s in letters if s.name in spreads)
    positive = tuple(Relation(">", s, ZERO) for s in letters if _is_number(s) and s.name not in spreads)
    asked = _Step(case, (*opaque.bounds(), *sure), one, two)
    if not any(asked.fails(signs) and asked.turned_holds(signs) for signs in (positive, ())):
        return None
    if any(asked.holds(signs) for signs in _one_negative(positive)):
        return None
    claim = case.claim
    turned = replace(second, op=_TURNED[second.op])
    return case.finding(
        CODE,
        NAME,
        f"from ${first.to_latex()}$ it follows the other way round: ${turned.to_latex()}$",
        severity=Severity.ERROR,
        span=claim.right_span if before is None else claim.span,
        labels=(Label(before.claim.span, "the inequality before"),) if before is not None else (),
        fix=_turn(case, second),
    )


def _turn(case: Case, second: Relation) -> Fix | None:
    """The sign between the two sides, turned, where it stands by itself in the source."""
    left, right = case.locate(second.left), case.locate(second.right)
    if left is None or right is None or left.end > right.start:
        return None
    between = Span(left.end, right.start)
    text = case.document.source.text[between.start : between.end]
    if not re.fullmatch(r"[\s&]*(?:[<>≤≥⩽⩾]|\\[a-z]+)[\s&]*", text):
        return None
    sign = re.sub(r"[<>≤≥⩽⩾]|\\[a-z]+", lambda _: _SIGN[_TURNED[second.op]], text)
    return Fix(sign if sign[-1:].isspace() else sign + " ", "turn the sign", between)


class _Step:
    """The question whether one inequality follows from another, under the signs of the letters."""

    def __init__(self, case: Case, bounds: Sequence[Term], first: Relation, second: Relation) -> None:
        self.case, self.bounds, self.first, self.second = case, tuple(bounds), first, second

    def fails(self, signs: Sequence[Term]) -> bool:
        return self._status(signs, self.first, self.second) is Status.REFUTED

    def turned_holds(self, signs: Sequence[Term]) -> bool:
        """Whether the turned conclusion is the premise in other words."""
        first, second = self.first, self.second
        return self._equivalent(signs, first, replace(second, op=_TURNED[second.op]))

    def holds(self, signs: Sequence[Term]) -> bool:
        return self._equivalent(signs, self.first, self.second)

    def _equivalent(self, signs: Sequence[Term], first: Relation, second: Relation) -> bool:
        back = replace(first, op=_strict(_TURNED[first.op]))
        opposite = replace(second, op=_TURNED[second.op])
        if self._status(signs, first, second) not in GOOD:
            return False
        return self._status(signs, back, opposite) in GOOD or self._status(signs, second, first) in GOOD

    def _status(self, signs: Sequence[Term], under: Relation, asked: Relation) -> Status | None:
        """What comes of a relation under another one; None where nothing satisfies that."""
        claim: Claim = self.case.claim
        scope: Scope = claim.scope
        hypotheses = (*scope.hypotheses, *self.bounds, *signs, under)
        question = replace(
            claim,
            left=asked.left,
            right=asked.right,
            relation=asked.op,
            readings=(Reading((asked.left, asked.right)),),
            scope=replace(scope, hypotheses=hypotheses, soft=()),
            stance=Stance.ASSERTED,
            fresh=(),
        )
        try:
            return self.case.mender.decide(relevant(question)).status
        except CheckerFault:
            return None


def _strict(op: str) -> str:
    return _STRICT.get(op, op)


def _is_number(symbol: Symbol) -> bool:
    return symbol.type.shape == () and symbol.type.domain in (
        "real", "integer", "natural", "nonnegative", "positive", "positive_integer", "unit",
    )  # fmt: skip


def _spreads(scope: Scope) -> set[str]:
    """Letters whose squares a distribution has for its last parameter, `N(m, s^2)`: they are positive."""
    found: set[str] = set()
    for hypothesis in scope.hypotheses:
        match hypothesis:
            case Relation(op="sim", right=Call(args=(_, spread))):
                found |= {
                    n.base.name
                    for n in among(spread, Pow)
                    if isinstance(n.base, Symbol) and n.exponent == TWO
                }
            case _:
                pass
    return found


def _one_negative(positive: Sequence[Relation]) -> Iterator[tuple[Relation, ...]]:
    """The signs of the letters with one of them negative, the others positive or any."""
    for k, one in enumerate(positive):
        negative = replace(one, op="<")
        yield (negative,)
        yield (*positive[:k], negative, *positive[k + 1 :])


class _Opaque:
    """Letters for what has no value here: a probability, a norm, a value of a function that is not defined.

    The probabilities of an event and of its complement are `p` and `1 - p`. An event with a strict sign and
    the same with a weak one count as one: the bound that is drawn may be wider than it must.
    """

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.letters: dict[Term, Symbol] = {}

    def relation(self, relation: Relation) -> Relation:
        return Relation(relation.op, self._visit(relation.left), self._visit(relation.right))

    def bounds(self) -> tuple[Term, ...]:
        return tuple(Relation("<", s, ONE) for t, s in self.letters.items() if isinstance(t, Probability))

    def _visit(self, term: Term) -> Term:
        match term:
            case Probability(args=(Relation(op=op) as event,), function=None) if op in _TURNED:
                strict = replace(event, op=_strict(op))
                other = replace(term, args=(replace(strict, op=_strict(_TURNED[op])),))
                if other in self.letters:
                    return sub(ONE, self.letters[other])
                return self._letter(replace(term, args=(strict,)))
            case Probability() | Expectation():
                return self._letter(term)
            case Apply(head=head) if head in _OPAQUE:
                return self._letter(term)
            case Call(function=Symbol(name=name)) if name not in self.scope.definitions:
                return self._letter(term)
            case _:
                return map_children(term, self._visit)

    def _letter(self, term: Term) -> Symbol:
        name = f"o_{{{len(self.letters) + 1}}}"
        return self.letters.setdefault(term, Symbol(name, Type("positive")))


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "We have $-2x < 6$, so $x < -3$.\n",
        "For $x > 0$ and $y > 0$ we get $\\frac{1}{x} < \\frac{1}{y}$, hence $x < y$.\n",
        "We know that $P(X \\ge t) \\le e^{-t}$, that is, $P(X < t) \\le 1 - e^{-t}$.\n",
        "We get $$1 - a \\ge 1 - b \\implies a \\ge b.$$\n",
    ),
    valid=(
        "We have $-2x < 6$, so $x > -3$.\n",
        "For $x > 0$ and $y > 0$ we get $\\frac{1}{x} < \\frac{1}{y}$, hence $x > y$.\n",
        "We know that $P(X \\ge t) \\le e^{-t}$, that is, $P(X < t) \\ge 1 - e^{-t}$.\n",
        "We get $$1 - a \\ge 1 - b \\implies a \\le b.$$\n",
        "Let $k$ be a negative constant. We have $k x < 6$, so $x > \\frac{6}{k}$.\n",
    ),
    when="any",
)
