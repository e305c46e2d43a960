"""Taylor models: a term near a point or at infinity as u^v (c₀ + c₁u + … + c_{K-1}u^{K-1} + R u^K).

u > 0 is the distance from the point, or 1/x at infinity; R is an interval that holds for every u in
(0, width]. So a tail of a series or an integral, a removable singularity, a limit can be certified.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from flint import acb, arb, fmpq

from derive.classes import dataclass
from derive.functions import FUNCTIONS
from derive.reasons.gaps import Gap
from derive.term import nodes as t
from derive.term.traverse import free_symbols
from derive.verify.evaluate import scalars as sc
from derive.verify.evaluate.code import code, compiled
from derive.verify.evaluate.jets import Jet
from derive.verify.evaluate.named import named
from derive.verify.evaluate.values import Array, Env, Scalar, Uncertain, Unsupported, exact, is_exact_zero

_UNARY: dict[str, Callable[[Env, Scalar], Scalar]] = {
    f.name: value
    for f in FUNCTIONS.values()
    if f.least == 1 and not f.integers and (value := named(f.name)) is not None
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a term is expanded: `point` None is +∞ (-∞ for side -1); `side` 1 from above, -1 from below."""

    name: str
    point: Scalar | None
    side: int
    order: int
    width: fmpq

    @property
    def reach(self) -> arb:
        """The interval [0, width]."""
        return arb(0).union(arb(self.width))


@dataclass(frozen=True, slots=True)
class Expansion:
    """u^v times the polynomial with coefficients `c`, the last an interval for the remainder."""

    v: Fraction
    c: tuple[Scalar, ...]

    @property
    def order(self) -> int:
        return len(self.c) - 1


def _folded(c: Sequence[Scalar], order: int, reach: arb) -> tuple[Scalar, ...]:
    """Cut to `order`, the rest of the polynomial taken into the remainder."""
    if len(c) <= order + 1:
        return tuple(c)
    rest = c[-1]
    for a in reversed(c[order:-1]):
        rest = rest * reach + a
    return (*c[:order], rest)


def normal(e: Expansion) -> Expansion:
    """Leading coefficients that are exactly zero taken out; the last one stays."""
    k = 0
    while k < e.order and is_exact_zero(e.c[k]):
        k += 1
    return Expansion(e.v + k, e.c[k:]) if k else e


def add(a: Expansion, b: Expansion, place: Place) -> Expansion:
    if a.v > b.v:
        a, b = b, a
    d = b.v - a.v
    if d.denominator != 1:
        raise Unsupported(Gap.SUM_OF_DIFFERENT_FRACTIONAL_POWERS)
    shift = int(d)
    if shift > 60:
        raise Unsupported(Gap.EXPANSION_THAT_IS_TOO_LONG)
    moved = (*(fmpq(0),) * shift, *b.c)
    order = min(a.order, len(moved) - 1)
    x, y = _folded(a.c, order, place.reach), _folded(moved, order, place.reach)
    return normal(Expansion(a.v, tuple(p + q for p, q in zip(x, y, strict=True))))


def mul(a: Expansion, b: Expansion, place: Place) -> Expansion:
    order = min(a.order, b.order)
    full: list[Scalar] = []
    for k in range(a.order + b.order + 1):
        total: Scalar = None
        for i in range(max(0, k - b.order), min(k, a.order) + 1):
            part = a.c[i] * b.c[k - i]
            total = part if total is None else total + part
        full.append(total)
    return Expansion(a.v + b.v, _folded(full, order, place.reach))


def scaled(e: Expansion, k: Scalar) -> Expansion:
    return Expansion(e.v, tuple(x * k for x in e.c))


def constant(x: Scalar, place: Place) -> Expansion:
    return Expansion(Fraction(0), (x, *(fmpq(0),) * place.order))


def range_of(e: Expansion, place: Place) -> arb:
    """Encloses c₀ + c₁u + … over the whole reach (without the factor u^v)."""
    total = e.c[-1]
    for a in reversed(e.c[:-1]):
        total = total * place.reach + a
    return total


def compose(env: Env, f: Callable[[Env, Scalar], Scalar], e: Expansion, place: Place) -> Expansion:
    """f of an expansion whose limit is finite; f must be analytic around the range."""
    e = normal(e)
    if e.v < 0 or e.v.denominator != 1:
        raise Unsupported(Gap.FUNCTION_AT_INFINITY_OR_OF_FRACTIONAL_POWER)
    c = (*(fmpq(0),) * int(e.v), *e.c)
    order = min(place.order, len(c) - 1)
    c = _folded(c, order, place.reach)
    c0, delta = c[0], Expansion(Fraction(0), (fmpq(0), *c[1:]))
    whole = range_of(Expansion(Fraction(0), c), place)
    env.steps.take(order * order)
    env.level += 1
    try:
        level = env.level
        seed = (fmpq(1), *(fmpq(0),) * (order - 1))
        at_point = f(env, Jet(level, (c0, *seed)))
        around = f(env, Jet(level, (whole, *seed)))
    finally:
        env.level -= 1
    if not isinstance(at_point, Jet):
        return constant(at_point, place)
    result = constant(around.c[order], place)
    for a in reversed(at_point.c[:order]):
        result = mul(result, delta, place)
        result = Expansion(Fraction(0), (result.c[0] + a, *result.c[1:]))
    return normal(result)


def power(env: Env, e: Expansion, exponent: Fraction, place: Place) -> Expansion:
    e = normal(e)
    if exponent.denominator == 1 and 0 <= exponent <= 60:
        result = constant(fmpq(1), place)
        for _ in range(int(exponent)):
            result = mul(result, e, place)
        return normal(result)
    if is_exact_zero(e.c[0]):
        raise Unsupported(Gap.POWER_OF_ZERO)
    if exponent.denominator != 1 and not e.c[0] > 0:
        raise Unsupported(Gap.POWER_OF_WHAT_MAY_BE_NEGATIVE)
    body = Expansion(Fraction(0), e.c)
    q = exact(exponent)
    powered = compose(env, lambda g, y: sc.power(g, y, q), body, place)
    return Expansion(powered.v + e.v * exponent, powered.c)


def expand(term: t.Term, place: Place, env: Env) -> Expansion:
    """Raises NoValue where the term has no such expansion that is known here."""
    env.steps.take(2)
    if place.name not in free_symbols(term):
        value = compiled(term)(env)
        if isinstance(value, Array | bool | tuple):
            raise Unsupported(Gap.EXPANSION_OF_NO_NUMBER)
        if isinstance(value, acb):
            raise Unsupported(Gap.COMPLEX_EXPANSION)
        if isinstance(value, arb) and not value.is_finite():
            raise Unsupported(Gap.INFINITE_CONSTANT)
        return constant(value, place)
    match term:
        case t.Symbol():
            if place.point is None:
                return Expansion(Fraction(-1), (fmpq(place.side), *(fmpq(0),) * place.order))
            return normal(
                Expansion(Fraction(0), (place.point, fmpq(place.side), *(fmpq(0),) * (place.order - 1)))
            )
        case t.Neg(arg=arg):
            return scaled(expand(arg, place, env), fmpq(-1))
        case t.Add(args=args):
            result = expand(args[0], place, env)
            for a in args[1:]:
                result = add(result, expand(a, place, env), place)
            return result
        case t.Mul(args=args):
            result = expand(args[0], place, env)
            for a in args[1:]:
                result = mul(result, expand(a, place, env), place)
            return normal(result)
        case t.Div(numerator=a, denominator=b):
            bottom = power(env, expand(b, place, env), Fraction(-1), place)
            return normal(mul(expand(a, place, env), bottom, place))
        case t.Pow(base=base, exponent=exponent):
            return _power(base, exponent, place, env)
        case t.Root(radicand=radicand, index=index) if place.name in free_symbols(index):
            return expand(t.Pow(radicand, t.Div(t.ONE, index)), place, env)
        case t.Root(radicand=radicand, index=index):
            n = _rational(index, place, env)
            return power(env, expand(radicand, place, env), 1 / n, place)
        case t.Apply(head="log", args=(arg, base)):
            below = compiled(t.Apply("log", (base,)))(env)
            return scaled(expand(t.Apply("log", (arg,)), place, env), 1 / arb(below))
        case t.Apply(head=head, args=(arg,)) if head in _UNARY:
            inner = expand(arg, place, env)
            return compose(env, _UNARY[head], inner, place)
        case t.Apply(head="abs", args=(arg,)):
            inner = normal(expand(arg, place, env))
            whole = range_of(inner, place)
            if whole > 0:
                return inner
            if whole < 0:
                return scaled(inner, fmpq(-1))
            raise Unsupported(Gap.ABSOLUTE_VALUE_NEAR_ITS_KINK)
        case t.Call():
            raise Unsupported(Gap.UNKNOWN_FUNCTION_IN_EXPANSION)
        case _:
            return _as_function(term, place, env)


def _as_function(term: t.Term, place: Place, env: Env) -> Expansion:
    """Anything that takes jets (integrals, derivatives, …) at a finite point."""
    if place.point is None or not isinstance(term, t.Apply | t.Derivative | t.Integral):
        raise Unsupported(Gap.EXPANSION_OF_THIS_CONSTRUCT)
    run = code(term)

    def f(e: Env, x: Scalar) -> Scalar:
        with e.bound(place.name, x):
            return run(e)

    return compose(env, f, expand(t.Symbol(place.name), place, env), place)


def _rational(term: t.Term, place: Place, env: Env) -> Fraction:
    if place.name in free_symbols(term):
        raise Unsupported(Gap.VARIABLE_ORDER_OF_ROOT)
    value = compiled(term)(env)
    if not isinstance(value, fmpq) or value == 0:
        raise Unsupported(Gap.ROOT_WHOSE_ORDER_IS_NOT_KNOWN_EXACTLY)
    return Fraction(int(value.p), int(value.q))


def _power(base: t.Term, exponent: t.Term, place: Place, env: Env) -> Expansion:
    if base == t.Constant("e"):
        return compose(env, sc.exp, expand(exponent, place, env), place)
    if place.name not in free_symbols(exponent):
        value = compiled(exponent)(env)
        if isinstance(value, fmpq):
            return power(env, expand(base, place, env), Fraction(int(value.p), int(value.q)), place)
    # b^e = exp(e log b)
    logarithm = compose(env, sc.log, expand(base, place, env), place)
    return compose(env, sc.exp, normal(mul(expand(exponent, place, env), logarithm, place)), place)


def tail_sum(e: Expansion, start: int) -> arb:
    """Σ_{n ≥ start} of an expansion at infinity with width 1/start, by Hurwitz zeta values."""
    total = arb(0)
    for k, a in enumerate(e.c):
        if is_exact_zero(a):
            continue
        s = exact(e.v + k)
        if not s > 1:
            raise Uncertain(Gap.SERIES_THAT_MAY_DIVERGE)
        total += a * arb(s).zeta(arb(start))
    return total


def tail_integral(e: Expansion, cut: Scalar) -> arb:
    """∫_0^cut u^v (c₀ + …) du: near a finite point. For the tail to infinity pass v - 2."""
    total = arb(0)
    for k, a in enumerate(e.c):
        if is_exact_zero(a):
            continue
        s = e.v + k + 1
        if not s > 0:
            raise Uncertain(Gap.INTEGRAL_THAT_MAY_DIVERGE)
        total += a * sc._positive_power(cut, exact(s)) * exact(1 / s)
    return total
