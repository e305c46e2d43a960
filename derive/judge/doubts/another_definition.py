"""Definitions that go round in a circle, or that lack their argument or what a derivative is taken by."""

from __future__ import annotations

from derive.judge.doubts.doubt import Open
from derive.model import Claim, Verdict
from derive.reasons import CONSTRAINT, Reason
from derive.verify.ladder.mentions import goes_round, misses_its_argument, varies_nothing


def reason(claim: Claim, refuted: Verdict) -> Reason | None:
    wrong = goes_round(claim) or varies_nothing(claim) or misses_its_argument(claim)
    return CONSTRAINT if wrong else None


DOUBT = Open(
    "doubt/another-definition",
    "the text means another definition than the one that was found",
    reason,
    unsaid=True,
    lifts=(
        "Let $y = 3$. Then we have $$\\frac{dy}{dx} = 2x.$$",
        "Let $f(x) = e^x$. Let $F(M) = e^x$. Thus we have $$F(2) + F(1) = 3 F(1).$$",
    ),
    stands=("Let $y = x^3$. Then we have $$\\frac{dy}{dx} = 2x.$$",),
)
