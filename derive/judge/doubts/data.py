"""Values that the document plugs in: `P(A) P(B \\mid A) = 0.5 \\cdot 0.2`."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from derive.judge.doubts.doubt import Falls, Weaken, left_open, reread
from derive.model import Claim, Verdict
from derive.reasons import CONSTRAINT
from derive.term.nodes import Number
from derive.term.traverse import free_symbols


def claims(claim: Claim, refuted: Verdict) -> Iterator[Claim]:
    """That the left side has the counterexample's value everywhere: else other values may be the text's.

    Where the right side is reckoned in numbers alone, and more than the bare 0 or 1 of a condition.
    """
    ours = free_symbols(claim.left)
    if claim.relation != "=" or refuted.counterexample is None or free_symbols(claim.right):
        return
    if not ours or not ours.keys() & set(claim.fresh):
        return
    if isinstance(claim.right, Number) and claim.right.value.denominator == 1:
        return
    try:
        value = Fraction(refuted.counterexample.left)
    except ValueError:
        return
    yield reread(claim, claim.left, Number(value))


DOUBT = Weaken(
    "doubt/data",
    "the right side puts numbers in for symbols that nothing before gives a value",
    claims,
    left_open(CONSTRAINT),
    falls=Falls.UNLESS_IT_HOLDS,
    unsaid=True,
    lifts=(
        "The chance is $$P = p (1 - p) = 0.5 \\cdot 0.5 = 0.25.$$",
        "The force is $$F = m a = 2 \\cdot 1 = 2.$$",
    ),
    stands=("Let $p = 0.5$. The chance is $$P = p (1 - p) = 0.5 \\cdot 0.3 = 0.15.$$",),
)
