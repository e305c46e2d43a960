"""`v = x - y + 1` beside `y' = v^2`: a letter that is primed somewhere varies, though nothing says how."""

from __future__ import annotations

from collections.abc import Iterator

from derive.judge.doubts.doubt import Open, nodes
from derive.model import Claim, Verdict
from derive.reasons import CONSTRAINT, Reason
from derive.term.nodes import Derivative, Prime
from derive.term.traverse import free_symbols
from derive.verify.ladder.mentions import reached


def reason(claim: Claim, refuted: Verdict) -> Reason | None:
    """A derivative took a letter for a constant that the text primes as a name of its own."""
    if not any(isinstance(node, Prime | Derivative) for node in nodes(claim)):
        return None
    scope = claim.scope
    letters = {**reached(claim.left, scope), **reached(claim.right, scope)}
    varying = {name.rstrip("'") for name in _names(claim) if name.endswith("'")}
    constant = varying & letters.keys() - scope.definitions.keys() - scope.dependencies.keys()
    return CONSTRAINT if constant else None


def _names(claim: Claim) -> Iterator[str]:
    """Names that the claim and its scope speak of."""
    scope = claim.scope
    yield from scope.definitions
    for term in (claim.left, claim.right, *scope.hypotheses, *scope.soft):
        yield from free_symbols(term)


DOUBT = Open(
    "doubt/primed",
    "a derivative takes a letter for a constant that the text primes elsewhere",
    reason,
    lifts=(
        "The equation is $y' = (x - y + 1)^2$. Let $v(x) = x - y + 1$. Differentiating, $v'(x) = 1 - y'$.",
    ),
    stands=("Let $v(x) = x^2 + 1$. Differentiating, $v'(x) = 3x$.",),
)
