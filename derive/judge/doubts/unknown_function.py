"""A functional equation says what its function is."""

from __future__ import annotations

from derive.calculus.expansions import expands
from derive.judge.doubts.doubt import Open
from derive.model import Claim, Verdict
from derive.reasons import Reason, no_definition
from derive.verify.ladder.mentions import functional


def reason(claim: Claim, refuted: Verdict) -> Reason | None:
    if expands(claim.left, claim.right, claim.scope):
        return None
    names = functional(claim)
    return no_definition(*names) if names else None


DOUBT = Open(
    "doubt/unknown-function",
    "the sides take an unknown function at different arguments: that says what the function is",
    reason,
    unsaid=True,
    lifts=("We have $$g(x + y) = g(x) + g(y).$$",),
    stands=(
        "We have $$u(x + h) = u(x) + 2 h u'(x) + O(h^2).$$",
        "Let $g(x) = x^2$. We have $$g(x + y) = g(x) + g(y).$$",
    ),
)
