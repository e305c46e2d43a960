"""Hermite polynomials H_n(x), those of physics; NIST Digital Library of Mathematical Functions 18.3, 18.9."""

from __future__ import annotations

from typing import Any

from derive.functions.record import Computed, Function, Letter, Meaning
from derive.term.construct import apply, div, mul, neg, number, power, sub
from derive.term.nodes import ONE, TWO, ZERO, Number, Root, Term

_HIGHEST, _WRITTEN_OUT = 400, 24


def _value(c: Any, n: Any, x: Any) -> Any:
    """By H_{k+1} = 2x H_k - 2k H_{k-1}."""
    order = c.order(n, _HIGHEST, "the degree of a Hermite polynomial")
    before, value = c.exact(0), c.exact(1)
    for k in range(order):
        before, value = value, x * value * 2 - before * (2 * k)
    return value


def _slope(n: Term, x: Term) -> Term:
    """DLMF 18.9.25"""
    return ZERO if n == ZERO else mul(TWO, n, apply("hermite", sub(n, ONE), x))


def _written_out(n: Term, x: Term) -> Term | None:
    if not (isinstance(n, Number) and n.value.denominator == 1 and 0 <= n.value <= _WRITTEN_OUT):
        return None
    before: Term = ZERO
    value: Term = ONE
    for k in range(int(n.value)):
        before, value = value, sub(mul(TWO, x, value), mul(number(2 * k), before))
    return value


def _of_probability(n: Term, x: Term) -> Term:
    """He_n(x) = 2^{-n/2} H_n(x/√2), DLMF 18.7.11."""
    return mul(power(TWO, neg(div(n, TWO))), apply("hermite", n, div(x, Root(TWO, TWO))))


_MEANINGS = (
    Meaning(
        "those of physics",
        lambda n, x: apply("hermite", n, x),
        ("physicists",),
    ),
    Meaning("those of probability", _of_probability, ("probabilists",)),
)

FUNCTIONS = (
    Function(
        "hermite",
        "H_{{0}}",
        "DLMF 18.3",
        least=2,
        most=2,
        scripts=1,
        letters=(Letter("H", "index-argument", ("hermite polynomial",), _MEANINGS),),
        derivatives=(None, _slope),
        value=Computed(_value),
        whole=(0,),
        normal=_written_out,
        sympy="hermite",
        mpmath="hermite",
    ),
)
