"""Arrays of scalars: sums, products, transposes, determinants, inverses, norms.

A column vector has shape (n,), its transpose (1, n); a product that comes out 1 × 1 is a number.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flint import acb, arb, fmpq, fmpq_mat

from derive.reasons.gaps import Gap
from derive.verify.evaluate import scalars as sc
from derive.verify.evaluate.jets import Jet, constant_term
from derive.verify.evaluate.values import (
    Array,
    Env,
    Scalar,
    Uncertain,
    Undefined,
    Unsupported,
    Value,
    is_exact_zero,
)


class ShapeError(Unsupported):
    """The shapes do not fit, or fit in no way that is commonly meant."""


def add(a: Value, b: Value) -> Value:
    if isinstance(a, tuple) or isinstance(b, tuple):
        return _add_tuples(a, b)
    if isinstance(a, Array) and isinstance(b, Array):
        if a.shape == b.shape:
            return Array(a.shape, tuple(x + y for x, y in zip(a.items, b.items, strict=True)))
        raise ShapeError(Gap.SUM_OF_SHAPES_AND, str(a.shape), str(b.shape))
    if isinstance(a, Array) or isinstance(b, Array):
        array, other = (a, b) if isinstance(a, Array) else (b, a)
        if is_exact_zero(other):
            return array
        raise ShapeError(Gap.SUM_OF_NUMBER_AND_ARRAY)
    return a + b


def _add_tuples(a: Value, b: Value) -> Value:
    """Entry by entry."""
    if isinstance(a, tuple) and isinstance(b, tuple):
        if len(a) != len(b):
            raise ShapeError(Gap.SUM_OF_SHAPES_AND, str((len(a),)), str((len(b),)))
        return tuple(add(x, y) for x, y in zip(a, b, strict=True))
    pair, other = (a, b) if isinstance(a, tuple) else (b, a)
    if isinstance(other, Array) and isinstance(pair, tuple) and other.shape == (len(pair),):
        return tuple(add(x, y) for x, y in zip(pair, other.items, strict=True))
    raise ShapeError(Gap.SUM_OF_TUPLE_AND_ANOTHER)


def scale(k: Scalar, a: Array) -> Array:
    return a.map(lambda x: x * k)


def mul(a: Value, b: Value) -> Value:
    if isinstance(a, tuple) or isinstance(b, tuple):
        pair, other = (a, b) if isinstance(a, tuple) else (b, a)
        if isinstance(pair, tuple) and not isinstance(other, tuple | Array):
            return tuple(mul(other, x) for x in pair)
        raise ShapeError(Gap.PRODUCT_OF_TUPLES)
    if isinstance(a, Array):
        return matmul(a, b) if isinstance(b, Array) else scale(b, a)
    if isinstance(b, Array):
        return scale(a, b)
    return a * b


def matmul(a: Array, b: Array) -> Value:
    if len(a.shape) == 1 and len(b.shape) == 1:
        raise ShapeError(Gap.PRODUCT_OF_TWO_COLUMN_VECTORS)
    if a.columns != b.rows:
        raise ShapeError(Gap.PRODUCT_OF_SHAPES_AND, str(a.shape), str(b.shape))
    n, m = a.rows, b.columns
    out = []
    for i in range(n):
        row = a.row(i)
        for j in range(m):
            total = row[0] * b.items[j]
            for k in range(1, a.columns):
                total = total + row[k] * b.items[k * m + j]
            out.append(total)
    return shaped((n, m), out)


def shaped(shape: tuple[int, int], items: list[Scalar]) -> Value:
    n, m = shape
    if n == 1 and m == 1:
        return items[0]
    return Array((n,) if m == 1 else (n, m), tuple(items))


def transpose(a: Value) -> Value:
    if not isinstance(a, Array):
        return a
    n, m = a.rows, a.columns
    return shaped((m, n), [a.items[i * m + j] for j in range(m) for i in range(n)])


def conjugate(x: Value) -> Value:
    if isinstance(x, Array):
        return x.map(conjugate)
    if isinstance(x, Jet):
        return Jet(x.level, [conjugate(c) for c in x.c])
    return acb(x.real, -x.imag) if isinstance(x, acb) else x


def dot(a: Value, b: Value) -> Value:
    if not isinstance(a, Array) and not isinstance(b, Array):
        return a * conjugate(b) if isinstance(a, acb) or isinstance(b, acb) else a * b
    if not isinstance(a, Array) or not isinstance(b, Array) or a.shape != b.shape:
        raise ShapeError(Gap.INNER_PRODUCT_OF_ARRAYS_OF_DIFFERENT_SHAPES)
    if any(isinstance(x, acb) for x in (*a.items, *b.items)):
        raise Unsupported(Gap.COMPLEX_INNER_PRODUCT)
    return total([x * y for x, y in zip(a.items, b.items, strict=True)])


def total(items: list[Scalar] | tuple[Scalar, ...]) -> Scalar:
    if not items:
        return fmpq(0)
    result = items[0]
    for x in items[1:]:
        result = result + x
    return result


def cross(a: Value, b: Value) -> Value:
    if isinstance(a, Array) and isinstance(b, Array) and a.shape == b.shape == (3,):
        (p, q, r), (u, v, w) = a.items, b.items
        return Array((3,), (q * w - r * v, r * u - p * w, p * v - q * u))
    if not isinstance(a, Array) and not isinstance(b, Array):
        return a * b
    if isinstance(a, Array) != isinstance(b, Array):
        return mul(a, b)
    raise ShapeError(Gap.CROSS_PRODUCT_OUTSIDE_THREE_DIMENSIONS)


def hadamard(a: Value, b: Value) -> Value:
    if isinstance(a, Array) and isinstance(b, Array):
        if a.shape != b.shape:
            raise ShapeError(Gap.ELEMENTWISE_PRODUCT_OF_DIFFERENT_SHAPES)
        return Array(a.shape, tuple(x * y for x, y in zip(a.items, b.items, strict=True)))
    return mul(a, b)


def kron(a: Value, b: Value) -> Value:
    if not isinstance(a, Array) or not isinstance(b, Array):
        return mul(a, b)
    n, m, p, q = a.rows, a.columns, b.rows, b.columns
    items = [
        a.items[i * m + j] * b.items[k * q + h]
        for i in range(n)
        for k in range(p)
        for j in range(m)
        for h in range(q)
    ]
    return shaped((n * p, m * q), items)


def identity(n: int) -> Value:
    return shaped((n, n), [fmpq(int(i == j)) for i in range(n) for j in range(n)])


def square(a: Value, what: str) -> int:
    if isinstance(a, Array) and a.rows == a.columns:
        return a.rows
    raise ShapeError(Gap.CONSTRUCT_OF_NO_SQUARE_MATRIX, what)


def trace(a: Value) -> Scalar:
    if not isinstance(a, Array):
        return a
    n = square(a, "trace")
    return total([a.items[i * n + i] for i in range(n)])


def det(env: Env, a: Value) -> Scalar:
    """By expansion along the first row: no division, so jets and exact zeros pass through."""
    if not isinstance(a, Array):
        return a
    n = square(a, "determinant")
    if n > 7:
        raise Unsupported(Gap.DETERMINANT_OF_MORE_THAN_SEVEN_ROWS)
    if all(type(x) is fmpq for x in a.items):
        env.steps.take(n * n)
        return fmpq_mat(n, n, list(a.items)).det()
    rows = [a.row(i) for i in range(n)]

    def expand(i: int, columns: tuple[int, ...]) -> Scalar:
        if len(columns) == 1:
            return rows[i][columns[0]]
        env.steps.take(len(columns))
        result = None
        for k, c in enumerate(columns):
            entry = rows[i][c]
            if is_exact_zero(entry):
                continue
            part = entry * expand(i + 1, columns[:k] + columns[k + 1 :])
            part = -part if k % 2 else part
            result = part if result is None else result + part
        return fmpq(0) if result is None else result

    return expand(0, tuple(range(n)))


def adjugate(env: Env, a: Array) -> Array:
    n = a.rows
    if n == 1:
        return Array(a.shape, (fmpq(1),))
    out = []
    for j in range(n):
        for i in range(n):
            minor = [a.items[r * n + c] for r in range(n) if r != i for c in range(n) if c != j]
            d = det(env, shaped((n - 1, n - 1), minor)) if n > 1 else fmpq(1)
            out.append(-d if (i + j) % 2 else d)
    return Array(a.shape, tuple(out))


def inverse(env: Env, a: Value) -> Value:
    if not isinstance(a, Array):
        return sc.inv(env, a)
    n = square(a, "inverse")
    d = det(env, a)
    if type(d) is fmpq and d != 0 and all(type(x) is fmpq for x in a.items):
        env.steps.take(n * n)
        return Array(a.shape, tuple(fmpq_mat(n, n, list(a.items)).inv().entries()))
    return adjugate(env, a).map(lambda x: sc.div(env, x, d))


def matrix_power(env: Env, a: Array, n: int) -> Value:
    size = square(a, "power")
    if n < 0:
        a, n = inverse(env, a), -n
    result: Value = identity(size)
    for _ in range(n.bit_length() if n else 0):
        if n & 1:
            result = mul(result, a)
        n >>= 1
        if n:
            a = mul(a, a)
        env.steps.take(size**3)
    return result


def divide(env: Env, a: Value, b: Value) -> Value:
    if isinstance(b, Array):
        raise ShapeError(Gap.DIVISION_BY_ARRAY)
    if isinstance(a, Array):
        return a.map(lambda x: sc.div(env, x, b))
    return sc.div(env, a, b)


def elementwise(env: Env, f: Callable[[Env, Scalar], Scalar], x: Value, *, matrices: bool) -> Value:
    if isinstance(x, Array):
        if len(x.shape) == 2 and not matrices:
            raise Unsupported(Gap.FUNCTION_OF_MATRIX)
        return x.map(lambda y: f(env, y))
    return f(env, x)


def absolute(env: Env, x: Scalar) -> Scalar:
    if isinstance(x, Jet):
        point = constant_term(x)
        if isinstance(point, acb):
            if env.analytic is None and point.imag.is_zero():
                point = point.real
            else:
                raise Unsupported(Gap.DERIVATIVE_OF_COMPLEX_MODULUS)
        if point > 0:
            return x
        if point < 0:
            return -x
        if is_exact_zero(point):
            raise Undefined(Gap.ABSOLUTE_VALUE_IS_NOT_DIFFERENTIABLE_AT_0)
        raise Uncertain(Gap.SIGN_UNDER_ABSOLUTE_VALUE)
    if isinstance(x, acb):
        if env.analytic is not None:
            r = x.real_abs(analytic=env.analytic)
            if not r.is_finite():
                raise Uncertain(Gap.ABSOLUTE_VALUE)
            return r
        return abs(x)
    return abs(x)


def norm(env: Env, a: Value, p: Any = None) -> Scalar:
    """The Euclidean (for a matrix: Frobenius) norm, or the p-norm of a vector; p may be `infinity`."""
    if not isinstance(a, Array):
        return absolute(env, a)
    if env.analytic is not None and any(isinstance(x, acb) for x in a.items):
        squares = [x * x for x in a.items]
    elif any(isinstance(x, acb) for x in a.items):
        squares = [sc.sq(abs(x)) for x in a.items]
    else:
        squares = [x * x for x in a.items]
    if p is None or p == "F" or (isinstance(p, fmpq) and p == 2):
        if p is not None and p != "F" and len(a.shape) == 2 and min(a.shape) > 1:
            raise Unsupported(Gap.SPECTRAL_NORM)
        s = total(squares)
        # a sum of squares is not negative: its ball may be cut off at zero
        if not isinstance(s, Jet | fmpq | acb) and s.contains(0):
            s = s.nonnegative_part()
        return sc.sqrt(env, s)
    if len(a.shape) == 2 and min(a.shape) > 1:
        raise Unsupported(Gap.MATRIX_NORM)
    sizes = [absolute(env, x) for x in a.items]
    if p == "infinity":
        return extreme(env, sizes, largest=True)
    if isinstance(p, fmpq) and p == 1:
        return total(sizes)
    if isinstance(p, fmpq) and p == 0:
        return total([fmpq(0) if is_exact_zero(x) else fmpq(1) for x in sizes])
    s = total([sc.power(env, x, p) for x in sizes])
    return sc.power(env, s, sc.inv(env, p))


def extreme(env: Env, items: list[Scalar], *, largest: bool) -> Scalar:
    """The largest or least of some real numbers."""
    if not items:
        raise Undefined(Gap.EXTREME_OF_NOTHING)
    best = items[0]
    for x in items[1:]:
        best = _larger(env, best, x) if largest else -_larger(env, -best, -x)
    return best


def _larger(env: Env, a: Scalar, b: Scalar) -> Scalar:
    if isinstance(a, Jet) or isinstance(b, Jet):
        d = constant_term(a) - constant_term(b)
        if isinstance(d, acb):
            raise Unsupported(Gap.ORDER_OF_COMPLEX_NUMBERS)
        if d > 0:
            return a
        if d < 0:
            return b
        raise (Undefined if is_exact_zero(d) else Uncertain)(Gap.MAXIMUM_WHERE_TWO_ARE_EQUAL)
    if env.analytic is not None and (isinstance(a, acb) or isinstance(b, acb)):
        r = acb(a).real_max(acb(b), analytic=env.analytic)
        if not r.is_finite():
            raise Uncertain(Gap.MAXIMUM)
        return r
    if isinstance(a, acb) or isinstance(b, acb):
        a, b = real(a), real(b)
    if isinstance(a, fmpq) and isinstance(b, fmpq):
        return a if a >= b else b
    return arb(a).max(arb(b))


def real(x: Scalar) -> Scalar:
    """A number that must be real, without its zero imaginary part; raises Undefined for a complex one."""
    if isinstance(x, acb):
        if x.imag.is_zero():
            return x.real
        if not x.imag.contains(0):
            raise Undefined(Gap.ORDER_OF_COMPLEX_NUMBERS)
        raise Uncertain(Gap.MAY_NOT_BE_REAL)
    return x
