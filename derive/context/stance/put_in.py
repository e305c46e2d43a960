"""Numbers put into a formula: `\\frac{P(D|C) P(C)}{P(D)} = \\frac{0.3 \\cdot 0.5}{0.2}`."""

from __future__ import annotations

from fractions import Fraction

from derive.context.links import is_atom, is_constant
from derive.term.contents import among
from derive.term.nodes import BigOp, Div, Expectation, Number, Probability, Term
from derive.term.traverse import children, walk


def numbers_put_in(left: Term, right: Term) -> bool:
    """Whether the right side is the left one with numbers for some of what it names, sums or expects.

    These are data of the text, which no value of the letters can refute."""
    if left == right or is_constant(right):
        return False
    return _put(left, right) or _chances_put_in(left, right)


def _chances_put_in(left: Term, right: Term) -> bool:
    """Whether probabilities of the left side are gone, and shares between 0 and 1 stand on the right that it
    had not: some were put in, others written out."""
    gone = {n for n in among(left, Probability)} - set(walk(right))
    return bool(gone) and bool(_shares(right) - _shares(left))


def _shares(term: Term) -> set[Fraction]:
    found = {n.value for n in among(term, Number)}
    for node in walk(term):
        match node:
            case Div(numerator=Number(value=a), denominator=Number(value=b)) if b:
                found.add(a / b)
            case _:
                pass
    return {value for value in found if 0 < value < 1}


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
