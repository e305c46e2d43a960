"""`\\sum_i \\alpha_i y_i = 0`, the outcome of one section, goes into the sums of the next unsaid."""

from __future__ import annotations

from collections.abc import Iterator

from derive.judge.doubts.doubt import Weaken, given, left_open, nodes
from derive.model import Claim, Verdict
from derive.reasons import CONSTRAINT
from derive.term.nodes import BigOp, Element, Relation, Symbol
from derive.term.traverse import free_symbols

_DERIVED = 4
"""How many of the equations that earlier sections state about a claim's symbols are tried."""


def claims(claim: Claim, refuted: Verdict) -> Iterator[Claim]:
    if not any(isinstance(n, BigOp) or (isinstance(n, Symbol) and n.type.shape) for n in nodes(claim)):
        return  # of numbers alone any equation in x would excuse any slip in x
    names = {n for side in (claim.left, claim.right) for n in free_symbols(side)}
    derived = [
        t
        for t in claim.scope.elsewhere
        if isinstance(t, Relation)
        and t.op == "="
        and free_symbols(t)
        and free_symbols(t).keys() <= names
        # `x = 0` is a value in passing, under which a slip may well be true
        and not (isinstance(t.left, Symbol | Element) and not free_symbols(t.right))
    ][-_DERIVED:]
    if len(derived) > 1:
        yield given(claim, *derived)
    for t in derived:
        yield given(claim, t)


DOUBT = Weaken(
    "doubt/derived-before",
    "what an earlier section derives of these symbols goes into later ones unsaid",
    claims,
    left_open(CONSTRAINT),
    unsaid=True,
    lifts=(
        "# One\n\nSetting the slope to zero gives $$\\sum_{i=1}^n a_i y_i = 0.$$\n\n# Two\n\nWe "
        "have $$q = \\sum_{i=1}^n (a_i + a_i y_i) = \\sum_{i=1}^n (a_i - a_i y_i).$$",
    ),
    stands=(
        "# One\n\nSetting the slope to zero gives $$\\sum_{i=1}^n a_i y_i = 0.$$\n\n# Two\n\nWe "
        "have $$q = \\sum_{i=1}^n (a_i + a_i y_i) = \\sum_{i=1}^n (a_i - y_i).$$",
    ),
)
