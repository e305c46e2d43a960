"""Fibonacci numbers F_n and Lucas numbers L_n; Graham, Knuth, Patashnik: Concrete Mathematics 6.6."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from derive.functions.record import Computed, Function, Letter
from derive.reasons.gaps import Gap
from derive.term.construct import add, div, mul, neg, number, power, sub
from derive.term.nodes import TWO, Constant, Number, Root, Term

_FARTHEST, _WRITTEN_OUT = 10_000, 300
_GOLDEN = Constant("golden_ratio")


def _walked(first: int, second: int, steps: int) -> int:
    """The term so many steps after the first of the two, of x_{n+2} = x_{n+1} + x_n; or before it."""
    a, b = first, second
    for _ in range(abs(steps)):
        a, b = (b, a + b) if steps > 0 else (b - a, a)
    return a


def _value(first: int, second: int, what: str) -> Computed:
    def value(c: Any, n: Any) -> Any:
        (k,) = c.integers((n,), f"the index of a {what} number")
        if abs(k) > _FARTHEST:
            raise c.budget(Gap.TOO_LARGE, f"the index of a {what} number")
        c.take(1 + abs(k) // 8)
        return c.exact(_walked(first, second, k))

    return Computed(value)


def _powers(n: Term) -> tuple[Term, Term]:
    """φ^n and (-1/φ)^n"""
    return power(_GOLDEN, n), mul(power(number(-1), n), power(_GOLDEN, neg(n)))


def _number(n: Term, first: int, second: int) -> Term | None:
    if isinstance(n, Number) and n.value.denominator == 1 and abs(n.value) <= _WRITTEN_OUT:
        return number(_walked(first, second, int(n.value)))
    return None


def _fibonacci(n: Term) -> Term:
    """Binet's formula."""
    a, b = _powers(n)
    return _number(n, 0, 1) or div(sub(a, b), Root(number(5), TWO))


def _lucas(n: Term) -> Term:
    a, b = _powers(n)
    return _number(n, 2, 1) or add(a, b)


def _starts(*values: int) -> tuple[tuple[int, Fraction], ...]:
    return tuple((k, Fraction(v)) for k, v in enumerate(values))


FUNCTIONS = (
    Function(
        "fibonacci",
        "F_{{0}}",
        "Concrete Mathematics 6.123",
        scripts=1,
        letters=(Letter("F", "index", ("fibonacci number", "fibonacci sequence"), starts=_starts(0, 1, 1)),),
        value=_value(0, 1, "Fibonacci"),
        jumps=True,
        integers=True,
        normal=_fibonacci,
        sympy="fibonacci",
        mpmath="fib",
        related=("lucas",),
    ),
    Function(
        "lucas",
        "L_{{0}}",
        "Concrete Mathematics, exercise 6.28",
        scripts=1,
        letters=(Letter("L", "index", ("lucas number", "lucas sequence"), starts=_starts(2, 1, 3)),),
        value=_value(2, 1, "Lucas"),
        jumps=True,
        integers=True,
        normal=_lucas,
        sympy="lucas",
        mpmath=lambda mp, n: mp.fib(n - 1) + mp.fib(n + 1),
    ),
)
