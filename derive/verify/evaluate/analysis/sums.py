"""Sums, products and extremes over ranges: finite ones term by term, infinite ones with certified tails."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flint import arb, fmpq

from derive.classes import replace
from derive.reasons.gaps import Gap
from derive.term import nodes as t
from derive.term.contents import among
from derive.verify.evaluate import arrays as ar
from derive.verify.evaluate.analysis.factoring import pulled, split
from derive.verify.evaluate.code import Code, code
from derive.verify.evaluate.heads import extremes
from derive.verify.evaluate.jets import Jet
from derive.verify.evaluate.values import (
    Array,
    Budget,
    Env,
    SetValue,
    Undefined,
    Unsupported,
    Value,
    small_integer,
)

_INFINITY = t.Constant("infinity")
_EXACT_BITS = 3000  # partial sums beyond this size go on as balls


def big_operator(term: t.BigOp) -> Code:
    """Σ, Π, max, min over the binders of the term, the last one innermost."""
    op = term.op
    if op not in ("sum", "prod", "max", "min", "sup", "inf"):
        raise Unsupported(Gap.OPERATOR, op)
    if not term.binders:
        raise Unsupported(Gap.OPERATOR_WITHOUT_RANGE, op)
    if any(_infinite(b) for b in term.binders):
        return _infinite_operator(term)
    body = code(term.body)
    ranges = [_range(b, term.body) for b in term.binders]
    names = [b.variable.name for b in term.binders]
    conditions = [None if b.condition is None else code(b.condition) for b in term.binders]

    def values(env: Env, k: int) -> Iterator[Value]:
        if k == len(names):
            env.steps.take(3)
            yield body(env)
            return
        points = ranges[k](env)
        for point in points:
            with env.bound(names[k], point):
                condition = conditions[k]
                if condition is not None and condition(env) is not True:
                    env.steps.take(1)
                    continue
                yield from values(env, k + 1)

    return lambda env: _combined(op, values(env, 0), env)


def _combined(op: str, values: Iterator[Value], env: Env) -> Value:
    if op in ("max", "min", "sup", "inf"):
        return extremes(env, (tuple(values),), op in ("max", "sup"))
    total: Value = None
    combine: Callable[[Value, Value], Value] = ar.add if op == "sum" else ar.mul
    for v in values:
        total = v if total is None else combine(total, v)
        if isinstance(total, fmpq) and total.height_bits() > _EXACT_BITS:
            total = arb(total)
    if total is None:
        return fmpq(0) if op == "sum" else fmpq(1)
    return total


def _infinite(b: t.Binder) -> bool:
    return (
        _is_infinite(b.lower)
        or _is_infinite(b.upper)
        or (isinstance(b.domain, t.Constant) and b.domain.name in "NZ")
    )


def _is_infinite(term: t.Term | None) -> bool:
    return term == _INFINITY or (isinstance(term, t.Neg) and term.arg == _INFINITY)


def _range(b: t.Binder, body: t.Term) -> Callable[[Env], Iterator[Value]]:
    if b.lower is not None and b.upper is not None:
        low, high = code(b.lower), code(b.upper)

        def integers(env: Env) -> Iterator[Value]:
            first, last = small_integer(low(env), "lower bound"), small_integer(high(env), "upper bound")
            if last < first - 1:
                raise Undefined(Gap.RANGE_THAT_RUNS_BACKWARDS)
            if last - first > 10**6:
                raise Budget(Gap.TOO_MANY_TERMS)
            env.steps.take(last - first + 1)
            return iter([fmpq(k) for k in range(first, last + 1)])

        return integers
    if b.domain is not None:
        domain = code(b.domain)

        def members(env: Env) -> Iterator[Value]:
            value = domain(env)
            if isinstance(value, SetValue) and value.items is not None:
                return iter(value.items)
            if isinstance(value, tuple):
                return iter(value)
            raise Unsupported(Gap.SUM_OVER_THIS_SET)

        return members
    if b.lower is None and b.upper is None:
        return _open_range(b.variable, body)
    raise Unsupported(Gap.RANGE_WITH_ONE_END)


def _open_range(index: t.Symbol, body: t.Term) -> Callable[[Env], Iterator[Value]]:
    """A sum that names no range runs over the array that it indexes, else over the model's length."""
    arrays = [
        (n.base.name, n.indices.index(index))
        for n in among(body, t.Element)
        if isinstance(n.base, t.Symbol) and index in n.indices
    ]

    def integers(env: Env) -> Iterator[Value]:
        for name, place in arrays:
            value = env.values.get(name)
            if isinstance(value, Array) and place < len(value.shape):
                base = env.bases.get(name, 1)
                return iter([fmpq(k) for k in range(base, base + value.shape[place])])
        length = env.cache.get("length")
        if length is None:
            raise Unsupported(Gap.RANGE_THAT_IS_LEFT_TO_CONTEXT)
        return iter([fmpq(k) for k in range(1, length + 1)])

    return integers


# infinite ranges --------------------------------------------------------------------------


def _infinite_operator(term: t.BigOp) -> Code:
    if term.op not in ("sum", "prod"):
        raise Unsupported(Gap.OPERATOR_OVER_INFINITE_RANGE, term.op)
    (*outer, last) = term.binders
    if outer:  # the infinite one innermost: nested
        if _infinite(last):
            inner = t.BigOp(term.op, term.body, (last,))
            return big_operator(t.BigOp(term.op, inner, tuple(outer)))
        return big_operator(t.BigOp(term.op, t.BigOp(term.op, term.body, (last,)), tuple(outer)))
    if last.condition is not None:
        raise Unsupported(Gap.INFINITE_RANGE_WITH_CONDITION)
    lower, upper = last.lower, last.upper
    if last.domain is not None:
        lower, upper = (t.Neg(_INFINITY) if last.domain == t.Constant("Z") else t.ZERO), _INFINITY
    if lower is None or upper is None:
        raise Unsupported(Gap.RANGE_THAT_IS_LEFT_TO_CONTEXT)
    n = last.variable
    free, rest = split(pulled(term.body), n.name)
    if free and term.op == "sum":
        return code(
            t.Mul((*free, t.BigOp("sum", rest, (replace(last, lower=lower, upper=upper, domain=None),))))
        )
    if _is_infinite(lower) and _is_infinite(upper):
        from derive.term.traverse import substitute

        mirrored = substitute(term.body, {n: t.Neg(n)})
        halves = [
            t.BigOp(term.op, term.body, (replace(last, lower=t.ZERO, upper=_INFINITY, domain=None),)),
            t.BigOp(term.op, mirrored, (replace(last, lower=t.ONE, upper=_INFINITY, domain=None),)),
        ]
        first, second = (code(h) for h in halves)
        return lambda env: (ar.add if term.op == "sum" else ar.mul)(first(env), second(env))
    if _is_infinite(lower):
        from derive.term.traverse import substitute

        mirrored = substitute(term.body, {n: t.Neg(n)})
        return code(t.BigOp(term.op, mirrored, (replace(last, lower=t.Neg(upper), upper=_INFINITY),)))
    from derive.verify.evaluate.analysis.series import product, series

    run = series if term.op == "sum" else product
    low, body = code(lower), code(term.body)

    def infinite(env: Env) -> Value:
        if env.analytic is not None:
            raise Unsupported(Gap.INFINITE_RANGE_IN_INTEGRAND)
        if any(isinstance(v, Jet) for v in env.values.values()) or any(
            isinstance(v, Jet) for v in env.elements.values()
        ):
            raise Unsupported(Gap.DERIVATIVE_OF_INFINITE_SUM)
        start = small_integer(low(env), "lower bound")
        return run(term.body, body, n.name, start, env)

    return infinite
