"""Values of terms at a point: exact rationals, real and complex balls, jets, arrays; and why there is none.

A scalar is `fmpq` while it is known exactly as a rational, else `arb` or `acb`. Exactness
is what lets `1/0` be told from a quotient by a ball that merely contains zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from typing import Any, TypeAlias

from flint import acb, arb, ctx, fmpq

from derive.classes import dataclass, field
from derive.reasons import Reason
from derive.reasons.gaps import Gap


class NoValue(Exception):
    """A term has no certified value here; `why` tells what stands in the way."""

    def __init__(self, gap: Gap, *args: str, inner: Reason | None = None) -> None:
        super().__init__(gap, *args)
        self.why = Reason(gap, args, inner)


class Undefined(NoValue):
    """The term has no value at this point: log 0, 1/0, a series that diverges."""


class Unsupported(NoValue):
    """The construct has no evaluator."""


class Uncertain(NoValue):
    """The precision does not suffice; more may."""


class Budget(NoValue):
    """The step budget is spent."""


class Steps:
    """Counts work, so that a verdict depends on the claim and not on the machine."""

    __slots__ = ("left",)

    def __init__(self, limit: int = 200_000) -> None:
        self.left = limit

    def take(self, n: int = 1) -> None:
        self.left -= n
        if self.left < 0:
            raise Budget(Gap.STEP_BUDGET)


@dataclass(frozen=True, slots=True)
class Gaussian:
    """An exact complex number with rational parts."""

    re: Fraction
    im: Fraction


@dataclass(frozen=True, slots=True)
class Array:
    """A vector `(n,)`, a row `(1, n)` or a matrix `(m, n)`; items in row-major order."""

    shape: tuple[int, ...]
    items: tuple[Any, ...]

    def __post_init__(self) -> None:
        size = 1
        for n in self.shape:
            size *= n
        if size != len(self.items):
            raise Unsupported(Gap.ARRAY_WHOSE_SHAPE_DOES_NOT_FIT_ITS_ENTRIES)

    def map(self, change: Callable[[Any], Any]) -> Array:
        return Array(self.shape, tuple(change(x) for x in self.items))

    @property
    def rows(self) -> int:
        return self.shape[0]

    @property
    def columns(self) -> int:
        return self.shape[1] if len(self.shape) == 2 else 1

    def row(self, i: int) -> tuple[Any, ...]:
        n = self.columns
        return self.items[i * n : (i + 1) * n]


@dataclass(frozen=True, slots=True)
class SetValue:
    """A set given by its elements, an interval `(lower, upper)`, or a standard set by name."""

    items: tuple[Any, ...] | None = None
    interval: tuple[Any, Any, bool, bool] | None = None
    name: str | None = None


Scalar: TypeAlias = Any
"""fmpq, arb, acb or a Jet."""

Value: TypeAlias = Any
"""A Scalar, bool, Array, SetValue or tuple of values."""


@dataclass(slots=True)
class Env:
    """What a compiled term is evaluated in.

    `complex`: logarithms and roots of negative numbers have their principal values; else they are
    Undefined. `analytic` is None outside an integrand; inside it is the flag of `acb.integral`.
    `boxed` names the variables that hold complex boxes around a piece of the real line.
    """

    values: dict[str, Any]
    complex: bool = False
    analytic: bool | None = None
    steps: Steps = field(default_factory=Steps)
    elements: dict[tuple[str, tuple[int, ...]], Any] = field(default_factory=dict)
    boxed: tuple[str, ...] = ()
    level: int = 0
    signs: int = 1
    cache: dict[Any, Any] = field(default_factory=dict)
    bases: Mapping[str, int] = field(default_factory=dict)
    choices: int = 1  # the sign that plusminus stands for

    @contextmanager
    def bound(self, name: str, value: Any) -> Iterator[None]:
        missing = object()
        old = self.values.get(name, missing)
        self.values[name] = value
        try:
            yield
        finally:
            if old is missing:
                self.values.pop(name, None)
            else:
                self.values[name] = old


@contextmanager
def precision(bits: int) -> Iterator[None]:
    old = ctx.prec
    ctx.prec = bits
    try:
        yield
    finally:
        ctx.prec = old


def exact(value: Fraction | int) -> fmpq:
    if isinstance(value, int):
        return fmpq(value)
    return fmpq(value.numerator, value.denominator)


def fraction(value: fmpq) -> Fraction:
    return Fraction(int(value.p), int(value.q))


def real_part(x: Scalar) -> Scalar:
    return x.real if isinstance(x, acb) else x


def contains_zero(x: Scalar) -> bool:
    if isinstance(x, fmpq):
        return bool(x == 0)
    return bool(x.contains(0))


def is_exact_zero(x: Scalar) -> bool:
    if isinstance(x, fmpq):
        return bool(x == 0)
    if isinstance(x, arb | acb):
        return bool(x.is_zero())
    return False


def finite(x: Scalar) -> Scalar:
    """The ball itself; raises Uncertain when it is unbounded."""
    if isinstance(x, arb | acb) and not x.is_finite():
        raise Uncertain(Gap.BALL_WITHOUT_BOUND)
    return x


def ball(x: Scalar) -> arb | acb:
    return arb(x) if isinstance(x, fmpq) else x


def small_integer(x: Scalar, what: str, limit: int = 10**9) -> int:
    """The exact integer that `x` is; raises Unsupported for what is no integer."""
    if isinstance(x, arb) or (isinstance(x, acb) and x.imag.is_zero()):
        if (z := real_part(x).unique_fmpz()) is not None and real_part(x).is_exact():
            x = fmpq(z)
    if not isinstance(x, fmpq):
        raise Uncertain(Gap.NOT_KNOWN_TO_BE_INTEGER, what)
    if x.q != 1:
        raise Undefined(Gap.NOT_INTEGER, what)
    if abs(x.p) > limit:
        raise Budget(Gap.TOO_LARGE, what)
    return int(x.p)
