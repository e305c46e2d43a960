"""Terms as closures, node by node: `code(term)(env)` is the term's value."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from flint import acb, arb, fmpq

from derive.reasons.gaps import Gap
from derive.term import nodes as t
from derive.verify.evaluate import arrays as ar
from derive.verify.evaluate import derivatives, lookup
from derive.verify.evaluate import scalars as sc
from derive.verify.evaluate.code import Code, hand_in
from derive.verify.evaluate.conditions import relate
from derive.verify.evaluate.heads import indicator, negate, operator
from derive.verify.evaluate.values import (
    Array,
    Env,
    SetValue,
    Uncertain,
    Undefined,
    Unsupported,
    Value,
    exact,
)

_CONSTANTS: dict[str, Callable[[], Value]] = {
    "pi": arb.pi,
    "e": arb.const_e,
    "i": lambda: acb(0, 1),
    "infinity": arb.pos_inf,
    "euler_gamma": arb.const_euler,
    "golden_ratio": lambda: (1 + arb(5).sqrt()) / 2,
    "catalan": arb.const_catalan,
    "true": lambda: True,
    "false": lambda: False,
    "emptyset": lambda: SetValue(items=()),
}
_STANDARD = frozenset("NZQRC")


def code(term: t.Term) -> Code:
    """One node, its parts compiled in turn. The node keeps it: edits of a claim share most of their terms."""
    known: Code | None = getattr(term, "_code", None)
    if known is None:
        known = _compiled(term)
        object.__setattr__(term, "_code", known)
    return known


def _compiled(term: t.Term) -> Code:
    match term:
        case t.Number(value=value):
            number = exact(value)
            return lambda env: number
        case t.Constant(name=name):
            if name in _STANDARD:
                standard = SetValue(name=name)
                return lambda env: standard
            if (make := _CONSTANTS.get(name)) is None:
                raise Unsupported(Gap.CONSTANT, name)
            return lambda env: make()
        case t.Symbol(name=name):
            return lookup.symbol(name)
        case t.Element(base=base, indices=indices):
            return lookup.element(base, [code(i) for i in indices], code)
        case t.Add(args=args):
            return _fold([code(a) for a in args], ar.add)
        case t.Neg(arg=arg):
            return _negation(code(arg))
        case t.Mul(args=args):
            return _fold([code(a) for a in args], ar.mul)
        case t.Div(numerator=a, denominator=b):
            return _quotient(code(a), code(b))
        case t.Pow(base=base, exponent=exponent):
            return _power(base, exponent)
        case t.Root(radicand=radicand, index=index):
            return _root(code(radicand), code(index))
        case t.Apply():
            return _apply(term)
        case t.Call(function=function, args=args):
            return derivatives.call(function, [code(a) for a in args], code)
        case t.Derivative(body=body, variables=variables):
            return derivatives.derivative(code(body), variables, code)
        case t.At(body=body, variable=variable, value=value):
            return derivatives.at(code(body), variable, code(value), code)
        case t.Piecewise(cases=cases):
            return _piecewise(cases)
        case t.Matrix(rows=rows):
            return _matrix([[code(x) for x in row] for row in rows])
        case t.Tuple(items=items):
            parts = [code(x) for x in items]
            return lambda env: tuple(p(env) for p in parts)
        case t.SetOf(items=items):
            members = [code(x) for x in items]
            return lambda env: SetValue(items=tuple(p(env) for p in members))
        case t.Interval(lower=lower, upper=upper, left_open=left, right_open=right):
            low, high = code(lower), code(upper)
            return lambda env: SetValue(interval=(low(env), high(env), left, right))
        case t.Relation(op=op, left=a, right=b):
            return on_the_line(_relation(op, code(a), code(b)))
        case t.BigOp():
            from derive.verify.evaluate.analysis.sums import big_operator

            return big_operator(term)
        case t.Integral():
            from derive.verify.evaluate.analysis.integrals import integral

            return integral(term)
        case t.Limit():
            from derive.verify.evaluate.analysis.limits import limit

            return limit(term)
        case t.Prime() | t.Partial():
            raise Unsupported(Gap.FUNCTION_WITHOUT_ARGUMENTS)
        case t.Expectation(op=op):
            raise Unsupported(Gap.EXPECTATION, op)
        case t.Probability():
            raise Unsupported(Gap.PROBABILITY)
        case t.Ellipsis():
            raise Unsupported(Gap.DOTS)
        case _:
            assert_never(term)


def _fold(parts: list[Code], combine: Callable[[Value, Value], Value]) -> Code:
    if len(parts) == 2:
        first, second = parts

        def two(env: Env) -> Value:
            return combine(first(env), second(env))

        return two

    def many(env: Env) -> Value:
        result = parts[0](env)
        for p in parts[1:]:
            result = combine(result, p(env))
        return result

    return many


def _negation(arg: Code) -> Code:
    return lambda env: negate(arg(env))


def _quotient(a: Code, b: Code) -> Code:
    return lambda env: ar.divide(env, a(env), b(env))


def _power(base: t.Term, exponent: t.Term) -> Code:
    e = code(exponent)
    if base == t.Constant("e"):

        def exponential(env: Env) -> Value:
            x = e(env)
            if isinstance(x, Array):
                raise Unsupported(Gap.E_TO_POWER_OF_ARRAY)
            if isinstance(x, fmpq) and x == 0:
                return sc.ONE
            return sc.exp(env, x)

        return exponential
    b = code(base)

    def run(env: Env) -> Value:
        x, y = b(env), e(env)
        if isinstance(x, Array):
            if isinstance(y, fmpq) and y.q == 1 and abs(y.p) <= 64:
                return ar.matrix_power(env, x, int(y.p))
            raise Unsupported(Gap.POWER_OF_ARRAY)
        if isinstance(y, Array):
            raise Unsupported(Gap.ARRAY_AS_EXPONENT)
        if isinstance(x, tuple | bool | SetValue) or isinstance(y, tuple | bool | SetValue):
            raise Unsupported(Gap.POWER_OF_NO_NUMBER)
        return sc.power(env, x, y)

    return run


def _root(radicand: Code, index: Code) -> Code:
    def run(env: Env) -> Value:
        n, x = index(env), radicand(env)
        if isinstance(x, Array | tuple | bool | SetValue):
            raise Unsupported(Gap.ROOT_OF_NO_NUMBER)
        if isinstance(n, fmpq) and n.q == 1 and abs(n.p) <= 10**6:
            return sc.root(env, x, int(n.p))
        return sc.power(env, x, sc.inv(env, n))

    return run


def _apply(term: t.Apply) -> Code:
    head, args = term.head, term.args
    if head in ("and", "or", "implies"):
        return _logic(head, [code(a) for a in args])
    if head == "norm" and len(args) == 2:
        return _norm(code(args[0]), args[1])
    if head == "norm":
        inner = code(args[0])
        return lambda env: ar.norm(env, inner(env))
    if head == "indicator":
        condition = code(args[0])
        if not isinstance(args[0], t.Relation):
            condition = on_the_line(condition)
        return _indicator(condition)
    if head in ("grad", "div", "curl", "laplacian", "hessian"):
        raise Unsupported(Gap.CONSTRUCT_WITHOUT_ITS_VARIABLES, head)
    run = operator(head)
    if run is None:
        raise Unsupported(Gap.CONSTRUCT, head)
    parts = [code(a) for a in args]
    if len(parts) == 1:
        (only,) = parts
        return lambda env: run(env, only(env))
    return lambda env: run(env, *[p(env) for p in parts])


def _indicator(condition: Code) -> Code:
    def run(env: Env) -> Value:
        try:
            return indicator(condition(env))
        except Uncertain:
            if env.analytic is not False:
                raise
            return acb(arb(0).union(arb(1)))

    return run


def _norm(inner: Code, kind: t.Term) -> Code:
    if isinstance(kind, t.Symbol) and kind.name in ("F", r"\mathrm{F}", r"\text{F}"):
        return lambda env: ar.norm(env, inner(env), "F")
    if kind == t.Constant("infinity"):
        return lambda env: ar.norm(env, inner(env), "infinity")
    p = code(kind)
    return lambda env: ar.norm(env, inner(env), p(env))


def _logic(head: str, parts: list[Code]) -> Code:
    """Lazy, so that `x > 0 and log x < 1` is false, not undefined, for x < 0."""

    def run(env: Env) -> Value:
        doubt: Uncertain | None = None
        for k, p in enumerate(parts):
            try:
                holds = p(env)
            except Uncertain as e:
                doubt = e
                continue
            if not isinstance(holds, bool):
                raise Unsupported(Gap.LOGIC_OF_NO_STATEMENT)
            if head == "implies" and k == 0:
                holds = not holds
            if holds is (head != "and"):
                return holds
        if doubt is not None:
            raise doubt
        return head == "and"

    return run


def _relation(op: str, a: Code, b: Code) -> Code:
    if op in ("<", "<=", ">", ">=") and b is None:
        raise Unsupported(Gap.RELATION)
    return lambda env: relate(op, a(env), b(env))


def on_the_line(condition: Code) -> Code:
    """A condition inside an integrand is decided on the real piece that the complex box surrounds."""

    def run(env: Env) -> Value:
        if env.analytic is None:
            return condition(env)
        flag, saved = env.analytic, {name: env.values[name] for name in env.boxed}
        env.analytic = None
        for name, box in saved.items():
            env.values[name] = box.real if isinstance(box, acb) else box
        try:
            return condition(env)
        finally:
            env.analytic = flag
            env.values.update(saved)

    return run


def _piecewise(cases: tuple[tuple[t.Term, t.Term | None], ...]) -> Code:
    parts = [(code(value), None if c is None else on_the_line(code(c))) for value, c in cases]

    def run(env: Env) -> Value:
        open_: list[Value] = []
        for value, condition in parts:
            if condition is None:
                holds: Value = True
            else:
                try:
                    holds = condition(env)
                except Uncertain:
                    if env.analytic is not False:
                        raise
                    open_.append(value(env))
                    continue
            if holds is True:
                return _hull([*open_, value(env)]) if open_ else value(env)
            if holds is not False:
                raise Unsupported(Gap.CASE_WHOSE_CONDITION_IS_NO_STATEMENT)
        if open_:
            raise Uncertain(Gap.CASES)
        raise Undefined(Gap.NO_CASE_APPLIES)

    return run


def _hull(values: list[Value]) -> Value:
    result = acb(values[0])
    for v in values[1:]:
        result = result.union(acb(v))
    return result


def _matrix(rows: list[list[Code]]) -> Code:
    def run(env: Env) -> Value:
        blocks = [[x(env) for x in row] for row in rows]
        if not any(isinstance(x, Array) for row in blocks for x in row):
            if len({len(row) for row in blocks}) != 1:
                raise ar.ShapeError(Gap.ROWS_OF_DIFFERENT_LENGTHS)
            return ar.shaped((len(blocks), len(blocks[0])), [x for row in blocks for x in row])
        lines: list[tuple[Value, ...]] = []
        for row in blocks:
            height = row[0].rows if isinstance(row[0], Array) else 1
            if any((x.rows if isinstance(x, Array) else 1) != height for x in row):
                raise ar.ShapeError(Gap.BLOCKS_OF_DIFFERENT_HEIGHTS)
            for i in range(height):
                lines.append(tuple(y for x in row for y in (x.row(i) if isinstance(x, Array) else (x,))))
        if len({len(line) for line in lines}) != 1:
            raise ar.ShapeError(Gap.ROWS_OF_DIFFERENT_LENGTHS)
        return ar.shaped((len(lines), len(lines[0])), [x for line in lines for x in line])

    return run


hand_in(code)
