"""What the calculation of a function's value may use: exact numbers, other functions, and what it raises.

A record of `derive.functions` that calculates (`Computed`) gets one of these and the arguments, and stays
free of python-flint by it.
"""

from __future__ import annotations

from collections.abc import Callable

from flint import fmpq, fmpz

from derive.classes import dataclass
from derive.reasons.gaps import Gap
from derive.verify.evaluate.scalars import div
from derive.verify.evaluate.special import rgamma
from derive.verify.evaluate.values import (
    Budget,
    Env,
    Scalar,
    Undefined,
    Unsupported,
    Value,
    small_integer,
)

_FARTHEST = 10**40


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """In one environment; `named` gives a function of numbers by its name."""

    env: Env
    named: Callable[[str], Callable[..., Scalar]]

    def exact(self, numerator: int, denominator: int = 1) -> Scalar:
        return fmpq(numerator, denominator)

    def of(self, name: str, *args: Scalar) -> Scalar:
        """Another function, by its name."""
        return self.named(name)(self.env, *args)

    def div(self, a: Scalar, b: Scalar) -> Scalar:
        return div(self.env, a, b)

    def rgamma(self, x: Scalar) -> Scalar:
        """1/Γ(x), entire."""
        return rgamma(self.env, x)

    def exact_factorial(self, n: int) -> Scalar:
        return fmpq(fmpz.fac_ui(n))

    def bernoulli(self, n: int) -> Scalar:
        """B_n with B_1 = -1/2."""
        return fmpq.bernoulli(n)

    def whole(self, x: Value) -> int | None:
        """The integer that a number is exactly, else None."""
        return int(x.p) if isinstance(x, fmpq) and x.q == 1 else None

    def integers(self, values: tuple[Value, ...], what: str) -> list[int]:
        """Raises Unsupported, Undefined or Uncertain where one is none."""
        return [small_integer(v, what, _FARTHEST) for v in values]

    def order(self, x: Value, largest: int, what: str) -> int:
        """0, 1, 2, …; raises where it is none of them, and beyond the largest."""
        (n,) = self.integers((x,), what)
        if n < 0:
            raise Undefined(Gap.NEGATIVE_ORDER, what)
        if n > largest:
            raise Budget(Gap.TOO_LARGE, what)
        self.take(1 + n)
        return n

    def take(self, steps: int) -> None:
        self.env.steps.take(steps)

    def undefined(self, gap: Gap, *args: str) -> Undefined:
        return Undefined(gap, *args)

    def unsupported(self, gap: Gap, *args: str) -> Unsupported:
        return Unsupported(gap, *args)

    def budget(self, gap: Gap, *args: str) -> Budget:
        return Budget(gap, *args)
