"""`w^0 = 2`: nobody writes the power zero of a letter to set it to a number; it is the first of several."""

from __future__ import annotations

from derive.judge.doubts.doubt import Open, nodes
from derive.model import Claim, Verdict
from derive.reasons import CONSTRAINT, Reason
from derive.term.nodes import Element, Number, Pow, Symbol


def reason(claim: Claim, refuted: Verdict) -> Reason | None:
    zeroth = any(
        isinstance(node, Pow)
        and isinstance(node.base, Symbol | Element)
        and isinstance(node.exponent, Number)
        and node.exponent.value == 0
        for node in nodes(claim)
    )
    return CONSTRAINT if zeroth else None


DOUBT = Open(
    "doubt/zeroth",
    "a letter with a zero above it is rather the first of several than a power",
    reason,
    lifts=(
        "We start at the point $w^0 = 2$ and take steps.",
        "We start with $d^0_j = 0$ for each of them and go on to $d^k_j$.",
    ),
    stands=("We get $w = 2 + 2 = 5$.",),
)
