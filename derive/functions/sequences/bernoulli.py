"""Bernoulli numbers B_n; NIST DLMF 24.2. For B_1 authors differ: -1/2 or 1/2."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from math import comb
from typing import Any

from derive.functions.record import Computed, Function, Letter
from derive.reasons.gaps import Gap
from derive.term.construct import number
from derive.term.nodes import Number, Term

_FARTHEST, _WRITTEN_OUT = 1000, 60


def _value(c: Any, n: Any) -> Any:
    k = c.order(n, _FARTHEST, "the index of a Bernoulli number")
    if k == 1:
        raise c.undefined(Gap.BERNOULLI_NUMBER_OF_INDEX_1)
    c.take(1 + k)
    return c.bernoulli(k)


@cache
def _number(n: int) -> Fraction:
    """By the sum of C(n + 1, k) B_k over k ≤ n, which is zero, DLMF 24.5.3."""
    if n == 0:
        return Fraction(1)
    if n == 1:
        return Fraction(-1, 2)
    if n % 2:
        return Fraction(0)
    return -sum((comb(n + 1, k) * _number(k) for k in range(n)), Fraction(0)) / (n + 1)


def _written_out(n: Term) -> Term | None:
    if isinstance(n, Number) and n.value.denominator == 1 and 0 <= n.value <= _WRITTEN_OUT and n.value != 1:
        return number(_number(int(n.value)))
    return None


FUNCTIONS = (
    Function(
        "bernoulli",
        "B_{{0}}",
        "DLMF 24.2.1",
        scripts=1,
        letters=(
            Letter(
                "B",
                "index",
                ("bernoulli number",),
                unless=("bernoulli polynomial",),
                starts=((0, Fraction(1)),),
            ),
        ),
        value=Computed(_value),
        jumps=True,
        integers=True,
        normal=_written_out,
        sympy="bernoulli",
        mpmath="bernoulli",
    ),
)
