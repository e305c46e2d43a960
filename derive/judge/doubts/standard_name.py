"""`\\sigma` need not be the sigmoid."""

from __future__ import annotations

from collections.abc import Iterator

from derive.classes import replace
from derive.judge.doubts.doubt import Falls, Weaken, undecided
from derive.laws.standard import other_meanings, unsettled
from derive.model import Claim, Verdict
from derive.reasons import no_definition


def claims(claim: Claim, refuted: Verdict) -> Iterator[Claim]:
    for scope in other_meanings(claim):
        yield replace(claim, scope=scope)


def becomes(weakened: Claim, answer: Verdict, claim: Claim, refuted: Verdict) -> Verdict:
    return undecided(no_definition(*unsettled(claim)), refuted)


DOUBT = Weaken(
    "doubt/standard-name",
    "no word of the text says which function of that name is meant",
    claims,
    becomes,
    falls=Falls.UNLESS_REFUTED,
    lifts=("The activation is $\\sigma$. $$\\sigma'(x) = 1 - \\sigma(x)^2$$",),
    stands=("The sigmoid is $\\sigma$. $$\\sigma'(x) = \\sigma(x)(1 + \\sigma(x))$$",),
)
