"""`All matrices here are symmetric`: words narrow the models, and no hypothesis says it of a symbol."""

from __future__ import annotations

from derive.judge.doubts.doubt import Open
from derive.model import Claim, Verdict
from derive.reasons import CONSTRAINT, Reason
from derive.term.nodes import ZERO, Probability, Symbol, Term
from derive.term.traverse import map_children
from derive.verify.ladder.mentions import reached


def reason(claim: Claim, refuted: Verdict) -> Reason | None:
    symbols: dict[str, Symbol] = {}
    for side in (claim.left, claim.right):  # `J(x)` with no x in what it is says nothing of the array x
        reached(_without_densities(side), claim.scope, symbols, parameters=False)
    special = "special-arrays" in claim.scope.options and any(s.type.shape != () for s in symbols.values())
    return CONSTRAINT if special else None


def _without_densities(term: Term) -> Term:
    """The term without `p(z \\mid x)`: whatever kind of arrays a distribution is of, it is one."""
    return ZERO if isinstance(term, Probability) else map_children(term, _without_densities)


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
        "All matrices here are idempotent. Let $A \\in \\mathbb{R}^{n \\times n}$. We have "
        "$$D_{KL}(q(z \\mid A) \\,\\|\\, p(z \\mid A)) = "
        "\\sum_z p(z \\mid A) \\log \\frac{q(z \\mid A)}{p(z \\mid A)}.$$",
        "Let $P \\in \\mathbb{R}^{n \\times n}$. We have $$P P x = P x$$ for every $x \\in \\mathbb{R}^n$.",
    ),
)
