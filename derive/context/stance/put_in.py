"""Numbers put into a formula: `\\frac{P(D|C) P(C)}{P(D)} = \\frac{0.3 \\cdot 0.5}{0.2}`."""

from __future__ import annotations

from derive.context.links import is_atom, is_constant
from derive.term.nodes import BigOp, Expectation, Probability, Term
from derive.term.traverse import children


def numbers_put_in(left: Term, right: Term) -> bool:
    """Whether the right side is the left one with numbers for some of what it names, sums or expects.

    These are data of the text, which no value of the letters can refute."""
    return left != right and not is_constant(right) and _put(left, right)


def _put(left: Term, right: Term) -> bool:
    if left == right:
        return True
    if is_constant(right) and not is_constant(left):
        return is_atom(left) or isinstance(left, BigOp | Expectation | Probability)
    inside, other = children(left), children(right)
    return (
        type(left) is type(right)
        and bool(inside)
        and len(inside) == len(other)
        and all(_put(a, b) for a, b in zip(inside, other, strict=True))
        and not is_atom(left)
    )
