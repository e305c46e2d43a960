"""An inequality between quantities whose range nobody states."""

from __future__ import annotations

from collections.abc import Iterator

from derive.classes import replace
from derive.judge.doubts.doubt import Falls, Weaken, left_open
from derive.model import Claim, Verdict
from derive.reasons import CONSTRAINT
from derive.term.traverse import free_symbols
from derive.verify.ladder.mentions import reached

_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "ll": ">=", "gg": "<="}


def claims(claim: Claim, refuted: Verdict) -> Iterator[Claim]:
    """The opposite: an inequality is wrong when that holds throughout; where it does not, the text may mean
    the values for which it fails."""
    if claim.relation not in _OPPOSITE:
        return
    ours = {*reached(claim.left, claim.scope), *reached(claim.right, claim.scope)}
    near = [free_symbols(h).keys() for h in claim.scope.hypotheses]
    if not ours <= {n for names in near if names <= ours for n in names}:
        yield replace(claim, relation=_OPPOSITE[claim.relation])


DOUBT = Weaken(
    "doubt/unsaid-range",
    "the inequality holds for some values, and nobody says which are meant",
    claims,
    left_open(CONSTRAINT),
    falls=Falls.UNLESS_IT_HOLDS,
    unsaid=True,
    lifts=("Thus we see $$1 > \\frac{\\sin x}{x} > \\cos x$$",),
    stands=("For all real $x$ we have $$x^2 + 1 < 0.$$",),
)
