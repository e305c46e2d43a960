"""Definite integrals: Arb's certified integration in the middle, expansions and growth bounds at the ends."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from itertools import pairwise
from typing import Any

from flint import acb, arb, ctx, fmpq

from derive.interrupts import calling_back
from derive.reasons.gaps import Gap
from derive.term import nodes as t
from derive.term.traverse import free_symbols, substitute
from derive.verify.evaluate.analysis import waves
from derive.verify.evaluate.analysis.expansions import Expansion, Place, expand, normal, tail_integral
from derive.verify.evaluate.analysis.factoring import pulled, split
from derive.verify.evaluate.analysis.growth import above, tail
from derive.verify.evaluate.code import Code, code
from derive.verify.evaluate.jets import Jet
from derive.verify.evaluate.values import (
    Array,
    Env,
    NoValue,
    Scalar,
    SetValue,
    Uncertain,
    Undefined,
    Unsupported,
    Value,
    ball,
)

_INFINITY = t.Constant("infinity")
NAN = acb(arb.nan())
EVALUATIONS = 6000
CUT_BITS = 12  # the pieces at singular ends have this width, 2^-CUT_BITS


def _infinite(term: t.Term | None) -> int:
    if term == _INFINITY:
        return 1
    return -1 if isinstance(term, t.Neg) and term.arg == _INFINITY else 0


def integral(term: t.Integral) -> Code:
    """Raises Unsupported for indefinite integrals and for integrals over sets other than intervals and ℝ."""
    if term.op != "int":
        raise Unsupported(Gap.CONTOUR_INTEGRAL)
    lower, upper = term.lower, term.upper
    if term.domain is not None:
        match term.domain:
            case t.Interval(lower=a, upper=b):
                lower, upper = a, b
            case t.Constant(name="R"):
                lower, upper = t.Neg(_INFINITY), _INFINITY
            case _:
                raise Unsupported(Gap.INTEGRAL_OVER_THIS_SET)
    if lower is None or upper is None:
        raise Unsupported(Gap.INDEFINITE_INTEGRAL)
    x = term.variable
    free, body = split(pulled(term.body), x.name)
    if free:
        return code(t.Mul((*free, t.Integral(body, x, lower, upper))))
    low_sign, high_sign = _infinite(lower), _infinite(upper)
    if high_sign < 0 or low_sign > 0:
        turned = t.Integral(body, x, upper, lower)
        inner = code(turned)
        return lambda env: -inner(env)
    run = code(body)
    low = None if low_sign else code(lower)
    high = None if high_sign else code(upper)
    mirrored = substitute(body, {x: t.Neg(x)}) if low_sign else None
    mirror_run = code(mirrored) if mirrored is not None else None
    piece = _Piece(body, run, x.name)
    mirror = None if mirrored is None or mirror_run is None else _Piece(mirrored, mirror_run, x.name)

    def value(env: Env) -> Value:
        a = None if low is None else _bound(low(env))
        b = None if high is None else _bound(high(env))
        if isinstance(a, Jet) or isinstance(b, Jet) or _jets(env):
            return _of_jets(piece, a, b, env)
        if a is not None and b is not None:
            return piece.between(env, a, b)
        if a is not None:
            return piece.to_infinity(env, a)
        assert mirror is not None
        if b is not None:
            return mirror.to_infinity(env, -b)
        return piece.to_infinity(env, fmpq(0)) + mirror.to_infinity(env, fmpq(0))

    return value


def _bound(x: Value) -> Scalar:
    if isinstance(x, Array | tuple | bool | SetValue):
        raise Unsupported(Gap.BOUND_THAT_IS_NO_NUMBER)
    if isinstance(x, acb) and x.imag.is_zero():
        return x.real
    return x


def _jets(env: Env) -> bool:
    return any(isinstance(v, Jet) for v in env.values.values()) or any(
        isinstance(v, Jet) or (isinstance(v, Array) and any(isinstance(y, Jet) for y in v.items))
        for v in env.elements.values()
    )


class _Piece:
    """One integrand in one variable."""

    def __init__(self, body: t.Term, run: Code, name: str) -> None:
        self.body, self.run, self.name = body, run, name

    # values of the integrand ------------------------------------------------------------------

    def integrand(
        self,
        env: Env,
        path: Callable[[acb], acb],
        failed: list[BaseException],
        pick: Callable[[Value], Any] | None,
    ) -> Callable[[acb, bool], acb]:
        """The callback of Arb's integrator: no exception may leave it, so the first is kept in `failed`."""
        outer = env.analytic

        def f(s: acb, analytic: bool) -> acb:
            if failed:
                return NAN
            saved, boxed = env.analytic, env.boxed
            old = env.values.get(self.name)
            env.analytic = bool(analytic or outer)
            env.boxed = (*boxed, self.name)
            env.values[self.name] = path(s)
            try:
                env.steps.take(6)
                value = self.run(env)
                if pick is not None:
                    value = pick(value)
                if isinstance(value, fmpq | arb | acb):
                    return acb(value)
                failed.append(Unsupported(Gap.INTEGRAND_THAT_IS_NO_NUMBER))
            except (Uncertain, Undefined):
                return NAN
            except BaseException as e:  # Ctrl-C too: raised again once the integrator has returned
                failed.append(e)
            finally:
                env.analytic, env.boxed = saved, boxed
                if old is None:
                    env.values.pop(self.name, None)
                else:
                    env.values[self.name] = old
            return NAN

        return f

    def on_the_line(self, env: Env, a: Scalar, b: Scalar) -> None:
        """Raises Undefined if the integrand has no real value somewhere in the middle."""
        if env.complex or env.analytic is not None:
            return
        for k in (1, 5, 8, 11, 15):
            x = a + (b - a) * fmpq(k, 16)
            with env.bound(self.name, x):
                try:
                    self.run(env)
                except Undefined as e:
                    if k != 8:
                        raise Undefined(Gap.IN_INTEGRAND, inner=e.why) from None
                except Uncertain:
                    continue

    # proper -----------------------------------------------------------------------------------

    def between(self, env: Env, a: Scalar, b: Scalar, pick: Callable[[Value], Any] | None = None) -> Scalar:
        if isinstance(a, fmpq) and isinstance(b, fmpq) and a == b:
            return fmpq(0)
        if env.analytic is not None:
            inner = self._arb(env, a, b, pick)
            if inner is None:
                raise Uncertain(Gap.INNER_INTEGRAL)
            return inner
        if not isinstance(ball(a), arb) or not isinstance(ball(b), arb):
            raise Unsupported(Gap.COMPLEX_PATH)
        if pick is None:
            self.on_the_line(env, a, b)
        if pick is not None or (self._regular(env, a) and self._regular(env, b)):
            first = self._arb(env, a, b, pick)
            if first is not None:
                return first
        if pick is not None:
            raise Unsupported(Gap.DERIVATIVE_OF_SINGULAR_INTEGRAL)
        if ball(a) > ball(b):
            return -self._singular(env, b, a)
        return self._singular(env, a, b)

    def _regular(self, env: Env, point: Scalar) -> bool:
        try:
            with env.bound(self.name, point):
                self.run(env)
        except (Undefined, Uncertain):
            return False
        return True

    def _arb(
        self, env: Env, a: Scalar, b: Scalar, pick: Callable[[Value], Any] | None = None
    ) -> Scalar | None:
        """None where the integrator finds no finite enclosure."""
        inner = env.analytic is not None
        failed: list[BaseException] = []
        goal = arb(2) ** (-(ctx.prec if ctx.prec < 200 else 200) + 8)
        low, high = acb(a), acb(b)
        exact_ends = low.is_exact() and high.is_exact() and low.imag.is_zero() and high.imag.is_zero()
        if exact_ends:
            f = self.integrand(env, lambda s: s, failed, pick)
            value = self._integrate(f, low, high, goal, inner)
        else:  # the ends are balls: over [0, 1], the ends inside the integrand
            length = high - low
            f = self.integrand(env, lambda s: low + length * s, failed, pick)
            value = self._integrate(f, acb(0), acb(1), goal, inner) * length
        if failed:
            raise failed[0]
        if not value.is_finite():
            return None
        if env.complex or inner:
            return value
        if value.imag.contains(0):
            return value.real
        raise Undefined(Gap.INTEGRAND_IS_NOT_REAL)

    def _integrate(self, f: Callable[[acb, bool], acb], a: acb, b: acb, goal: arb, inner: bool) -> acb:
        limit = 600 if inner else EVALUATIONS
        with calling_back():
            return acb.integral(f, a, b, eval_limit=limit, rel_tol=goal, abs_tol=goal)

    # ends at which the integrand is singular ----------------------------------------------------

    def _singular(self, env: Env, a: Scalar, b: Scalar) -> Scalar:
        if env.analytic is not None:
            raise Uncertain(Gap.SINGULAR_INNER_INTEGRAL)
        middle = self._inner_points(env, a, b)
        if middle:
            ends = [a, *middle, b]
            total: Scalar = fmpq(0)
            for p, q in pairwise(ends):
                total = total + self._one_piece(env, p, q)
            return total
        return self._one_piece(env, a, b)

    def _inner_points(self, env: Env, a: Scalar, b: Scalar) -> list[fmpq]:
        """Simple numbers inside the range at which the integrand has no finite value."""
        found = []
        for x in (
            fmpq(0),
            fmpq(1),
            fmpq(-1),
            fmpq(1, 2),
            fmpq(2),
            (a + b) / 2 if isinstance(a + b, fmpq) else None,
        ):
            if x is None or not (ball(a) < arb(x) < ball(b)) or x in found:
                continue
            try:
                with env.bound(self.name, x):
                    self.run(env)
            except (Undefined, Uncertain):
                found.append(x)
        return sorted(found)

    def _one_piece(self, env: Env, a: Scalar, b: Scalar) -> Scalar:
        if (whole := self._arb(env, a, b)) is not None:
            return whole
        width = fmpq(1, 2**CUT_BITS)
        left, right = self._end(env, a, 1, width), self._end(env, b, -1, width)
        p = a if left is None else a + width
        q = b if right is None else b - width
        if left is None and right is None:
            raise Unsupported(Gap.INTEGRAL_WITH_INNER_SINGULARITY)
        if not ball(p) < ball(q):
            raise Unsupported(Gap.INTEGRAL_OVER_VERY_SHORT_RANGE)
        middle = self._arb(env, p, q)
        if middle is None:
            raise Unsupported(Gap.INTEGRAL_WITH_INNER_SINGULARITY)
        return middle + (left or 0) + (right or 0)

    def _end(self, env: Env, point: Scalar, side: int, width: fmpq) -> Scalar | None:
        """∫ over the last `width` next to a singular end, None if the integrand is regular there."""
        try:
            with env.bound(self.name, point):
                self.run(env)
            return None
        except Undefined:
            pass
        except Uncertain:
            pass
        return self._near(self.body, env, point, side, width)

    def _near(self, body: t.Term, env: Env, point: Scalar, side: int, width: fmpq) -> Scalar:
        place = Place(self.name, point, side, 10, width)
        try:
            e: Expansion = normal(expand(body, place, env))
        except NoValue:
            return self._by_growth(env, point, side, width)
        if e.v <= -1 and not e.c[0].contains(0) if isinstance(e.c[0], arb) else e.v <= -1 and e.c[0] != 0:
            raise Undefined(Gap.INTEGRAL_DIVERGES)
        return tail_integral(e, width)

    def _by_growth(self, env: Env, point: Scalar, side: int, width: fmpq) -> Scalar:
        """x = point ± 1/s: the end becomes a tail in s, with growth bounds (logarithms)."""
        if not isinstance(point, fmpq):
            raise Unsupported(Gap.SINGULAR_END_THAT_IS_NOT_RATIONAL)
        bits = min(ctx.prec, 64)
        start = 2**bits
        s = t.Symbol(self.name)
        number = t.Number(Fraction(int(point.p), int(point.q)))
        step = t.Div(t.ONE, s) if side > 0 else t.Neg(t.Div(t.ONE, s))
        moved = substitute(self.body, {s: step if point == 0 else t.Add((number, step))})
        g = above(t.Div(moved, t.Mul((s, s))), self.name, start, env)
        rest = tail(g, start).upper()
        inner, outer = point + fmpq(side, start), point + side * width
        a, b = (inner, outer) if side > 0 else (outer, inner)
        middle = self._arb(env, a, b)
        if middle is None:
            raise Unsupported(Gap.INTEGRAL_WITH_LOGARITHMIC_END)
        return middle + arb(0, rest)

    # to infinity --------------------------------------------------------------------------------

    def to_infinity(self, env: Env, a: Scalar) -> Scalar:
        if env.analytic is not None:
            return self._inner_to_infinity(env, a)
        if not isinstance(ball(a), arb):
            raise Unsupported(Gap.COMPLEX_PATH)
        floor_a = int(ball(a).upper().ceil().unique_fmpz() or 0)
        start = max(16, 2 * abs(floor_a) + 8)
        self.on_the_line(env, a, a + 4)
        try:
            place = Place(self.name, None, 1, 14, fmpq(1, start))
            e = normal(expand(self.body, place, env))
        except NoValue:
            return self._wave_tail(env, a, start)
        if e.v <= 1 and (e.c[0] != 0 if isinstance(e.c[0], fmpq) else not e.c[0].contains(0)):
            raise Undefined(Gap.INTEGRAL_DIVERGES)
        rest = tail_integral(Expansion(e.v - 2, e.c), fmpq(1, start))
        return self.between(env, a, fmpq(start)) + rest

    def _wave_tail(self, env: Env, a: Scalar, start: int) -> Scalar:
        """A wave whose amplitude falls like a power; else a growth bound."""
        cut = max(waves.START, start)
        try:
            rest = waves.tail(self.body, self.name, cut, env)
        except (Unsupported, Uncertain):
            return self._growth_tail(env, a, start)
        return self.between(env, a, fmpq(cut)) + rest

    def _growth_tail(self, env: Env, a: Scalar, start: int) -> Scalar:
        goal = arb(2) ** (-min(ctx.prec, 160))
        best: tuple[arb, int] | None = None
        for _ in range(14):
            try:
                g = above(self.body, self.name, start, env)
                bound = tail(g, start).upper()
            except Unsupported:
                if start > 4096:
                    raise
                start *= 2
                continue
            except Undefined as error:
                raise Unsupported(Gap.IN_TAIL, inner=error.why) from None
            if best is None or bound < best[0]:
                best = (bound, start)
            if bound < goal or (not g.p and start >= 512):  # an algebraic tail: a longer middle gains little
                break
            start = start * 2
        if best is None:
            raise Unsupported(Gap.TAIL_WITHOUT_BOUND)
        return self.between(env, a, fmpq(best[1])) + arb(0, best[0])

    def _inner_to_infinity(self, env: Env, a: Scalar) -> Scalar:
        start = max(16, 2 * abs(int(acb(a).real.upper().ceil().unique_fmpz() or 0)) + 8)
        goal = arb(2) ** (-min(ctx.prec, 64))
        for _ in range(10):
            try:
                bound = tail(above(self.body, self.name, start, env), start).upper()
            except Unsupported:
                bound = arb.pos_inf()
            if bound < goal:
                break
            start *= 2
        if not bound.is_finite():
            raise Uncertain(Gap.INNER_TAIL_WITHOUT_BOUND)
        return self.between(env, a, fmpq(start)) + acb(arb(0, bound), arb(0, bound))


# derivatives of integrals ---------------------------------------------------------------------


def _of_jets(piece: _Piece, a: Scalar | None, b: Scalar | None, env: Env) -> Scalar:
    """The integral as a jet of the one variable it is differentiated by: coefficients integrated one by one,
    and the moving ends by the Taylor polynomial of the integrand there (Leibniz's rule)."""
    if a is None or b is None:
        raise Unsupported(Gap.DERIVATIVE_OF_IMPROPER_INTEGRAL)
    level, order = _shape(a, b, env)
    total: Scalar = None
    a0, b0 = _point(a, level), _point(b, level)
    if isinstance(a0, Jet) or isinstance(b0, Jet):
        raise Unsupported(Gap.MIXED_DERIVATIVE_OF_INTEGRAL)
    coefficients = []
    free = [v for v in free_symbols(piece.body) if isinstance(env.values.get(v), Jet)]
    if free or env.elements:
        for k in range(order + 1):
            coefficients.append(piece.between(env, a0, b0, partial(_part, level, k)))
    else:
        coefficients = [piece.between(env, a0, b0), *(fmpq(0),) * order]
    total = Jet(level, coefficients)
    for end, point, sign in ((b, b0, 1), (a, a0, -1)):
        if isinstance(end, Jet) and end.level == level:
            moved = _moved(piece, env, end, point, level, order)
            total = total + moved * fmpq(sign)
    return total


def _shape(a: Scalar, b: Scalar, env: Env) -> tuple[int, int]:
    jets = [v for v in (a, b, *env.values.values(), *env.elements.values()) if isinstance(v, Jet)]
    if not jets:
        raise Unsupported(Gap.DERIVATIVE_BY_COMPONENT_IN_INTEGRAL)
    levels = {j.level for j in jets}
    if len(levels) > 1:
        raise Unsupported(Gap.MIXED_DERIVATIVE_OF_INTEGRAL)
    return jets[0].level, min(j.order for j in jets)


def _point(x: Scalar, level: int) -> Scalar:
    return x.c[0] if isinstance(x, Jet) and x.level == level else x


def _part(level: int, k: int, value: Value) -> Scalar:
    if isinstance(value, Jet) and value.level == level:
        return value.c[k]
    return value if k == 0 else fmpq(0)


def _moved(piece: _Piece, env: Env, end: Jet, point: Scalar, level: int, order: int) -> Scalar:
    """∫ from the end's value to the end itself, as a jet."""
    env.level += 1
    try:
        local = Jet(env.level, (point, fmpq(1), *(fmpq(0),) * max(order - 1, 0)))
        inner_level = env.level
        with env.bound(piece.name, local):
            f = piece.run(env)
    finally:
        env.level -= 1
    c = f.c if isinstance(f, Jet) and f.level == inner_level else (f,)
    delta = end - point
    total: Scalar = fmpq(0)
    for k in range(len(c) - 1, -1, -1):  # Σ c_k δ^{k+1}/(k+1), by Horner
        total = (total + c[k] * fmpq(1, k + 1)) * delta
    return total
