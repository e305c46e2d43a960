"""Definitions that go round in a circle, or that do not have what a derivative is taken by."""

from __future__ import annotations

from derive.judge.doubts.doubt import Open
from derive.model import Claim, Verdict
from derive.reasons import CONSTRAINT, Reason
from derive.verify.ladder.mentions import goes_round, varies_nothing


def reason(claim: Claim, refuted: Verdict) -> Reason | None:
    return CONSTRAINT if goes_round(claim) or varies_nothing(claim) else None


DOUBT = Open(
    "doubt/another-definition",
    "the text means another definition than the one that was found",
    reason,
    unsaid=True,
    lifts=("Let $y = 3$. Then we have $$\\frac{dy}{dx} = 2x.$$",),
    stands=("Let $y = x^3$. Then we have $$\\frac{dy}{dx} = 2x.$$",),
)
