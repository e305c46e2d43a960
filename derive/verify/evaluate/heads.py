"""The values of the built-in operators: from the values of their arguments."""

from __future__ import annotations

from collections.abc import Callable

from flint import acb, fmpq

from derive.functions import FUNCTIONS
from derive.reasons.gaps import Gap
from derive.verify.evaluate import arrays as ar
from derive.verify.evaluate import scalars as sc
from derive.verify.evaluate.conditions import equal
from derive.verify.evaluate.jets import Jet, constant_term
from derive.verify.evaluate.named import named, number
from derive.verify.evaluate.values import (
    Array,
    Env,
    Scalar,
    SetValue,
    Uncertain,
    Undefined,
    Unsupported,
    Value,
    is_exact_zero,
    small_integer,
)

Operator = Callable[..., Value]


def sign(env: Env, x: Scalar) -> Scalar:
    if isinstance(x, Jet):
        s = constant_term(x)
        if is_exact_zero(s):
            raise Undefined(Gap.SIGN_IS_NOT_DIFFERENTIABLE_AT_0)
        return sign(env, s)
    if isinstance(x, acb) and env.analytic is not None:
        return _bounded(x.real_sgn(analytic=env.analytic))
    if isinstance(x, acb) and not x.imag.is_zero():
        return sc.div(env, x, abs(x))
    x = ar.real(x)
    if x > 0:
        return fmpq(1)
    if x < 0:
        return fmpq(-1)
    if is_exact_zero(x):
        return fmpq(0)
    raise Uncertain(Gap.SIGN)


def _bounded(x: acb) -> acb:
    if not x.is_finite():
        raise Uncertain(Gap.JUMP)
    return x


def floor(env: Env, x: Scalar) -> Scalar:
    if isinstance(x, Jet):
        point = constant_term(x)
        low = floor(env, point)
        if is_exact_zero(point - low):
            raise Undefined(Gap.FLOOR_IS_NOT_DIFFERENTIABLE_AT_INTEGER)
        return low
    if isinstance(x, acb) and env.analytic is not None:
        return _bounded(x.real_floor(analytic=env.analytic))
    x = ar.real(x)
    if isinstance(x, fmpq):
        return fmpq(x.floor())
    low = x.floor().unique_fmpz()
    if low is None:
        raise Uncertain(Gap.FLOOR)
    return fmpq(low)


def ceil(env: Env, x: Scalar) -> Scalar:
    return -floor(env, -x)


def round_half(env: Env, x: Scalar) -> Scalar:
    """The nearest integer; a half has none that all authors agree on."""
    y = x + sc.HALF
    low = floor(env, y)
    if not isinstance(y, Jet | acb) and is_exact_zero(y - low):
        raise Undefined(Gap.ROUNDING_HALF)
    return low


def mod(env: Env, a: Scalar, n: Scalar) -> Scalar:
    """The remainder in [0, n); for a negative n authors differ."""
    if isinstance(n, fmpq) and n < 0:
        raise Undefined(Gap.REMAINDER_BY_NEGATIVE_NUMBER)
    return a - n * floor(env, sc.div(env, a, n))


def heaviside(env: Env, x: Scalar) -> Scalar:
    """0 below and 1 above zero; at zero authors differ."""
    s = sign(env, x)
    if is_exact_zero(s):
        raise Undefined(Gap.HEAVISIDE_FUNCTION_AT_0)
    return (s + sc.ONE) * sc.HALF


def relu(env: Env, x: Scalar) -> Scalar:
    return ar._larger(env, x, fmpq(0))


def arg(env: Env, x: Scalar) -> Scalar:
    if isinstance(x, Jet):
        raise Unsupported(Gap.DERIVATIVE_OF_ARGUMENT)
    if is_exact_zero(x):
        raise Undefined(Gap.ARGUMENT_OF_0)
    r = acb(x).arg()
    if not r.is_finite() or (
        isinstance(x, acb) and x.real < 0 and not x.imag.is_zero() and x.imag.contains(0)
    ):
        raise Uncertain(Gap.ARGUMENT_NEAR_BRANCH_CUT)
    return r


def real_part(x: Scalar) -> Scalar:
    if isinstance(x, Jet):
        return Jet(x.level, [real_part(c) for c in x.c])
    return x.real if isinstance(x, acb) else x


def imaginary_part(x: Scalar) -> Scalar:
    if isinstance(x, Jet):
        return Jet(x.level, [imaginary_part(c) for c in x.c])
    return x.imag if isinstance(x, acb) else fmpq(0)


def holomorphic_only(env: Env, what: str) -> None:
    if env.analytic is not None:
        raise Unsupported(Gap.CONSTRUCT_IN_INTEGRAND, what)


def softmax(env: Env, x: Value) -> Value:
    if not isinstance(x, Array):
        raise ar.ShapeError(Gap.SOFTMAX_OF_NUMBER)
    weights = [sc.exp(env, y) for y in x.items]
    whole = ar.total(weights)
    return Array(x.shape, tuple(sc.div(env, w, whole) for w in weights))


def kronecker(a: Value, b: Value) -> fmpq:
    return fmpq(int(equal(a, b)))


def indicator(x: Value) -> fmpq:
    if not isinstance(x, bool):
        raise Unsupported(Gap.INDICATOR_OF_NO_STATEMENT)
    return fmpq(int(x))


def _boolean(x: Value) -> bool:
    if not isinstance(x, bool):
        raise Unsupported(Gap.LOGIC_OF_NO_STATEMENT)
    return x


def extremes(env: Env, args: tuple[Value, ...], largest: bool) -> Value:
    items: list[Scalar] = []
    if len(args) == 1:
        (only,) = args
        if isinstance(only, Array) or (isinstance(only, SetValue) and only.items is not None):
            items = list(only.items or ())
        elif isinstance(only, tuple):
            items = list(only)
        else:
            items = [number(only, "extreme")]
    elif any(isinstance(a, Array) for a in args):
        shape = next(a.shape for a in args if isinstance(a, Array))
        columns = [a.items if isinstance(a, Array) else None for a in args]
        if any(isinstance(a, Array) and a.shape != shape for a in args):
            raise ar.ShapeError(Gap.MAXIMUM_OF_DIFFERENT_SHAPES)
        count = len(next(c for c in columns if c is not None))
        return Array(
            shape,
            tuple(
                ar.extreme(
                    env,
                    [a if c is None else c[k] for a, c in zip(args, columns, strict=True)],
                    largest=largest,
                )
                for k in range(count)
            ),
        )
    else:
        items = [number(a, "extreme") for a in args]
    return ar.extreme(env, items, largest=largest)


def logarithm(env: Env, x: Value, base: Value = None) -> Value:
    if base is None:
        return ar.elementwise(env, sc.log, x, matrices=False)
    below = sc.log(env, number(base, "base"))
    if is_exact_zero(below):
        raise Undefined(Gap.LOGARITHM_TO_BASE_1)
    return ar.elementwise(env, lambda e, y: sc.div(e, sc.log(e, y), below), x, matrices=False)


def diag(env: Env, *args: Value) -> Value:
    if len(args) == 1:
        (a,) = args
        if not isinstance(a, Array):
            return a
        if len(a.shape) == 2 and a.rows == a.columns:
            return Array((a.rows,), tuple(a.items[i * a.rows + i] for i in range(a.rows)))
        args = a.items
    n = len(args)
    return ar.shaped((n, n), [args[i] if i == j else fmpq(0) for i in range(n) for j in range(n)])


def operator(head: str) -> Operator | None:
    """The function `(env, *values) → value` of a head, None where there is none."""
    if head in _OPERATORS:
        return _OPERATORS[head]
    f = named(head)
    if f is None:
        return None
    spread = FUNCTIONS[head].spread
    if spread != "numbers":  # on matrices only where no function of the matrix can be meant
        return lambda env, x: ar.elementwise(env, f, x, matrices=spread == "arrays")
    return lambda env, *args: f(env, *[number(x, head) for x in args])


def _scalar_only(f: Callable[[Env, Scalar], Scalar], what: str) -> Operator:
    return lambda env, x: f(env, number(x, what))


def _elementwise(f: Callable[[Env, Scalar], Scalar]) -> Operator:
    return lambda env, x: ar.elementwise(env, f, x, matrices=True)


def _abs(env: Env, x: Value) -> Value:
    if isinstance(x, Array):
        if len(x.shape) == 2 and x.rows == x.columns:
            return ar.det(env, x)
        return ar.norm(env, x)
    if isinstance(x, SetValue) and x.items is not None:
        raise Unsupported(Gap.CARDINALITY)
    return ar.absolute(env, number(x, "absolute value"))


def _not_in_integrand(f: Callable[[Scalar], Scalar], what: str) -> Operator:
    def run(env: Env, x: Value) -> Value:
        holomorphic_only(env, what)
        return x.map(f) if isinstance(x, Array) else f(number(x, what))

    return run


def _adjoint(env: Env, x: Value) -> Value:
    holomorphic_only(env, "adjoint")
    return ar.transpose(ar.conjugate(x))


def _unit(env: Env, k: Value, n: Value = None) -> Value:
    if n is None:
        raise Unsupported(Gap.UNIT_VECTOR_OF_UNKNOWN_DIMENSION)
    size, place = small_integer(n, "dimension", 100), small_integer(k, "index")
    if not 1 <= place <= size:
        raise Undefined(Gap.INDEX_OUT_OF_RANGE)
    return ar.shaped((size, 1), [fmpq(int(i + 1 == place)) for i in range(size)])


def _pseudo_inverse(env: Env, a: Value) -> Value:
    """(AᵀA)^{-1}Aᵀ of full column rank, Aᵀ(AAᵀ)^{-1} of full row rank."""
    if not isinstance(a, Array):
        return sc.inv(env, a)
    turned = ar.transpose(a)
    if a.rows >= a.columns:
        return ar.mul(ar.inverse(env, ar.mul(turned, a)), turned)
    return ar.mul(turned, ar.inverse(env, ar.mul(a, turned)))


def _each_power(env: Env, x: Value, p: Value) -> Value:
    return ar.elementwise(env, lambda e, y: sc.power(e, y, number(p, "exponent")), x, matrices=True)


def _identity(env: Env, n: Value = None) -> Value:
    if n is None:
        raise Unsupported(Gap.IDENTITY_MATRIX_OF_UNKNOWN_DIMENSION)
    return ar.identity(small_integer(n, "dimension", 12))


def _filled(k: int) -> Operator:
    def run(env: Env, n: Value = None) -> Value:
        if n is None:
            raise Unsupported(Gap.ARRAY_OF_UNKNOWN_DIMENSION)
        size = small_integer(n, "dimension", 100)
        return Array((size,), (fmpq(k),) * size)

    return run


def _commutator(env: Env, a: Value, b: Value) -> Value:
    return ar.add(ar.mul(a, b), negate(ar.mul(b, a)))


def negate(x: Value) -> Value:
    if isinstance(x, Array):
        return x.map(lambda y: -y)
    if isinstance(x, tuple):
        return tuple(negate(y) for y in x)
    return -number(x, "the negative")


def _fold(f: Callable[[Value, Value], Value]) -> Operator:
    def run(env: Env, *args: Value) -> Value:
        result = args[0]
        for a in args[1:]:
            result = f(result, a)
        return result

    return run


def _vec(env: Env, x: Value) -> Value:
    if not isinstance(x, Array) or len(x.shape) == 1:
        return x
    m = x.columns
    return Array((len(x.items),), tuple(x.items[i * m + j] for j in range(m) for i in range(x.rows)))


_OPERATORS: dict[str, Operator] = {
    "log": logarithm,
    "abs": _abs,
    "sign": _elementwise(sign),
    "floor": _elementwise(floor),
    "ceil": _elementwise(ceil),
    "round": _elementwise(round_half),
    "plusminus": lambda env, x: x if env.signs > 0 else negate(x),
    "minusplus": lambda env, x: negate(x) if env.signs > 0 else x,
    "max": lambda env, *a: extremes(env, a, True),
    "min": lambda env, *a: extremes(env, a, False),
    "mod": lambda env, a, n: mod(env, number(a, "mod"), number(n, "mod")),
    "indicator": lambda env, x: indicator(x),
    "kronecker": lambda env, a, b: kronecker(a, b),
    "heaviside": _elementwise(heaviside),
    "Re": _not_in_integrand(real_part, "a real part"),
    "Im": _not_in_integrand(imaginary_part, "an imaginary part"),
    "conjugate": _not_in_integrand(ar.conjugate, "a conjugate"),
    "arg": _scalar_only(arg, "argument"),
    "relu": _elementwise(relu),
    "softmax": softmax,
    "transpose": lambda env, x: ar.transpose(x),
    "adjoint": _adjoint,
    "inverse": lambda env, x: ar.inverse(env, x),
    "det": lambda env, x: ar.det(env, x),
    "trace": lambda env, x: ar.trace(x),
    "diag": diag,
    "vec": _vec,
    "dot": lambda env, a, b: ar.dot(a, b),
    "cross": lambda env, a, b: ar.cross(a, b),
    "hadamard": _fold(ar.hadamard),
    "kron": _fold(ar.kron),
    "each_power": _each_power,
    "each_exp": _elementwise(sc.exp),
    "pseudo_inverse": _pseudo_inverse,
    "identity": _identity,
    "unit": _unit,
    "ones": _filled(1),
    "zeros": _filled(0),
    "commutator": _commutator,
    "not": lambda env, x: not _boolean(x),
    "iff": lambda env, a, b: _boolean(a) is _boolean(b),
}
