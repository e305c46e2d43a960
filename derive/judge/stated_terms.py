"""What the document states of a chance or a mean, put in its place: `P(V) = 5/8`, then `P(B)/P(V)`.

So is what it states of something made of one: `\\log L(θ \\mid x) = \\sum_i …`, then `-\\log L(θ \\mid x)`.

Nothing tells of such a term by itself what it is. What holds once the stated value is put in holds under it;
what does not is left as it was, for another equation may have been meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.classes import replace
from derive.judge.doubts.doubt import GOOD, Decide, reread
from derive.model import Claim, Status, Verdict
from derive.reasons import Reason, Why
from derive.term.nodes import Relation, Term
from derive.term.randomness import speaks_of_chance
from derive.term.traverse import substitute, walk

_NEAR = 12
"""How many of the equations before a claim are looked at."""


def with_stated_terms(claim: Claim, verdict: Verdict, decide: Decide) -> Verdict:
    """The verdict of the claim with stated values put in, where these leave no chance in it and it holds."""
    if verdict.status is not Status.UNDECIDED or not speaks_of_chance(claim.left, claim.right):
        return verdict
    told = {left: right for left, right in _stated(claim)}
    used = {t for side in (claim.left, claim.right) for t in walk(side) if t in told}
    mapping = {term: told[term] for term in used}
    left, right = (substitute(side, mapping) for side in (claim.left, claim.right))
    if not mapping or speaks_of_chance(left, right):
        return verdict
    if left == right and not {claim.left, claim.right}.isdisjoint(mapping):
        return verdict  # the equation itself, stated once more
    answer = decide(replace(reread(claim, left, right), tried=True))
    if answer.status not in GOOD:
        return verdict
    conditions = (*answer.conditions, *(Relation("=", t, v).to_latex() for t, v in mapping.items()))
    return replace(answer, status=Status.HOLDS, reason=Reason(Why.UNDER_GIVEN), conditions=conditions)


def _stated(claim: Claim) -> Iterator[tuple[Term, Term]]:
    """A chance, or what is made of it, with the value that the text gives; the nearest comes last."""
    for equation in (*claim.scope.hypotheses, *claim.scope.soft[-_NEAR:]):
        match equation:
            case Relation(op="=", left=left, right=right):
                if speaks_of_chance(left) and not speaks_of_chance(right):
                    yield left, right
            case _:
                pass
