"""Random but deterministic inhabitants of a model: smooth functions, sequences, dependent quantities."""

from __future__ import annotations

import random
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

from flint import acb, arb

from derive.classes import dataclass, field
from derive.reasons.gaps import Gap
from derive.term.nodes import Symbol, Term
from derive.verify.evaluate import scalars as sc
from derive.verify.evaluate.named import known
from derive.verify.evaluate.recurrences import Recurrence
from derive.verify.evaluate.values import Array, Env, Gaussian, Scalar, Unsupported, Value, exact

_sin = known("sin")
_SMALL = tuple(
    Fraction(p, q) for p, q in ((1, 1), (-1, 1), (2, 1), (1, 2), (-2, 1), (3, 2), (-1, 2), (3, 1), (2, 3))
)

POOLS: Mapping[str, tuple[Fraction, ...]] = {
    "real": (Fraction(0), *_SMALL, Fraction(-3, 2), Fraction(5, 3)),
    "positive": tuple(
        Fraction(p, q) for p, q in ((1, 1), (2, 1), (1, 2), (3, 1), (3, 2), (2, 3), (5, 1), (1, 3))
    ),
    "nonnegative": tuple(Fraction(p, q) for p, q in ((1, 1), (0, 1), (2, 1), (1, 2), (3, 1), (3, 2), (2, 3))),
    "unit": tuple(Fraction(p, q) for p, q in ((1, 2), (1, 3), (3, 4), (1, 4), (2, 3), (2, 5), (4, 5))),
    "integer": tuple(Fraction(p) for p in (1, 2, 0, -1, 3, -2, 4, 5)),
    "natural": tuple(Fraction(p) for p in (1, 2, 3, 4, 0, 5, 6)),
    "positive_integer": tuple(Fraction(p) for p in (1, 2, 3, 4, 5, 6, 7)),
    "binary": (Fraction(1), Fraction(0)),
    "boolean": (Fraction(1), Fraction(0)),
}


def draw(rng: random.Random, domain: str) -> Fraction | Gaussian:
    """A number of small height out of a domain."""
    if domain == "complex":
        return Gaussian(rng.choice(_SMALL), rng.choice(_SMALL))
    return rng.choice(POOLS.get(domain, POOLS["real"]))


def runtime(value: Any) -> Value:
    """An exact value of a model as the evaluator uses it (at the precision in force)."""
    if isinstance(value, Fraction | int) and not isinstance(value, bool):
        return exact(value)
    if isinstance(value, Gaussian):
        return acb(arb(exact(value.re)), arb(exact(value.im)))
    if isinstance(value, tuple):
        if value and isinstance(value[0], tuple):
            items = tuple(runtime(x) for row in value for x in row)
            return Array((len(value), len(value[0])), items)
        return Array((len(value),), tuple(runtime(x) for x in value))
    return value


@dataclass(frozen=True, slots=True)
class SmoothFunction:
    """f(u₁, …, u_k) = c + Σ pⱼ uⱼ + Σ q_{jl} uⱼ u_l + r sin(Σ aⱼ uⱼ + b), drawn from name and seed.

    A positive one is f² + 1/2, one with values in [0, 1] is 1/(1 + f²). Takes jets, so that every partial
    derivative is exact; any number of arguments. `index` tells the members of a family apart.
    `anchors` are values that a function of one variable takes by assumption, reached by adding a polynomial.
    """

    name: str
    seed: int = 0
    domain: str = "real"
    index: tuple[int, ...] = ()
    shape: tuple[int, ...] = ()
    anchors: tuple[tuple[Fraction, Term], ...] = ()

    def member(self, index: tuple[int, ...]) -> SmoothFunction:
        return SmoothFunction(self.name, self.seed, self.domain, self.index + index, self.shape)

    def __call__(self, env: Env, args: tuple[Value, ...]) -> Value:
        flat: list[Scalar] = []
        for a in args:
            if isinstance(a, Array):
                flat.extend(a.items)
            elif isinstance(a, tuple | bool):
                raise Unsupported(Gap.FUNCTION_OF_NO_NUMBER_OR_ARRAY)
            else:
                flat.append(a)
        if self.anchors and len(flat) == 1 and not self.shape:
            return self._component(env, flat, ()) + self._correction(env, flat[0])
        if not self.shape:
            return self._component(env, flat, ())
        count = 1
        for n in self.shape:
            count *= n
        return Array(self.shape, tuple(self._component(env, flat, (k,)) for k in range(count)))

    def _correction(self, env: Env, u: Scalar) -> Scalar:
        """The interpolation polynomial of what is missing at the anchors."""
        from derive.verify.evaluate.code import compiled

        total: Scalar = exact(0)
        for c, target in self.anchors:
            base = Env(env.cache["base"], env.complex, None, env.steps, cache=env.cache, bases=env.bases)
            part = compiled(target)(base) - self._component(base, [exact(c)], ())
            for other, _ in self.anchors:
                if other != c:
                    part = part * (u - exact(other)) * exact(1 / (c - other))
            total = total + part
        return total

    def _coefficients(self, env: Env, arity: int, component: tuple[int, ...]) -> tuple[Any, ...]:
        key = ("smooth", self, arity, component)
        if (found := env.cache.get(key)) is None:
            if self.domain == "complex":  # their balls are of the precision in force
                found = _drawn.__wrapped__(self.name, self.seed, "complex", self.index, arity, component)
            else:
                found = _drawn(self.name, self.seed, "real", self.index, arity, component)
            env.cache[key] = found
        return found

    def _component(self, env: Env, u: list[Scalar], component: tuple[int, ...]) -> Scalar:
        constant, linear, quadratic, height, slopes, phase = self._coefficients(env, len(u), component)
        total: Scalar = constant
        angle: Scalar = phase
        for p, a, x in zip(linear, slopes, u, strict=True):
            total = total + x * p
            angle = angle + x * a
        for j, k, q in quadratic:
            total = total + u[j] * u[k] * q
        total = total + _sin(env, angle) * height
        if self.domain in ("positive", "nonnegative"):
            return total * total + sc.HALF
        if self.domain == "unit":
            return sc.inv(env, total * total + sc.ONE)
        return total

    def __str__(self) -> str:
        return "a random smooth function"


@lru_cache(maxsize=4096)
def _drawn(
    name: str, seed: int, domain: str, index: tuple[int, ...], arity: int, component: tuple[int, ...]
) -> tuple[Any, ...]:
    """The coefficients of a smooth function: those of a seed are asked for in every model."""
    rng = random.Random(f"{seed}|{name}|{index}|{arity}|{component}")

    def some() -> Any:
        return runtime(draw(rng, domain))

    return (
        some(),
        tuple(some() for _ in range(arity)),
        tuple((j, k, some()) for j in range(arity) for k in range(j, arity)),
        exact(rng.choice(_SMALL)),
        tuple(exact(rng.choice(_SMALL)) for _ in range(arity)),
        some(),
    )


@lru_cache(maxsize=8192)
def _element(name: str, seed: int, domain: str, shape: tuple[int, ...], index: tuple[int, ...]) -> Any:
    rng = random.Random(f"{seed}|{name}|{index}")
    if not shape:
        return draw(rng, domain)
    if len(shape) == 1:
        return tuple(draw(rng, domain) for _ in range(shape[0]))
    return tuple(tuple(draw(rng, domain) for _ in range(shape[1])) for _ in range(shape[0]))


@lru_cache(maxsize=8192)
def _element_value(
    name: str, seed: int, domain: str, shape: tuple[int, ...], index: tuple[int, ...]
) -> Value:
    return runtime(_element(name, seed, domain, shape, index))


@dataclass(frozen=True, slots=True)
class Sequence:
    """Random elements `x_i`, any integers as indices. `shape` is an element's: then one index more names a
    component. `fixed` are elements that hypotheses settle, `family` the rule that settles all of them."""

    name: str
    seed: int = 0
    domain: str = "real"
    shape: tuple[int, ...] = ()
    fixed: Mapping[tuple[int, ...], Term] = field(default_factory=dict, hash=False)
    family: tuple[tuple[Symbol, ...], Term] | None = None
    alone: Any = None
    distinct: bool = False
    rule: Recurrence | None = field(default=None, hash=False)

    def exact_at(self, index: tuple[int, ...]) -> Any:
        """The element as an exact value (nested tuples for an array)."""
        return _element(self.name, self.seed, self.domain, self.shape, index)

    def at(self, index: tuple[int, ...]) -> Value:
        """The element as the evaluator uses it (at the precision in force)."""
        if self.domain == "complex":
            return runtime(self.exact_at(index))
        return _element_value(self.name, self.seed, self.domain, self.shape, index)


@dataclass(frozen=True, slots=True)
class DefinedFunction:
    """A function that a hypothesis settles: its value at any arguments is the body's."""

    name: str
    parameters: tuple[Symbol, ...]
    body: Term

    def __call__(self, env: Env, args: tuple[Value, ...]) -> Value:
        from derive.verify.evaluate.code import compiled

        if len(args) != len(self.parameters):
            raise Unsupported(Gap.ANOTHER_NUMBER_OF_ARGUMENTS, self.name)
        local = {**env.cache["base"], **{p.name: a for p, a in zip(self.parameters, args, strict=True)}}
        saved, env.values = env.values, local
        env.steps.take(5)
        try:
            return compiled(self.body)(env)
        finally:
            env.values = saved

    def __str__(self) -> str:
        return "as assumed"


@dataclass(frozen=True, slots=True)
class Dependent:
    """An unknown smooth function of other symbols: `L` that depends on `y` and `\\hat y`."""

    function: SmoothFunction
    on: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Derived:
    """A value that a hypothesis settles: the value of a term, exact at any precision; `text` is rounded."""

    term: Term
    text: str = ""

    def __str__(self) -> str:
        return self.text
