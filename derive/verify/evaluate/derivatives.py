"""Calls of unknown functions and derivatives of any order, by jets at the point of the model."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flint import acb, fmpq, fmpz

from derive.classes import replace
from derive.reasons.gaps import Gap
from derive.term.nodes import Element, Partial, Prime, Symbol, Term
from derive.verify.evaluate.code import Code, Compile
from derive.verify.evaluate.functions import DefinedFunction, Derived, Sequence, SmoothFunction, runtime
from derive.verify.evaluate.jets import Jet
from derive.verify.evaluate.lookup import derived, symbol
from derive.verify.evaluate.values import Array, Budget, Env, Scalar, Unsupported, Value, small_integer

MAX_ORDER = 24
Run = Callable[[Env], Value]


def along(env: Env, point: Scalar, order: int, evaluate: Callable[[Scalar], Value]) -> Value:
    """The derivative of the given order of `evaluate` at `point`; componentwise for arrays."""
    if order == 0:
        return evaluate(point)
    if env.analytic is not None and not isinstance(point, acb | fmpq | Jet):
        point = acb(point)
    env.level += 1
    level = env.level
    env.steps.take(order * order)
    try:
        value = evaluate(Jet(level, (point, fmpq(1), *(fmpq(0),) * (order - 1))))
    finally:
        env.level -= 1
    return coefficient(value, level, order)


def coefficient(value: Value, level: int, order: int) -> Value:
    """order! times the coefficient of that order of the jet variable `level`."""
    if isinstance(value, Array):
        return value.map(lambda x: coefficient(x, level, order))
    if isinstance(value, Jet) and value.level == level:
        return value.c[order] * fmpq(fmpz.fac_ui(order))
    if isinstance(value, tuple | bool):
        raise Unsupported(Gap.DERIVATIVE_OF_NO_NUMBER)
    return fmpq(0)


def _order(env: Env, code: Code) -> int:
    n = small_integer(code(env), "order of a derivative")
    if n < 0:
        raise Unsupported(Gap.DERIVATIVE_OF_NEGATIVE_ORDER)
    if n > MAX_ORDER:
        raise Budget(Gap.ORDER_OF_DERIVATIVE)
    return n


def function_value(term: Term, compile_: Compile) -> Callable[[Env, tuple[Value, ...]], Value]:
    """A function-valued term as something to apply to values."""
    match term:
        case Symbol(name=name):

            def plain(env: Env, args: tuple[Value, ...]) -> Value:
                f = env.values.get(name)
                if isinstance(f, SmoothFunction | DefinedFunction):
                    return f(env, args)
                raise Unsupported(Gap.FUNCTION, name)

            return plain
        case Element(base=Symbol(name=name), indices=indices):
            codes = [compile_(i) for i in indices]

            def member(env: Env, args: tuple[Value, ...]) -> Value:
                f = env.values.get(name)
                if isinstance(f, SmoothFunction):
                    index = tuple(small_integer(c(env), "index") for c in codes)
                    return f.member(index)(env, args)
                raise Unsupported(Gap.FUNCTION, name)

            return member
        case Prime(function=function, order=order):
            inner, count = function_value(function, compile_), compile_(order)

            def prime(env: Env, args: tuple[Value, ...]) -> Value:
                if len(args) != 1 or isinstance(args[0], Array):
                    raise Unsupported(Gap.PRIME_ON_FUNCTION_OF_SEVERAL_ARGUMENTS)
                return along(env, args[0], _order(env, count), lambda u: inner(env, (u,)))

            return prime
        case Partial(function=function, orders=orders):
            inner = function_value(function, compile_)

            def partial(env: Env, args: tuple[Value, ...]) -> Value:
                if len(args) != len(orders) or any(isinstance(a, Array) for a in args):
                    raise Unsupported(Gap.PARTIAL_DERIVATIVE_WHOSE_ARGUMENTS_DO_NOT_FIT)
                if sum(orders) > MAX_ORDER:
                    raise Budget(Gap.ORDER_OF_DERIVATIVE)
                return _mixed(env, inner, list(args), list(orders), 0)

            return partial
        case _:
            raise Unsupported(Gap.FUNCTION_GIVEN_BY_TERM)


def _mixed(
    env: Env, f: Callable[[Env, tuple[Value, ...]], Value], args: list[Value], orders: list[int], k: int
) -> Value:
    while k < len(args) and orders[k] == 0:
        k += 1
    if k == len(args):
        return f(env, tuple(args))

    def at(u: Scalar) -> Value:
        return _mixed(env, f, [*args[:k], u, *args[k + 1 :]], orders, k + 1)

    return along(env, args[k], orders[k], at)


def call(function: Term, args: list[Code], compile_: Compile) -> Code:
    apply = function_value(function, compile_)
    return lambda env: apply(env, tuple(a(env) for a in args))


def derivative(body: Code, variables: tuple[tuple[Term, Term], ...], compile_: Compile) -> Code:
    run = body
    for variable, order in reversed(variables):
        run = _by(run, variable, compile_(order), compile_)
    return run


def _by(body: Run, variable: Term, order: Code, compile_: Compile) -> Run:
    match variable:
        case Symbol(name=name):
            value_of = symbol(name)

            def by_symbol(env: Env) -> Value:
                n = _order(env, order)
                point = env.values.get(name)
                if isinstance(point, Derived):
                    point = derived(env, name, point)
                if isinstance(point, Array):
                    return _gradient(env, partial(_with_symbol, env, body, name), point, n)
                if isinstance(point, Sequence):
                    if point.alone is None or not point.shape:
                        raise Unsupported(Gap.DERIVATIVE_BY_WHOLE_SEQUENCE)
                    whole = partial(_with_bare_letter, env, body, name, point)
                    return _gradient(env, whole, runtime(point.alone), n)
                point = value_of(env)

                def at(u: Scalar) -> Value:
                    with env.bound(name, u):
                        return body(env)

                return along(env, point, n, at)

            return by_symbol
        case Element(base=Symbol(name=name), indices=indices):
            codes, value_at = [compile_(i) for i in indices], compile_(variable)

            def by_element(env: Env) -> Value:
                index = tuple(small_integer(c(env), "index") for c in codes)
                point, moved = value_at(env), partial(_with_element, env, body, name, index)
                if isinstance(point, Array):
                    return _gradient(env, moved, point, _order(env, order))
                return along(env, point, _order(env, order), moved)

            return by_element
        case _:
            raise Unsupported(Gap.DERIVATIVE_BY_NO_SYMBOL_OR_ELEMENT)


def _with_symbol(env: Env, body: Run, name: str, u: Value) -> Value:
    with env.bound(name, u):
        return body(env)


def _with_bare_letter(env: Env, body: Run, name: str, listed: Sequence, u: Value) -> Value:
    """The body at another `\\boldsymbol x`, the `\\boldsymbol x_i` staying what they are."""
    with env.bound(name, replace(listed, alone=u)):
        return body(env)


def _with_element(env: Env, body: Run, name: str, index: tuple[int, ...], u: Value) -> Value:
    """The body where one element is `u`; an array that holds it changes with it."""
    held = env.values.get(name)
    if isinstance(held, Array) and len(index) == len(held.shape):
        base = env.bases.get(name, 1)
        place = [i - base for i in index]
        flat = place[0] if len(place) == 1 else place[0] * held.columns + place[1]
        items = (*held.items[:flat], u, *held.items[flat + 1 :])
        with env.bound(name, Array(held.shape, items)):
            return body(env)
    missing: Any = object()
    old = env.elements.get((name, index), missing)
    env.elements[name, index] = u
    cache, env.cache = (
        env.cache,
        {"base": env.cache.get("base")},
    )  # elements that depend on it may not be reused
    try:
        return body(env)
    finally:
        env.cache = cache
        if old is missing:
            del env.elements[name, index]
        else:
            env.elements[name, index] = old


def _gradient(env: Env, value_at: Callable[[Value], Value], point: Array, order: int) -> Value:
    """By an array whose value is `point`: in its shape for a number; for a vector the Jacobian, rows for
    components.

    Of order 2 the matrix of second derivatives.
    """
    if order == 0:
        return value_at(point)
    if order > 2:
        raise Unsupported(Gap.DERIVATIVE_OF_THIRD_ORDER_BY_ARRAY)
    parts: list[Value] = []
    for k in range(len(point.items)):

        def at(u: Scalar, k: int = k) -> Value:
            moved = Array(point.shape, (*point.items[:k], u, *point.items[k + 1 :]))
            if order == 2:
                return _gradient(env, value_at, moved, 1)
            return value_at(moved)

        parts.append(along(env, point.items[k], 1, at))
    if not any(isinstance(p, Array) for p in parts):
        return Array(point.shape, tuple(parts))
    if len(point.shape) == 1 and all(isinstance(p, Array) and len(p.shape) == 1 for p in parts):
        m = parts[0].rows
        jacobian = Array((m, len(parts)), tuple(p.items[i] for i in range(m) for p in parts))
        if order == 2 or _symmetric(jacobian):
            return jacobian
        raise Unsupported(Gap.JACOBIAN_MATRIX)
    raise Unsupported(Gap.DERIVATIVE_OF_MATRIX_BY_ARRAY)


def _symmetric(a: Array) -> bool:
    n = a.rows
    return n == a.columns and all(
        isinstance(x := a.items[i * n + j] - a.items[j * n + i], fmpq) and x == 0
        for i in range(n)
        for j in range(i)
    )


def at(body: Code, variable: Term, value: Code, compile_: Compile) -> Code:
    match variable:
        case Symbol(name=name):

            def bind(env: Env) -> Value:
                point = value(env)
                with env.bound(name, point):
                    return body(env)

            return bind
        case Element(base=Symbol(name=name), indices=indices):
            codes = [compile_(i) for i in indices]

            def bind_element(env: Env) -> Value:
                index = tuple(small_integer(c(env), "index") for c in codes)
                return _with_element(env, body, name, index, value(env))

            return bind_element
        case _:
            raise Unsupported(Gap.VALUE_FOR_NO_SYMBOL_OR_ELEMENT)
