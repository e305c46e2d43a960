"""Functions whose values take more than a call of the library: by an order, or with their own derivative.

Derivatives are those of DLMF (5.15, 10.6, 10.29, 9.2, 8.8).
"""

from __future__ import annotations

from functools import lru_cache

from flint import acb, acb_series, arb, arb_series, fmpq, fmpz

from derive.functions.domains import POSITIVE, negative
from derive.functions.special.gamma import POLES
from derive.reasons.gaps import Gap
from derive.verify.evaluate.jets import Jet
from derive.verify.evaluate.scalars import ONE, Unary, exp, inv, off, plain, power, real_domain, unary
from derive.verify.evaluate.values import Budget, Env, Scalar, Undefined, Unsupported

_positive = real_domain(POSITIVE)
gamma: Unary = unary("gamma", lambda env, x: gamma(env, x) * digamma(env, x))


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
    return Unary(
        f"psi_{k}", real, plain(cplx), lambda env, x: polygamma(k + 1)(env, x), real_domain(POLES), False
    )


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
        plain(lambda x: cplx(x)),
        lambda env, x: zeta_derivative(k + 1)(env, x),
        _zeta_domain,
        False,
    )


zeta: Unary = zeta_derivative(0)


airy_ai: Unary = Unary(
    "Ai", lambda x: x.airy()[0], plain(lambda x: x.airy()[0]), lambda env, x: _airy_aip(env, x)
)
_airy_aip: Unary = Unary(
    "Ai'", lambda x: x.airy()[1], plain(lambda x: x.airy()[1]), lambda env, x: airy_ai(env, x) * x
)
airy_bi: Unary = Unary(
    "Bi", lambda x: x.airy()[2], plain(lambda x: x.airy()[2]), lambda env, x: _airy_bip(env, x)
)
_airy_bip: Unary = Unary(
    "Bi'", lambda x: x.airy()[3], plain(lambda x: x.airy()[3]), lambda env, x: airy_bi(env, x) * x
)


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
            _positive(y)
        elif not whole:
            if y.is_zero() and order > 0:
                return
            _positive(y)

    def prime(e: Env, y: Scalar) -> Scalar:
        a, b = bessel(head, e, order - ONE, y), bessel(head, e, order + ONE, y)
        return (a * fmpq(lower) + b * fmpq(upper)) * fmpq(1, 2)

    def cplx(y: acb) -> acb:
        return getattr(y, method)(acb(order))

    cut = negative if only_positive or not whole else (lambda y: False)
    real = lambda y: getattr(y, method)(arb(order))  # noqa: E731
    if isinstance(order, acb):
        return Unary(head, real, off(cut, cplx), prime, domain)(env, x if isinstance(x, Jet) else acb(x))
    return Unary(head, real, off(cut, cplx), prime, domain)(env, x)


def incomplete_gamma(env: Env, s: Scalar, x: Scalar, *, upper: bool) -> Scalar:
    """γ(s, x) and Γ(s, x)."""
    if isinstance(s, Jet):
        raise Unsupported(Gap.BY_ORDER_OF_INCOMPLETE_GAMMA_FUNCTION)

    def domain(y: arb) -> None:
        if upper and isinstance(s, fmpq) and s > 0 and s.q == 1:
            return
        if y.is_zero() and s > 0:
            return
        _positive(y)

    def prime(e: Env, y: Scalar) -> Scalar:
        density = power(e, y, s - ONE) * exp(e, -y)
        return -density if upper else density

    if not upper and isinstance(s, fmpq) and s.q == 1 and s <= 0:
        raise Undefined(Gap.POLE_OF_INCOMPLETE_GAMMA_FUNCTION)
    name = "gamma_upper" if upper else "gamma_lower"
    return Unary(
        name,
        lambda y: getattr(y, name)(arb(s)),
        off(negative, lambda y: getattr(y, name)(acb(s))),
        prime,
        domain,
    )(env, x)


def rgamma(env: Env, x: Scalar) -> Scalar:
    """1/Γ(x), entire."""
    if isinstance(x, Jet):
        return inv(env, gamma(env, x))
    return Unary("1/gamma", arb.rgamma, plain(acb.rgamma), lambda e, y: y)(env, x)
