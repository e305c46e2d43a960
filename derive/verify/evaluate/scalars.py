"""Arithmetic, powers and roots of scalars, and how a function of one number is evaluated.

Each function of one variable is a `Unary`: its real ball, its complex ball (which must
be unbounded on a branch cut where `analytic` is asked for), its derivative, its real domain.
"""

from __future__ import annotations

from collections.abc import Callable

from flint import acb, arb, fmpq, fmpz

from derive.classes import dataclass
from derive.functions import FUNCTIONS
from derive.functions.domains import NONNEGATIVE
from derive.functions.record import Analytic, Domain
from derive.reasons.gaps import Gap
from derive.verify.evaluate.jets import Jet, chain, divide
from derive.verify.evaluate.values import (
    Array,
    Budget,
    Env,
    Scalar,
    Uncertain,
    Undefined,
    Unsupported,
    is_exact_zero,
)

NAN = acb(arb.nan())
ONE, TWO, HALF = fmpq(1), fmpq(2), fmpq(1, 2)
EXACT_BITS = 20_000  # exact rationals beyond this size become balls


def div(env: Env, a: Scalar, b: Scalar) -> Scalar:
    kind = type(b)
    if kind is fmpq:
        if b == 0:
            raise Undefined(Gap.DIVISION_BY_ZERO)
        return a * (ONE / b) if isinstance(a, Jet) else a / b
    if kind is arb or kind is acb:
        if b.contains(0):
            if b.is_zero():
                raise Undefined(Gap.DIVISION_BY_ZERO)
            raise Uncertain(Gap.DENOMINATOR_THAT_MAY_BE_ZERO)
        return a * (1 / b) if isinstance(a, Jet) else a / b
    if kind is Jet:
        return divide(a, b, lambda x, y: div(env, x, y), env.steps)
    raise Unsupported(Gap.DIVISION_BY_NO_NUMBER)


@dataclass(frozen=True, slots=True)
class Unary:
    """One function: balls, derivative, and `domain`, which raises outside the real domain."""

    name: str
    real: Callable[[arb], arb]
    cplx: Callable[[acb, bool], acb]
    prime: Callable[[Env, Scalar], Scalar]
    domain: Callable[[arb], None] | None = None
    extends: bool = True  # has complex values outside its real domain

    def __call__(self, env: Env, x: Scalar) -> Scalar:
        kind = type(x)
        if kind is fmpq:
            x, kind = arb(x), arb
        if kind is arb:
            if self.domain is not None:
                try:
                    self.domain(x)
                except Undefined:
                    if not (env.complex and self.extends):
                        raise Undefined(Gap.OUTSIDE_DOMAIN, self.name) from None
                    return self._complex(env, acb(x))
            r = self.real(x)
            if not r.is_finite():
                raise Uncertain(Gap.CONSTRUCT, self.name)
            return r
        if kind is acb:
            return self._complex(env, x)
        if kind is Jet:
            return chain(env, x, self, self.prime)
        raise Unsupported(Gap.CONSTRUCT_OF_NO_NUMBER, self.name)

    def _complex(self, env: Env, x: acb) -> acb:
        if x.imag.is_zero() and env.analytic is None and is_exact_zero(x):
            if self.domain is not None:
                self.domain(arb(0))
        r = self.cplx(x, bool(env.analytic))
        if not r.is_finite():
            raise Uncertain(Gap.CONSTRUCT, self.name)
        return r


# from the records of functions ---------------------------------------------------------------


def real_domain(domain: Domain) -> Callable[[arb], None]:
    """A check that raises where a real ball is not, or may not be, inside."""

    def check(x: arb) -> None:
        inside = domain.inside(x)
        if inside is None:
            raise Uncertain(domain.unsure)
        if not inside:
            raise Undefined(domain.outside)

    return check


def off(cut: Callable[[acb], bool], f: Callable[[acb], acb]) -> Callable[[acb, bool], acb]:
    """The complex function without a value where it may meet its branch cut, inside an integrand."""

    def g(x: acb, analytic: bool) -> acb:
        return NAN if analytic and cut(x) else f(x)

    return g


def plain(f: Callable[[acb], acb]) -> Callable[[acb, bool], acb]:
    return lambda x, analytic: f(x)


def unary(name: str, prime: Callable[[Env, Scalar], Scalar]) -> Unary:
    """The function of one number that the record of that name tells, with its derivative."""
    value = FUNCTIONS[name].value
    assert isinstance(value, Analytic)
    if value.principal is not None:
        cplx = value.principal
    else:
        cplx = plain(value.complex) if value.cut is None else off(value.cut, value.complex)
    domain = None if value.domain is None else real_domain(value.domain)
    return Unary(name, value.real, cplx, prime, domain, value.extends)


def sq(x: Scalar) -> Scalar:
    return x * x


def inv(env: Env, x: Scalar) -> Scalar:
    return div(env, ONE, x)


exp: Unary = unary("exp", lambda env, x: exp(env, x))
log: Unary = unary("log", lambda env, x: inv(env, x))
sqrt: Unary = Unary(
    "sqrt",
    arb.sqrt,
    lambda x, a: x.sqrt(analytic=a),
    lambda env, x: div(env, HALF, sqrt(env, x)),
    real_domain(NONNEGATIVE),
)


# powers -----------------------------------------------------------------------------------


def _exact_power(b: fmpq, n: int) -> fmpq | None:
    """b^n while it is small enough to stay exact."""
    bits = max(int(b.height_bits()), 1)
    if b == 1 or (b == 0 and n > 0):
        return b
    if b == -1:
        return b if n % 2 else ONE
    return b**n if bits * abs(n) <= EXACT_BITS else None


def ipow(env: Env, b: Scalar, n: int) -> Scalar:
    """b^n for an integer n; 0^0 = 1."""
    if n == 0:
        return ONE
    kind = type(b)
    if kind is fmpq:
        if b == 0 and n < 0:
            raise Undefined(Gap.DIVISION_BY_ZERO)
        if (r := _exact_power(b, n)) is not None:
            return r
        b, kind = arb(b), arb
    if n < 0:
        return inv(env, ipow(env, b, -n))
    if kind is arb or kind is acb:
        r = b ** fmpz(n)
        if not r.is_finite():
            raise Uncertain(Gap.POWER_WITHOUT_BOUND)
        return r
    if kind is Jet:
        if n.bit_length() > 40:
            raise Budget(Gap.EXPONENT)
        result: Scalar = None
        while n:
            if n & 1:
                result = b if result is None else result * b
            n >>= 1
            if n:
                b = b * b
        env.steps.take(10)
        return result
    raise Unsupported(Gap.POWER_OF_NO_NUMBER)


def root(env: Env, x: Scalar, n: int) -> Scalar:
    """The n-th root; real for odd n and negative x in the reals, undefined there in the complex numbers,
    where authors mean either."""
    if n == 0:
        raise Undefined(Gap.ROOT_OF_ORDER_0)
    if n < 0:
        return inv(env, root(env, x, -n))
    if n == 1:
        return x
    if n == 2:
        return sqrt(env, x)
    kind = type(x)
    if kind is fmpq:
        if x == 0:
            return x
        x, kind = arb(x), arb
    if kind is arb:
        if x > 0:
            return x.root(n)
        if x < 0 and n % 2 and not env.complex:
            return -((-x).root(n))
        if x < 0:
            if env.complex and n % 2 == 0:
                return acb(x) ** acb(fmpq(1, n))
            raise Undefined(Gap.ROOT_OF_NEGATIVE_NUMBER)
        if x.is_zero():
            return x
        raise Uncertain(Gap.ROOT_OF_NUMBER_THAT_MAY_BE_NEGATIVE)
    if kind is acb:
        return _complex_root(env, x, n)
    if kind is Jet:
        return chain(env, x, lambda e, y: root(e, y, n), lambda e, y: div(e, root(e, y, n), y) * fmpq(1, n))
    raise Unsupported(Gap.ROOT_OF_NO_NUMBER)


def _complex_root(env: Env, x: acb, n: int) -> acb:
    if env.analytic is None:
        if n % 2 and not (x.real > 0):
            raise Undefined(Gap.ODD_ROOT_OF_COMPLEX_NUMBER_PRINCIPAL_OR_REAL)
        return finite_pow(x, acb(fmpq(1, n)), False)
    if x.real > 0 or n % 2 == 0:
        return finite_pow(x, acb(fmpq(1, n)), bool(env.analytic))
    if x.real < 0:
        return -finite_pow(-x, acb(fmpq(1, n)), bool(env.analytic))
    if env.analytic:
        raise Uncertain(Gap.ROOT_NEAR_ITS_BRANCH_POINT)
    bound = abs(x).abs_upper().root(n)
    return acb(arb(0, bound), arb(0, bound))


def finite_pow(b: acb, e: acb, analytic: bool) -> acb:
    r = b.pow(e, analytic=analytic)
    if not r.is_finite():
        raise Uncertain(Gap.POWER_WITHOUT_BOUND)
    return r


def power(env: Env, b: Scalar, e: Scalar) -> Scalar:
    """b^e. Integer exponents: any base. Else the base must be positive or complex."""
    if type(e) is fmpq:
        if e.q == 1:
            if abs(e.p).bit_length() > 4000:
                raise Budget(Gap.EXPONENT)
            return ipow(env, b, int(e.p))
        if e == HALF:
            return sqrt(env, b)
    elif type(e) is arb and e.is_exact() and not isinstance(b, fmpq) and abs(e) < 10**6:
        if e.is_integer():
            return ipow(env, b, int(e.unique_fmpz()))
    if isinstance(b, Jet) or isinstance(e, Jet):
        if not isinstance(e, Jet):
            return chain(env, b, lambda g, y: power(g, y, e), lambda g, y: power(g, y, e - ONE) * e)
        return exp(env, e * log(env, b))
    if isinstance(b, Array) or isinstance(e, Array):
        raise Unsupported(Gap.ARRAY_IN_POWER)
    if type(b) is acb or type(e) is acb or env.analytic is not None:
        if is_exact_zero(b):
            if isinstance(e, fmpq | arb) and e > 0:
                return fmpq(0)
            raise Undefined(Gap.POWER_OF_ZERO)
        b = acb(b)
        if env.analytic is None and b.contains(0):
            raise Uncertain(Gap.BASE_OF_POWER_MAY_BE_ZERO)
        if env.analytic and not (b.real > 0) and b.imag.contains(0):
            raise Uncertain(Gap.POWER_NEAR_ITS_BRANCH_CUT)
        return finite_pow(b, acb(e), bool(env.analytic))
    if is_exact_zero(b):
        if e > 0:
            return fmpq(0)
        if e <= 0:
            raise Undefined(Gap.POWER_OF_ZERO)
        raise Uncertain(Gap.EXPONENT_OF_ZERO_MAY_BE_NEGATIVE)
    if b > 0:
        return _positive_power(b, e)
    if b < 0:
        if env.complex:
            return finite_pow(acb(b), acb(e), False)
        raise Undefined(Gap.POWER_OF_NEGATIVE_NUMBER)
    raise Uncertain(Gap.BASE_OF_POWER_MAY_BE_NEGATIVE)


def _positive_power(b: Scalar, e: Scalar) -> arb:
    if type(e) is fmpq and e.q <= 64 and abs(e.p) <= 10**6:
        base = arb(b).root(int(e.q)) if e.q > 1 else arb(b)
        r = base ** fmpz(int(e.p))
    else:
        r = arb(b) ** arb(e)
    if not r.is_finite():
        raise Uncertain(Gap.POWER_WITHOUT_BOUND)
    return r
