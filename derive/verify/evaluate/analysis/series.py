"""Infinite series and products of numbers: certified balls, or Undefined where they certainly diverge.

Three ways: a bound on the ratio of consecutive terms (geometric and hypergeometric series); Hurwitz
zeta values for terms that are analytic in 1/n; the same for pairs of terms of an alternating series.
"""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from typing import Any

from flint import acb, arb, ctx, fmpq

from derive.reasons.gaps import Gap
from derive.term import nodes as t
from derive.term.traverse import free_symbols, substitute
from derive.verify.evaluate import scalars as sc
from derive.verify.evaluate.analysis.expansions import Expansion, Place, compose, expand, normal, tail_sum
from derive.verify.evaluate.analysis.growth import above, tail
from derive.verify.evaluate.analysis.ratios import Ratio, last_root, linear, ratio
from derive.verify.evaluate.code import Code
from derive.verify.evaluate.values import (
    Array,
    Budget,
    Env,
    NoValue,
    Scalar,
    Uncertain,
    Undefined,
    Unsupported,
    Value,
    contains_zero,
    exact,
    is_exact_zero,
)

MAX_TERMS = 20_000


def _at(body: Code, name: str, n: int, env: Env) -> Value:
    env.steps.take(3)
    with env.bound(name, fmpq(n)):
        value = body(env)
    if isinstance(value, Array | bool | tuple):
        raise Unsupported(Gap.INFINITE_SUM_OF_NO_NUMBER)
    return value


def series(term: t.Term, body: Code, name: str, start: int, env: Env) -> Scalar:
    """Σ_{n ≥ start} of the term. Undefined: it diverges; Unsupported: no tail is known."""
    if name not in free_symbols(term):
        value = _at(body, name, start, env)
        if is_exact_zero(value):
            return fmpq(0)
        raise Undefined(Gap.SERIES_DIVERGES) if not contains_zero(value) else Uncertain(Gap.MAY_BE_ZERO)
    reason: NoValue | None = None
    try:
        return _by_ratio(body, name, start, ratio(term, name, env), env)
    except Unsupported as e:
        reason = e
    try:
        return _by_expansion(term, body, name, start, env)
    except (Unsupported, Uncertain) as e:
        reason = e
    rest = _without_sign(term, name, env)
    if rest is not None:
        try:
            return _alternating(rest[0], rest[1], name, start, env)
        except Unsupported as e:
            reason = e
    with suppress(Unsupported, Uncertain):
        return _by_growth(term, body, name, start, env)
    if isinstance(term, t.Add):
        from derive.verify.evaluate.code import compiled

        total: Scalar = fmpq(0)
        for part in term.args:
            try:
                total = total + series(part, compiled(part), name, start, env)
            except Undefined:
                raise Unsupported(Gap.SERIES_WHOSE_PARTS_DIVERGE) from None
        return total
    if isinstance(term, t.Neg):
        from derive.verify.evaluate.code import compiled

        return -series(term.arg, compiled(term.arg), name, start, env)
    raise reason


def _by_ratio(body: Code, name: str, start: int, r: Ratio, env: Env) -> Scalar:
    """A series whose ratio of terms stays below one: the tail after t_N is at most |t_N| q/(1-q)."""
    if is_exact_zero(r.base):
        return _vanishing(body, name, start, env)
    limit = r.limit()
    if isinstance(limit, arb) and not limit.is_finite():
        raise Undefined(Gap.SERIES_DIVERGES)
    if limit > 1:
        raise Undefined(Gap.SERIES_DIVERGES)
    if not limit < 1:
        if isinstance(limit, arb) and not (limit.is_exact() and limit == 1):
            raise Uncertain(Gap.AT_BORDER_OF_CONVERGENCE)
        raise Unsupported(Gap.TERMS_THAT_DECAY_TOO_SLOWLY_FOR_THEIR_RATIO)
    first_safe = max(start, last_root(r.top), last_root(r.bottom), 1)
    if first_safe - start > 2000:
        raise Budget(Gap.SERIES_THAT_SETTLES_LATE)
    total: Scalar = fmpq(0)
    for n in range(start, first_safe):
        total = total + _at(body, name, n, env)
    current: Any = _at(body, name, first_safe, env)
    current = arb(current) if isinstance(current, fmpq) else current
    n, goal = first_safe, arb(2) ** (-ctx.prec - 4)
    total = total + arb(0)
    for _ in range(MAX_TERMS):
        env.steps.take(1)
        if (n - first_safe) % 6 == 0:
            q = r.bound(n) if n > 0 else None
            if q is not None and q < 1:
                tail = (abs(current) / (1 - q)).upper()
                if tail <= goal * (1 + abs(total).lower()) or current.is_zero():
                    return total + _error(tail, current)
        total = total + current
        current = current * r.base * (arb(r.top(fmpq(n))) / arb(r.bottom(fmpq(n))))
        n += 1
    q = r.bound(n)
    if q is not None and q < 1:
        return total + _error((abs(current) / (1 - q)).upper(), current)
    raise Budget(Gap.SERIES_THAT_CONVERGES_TOO_SLOWLY)


def _error(tail: arb, like: Scalar) -> Scalar:
    return acb(arb(0, tail), arb(0, tail)) if isinstance(like, acb) else arb(0, tail)


def _vanishing(body: Code, name: str, start: int, env: Env) -> Scalar:
    """The ratio is exactly zero, as for x^n at x = 0: the first terms are all there are."""
    total: Scalar = fmpq(0)
    for n in range(start, start + 4):
        total = total + _at(body, name, n, env)
    for n in (start + 4, start + 5):
        if not is_exact_zero(_at(body, name, n, env)):
            raise Unsupported(Gap.SERIES_WITH_RATIO_OF_ZERO_THAT_DOES_NOT_END)
    return total


def _order() -> int:
    return 12 if ctx.prec <= 64 else 20


def _expanded(term: t.Term, place: Place, env: Env) -> Expansion:
    try:
        return expand(term, place, env)
    except Undefined as e:
        raise Unsupported(Gap.IN_EXPANSION, inner=e.why) from None


def _by_expansion(term: t.Term, body: Code, name: str, start: int, env: Env) -> Scalar:
    first = max(start, 40 if ctx.prec <= 64 else 90)
    e = normal(_expanded(term, Place(name, None, 1, _order(), fmpq(1, first)), env))
    if e.v <= 1 and not contains_zero(e.c[0]) and e.order > 0:
        raise Undefined(Gap.SERIES_DIVERGES)
    tail = tail_sum(e, first)
    head: Scalar = fmpq(0)
    for n in range(start, first):
        head = head + _at(body, name, n, env)
    return head + tail


def _by_growth(term: t.Term, body: Code, name: str, start: int, env: Env) -> Scalar:
    """The terms one by one, the tail by an integral of a growth bound that falls."""
    first, best = max(start, 8), None
    for _ in range(9):
        try:
            g = above(term, name, first, env)
            if g.decreasing(first):
                bound = (g.at(first) + tail(g, first)).upper()
                if best is None or bound < best[0]:
                    best = (bound, first)
                if bound < arb(2) ** -60:
                    break
        except Unsupported:
            if first > 1000:
                break
        first *= 2
    if best is None:
        raise Unsupported(Gap.SERIES_WITHOUT_BOUND_FOR_ITS_TAIL)
    total: Scalar = arb(0)
    for n in range(start, best[1]):
        total = total + _at(body, name, n, env)
    return total + _error(best[0], total)


def _without_sign(term: t.Term, name: str, env: Env) -> tuple[t.Term, int] | None:
    """(f, p) for a term (-1)^{n + p} f."""
    match term:
        case t.Pow(base=base, exponent=exponent) if base in (t.Neg(t.ONE), t.integer(-1)):
            form = linear(exponent, name, env)
            if form is None or form[0].q != 1 or form[1].q != 1 or form[0].p % 2 == 0:
                return None
            return t.ONE, int(form[1].p) % 2
        case t.Apply(head="cos", args=(arg,)):
            for turn in (
                t.Mul((t.Symbol(name), t.Constant("pi"))),
                t.Mul((t.Constant("pi"), t.Symbol(name))),
            ):
                if arg == turn:
                    return t.ONE, 0
            return None
        case t.Neg(arg=arg):
            inner = _without_sign(arg, name, env)
            return None if inner is None else (t.Neg(inner[0]), inner[1])
        case t.Mul(args=args):
            for k, a in enumerate(args):
                if (inner := _without_sign(a, name, env)) is not None:
                    return t.Mul((*args[:k], inner[0], *args[k + 1 :])), inner[1]
            return None
        case t.Div(numerator=a, denominator=b):
            if (inner := _without_sign(a, name, env)) is not None:
                return t.Div(inner[0], b), inner[1]
            if (inner := _without_sign(b, name, env)) is not None:
                return t.Div(a, inner[0]), inner[1]
            return None
        case _:
            return None


def _alternating(f: t.Term, parity: int, name: str, start: int, env: Env) -> Scalar:
    """Σ (-1)^{n+p} f(n): from an even N on in pairs f(n) - f(n+1), which are analytic in 1/n."""
    from derive.verify.evaluate.code import compiled

    run = compiled(f)
    first = max(start, 40 if ctx.prec <= 64 else 90)
    first += first % 2
    symbol = t.Symbol(name)
    lone = normal(_expanded(f, Place(name, None, 1, 4, fmpq(1, first)), env))
    if lone.v <= 0:
        if not contains_zero(lone.c[0]):
            raise Undefined(Gap.SERIES_DIVERGES)
        raise Uncertain(Gap.TERMS_THAT_MAY_NOT_TEND_TO_ZERO)
    pair = t.Add((f, t.Neg(substitute(f, {symbol: t.Add((symbol, t.ONE))}))))
    e = normal(_expanded(pair, Place(name, None, 1, _order(), fmpq(1, first)), env))
    # at n = 2m: Σ c (2m)^{-s}
    halved = tuple(c * sc._positive_power(fmpq(1, 2), exact(e.v + k)) for k, c in enumerate(e.c))
    tail = tail_sum(Expansion(e.v, halved), first // 2)
    head: Scalar = fmpq(0)
    for n in range(start, first):
        value = _at(run, name, n, env)
        head = head + (value if (n + parity) % 2 == 0 else -value)
    return head + (tail if parity == 0 else -tail)


def product(term: t.Term, body: Code, name: str, start: int, env: Env) -> Scalar:
    """Π_{n ≥ start} of the term, as a finite product times exp Σ log."""
    if name not in free_symbols(term):
        value = _at(body, name, start, env)
        if isinstance(value, fmpq) and value in (0, 1):
            return value
        raise Unsupported(Gap.INFINITE_POWER)
    try:
        return _product_by_expansion(term, body, name, start, env)
    except Unsupported:
        return _product_by_ratio(term, body, name, start, env)


def _product_by_expansion(term: t.Term, body: Code, name: str, start: int, env: Env) -> Scalar:
    first = max(start, 40 if ctx.prec <= 64 else 90)
    place = Place(name, None, 1, _order(), fmpq(1, first))
    e = normal(_expanded(term, place, env))
    if e.v != 0 or not is_exact_zero(e.c[0] - 1):
        raise (
            Undefined(Gap.PRODUCT_DIVERGES)
            if e.v != 0
            else Unsupported(Gap.PRODUCT_WHOSE_FACTORS_DO_NOT_TEND_TO_ONE)
        )
    logs: Expansion = normal(compose(env, sc.log, e, place))
    if logs.v <= Fraction(1) and not contains_zero(logs.c[0]):
        raise Undefined(Gap.PRODUCT_DIVERGES)
    head: Scalar = fmpq(1)
    for n in range(start, first):
        head = head * _at(body, name, n, env)
        if isinstance(head, fmpq) and head.height_bits() > 2000:
            head = arb(head)
    return head * tail_sum(logs, first).exp()


def _product_by_ratio(term: t.Term, body: Code, name: str, start: int, env: Env) -> Scalar:
    """Factors 1 + y(n) with y hypergeometric: |log Π - log of the finite part| ≤ 2 Σ |y| once |y| ≤ 1/2."""
    from derive.verify.evaluate.code import compiled

    if not isinstance(term, t.Add):
        raise Unsupported(Gap.INFINITE_PRODUCT)
    rest = [a for a in term.args if name in free_symbols(a)]
    fixed = [a for a in term.args if name not in free_symbols(a)]
    if len(rest) != 1 or len(fixed) != 1 or fixed[0] != t.ONE:
        raise Unsupported(Gap.INFINITE_PRODUCT)
    r, run = ratio(rest[0], name, env), compiled(rest[0])
    if not r.limit() < 1:
        raise Unsupported(Gap.INFINITE_PRODUCT_WITH_SLOW_FACTORS)
    head: Scalar = fmpq(1)
    for n in range(start, start + 4000):
        y = _at(run, name, n, env)
        if n > 0 and n % 4 == 0 and (q := r.bound(n)) is not None and q < 1:
            tail = (2 * abs(arb(1) * y) / (1 - q)).upper()
            if tail < arb(2) ** (-ctx.prec) and abs(arb(1) * y) < 0.5:
                return head * (arb(0, tail)).exp()
        head = head * (y + 1)
        if isinstance(head, fmpq) and head.height_bits() > 2000:
            head = arb(head)
    raise Budget(Gap.INFINITE_PRODUCT_THAT_CONVERGES_TOO_SLOWLY)
