"""What the ladder found a counterexample to rest on, and whether that counts.

The ladder writes down what it took for granted (`rests_on` in the evidence); whether the refutation may be
shown then is asked here like everything else.
"""

from __future__ import annotations

from collections.abc import Callable

from derive.judge.doubts.doubt import Open
from derive.model import Claim, Verdict
from derive.reasons import CONSTRAINT, Reason, Why, no_definition


def _rests_on(what: str, of: Why | None = None) -> Callable[[Claim, Verdict], Reason | None]:
    def reason(claim: Claim, refuted: Verdict) -> Reason | None:
        found = refuted.evidence.get("rests_on", {}).get(what)
        return no_definition(*found, of=of) if found else None

    return reason


ONE_SIDED_FUNCTION = Open(
    "doubt/one-sided-function",
    "of an unknown function that only one side speaks of nothing holds in general",
    _rests_on("function"),
    lifts=("We have $$f(2) + 1 = 4.$$",),
    stands=("Let $f(x) = x$. We have $$f(2) + 1 = 4.$$",),
)
UNTOLD_LENGTH = Open(
    "doubt/untold-length",
    "nobody states the length of a vector, and the bound of the sum over its elements may be meant for it",
    _rests_on("length", Why.LENGTH),
    lifts=("Let $x$ be a vector. We have $$\\sum_{i=1}^n x_i^2 + \\sum_{i=1}^k x_i^2 = 2 x^\\top x.$$",),
    stands=("Let $x \\in \\mathbb{R}^n$. We have $$\\sum_{i=1}^n x_i^2 = 2 x^\\top x.$$",),
)
OUTSIDE = Open(
    "doubt/outside",
    "the counterexample breaks what the text states of its quantities",
    lambda claim, refuted: CONSTRAINT if refuted.evidence.get("rests_on", {}).get("outside") else None,
    lifts=("Let $x + y \\in \\{0, 1\\}$. We get $$q = (x + y)^2 + 1 = x + y + 1.$$",),
    stands=("Let $x + y \\in \\{0, 1\\}$. We get $$q = (x + y)^2 + 1 = x + y + 2.$$",),
)
NUMBER_FOR_ARRAY = Open(
    "doubt/number-for-array",
    "an array stands against a symbol that was tried as a number: it is no number there",
    _rests_on("array"),
    lifts=("Let $A \\in \\mathbb{R}^{n \\times n}$ be a matrix. Then we have $$A A A = q.$$",),
    stands=("Let $A \\in \\mathbb{R}^{n \\times n}$. Then we have $$A A + A = A A A.$$",),
)
