"""Sums that name their last term alone, `\\sum_i^m x_i`: from 1 on for most authors, from 0 for some."""

from __future__ import annotations

from collections.abc import Iterator

from derive.classes import replace
from derive.judge.doubts.doubt import Falls, Weaken, left_open, reread
from derive.model import Claim, Verdict
from derive.reasons import unsupported
from derive.reasons.gaps import Gap
from derive.term.contents import among
from derive.term.nodes import ZERO, BigOp
from derive.verify.ladder.one_ended import begun, one_ended


def claims(claim: Claim, refuted: Verdict) -> Iterator[Claim]:
    scope = claim.scope
    terms = (claim.left, claim.right, *scope.hypotheses, *(d.body for d in scope.definitions.values()))
    if any(one_ended(b) for t in terms for n in among(t, BigOp) for b in n.binders):
        from_zero = reread(claim, begun(claim.left, ZERO), begun(claim.right, ZERO))
        definitions = {k: replace(d, body=begun(d.body, ZERO)) for k, d in scope.definitions.items()}
        hypotheses = tuple(begun(h, ZERO) for h in scope.hypotheses)
        yield replace(from_zero, scope=replace(scope, hypotheses=hypotheses, definitions=definitions))


DOUBT = Weaken(
    "doubt/either-start",
    "a sum that names its last term alone starts at 1 for most authors, at 0 for some",
    claims,
    left_open(unsupported(Gap.RANGE_WITH_ONE_END)),
    falls=Falls.UNLESS_REFUTED,
    paired=True,
    lifts=("We have $$\\sum_i^m 1 = m + 1.$$",),
    stands=("We have $$\\sum_i^m 1 = m + 2.$$",),
)
