"""Special functions of scalars: Γ and its family, error functions, exponential integrals, Bessel, Airy, ζ, W.

Derivatives are those of DLMF (5.15, 7.2, 6.2, 10.6, 10.29, 9.2, 4.13).
"""

from __future__ import annotations

from functools import lru_cache

from flint import acb, acb_series, arb, arb_series, fmpq, fmpz

from derive.reasons.gaps import Gap
from derive.verify.evaluate.jets import Jet
from derive.verify.evaluate.scalars import (
    ONE,
    Unary,
    _below_one,
    _off,
    _plain,
    cos,
    div,
    exp,
    inv,
    log,
    nonzero,
    positive,
    power,
    sq,
)
from derive.verify.evaluate.values import Budget, Env, Scalar, Uncertain, Undefined, Unsupported


def _no_pole(x: arb) -> None:
    if x > 0:
        return
    if x.is_exact() and x.is_integer():
        raise Undefined(Gap.POLE_OF_GAMMA_FUNCTION)


def _cut_negative(x: acb) -> bool:
    return bool(x.imag.contains(0)) and not bool(x.real > 0)


gamma: Unary = Unary(
    "gamma", arb.gamma, _plain(acb.gamma), lambda env, x: gamma(env, x) * digamma(env, x), _no_pole, False
)


@lru_cache(maxsize=64)
def polygamma(k: int) -> Unary:
    """ψ^{(k)}; digamma is k = 0."""
    if k < 0:
        raise Undefined(Gap.POLYGAMMA_OF_NEGATIVE_ORDER)
    if k > 200:
        raise Budget(Gap.POLYGAMMA_ORDER)
    if k == 0:
        real, cplx = arb.digamma, acb.digamma
    else:
        real = lambda x: acb(x).polygamma(k).real  # noqa: E731
        cplx = lambda x: x.polygamma(k)  # noqa: E731
    return Unary(f"psi_{k}", real, _plain(cplx), lambda env, x: polygamma(k + 1)(env, x), _no_pole, False)


digamma: Unary = polygamma(0)


def _zeta_domain(x: arb) -> None:
    if x == 1:
        raise Undefined(Gap.POLE_OF_ZETA)


@lru_cache(maxsize=32)
def zeta_derivative(k: int) -> Unary:
    """ζ^{(k)}(s), from the Taylor series at s."""
    if k == 0:
        real, cplx = arb.zeta, acb.zeta
    else:
        factorial_k = fmpz.fac_ui(k)

        def real(x: arb) -> arb:
            return arb_series([x, 1], k + 1).zeta()[k] * factorial_k

        def cplx(x: acb) -> acb:
            return acb_series([x, 1], k + 1).zeta()[k] * factorial_k

    return Unary(
        "zeta",
        real,
        _plain(lambda x: cplx(x)),
        lambda env, x: zeta_derivative(k + 1)(env, x),
        _zeta_domain,
        False,
    )


zeta: Unary = zeta_derivative(0)


def _gauss(env: Env, x: Scalar, sign: int) -> Scalar:
    """2/√π · e^{± x²}"""
    return exp(env, sq(x) * fmpq(sign)) * (2 / arb.pi().sqrt())


erf: Unary = Unary("erf", arb.erf, _plain(acb.erf), lambda env, x: _gauss(env, x, -1))
erfc: Unary = Unary("erfc", arb.erfc, _plain(acb.erfc), lambda env, x: -_gauss(env, x, -1))
erfi: Unary = Unary("erfi", arb.erfi, _plain(acb.erfi), lambda env, x: _gauss(env, x, 1))


def _not_one(x: arb) -> None:
    positive(x)
    if x == 1:
        raise Undefined(Gap.POLE_OF_LI)


ei: Unary = Unary(
    "Ei", arb.ei, _off(_cut_negative, acb.ei), lambda env, x: div(env, exp(env, x), x), nonzero, False
)
li: Unary = Unary(
    "li", arb.li, _off(_below_one, acb.li), lambda env, x: inv(env, log(env, x)), _not_one, False
)
sinc: Unary = Unary(
    "sinc", arb.sinc, _plain(acb.sinc), lambda env, x: div(env, cos(env, x) - sinc(env, x), x)
)
si: Unary = Unary("Si", arb.si, _plain(acb.si), lambda env, x: sinc(env, x))
ci: Unary = Unary(
    "Ci", arb.ci, _off(_cut_negative, acb.ci), lambda env, x: div(env, cos(env, x), x), positive
)

airy_ai: Unary = Unary(
    "Ai", lambda x: x.airy()[0], _plain(lambda x: x.airy()[0]), lambda env, x: _airy_aip(env, x)
)
_airy_aip: Unary = Unary(
    "Ai'", lambda x: x.airy()[1], _plain(lambda x: x.airy()[1]), lambda env, x: airy_ai(env, x) * x
)
airy_bi: Unary = Unary(
    "Bi", lambda x: x.airy()[2], _plain(lambda x: x.airy()[2]), lambda env, x: _airy_bip(env, x)
)
_airy_bip: Unary = Unary(
    "Bi'", lambda x: x.airy()[3], _plain(lambda x: x.airy()[3]), lambda env, x: airy_bi(env, x) * x
)


def _w_domain(x: arb) -> None:
    if x * arb.const_e() >= -1:
        return
    if x * arb.const_e() < -1:
        raise Undefined(Gap.BELOW_MINUS_ONE_OVER_E)
    raise Uncertain(Gap.MAY_BE_BELOW_MINUS_ONE_OVER_E)


def _w_cut(x: acb) -> bool:
    return bool(x.imag.contains(0)) and not bool(x.real * arb.const_e() > -1)


def _w_prime(env: Env, x: Scalar) -> Scalar:
    w = lambert_w(env, x)
    return inv(env, exp(env, w) * (w + ONE))


lambert_w: Unary = Unary("W", arb.lambertw, _off(_w_cut, lambda x: x.lambertw()), _w_prime, _w_domain)


# functions of two arguments ---------------------------------------------------------------

_BESSEL: dict[str, tuple[str, int, int, int]] = {
    # head: method, sign of the lower and the upper neighbour in 2 f', whether positive arguments only
    "bessel_j": ("bessel_j", 1, -1, 0),
    "bessel_y": ("bessel_y", 1, -1, 1),
    "bessel_i": ("bessel_i", 1, 1, 0),
    "bessel_k": ("bessel_k", -1, -1, 1),
}


def bessel(head: str, env: Env, order: Scalar, x: Scalar) -> Scalar:
    """J, Y, I, K of a given order; not differentiable by the order here."""
    if isinstance(order, Jet):
        raise Unsupported(Gap.BY_ORDER_OF_BESSEL_FUNCTION)
    method, lower, upper, only_positive = _BESSEL[head]
    whole = isinstance(order, fmpq) and order.q == 1

    def domain(y: arb) -> None:
        if only_positive:
            positive(y)
        elif not whole:
            if y.is_zero() and order > 0:
                return
            positive(y)

    def prime(e: Env, y: Scalar) -> Scalar:
        a, b = bessel(head, e, order - ONE, y), bessel(head, e, order + ONE, y)
        return (a * fmpq(lower) + b * fmpq(upper)) * fmpq(1, 2)

    def cplx(y: acb) -> acb:
        return getattr(y, method)(acb(order))

    cut = _cut_negative if only_positive or not whole else (lambda y: False)
    real = lambda y: getattr(y, method)(arb(order))  # noqa: E731
    if isinstance(order, acb):
        return Unary(head, real, _off(cut, cplx), prime, domain)(env, x if isinstance(x, Jet) else acb(x))
    return Unary(head, real, _off(cut, cplx), prime, domain)(env, x)


def incomplete_gamma(env: Env, s: Scalar, x: Scalar, *, upper: bool) -> Scalar:
    """γ(s, x) and Γ(s, x)."""
    if isinstance(s, Jet):
        raise Unsupported(Gap.BY_ORDER_OF_INCOMPLETE_GAMMA_FUNCTION)

    def domain(y: arb) -> None:
        if upper and isinstance(s, fmpq) and s > 0 and s.q == 1:
            return
        if y.is_zero() and s > 0:
            return
        positive(y)

    def prime(e: Env, y: Scalar) -> Scalar:
        density = power(e, y, s - ONE) * exp(e, -y)
        return -density if upper else density

    if not upper and isinstance(s, fmpq) and s.q == 1 and s <= 0:
        raise Undefined(Gap.POLE_OF_INCOMPLETE_GAMMA_FUNCTION)
    name = "gamma_upper" if upper else "gamma_lower"
    return Unary(
        name,
        lambda y: getattr(y, name)(arb(s)),
        _off(_cut_negative, lambda y: getattr(y, name)(acb(s))),
        prime,
        domain,
    )(env, x)


def factorial(env: Env, n: Scalar) -> Scalar:
    """n! for n = 0, 1, 2, …; Γ(n + 1) for other numbers; undefined at -1, -2, …"""
    if isinstance(n, fmpq) and n.q == 1:
        if n < 0:
            raise Undefined(Gap.FACTORIAL_OF_NEGATIVE_INTEGER)
        if n <= 3000:
            env.steps.take(1 + int(n.p) // 8)
            return fmpq(fmpz.fac_ui(int(n.p)))
    return gamma(env, n + ONE)


def double_factorial(env: Env, n: Scalar) -> Scalar:
    if not (isinstance(n, fmpq) and n.q == 1):
        raise Unsupported(Gap.DOUBLE_FACTORIAL_OF_NUMBER_THAT_IS_NO_INTEGER)
    if n < -1:
        raise Undefined(Gap.DOUBLE_FACTORIAL_OF_NEGATIVE_INTEGER)
    if n > 3000:
        raise Budget(Gap.DOUBLE_FACTORIAL)
    result = fmpz(1)
    for k in range(int(n.p), 1, -2):
        result *= k
    return fmpq(result)


def binomial(env: Env, n: Scalar, k: Scalar) -> Scalar:
    """n(n-1)…(n-k+1)/k! for a natural k, 0 for a negative integer k, else by Γ."""
    if isinstance(k, fmpq) and k.q == 1:
        if k < 0:
            return fmpq(0)
        if isinstance(n, fmpq) and n.q == 1 and n >= 0 and n < k:
            return fmpq(0)
        if k <= 500:
            count = int(k.p)
            if isinstance(n, fmpq) and n.q == 1 and n >= 0:
                count = min(count, int(n.p) - count)
            env.steps.take(count + 1)
            result: Scalar = ONE
            for j in range(count):
                result = result * (n - fmpq(j)) * fmpq(1, j + 1)
            return result
    if isinstance(n, fmpq) and n.q == 1 and n < 0:
        raise Undefined(Gap.POLE_OF_BINOMIAL)
    top = gamma(env, n + ONE)
    return top * rgamma(env, k + ONE) * rgamma(env, n - k + ONE)


def rgamma(env: Env, x: Scalar) -> Scalar:
    """1/Γ(x), entire."""
    if isinstance(x, Jet):
        return inv(env, gamma(env, x))
    return Unary("1/gamma", arb.rgamma, _plain(acb.rgamma), lambda e, y: y)(env, x)


def beta(env: Env, a: Scalar, b: Scalar) -> Scalar:
    return gamma(env, a) * gamma(env, b) * rgamma(env, a + b)


def gcd(values: list[int]) -> int:
    result = 0
    for v in values:
        result = int(fmpz(result).gcd(fmpz(v)))
    return result
