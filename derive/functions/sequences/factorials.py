"""Factorials and binomial coefficients; NIST Digital Library of Mathematical Functions 1.2, 5.2, 5.4."""

from __future__ import annotations

from typing import Any

from derive.functions.record import Computed, Function
from derive.reasons.gaps import Gap
from derive.term.construct import add, apply, mul, sub
from derive.term.nodes import ONE, Term

_LARGEST = 3000


def _factorial(c: Any, n: Any) -> Any:
    """n! for n = 0, 1, 2, …; Γ(n + 1) for other numbers; undefined at -1, -2, …"""
    k = c.whole(n)
    if k is not None and k < 0:
        raise c.undefined(Gap.FACTORIAL_OF_NEGATIVE_INTEGER)
    if k is not None and k <= _LARGEST:
        c.take(1 + k // 8)
        return c.exact_factorial(k)
    return c.of("gamma", n + 1)


def _double_factorial(c: Any, n: Any) -> Any:
    k = c.whole(n)
    if k is None:
        raise c.unsupported(Gap.DOUBLE_FACTORIAL_OF_NUMBER_THAT_IS_NO_INTEGER)
    if k < -1:
        raise c.undefined(Gap.DOUBLE_FACTORIAL_OF_NEGATIVE_INTEGER)
    if k > _LARGEST:
        raise c.budget(Gap.DOUBLE_FACTORIAL)
    result = 1
    for factor in range(k, 1, -2):
        result *= factor
    return c.exact(result)


def _binomial(c: Any, n: Any, k: Any) -> Any:
    """n(n-1)…(n-k+1)/k! for a natural k, 0 for a negative integer k, else by Γ."""
    top, below = c.whole(n), c.whole(k)
    if below is not None and (below < 0 or (top is not None and 0 <= top < below)):
        return c.exact(0)
    if below is not None and below <= 500:
        count = below if top is None or top < 0 else min(below, top - below)
        c.take(count + 1)
        result: Any = c.exact(1)
        for j in range(count):
            result = result * (n - j) * c.exact(1, j + 1)
        return result
    if top is not None and top < 0:
        raise c.undefined(Gap.POLE_OF_BINOMIAL)
    return c.of("gamma", n + 1) * c.rgamma(k + 1) * c.rgamma(n - k + 1)


def _by_n(n: Term, k: Term) -> Term:
    gap = sub(apply("digamma", add(n, ONE)), apply("digamma", add(sub(n, k), ONE)))
    return mul(apply("binomial", n, k), gap)


FUNCTIONS = (
    Function(
        "factorial",
        "{0}!",
        "DLMF 5.4.1",
        derivatives=(lambda x: mul(apply("factorial", x), apply("digamma", add(x, ONE))),),
        value=Computed(_factorial),
        jumps=True,
        integers=True,
        normal=lambda x: apply("gamma", add(x, ONE)),
        sympy="factorial",
        mpmath="factorial",
    ),
    Function(
        "double_factorial",
        "{0}!!",
        "DLMF 5.4.2",
        value=Computed(_double_factorial),
        jumps=True,
        integers=True,
        sympy="factorial2",
        mpmath="fac2",
    ),
    Function(
        "binomial",
        "\\binom{{0}}{{1}}",
        "DLMF 1.2.6",
        least=2,
        most=2,
        derivatives=(_by_n,),
        value=Computed(_binomial),
        jumps=True,
        integers=True,
        sympy="binomial",
        mpmath="binomial",
    ),
)
