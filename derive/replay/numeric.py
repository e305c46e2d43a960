"""A second way for certificates that balls by the shortest way do not reach: mpmath, in many digits.

Limits, infinite sums and improper integrals are extrapolated there, not enclosed, so what this
confirms is confirmed numerically only, and is said to be.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import mpmath

from derive.functions import FUNCTIONS
from derive.term.nodes import (
    Add,
    Apply,
    BigOp,
    Constant,
    Div,
    Element,
    Integral,
    Limit,
    Matrix,
    Mul,
    Neg,
    Number,
    Piecewise,
    Pow,
    Relation,
    Root,
    Symbol,
    Term,
)

DIGITS = 30


class NoNumber(Exception):
    """The construct is not known here; the message names it."""


def apart(left: Term, right: Term, point: Mapping[str, Any], relation: str = "=") -> tuple[bool, str]:
    """Whether the relation fails by more than a millionth, and both values as text. Raises NoNumber."""
    with mpmath.workdps(DIGITS):
        a, b = _value(left, dict(point)), _value(right, dict(point))
        if isinstance(a, mpmath.matrix) or isinstance(b, mpmath.matrix):
            if not (isinstance(a, mpmath.matrix) and isinstance(b, mpmath.matrix)):
                raise NoNumber("a comparison of a number and an array")
            if (a.rows, a.cols) != (b.rows, b.cols):
                raise NoNumber("arrays of different shapes")
            difference = mpmath.mnorm(a - b, "inf")
            return bool(difference > 1e-6), f"{mpmath.nstr(a.T, 8)} against {mpmath.nstr(b.T, 8)}"
        if not (mpmath.isfinite(a) and mpmath.isfinite(b)):
            raise NoNumber("an infinite value")
        gap = a - b if relation in ("<", "<=") else b - a if relation in (">", ">=") else abs(a - b)
        return bool(gap > 1e-6 * (1 + abs(a))), f"{mpmath.nstr(a, 12)} against {mpmath.nstr(b, 12)}"


def growing(term: Term, point: Mapping[str, Any]) -> tuple[bool, str]:
    """Whether the terms of an infinite sum, times their number, do not tend to zero. Raises NoNumber."""
    while not isinstance(term, BigOp):
        inner = [a for a in (getattr(term, "args", None) or ()) if isinstance(a, BigOp)]
        if len(inner) != 1:
            raise NoNumber("no single sum")
        (term,) = inner
    if term.op != "sum" or len(term.binders) != 1:
        raise NoNumber("no single sum")
    f = _with(dict(point), term.binders[0].variable.name, term.body)
    with mpmath.workdps(DIGITS):
        sizes = [abs(n * f(n)) for n in (100, 101, 1000, 1001, 10_000, 10_001)]
    least, late = max(sizes[:2]), max(sizes[-2:])
    return bool(late > 0 and late >= least / 2), f"n times the n-th term is {mpmath.nstr(late, 6)} at 10000"


def _exact(value: Any) -> Any:
    if isinstance(value, Fraction):
        return mpmath.mpf(value.numerator) / value.denominator
    if isinstance(value, tuple) and len(value) == 2 and isinstance(value[1], list):
        shape, items = value
        if len(shape) == 1:
            return mpmath.matrix([_exact(x) for x in items])
        rows, columns = shape
        return mpmath.matrix([[_exact(items[i * columns + j]) for j in range(columns)] for i in range(rows)])
    if isinstance(value, tuple) and len(value) == 2:
        return mpmath.mpc(_exact(value[0]), _exact(value[1]))
    if isinstance(value, mpmath.mpf | mpmath.mpc | mpmath.matrix):
        return value
    raise NoNumber("a value of this kind")


def _value(term: Term, env: dict[str, Any]) -> Any:
    match term:
        case Number(value=value):
            return _exact(value)
        case Constant(name=name):
            return _constant(name)
        case Symbol(name=name):
            if name not in env:
                raise NoNumber(f"no value for {name}")
            return _exact(env[name])
        case Add(args=args):
            total = _value(args[0], env)
            for a in args[1:]:
                total = total + _value(a, env)
            return total
        case Mul(args=args):
            product = _value(args[0], env)
            for a in args[1:]:
                product = _times(product, _value(a, env))
            return product
        case Neg(arg=arg):
            return -1 * _value(arg, env)
        case Div(numerator=a, denominator=b):
            return _value(a, env) / _value(b, env)
        case Pow(base=base, exponent=exponent):
            x, y = _value(base, env), _value(exponent, env)
            return x ** int(y) if isinstance(x, mpmath.matrix) else x**y
        case Root(radicand=radicand, index=index):
            return mpmath.root(_value(radicand, env), int(_value(index, env)))
        case Apply(head=head, args=args):
            return _apply(head, [_value(a, env) for a in args])
        case BigOp():
            return _big(term, env)
        case Integral():
            return _integral(term, env)
        case Limit():
            return _limit(term, env)
        case Piecewise(cases=cases):
            for case, condition in cases:
                if condition is None or _holds(condition, env):
                    return _value(case, env)
            raise NoNumber("no case applies")
        case Matrix(rows=rows):
            return mpmath.matrix([[_value(x, env) for x in row] for row in rows])
        case Element(base=Symbol(name=name), indices=(first, second)):
            entries = _exact(env.get(name))
            if not isinstance(entries, mpmath.matrix):
                raise NoNumber("no entries")
            return entries[int(_value(first, env)) - 1, int(_value(second, env)) - 1]
        case Element(base=Symbol(name=name), indices=(index,)):
            return _element(env.get(name), int(_value(index, env)))
        case _:
            raise NoNumber(f"the construct {type(term).__name__}")


def _times(a: Any, b: Any) -> Any:
    product = a * b
    if isinstance(product, mpmath.matrix) and product.rows == product.cols == 1:
        return product[0]
    return product


def _element(value: Any, index: int) -> Any:
    if not (isinstance(value, tuple) and isinstance(value[1], list)):
        raise NoNumber("no entries")
    shape, items = value
    place = index - 1 if len(items) == shape[0] else index - shape[0]
    if not 0 <= place < len(items):
        raise NoNumber("an index out of range")
    return _exact(items[place])


def _constant(name: str) -> Any:
    constants = {
        "pi": mpmath.pi,
        "e": mpmath.e,
        "i": mpmath.mpc(0, 1),
        "infinity": mpmath.inf,
        "euler_gamma": mpmath.euler,
        "catalan": mpmath.catalan,
        "golden_ratio": mpmath.phi,
    }
    if name not in constants:
        raise NoNumber(f"the constant {name}")
    return +constants[name]


def _apply(head: str, values: list[Any]) -> Any:
    if head == "transpose":
        return values[0].T
    if head == "norm" and len(values) == 1:
        return mpmath.norm(values[0], 2)
    if head == "norm" and len(values) == 2:
        return mpmath.norm(values[0], values[1])
    if head == "cross":
        (a, b, c), (x, y, z) = values
        return mpmath.matrix([b * z - c * y, c * x - a * z, a * y - b * x])
    if head == "kronecker" and len(values) == 2:
        return mpmath.mpf(values[0] == values[1])
    if head in ("gcd", "lcm"):
        return mpmath.mpf(getattr(math, head)(*(int(v) for v in values)))
    if head == "mod" and len(values) == 2:
        return values[0] - values[1] * mpmath.floor(values[0] / values[1])
    if head == "double_factorial":
        return mpmath.fac2(values[0])
    if head == "dot":
        return _times(values[0].T, values[1])
    if head == "det":
        return mpmath.det(values[0])
    if head == "trace":
        return sum(values[0][i, i] for i in range(values[0].rows))
    if head == "inverse":
        return values[0] ** -1
    if head in ("max", "min"):
        return (max if head == "max" else min)(values)
    function = FUNCTIONS.get(head)
    named = function.mpmath if function is not None else ""
    if callable(named):
        return named(mpmath, *values)
    if named:
        return getattr(mpmath, named)(*values)
    raise NoNumber(f"the function {head}")


def _with(env: dict[str, Any], name: str, body: Term) -> Callable[[Any], Any]:
    return lambda x: _value(body, {**env, name: mpmath.mpmathify(x)})


def _big(term: BigOp, env: dict[str, Any]) -> Any:
    if term.op not in ("sum", "prod") or len(term.binders) != 1:
        raise NoNumber(f"the operator {term.op}")
    (binder,) = term.binders
    if binder.lower is None or binder.upper is None or binder.condition is not None:
        raise NoNumber("a range that is not given by its ends")
    low, high = _value(binder.lower, env), _value(binder.upper, env)
    f = _with(env, binder.variable.name, term.body)
    if high == mpmath.inf:
        return (mpmath.nsum if term.op == "sum" else mpmath.nprod)(f, [int(low), mpmath.inf])
    if high - low > 10_000:
        raise NoNumber("too many terms")
    total = mpmath.mpf(0 if term.op == "sum" else 1)
    for k in range(int(low), int(high) + 1):
        value = f(k)
        total = total + value if term.op == "sum" else total * value
    return total


def _integral(term: Integral, env: dict[str, Any]) -> Any:
    if term.lower is None or term.upper is None:
        raise NoNumber("an indefinite integral")
    ends = [_value(term.lower, env), _value(term.upper, env)]
    return mpmath.quad(_with(env, term.variable.name, term.body), ends)


def _limit(term: Limit, env: dict[str, Any]) -> Any:
    f = _with(env, term.variable.name, term.body)
    point = _value(term.point, env)
    if point == mpmath.inf:
        return mpmath.limit(f, mpmath.inf)
    direction = 1 if term.side != "-" else -1
    value = mpmath.limit(f, point, direction=direction)
    if term.side == "+-" and abs(value - mpmath.limit(f, point, direction=-1)) > 1e-6:
        raise NoNumber("a limit from one side only")
    return value


def _holds(condition: Term, env: dict[str, Any]) -> bool:
    match condition:
        case Apply(head="and", args=args):
            return all(_holds(a, env) for a in args)
        case Relation(op=op, left=left, right=right) if op in ("<", "<=", ">", ">=", "=", "!="):
            a, b = _value(left, env), _value(right, env)
            answers = {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b, "=": a == b, "!=": a != b}
            return bool(answers[op])
        case _:
            raise NoNumber("a condition of this kind")
