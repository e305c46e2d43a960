"""The Pochhammer symbol (a)_n = a(a + 1)…(a + n - 1); NIST DLMF 5.2(iii)."""

from __future__ import annotations

from typing import Any

from derive.functions.record import Computed, Function, Letter
from derive.term.construct import add, apply, div, mul, number, sub
from derive.term.nodes import Number, Term

_LONGEST, _WRITTEN_OUT = 500, 24


def _value(c: Any, a: Any, n: Any) -> Any:
    count = c.whole(n)
    if count is None or abs(count) > _LONGEST:
        return c.of("gamma", a + n) * c.rgamma(a)
    c.take(abs(count) + 1)
    result: Any = c.exact(1)
    for k in range(count):
        result = result * (a + k)
    for k in range(1, 1 - count):
        result = c.div(result, a - k)
    return result


def _by_base(a: Term, n: Term) -> Term:
    gap = sub(apply("digamma", add(a, n)), apply("digamma", a))
    return mul(apply("pochhammer", a, n), gap)


def _by_gamma(a: Term, n: Term) -> Term:
    if isinstance(n, Number) and n.value.denominator == 1 and 0 <= n.value <= _WRITTEN_OUT:
        return mul(number(1), *(add(a, number(k)) for k in range(int(n.value))))
    return div(apply("gamma", add(a, n)), apply("gamma", a))


FUNCTIONS = (
    Function(
        "pochhammer",
        "\\left({0}\\right)_{{1}}",
        "DLMF 5.2.4 and 5.2.5",
        least=2,
        most=2,
        letters=(Letter("", "bracket", ("pochhammer", "rising factorial"), unless=("falling",)),),
        derivatives=(_by_base, lambda a, n: mul(apply("pochhammer", a, n), apply("digamma", add(a, n)))),
        value=Computed(_value),
        whole=(1,),
        normal=_by_gamma,
        sympy="RisingFactorial",
        mpmath="rf",
        related=("binomial",),
    ),
)
