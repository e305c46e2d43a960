"""The ratio t(n+1)/t(n) of a hypergeometric term: a constant times a rational function of n."""

from __future__ import annotations

from flint import acb, arb, fmpq, fmpq_poly

from derive.classes import dataclass
from derive.reasons.gaps import Gap
from derive.term import nodes as t
from derive.term.traverse import free_symbols
from derive.verify.evaluate import scalars as sc
from derive.verify.evaluate.code import compiled
from derive.verify.evaluate.values import Array, Env, Scalar, Unsupported, is_exact_zero

ONE = fmpq_poly([1])


@dataclass(frozen=True, slots=True)
class Ratio:
    """base · top(n)/bottom(n)"""

    base: Scalar
    top: fmpq_poly
    bottom: fmpq_poly

    def __mul__(self, other: Ratio) -> Ratio:
        return Ratio(self.base * other.base, self.top * other.top, self.bottom * other.bottom)

    def bound(self, start: int) -> arb | None:
        """An upper bound of |ratio| over all n ≥ start, None if the polynomials do not allow one there."""
        p, q = self.top, self.bottom
        dp, dq = p.degree(), q.degree()
        if dp > dq:
            return None
        above, below = _spread(p, start), _spread(q, start)
        if not below < 1:
            return None
        size = abs(self.base) if isinstance(self.base, arb | acb) else arb(abs(self.base))
        lead = arb(abs(p[dp] / q[dq])) / arb(start) ** (dq - dp)
        return (arb(size) * lead * (1 + above) / (1 - below)).upper()

    def limit(self) -> Scalar:
        """The limit of |ratio|; infinity when it grows."""
        dp, dq = self.top.degree(), self.bottom.degree()
        if dp < dq:
            return fmpq(0)
        size = abs(self.base)
        if dp > dq:
            return fmpq(0) if is_exact_zero(size) else arb.pos_inf()
        return size * abs(self.top[dp] / self.bottom[dq])


def _spread(p: fmpq_poly, start: int) -> arb:
    """Σ |aᵢ/a_d| start^{i-d} over i < d: how far p(n)/(a_d n^d) is from 1 for n ≥ start."""
    d = p.degree()
    total = arb(0)
    for i in range(d):
        total += arb(abs(p[i] / p[d])) / arb(start) ** (d - i)
    return total


def last_root(p: fmpq_poly) -> int:
    """An integer beyond every real root (Cauchy's bound)."""
    d = p.degree()
    if d <= 0:
        return 0
    largest = max((abs(p[i] / p[d]) for i in range(d)), default=fmpq(0))
    return int((1 + largest).ceil()) + 1


def rational(term: t.Term, name: str, env: Env) -> tuple[fmpq_poly, fmpq_poly] | None:
    """The term as a quotient of polynomials in the symbol with exact coefficients, None where it is none."""
    if name not in free_symbols(term):
        value = compiled(term)(env)
        return (fmpq_poly([value]), ONE) if isinstance(value, fmpq) else None
    match term:
        case t.Symbol():
            return fmpq_poly([0, 1]), ONE
        case t.Neg(arg=arg):
            inner = rational(arg, name, env)
            return None if inner is None else (-inner[0], inner[1])
        case t.Add(args=args):
            p, q = fmpq_poly([0]), ONE
            for a in args:
                if (part := rational(a, name, env)) is None:
                    return None
                p, q = p * part[1] + part[0] * q, q * part[1]
            return p, q
        case t.Mul(args=args):
            p, q = ONE, ONE
            for a in args:
                if (part := rational(a, name, env)) is None:
                    return None
                p, q = p * part[0], q * part[1]
            return p, q
        case t.Div(numerator=a, denominator=b):
            top, low = rational(a, name, env), rational(b, name, env)
            if top is None or low is None or low[0] == 0:
                return None
            return top[0] * low[1], top[1] * low[0]
        case t.Pow(base=base, exponent=exponent) if name not in free_symbols(exponent):
            inner, n = rational(base, name, env), compiled(exponent)(env)
            if inner is None or not isinstance(n, fmpq) or n.q != 1 or abs(n.p) > 40 or inner[0] == 0:
                return None
            k = int(n.p)
            return (inner[0] ** k, inner[1] ** k) if k >= 0 else (inner[1] ** -k, inner[0] ** -k)
        case _:
            return None


def linear(term: t.Term, name: str, env: Env) -> tuple[fmpq, fmpq] | None:
    """(slope, constant) of a term that is linear in the symbol."""
    found = rational(term, name, env)
    if found is None or found[1].degree() > 0 or found[0].degree() > 1:
        return None
    p, q = found
    return p[1] / q[0], p[0] / q[0]


def ratio(term: t.Term, name: str, env: Env) -> Ratio:
    """Raises Unsupported for a term that is not hypergeometric."""
    if name not in free_symbols(term):
        return Ratio(fmpq(1), ONE, ONE)
    found = rational(term, name, env)
    if found is not None:
        p, q = found
        if p == 0:
            return Ratio(fmpq(0), ONE, ONE)
        step = fmpq_poly([1, 1])
        return Ratio(fmpq(1), p(step) * q, p * q(step))
    match term:
        case t.Neg(arg=arg):
            return ratio(arg, name, env)
        case t.Mul(args=args):
            result = Ratio(fmpq(1), ONE, ONE)
            for a in args:
                result = result * ratio(a, name, env)
            return result
        case t.Div(numerator=a, denominator=b):
            return ratio(a, name, env) * _inverse(ratio(b, name, env))
        case t.Pow(base=base, exponent=exponent):
            return _power(base, exponent, name, env)
        case t.Apply(head="exp", args=(arg,)):
            return _power(t.Constant("e"), arg, name, env)
        case t.Apply(head="factorial", args=(arg,)):
            return _factorial(linear(arg, name, env), fmpq(1))
        case t.Apply(head="gamma", args=(arg,)):
            return _factorial(linear(arg, name, env), fmpq(0))
        case t.Apply(head="binomial", args=(top, low)):
            return _binomial(linear(top, name, env), linear(low, name, env))
        case _:
            raise Unsupported(Gap.SERIES_WHOSE_TERMS_ARE_NOT_HYPERGEOMETRIC)


def _inverse(r: Ratio) -> Ratio:
    if is_exact_zero(r.base):
        raise Unsupported(Gap.DIVISION_BY_ZERO_IN_SERIES)
    return Ratio(1 / r.base, r.bottom, r.top)


def _power(base: t.Term, exponent: t.Term, name: str, env: Env) -> Ratio:
    if name not in free_symbols(exponent):
        n = compiled(exponent)(env)
        if not isinstance(n, fmpq) or n.q != 1 or abs(n.p) > 40:
            raise Unsupported(Gap.FRACTIONAL_POWER_IN_SERIES)
        inner = ratio(base, name, env)
        inner = inner if n > 0 else _inverse(inner)
        result = Ratio(fmpq(1), ONE, ONE)
        for _ in range(abs(int(n.p))):
            result = result * inner
        return result
    if name in free_symbols(base):
        raise Unsupported(Gap.POWER_WITH_INDEX_IN_BASE_AND_EXPONENT)
    form = linear(exponent, name, env)
    if form is None:
        raise Unsupported(Gap.EXPONENT_THAT_IS_NOT_LINEAR)
    value = compiled(base)(env)
    if isinstance(value, Array | bool | tuple):
        raise Unsupported(Gap.POWER_OF_NO_NUMBER)
    if form[0].q != 1 and not isinstance(value, acb) and not value > 0:
        raise Unsupported(Gap.FRACTIONAL_POWER_OF_NEGATIVE_NUMBER)
    if form[0] < 0 and is_exact_zero(value):
        raise Unsupported(Gap.NEGATIVE_POWER_OF_ZERO)
    return Ratio(sc.power(env, value, form[0]), ONE, ONE)


def _factorial(form: tuple[fmpq, fmpq] | None, shift: fmpq) -> Ratio:
    """Of Γ(a n + b + shift) with a a natural number: the product of the a factors that are gained."""
    if form is None or form[0].q != 1 or form[0] < 0 or form[0] > 12:
        raise Unsupported(Gap.FACTORIAL_IN_SERIES)
    a, b = form
    top = ONE
    for j in range(int(a.p)):
        top = top * fmpq_poly([b + shift + j, a])
    return Ratio(fmpq(1), top, ONE)


def _binomial(top: tuple[fmpq, fmpq] | None, low: tuple[fmpq, fmpq] | None) -> Ratio:
    if top is None or low is None:
        raise Unsupported(Gap.BINOMIAL_IN_SERIES)
    if top[0] == 0 and low[0] == 1:  # binom(α, n + b): (α - n - b)/(n + b + 1)
        return Ratio(fmpq(1), fmpq_poly([top[1] - low[1], -1]), fmpq_poly([low[1] + 1, 1]))
    rest = (top[0] - low[0], top[1] - low[1])
    one = fmpq(1)
    return _factorial(top, one) * _inverse(_factorial(low, one)) * _inverse(_factorial(rest, one))
