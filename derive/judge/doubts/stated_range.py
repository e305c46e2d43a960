"""Ranges that are stated of something other than a symbol, or with `\\gg`: no model was held to them."""

from __future__ import annotations

from collections.abc import Iterator

from derive.classes import replace
from derive.judge.doubts.doubt import GOOD, Falls, Weaken, undecided
from derive.model import Claim, Verdict
from derive.reasons import CONSTRAINT
from derive.term.nodes import Constant, Interval, Neg, Relation, Symbol, Term, integer

_FAR = integer(100)
"""What is much larger than one."""


def claims(claim: Claim, refuted: Verdict) -> Iterator[Claim]:
    """The claim with such hypotheses as inequalities."""
    hypotheses = claim.scope.hypotheses
    spelled = tuple(s for h in hypotheses for s in _inequalities(h))
    if spelled != hypotheses:
        yield replace(claim, scope=replace(claim.scope, hypotheses=spelled))


def _inequalities(hypothesis: Term) -> Iterator[Term]:
    match hypothesis:
        case Relation(op="in", left=left, right=Interval() as range_) if not isinstance(left, Symbol):
            yield from _within(left, range_)
        case Relation(op="gg", left=left, right=right):
            yield Relation(">", left, right)
            yield Relation(">", left, _FAR)
        case Relation(op="ll", left=left, right=right):
            yield Relation("<", left, right)
        case _:
            yield hypothesis


def _within(left: Term, range_: Interval) -> Iterator[Term]:
    if range_.lower != Neg(Constant("infinity")):
        yield Relation(">" if range_.left_open else ">=", left, range_.lower)
    if range_.upper != Constant("infinity"):
        yield Relation("<" if range_.right_open else "<=", left, range_.upper)


def becomes(weakened: Claim, answer: Verdict, claim: Claim, refuted: Verdict) -> Verdict:
    return answer if answer.status in GOOD else undecided(CONSTRAINT, refuted)


DOUBT = Weaken(
    "doubt/stated-range",
    "the counterexample lies outside of what the text states of its quantities",
    claims,
    becomes,
    falls=Falls.UNLESS_REFUTED,
    lifts=(
        "Let $f(x) \\in [0,1]$. We get $$q = |f(x)| = f(x).$$",
        "Let $x \\gg 1$. We get $$q = |x| = x.$$",
    ),
    stands=(
        "Let $f(x) \\in [0,1]$. We get $$q = |f(x)| = f(x)^2.$$",
        "Let $x \\gg 1$. We get $$q = |x| = 2 x.$$",
    ),
)
