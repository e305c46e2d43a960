"""`All matrices here are symmetric`: words narrow the models, and no hypothesis says it of a symbol."""

from __future__ import annotations

from derive.judge.doubts.doubt import Open
from derive.model import Claim, Verdict
from derive.reasons import CONSTRAINT, Reason
from derive.verify.ladder.mentions import reached


def reason(claim: Claim, refuted: Verdict) -> Reason | None:
    symbols = {**reached(claim.left, claim.scope), **reached(claim.right, claim.scope)}
    special = "special-arrays" in claim.scope.options and any(s.type.shape != () for s in symbols.values())
    return CONSTRAINT if special else None


DOUBT = Open(
    "doubt/special-arrays",
    "words of the text narrow its arrays in a way that was not read",
    reason,
    unsaid=True,
    lifts=(
        "All matrices here are idempotent. Let $P \\in \\mathbb{R}^{n \\times n}$. We have $$P P x = P x$$ "
        "for every $x \\in \\mathbb{R}^n$.",
    ),
    stands=(
        "Let $P \\in \\mathbb{R}^{n \\times n}$. We have $$P P x = P x$$ for every $x \\in \\mathbb{R}^n$.",
    ),
)
