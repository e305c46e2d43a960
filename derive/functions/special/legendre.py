"""Legendre polynomials P_n(x); NIST Digital Library of Mathematical Functions 18.3, 18.9.1, 14.10.5."""

from __future__ import annotations

from typing import Any

from derive.functions.record import Computed, Function, Letter
from derive.term.construct import add, apply, div, mul, number, square, sub
from derive.term.nodes import ONE, ZERO, Number, Term

_HIGHEST, _WRITTEN_OUT = 400, 24


def _value(c: Any, n: Any, x: Any) -> Any:
    """By (k + 1) P_{k+1} = (2k + 1) x P_k - k P_{k-1}."""
    order = c.order(n, _HIGHEST, "the degree of a Legendre polynomial")
    before, value = c.exact(0), c.exact(1)
    for k in range(order):
        before, value = value, (x * value * (2 * k + 1) - before * k) * c.exact(1, k + 1)
    return value


def _slope(n: Term, x: Term) -> Term:
    """For a known degree by P'_{n+1} - P'_{n-1} = (2n + 1) P_n, which has no pole; else DLMF 14.10.5."""
    if isinstance(n, Number) and n.value.denominator == 1 and 0 <= n.value <= _WRITTEN_OUT:
        below = range(int(n.value) - 1, -1, -2)
        return add(*(mul(number(2 * k + 1), apply("legendre", number(k), x)) for k in below))
    top = mul(n, sub(mul(x, apply("legendre", n, x)), apply("legendre", sub(n, ONE), x)))
    return div(top, sub(square(x), ONE))


def _written_out(n: Term, x: Term) -> Term | None:
    if not (isinstance(n, Number) and n.value.denominator == 1 and 0 <= n.value <= _WRITTEN_OUT):
        return None
    before: Term = ZERO
    value: Term = ONE
    for k in range(int(n.value)):
        step = sub(mul(number(2 * k + 1), x, value), mul(number(k), before))
        before, value = value, div(step, number(k + 1))
    return value


FUNCTIONS = (
    Function(
        "legendre",
        "P_{{0}}",
        "DLMF 18.3",
        least=2,
        most=2,
        scripts=1,
        letters=(Letter("P", "index-argument", ("legendre polynomial",), unless=("associated", "shifted")),),
        derivatives=(None, _slope),
        value=Computed(_value),
        whole=(0,),
        normal=_written_out,
        sympy="legendre",
        mpmath="legendre",
        related=("hermite",),
    ),
)
