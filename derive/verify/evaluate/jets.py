"""Truncated power series in one infinitesimal, with scalars (or other jets) as coefficients.

Evaluating a term at `x + t` gives its Taylor coefficients exactly (in ball arithmetic): the
derivative of order k is k! times the k-th. Jets of a higher level take those of a lower
one as coefficients, so mixed derivatives are nested jets.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flint import fmpq

from derive.reasons.gaps import Gap
from derive.verify.evaluate.values import Env, Scalar, Steps, Undefined, is_exact_zero

ZERO = fmpq(0)


class Jet:
    """`c[0] + c[1] t + … + c[n] t^n + O(t^{n+1})`."""

    __slots__ = ("c", "level")

    def __init__(self, level: int, c: Sequence[Scalar]) -> None:
        self.level = level
        self.c = tuple(c)

    @property
    def order(self) -> int:
        return len(self.c) - 1

    def __neg__(self) -> Jet:
        return Jet(self.level, [-a for a in self.c])

    def __add__(self, other: Any) -> Jet:
        if not isinstance(other, Jet) or other.level < self.level:
            return Jet(self.level, (self.c[0] + other, *self.c[1:]))
        if other.level > self.level:
            return Jet(other.level, (other.c[0] + self, *other.c[1:]))
        return Jet(self.level, [a + b for a, b in zip(self.c, other.c, strict=False)])

    __radd__ = __add__

    def __sub__(self, other: Any) -> Jet:
        return self.__add__(-other)

    def __rsub__(self, other: Any) -> Jet:
        return (-self).__add__(other)

    def __mul__(self, other: Any) -> Jet:
        if not isinstance(other, Jet) or other.level < self.level:
            return Jet(self.level, [a * other for a in self.c])
        if other.level > self.level:
            return Jet(other.level, [a * self for a in other.c])
        n = min(len(self.c), len(other.c))
        a, b = self.c, other.c
        out = []
        for k in range(n):
            total = a[0] * b[k]
            for i in range(1, k + 1):
                total = total + a[i] * b[k - i]
            out.append(total)
        return Jet(self.level, out)

    __rmul__ = __mul__

    def truncated(self, order: int) -> Jet:
        return Jet(self.level, self.c[: order + 1])

    def derivative(self) -> Jet:
        return Jet(self.level, [a * fmpq(k) for k, a in enumerate(self.c)][1:])

    def __repr__(self) -> str:
        return f"Jet({self.level}, {self.c!r})"


def constant_term(x: Scalar) -> Scalar:
    """The value at the point itself, all infinitesimals dropped."""
    while isinstance(x, Jet):
        x = x.c[0]
    return x


def chain(
    env: Env, x: Jet, f: Callable[[Env, Scalar], Scalar], prime: Callable[[Env, Scalar], Scalar]
) -> Jet:
    """`f(x)` for a jet, from f and its derivative: f(x) = f(x₀) + ∫ f'(x) x' dt."""
    first = f(env, x.c[0])
    if x.order == 0:
        return Jet(x.level, (first,))
    env.steps.take(x.order)
    inner = prime(env, x.truncated(x.order - 1))
    if not isinstance(inner, Jet) or inner.level < x.level:
        inner = Jet(x.level, (inner, *(ZERO,) * (x.order - 1)))
    slope = inner * x.derivative()
    return Jet(x.level, (first, *(a * fmpq(1, k + 1) for k, a in enumerate(slope.c))))


def divide(a: Scalar, b: Jet, div: Callable[[Scalar, Scalar], Scalar], steps: Steps) -> Jet:
    """`a / b`; raises Undefined where b vanishes at the point."""
    if isinstance(a, Jet) and a.level > b.level:
        return Jet(a.level, [div(x, b) for x in a.c])
    if not isinstance(a, Jet) or a.level < b.level:
        a = Jet(b.level, (a, *(ZERO,) * b.order))
    if is_exact_zero(b.c[0]):
        raise Undefined(Gap.DIVISION_BY_ZERO)
    n = min(len(a.c), len(b.c))
    steps.take(n)
    out: list[Scalar] = []
    for k in range(n):
        total = a.c[k]
        for i in range(k):
            total = total - out[i] * b.c[k - i]
        out.append(div(total, b.c[0]))
    return Jet(b.level, out)
