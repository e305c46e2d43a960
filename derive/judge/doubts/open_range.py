"""The index of a sum whose range is not told, `\\sum_{i < j} 1`, where the other side has no such sum."""

from __future__ import annotations

from derive.judge.doubts.doubt import Open
from derive.model import Claim, Verdict
from derive.reasons import Reason, Why, no_definition
from derive.term.contents import among
from derive.term.nodes import BigOp, Binder, Symbol, Term
from derive.term.randomness import speaks_of_chance


def reason(claim: Claim, refuted: Verdict) -> Reason | None:
    """A range that the reader made up, on one side alone, or with another condition on either side."""
    if speaks_of_chance(claim.left, claim.right):
        return None  # a sum over x is one over the values of x
    left, right = _untold(claim.left), _untold(claim.right)
    for b in (*left, *right):
        conditions = [{str(o.condition) for o in side} for side in (left, right)]
        if not left or not right or conditions[0] != conditions[1]:
            return no_definition(b.variable.name, of=Why.RANGE)
    return None


def _untold(term: Term) -> list[Binder]:
    binders = (b for n in among(term, BigOp) for b in n.binders if b.domain is None)
    return [b for b in binders if b.upper is None or (isinstance(b.upper, Symbol) and made_up(b.upper))]


def made_up(bound: Symbol) -> bool:
    """Whether the bound is the reader's name for the number of values that an index has."""
    return bound.name.startswith("N_{")


DOUBT = Open(
    "doubt/open-range",
    "a sum does not tell its range, and the other side has no such sum",
    reason,
    lifts=("We have $$q = \\sum_{i \\neq j} a_i = a_1.$$",),
    stands=(
        "We have $$\\mathbb{E}_{x \\sim q}[\\log q(x)] = \\sum_x p(x) \\log q(x).$$",
        "We have $$q = \\sum_i (x_i + y_i) = \\sum_i x_i - \\sum_i y_i.$$",
        "We have $$q = \\sum_{i=1}^n 2 x_i = \\sum_{i=1}^n x_i.$$",
    ),
)
