"""`\\cos(45)`: an angle of a whole number is meant in degrees more often than in radians."""

from __future__ import annotations

from collections.abc import Iterator

from derive.judge.doubts.doubt import Weaken, changed, left_open
from derive.model import Claim, Verdict
from derive.reasons import Reason, Why
from derive.term.nodes import Apply, Constant, Div, Mul, Neg, Number, Term, integer
from derive.term.traverse import map_children

_OF_ANGLES = frozenset({"sin", "cos", "tan", "cot", "sec", "csc"})
_LEAST = 5
"""Whole numbers below are radians as well."""


def claims(claim: Claim, refuted: Verdict) -> Iterator[Claim]:
    yield from changed(claim, _in_degrees)


def _in_degrees(term: Term) -> Term:
    inside = map_children(term, _in_degrees)
    match inside:
        case Apply(head=head, args=(angle,)) if head in _OF_ANGLES and _whole(angle):
            return Apply(head, (Mul((angle, Div(Constant("pi"), integer(180)))),), span=inside.span)
        case _:
            return inside


def _whole(angle: Term) -> bool:
    match angle:
        case Neg(arg=arg):
            return _whole(arg)
        case Number(value=value):
            return value.denominator == 1 and value >= _LEAST
        case _:
            return False


DOUBT = Weaken(
    "doubt/degrees",
    "an angle of a whole number is meant in degrees by many authors",
    claims,
    left_open(Reason(Why.OPEN_NOTATION)),
    unsaid=True,
    lifts=("Hence $$2 \\times \\sqrt{8} \\times \\cos(45) = 4.$$",),
    stands=("Hence $$2 \\times \\sqrt{8} \\times \\cos(45) = 5.$$", "Hence $$2 \\cos(1) = \\sqrt{3} + 1.$$"),
)
