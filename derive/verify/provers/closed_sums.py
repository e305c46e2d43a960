"""Sums in closed form, exactly: power series by the shape of their terms, and the binomial theorem.

A term is taken apart as c · R(k) · Π base^(s k + o) · Π (a k + b)!^±1 with R rational. Then (DLMF 4.2, 4.6,
4.19, 4.24, 25.2, 26.3), with r the product of the base^s:

    Σ R(k) r^k             by partial fractions: geometric series, log(1 - r), arctan; ζ for r = 1
    Σ p(k) r^k / (k+b)!    exp(r), with falling factorials for p
    Σ r^k / (2k+b)!        cos, sin, cosh, sinh of a root of r or -r
    Σ p(k) C(n,k) A^k B^(n-k)   (A + B)^n, with falling factorials for p

Where a power series is summed, |r| < 1 must be sure in the scope (at r = -1 where it converges there).
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import comb, factorial, isqrt

from flint import fmpq, fmpq_poly

from derive.calculus.differentiate import depends
from derive.classes import dataclass, field
from derive.term.construct import add, apply, div, mul, neg, number, power, sub
from derive.term.nodes import (
    ONE,
    ZERO,
    Add,
    Apply,
    BigOp,
    Constant,
    Div,
    Mul,
    Neg,
    Number,
    Pow,
    Relation,
    Symbol,
    Term,
    integer,
)
from derive.term.scope import Scope
from derive.verify.normal.form import attempt
from derive.verify.provers.monomials import NoClosedForm

_HIGHEST = 8
"""The highest power, degree or shift that is looked at."""
_ONE = fmpq_poly([1])


@dataclass(slots=True)
class _Summand:
    """scale · top(k)/bottom(k) · Π base^(slope k + offset) · Π (a k + b)!^e · Π binomial(n, k)"""

    k: Symbol
    scale: list[Term] = field(default_factory=list)
    top: fmpq_poly = field(default_factory=lambda: _ONE)
    bottom: fmpq_poly = field(default_factory=lambda: _ONE)
    powers: dict[Term, tuple[int, Term]] = field(default_factory=dict)
    factorials: list[tuple[int, int, int]] = field(default_factory=list)
    binomials: list[Term] = field(default_factory=list)

    def times(self, term: Term, e: int) -> None:
        """Multiply by term^e. Raises NoClosedForm for what has no place."""
        if abs(e) > _HIGHEST:
            raise NoClosedForm
        if not depends(term, self.k):
            self.scale.append(power(term, integer(e)) if e > 0 else div(ONE, power(term, integer(-e))))
            return
        match term:
            case Neg(arg=arg):
                self.scale.append(integer((-1) ** e))
                self.times(arg, e)
            case Mul(args=args):
                for a in args:
                    self.times(a, e)
            case Div(numerator=a, denominator=b):
                self.times(a, e)
                self.times(b, -e)
            case Pow(base=base, exponent=Number(value=n)) if n.denominator == 1 and abs(n) <= _HIGHEST:
                self.times(base, e * int(n))
            case Pow(base=base, exponent=exponent):
                self._power(base, exponent, e)
            case Apply(head="exp", args=(arg,)):
                self._power(Constant("e"), arg, e)
            case Apply(head="factorial", args=(arg,)):
                self._factorial(arg, 0, e)
            case Apply(head="gamma", args=(arg,)):
                self._factorial(arg, -1, e)
            case Apply(head="binomial", args=(n, low)) if low == self.k and e > 0 and not depends(n, self.k):
                self.binomials += [n] * e
            case _:
                self._polynomial(polynomial(term, self.k), e)

    def _polynomial(self, p: fmpq_poly, e: int) -> None:
        if e > 0:
            self.top = self.top * p**e
        else:
            self.bottom = self.bottom * p**-e

    def _power(self, base: Term, exponent: Term, e: int) -> None:
        if depends(base, self.k):
            raise NoClosedForm
        base = _folded(base, self.k)
        if base == ZERO:
            raise NoClosedForm
        slope, offset = linear(exponent, self.k)
        if slope.denominator != 1 or abs(slope * e) > _HIGHEST:
            raise NoClosedForm
        s, o = self.powers.get(base, (0, ZERO))
        self.powers[base] = (s + int(slope) * e, add(o, mul(integer(e), offset)))

    def _factorial(self, arg: Term, shift: int, e: int) -> None:
        slope, offset = linear(arg, self.k)
        if slope not in (1, 2) or not isinstance(offset, Number) or offset.value.denominator != 1:
            raise NoClosedForm
        self.factorials.append((int(slope), int(offset.value) + shift, e))

    # what is worked out from it

    @property
    def ratio(self) -> Term:
        """r, the product of the base^slope."""
        return mul(*(_whole_power(base, slope) for base, (slope, _) in self.powers.items()))

    def weight(self, shift: int, scope: Scope, half: bool = False) -> Term:
        """scale · Π base^(offset - slope · shift), which must have a value whatever the letters are; `half`:
        over the w of `root` as well."""
        factors, size = list(self.scale), Fraction(1)
        for base, (slope, offset) in self.powers.items():
            less = Fraction(slope * shift)
            if isinstance(base, Number):
                size *= abs(base.value) ** slope
            elif half:
                less += Fraction(slope, 2)
            exponent = add(offset, number(-less))
            if not (isinstance(exponent, Number) and exponent.value >= 0) and not nonzero(base, scope):
                raise NoClosedForm
            factors.append(_number_power(base, exponent))
        return div(mul(*factors), _square_root(size)) if half else mul(*factors)

    def root(self) -> tuple[int, Term]:
        """(sign, w) with r = sign · w² and w a product of whole powers, but for its number."""
        scale, factors = Fraction(1), list[Term]()
        for base, (slope, _) in self.powers.items():
            if isinstance(base, Number):
                scale *= base.value**slope
            elif slope % 2:
                raise NoClosedForm
            else:
                factors.append(_whole_power(base, slope // 2))
        return (1 if scale > 0 else -1), mul(_square_root(abs(scale)), *factors)


def closed_sum(term: BigOp, scope: Scope) -> Term:
    """The sum in closed form. Raises NoClosedForm."""
    if term.op != "sum" or len(term.binders) != 1:
        raise NoClosedForm
    (b,) = term.binders
    if b.lower is None or b.upper is None or b.domain is not None or b.condition is not None:
        raise NoClosedForm
    if not isinstance(b.lower, Number) or b.lower.value.denominator != 1 or abs(b.lower.value) > _HIGHEST:
        raise NoClosedForm
    start = int(b.lower.value)
    if isinstance(term.body, Add):
        if b.upper == Constant("infinity"):
            raise NoClosedForm  # the parts need not converge
        return add(*(closed_sum(BigOp("sum", a, term.binders), scope) for a in term.body.args))
    s = _Summand(b.variable)
    s.times(term.body, 1)
    if b.upper != Constant("infinity"):
        return _finite(s, start, b.upper, scope)
    if s.binomials or any(e > 0 for _, _, e in s.factorials) or len(s.factorials) > 1:
        raise NoClosedForm
    if s.factorials:
        ((a, shift, _),) = s.factorials
        return _exponential(s, shift, start, scope) if a == 1 else _wave(s, shift, start, scope)
    return _of_rational_terms(s, start, scope)


# what has factorials below


def _exponential(s: _Summand, b: int, start: int, scope: Scope) -> Term:
    """Σ_{k≥start} p(k) r^k/(k+b)!, with i = k + b."""
    first = start + b
    if s.bottom.degree() > 0 or first < 0 or first > _HIGHEST:
        raise NoClosedForm
    p = (s.top / s.bottom[0])(fmpq_poly([-b, 1]))
    r = s.ratio
    value = mul(_falling(p, r, lambda m: ONE), apply("exp", r))
    known = (mul(number(_fraction(p(i)) / factorial(i)), power(r, integer(i))) for i in range(first))
    return mul(s.weight(b, scope), sub(value, add(ZERO, *known)))


def _wave(s: _Summand, b: int, start: int, scope: Scope) -> Term:
    """Σ_{k≥start} r^k/(2k+b)!, with i = k + ⌊b/2⌋."""
    shift, odd = divmod(b, 2)
    first = start + shift
    if s.top.degree() > 0 or s.bottom.degree() > 0 or first < 0 or first > _HIGHEST:
        raise NoClosedForm
    sign, w = s.root()
    c = number(_fraction(s.top[0] / s.bottom[0]))
    head = ("cosh", "sinh")[odd] if sign > 0 else ("cos", "sin")[odd]
    if first == 0:
        return mul(c, s.weight(shift, scope, half=bool(odd)), apply(head, w))
    known = (div(power(s.ratio, integer(i)), integer(factorial(2 * i + odd))) for i in range(first))
    whole = div(apply(head, w), w) if odd else apply(head, w)
    if odd and not nonzero(w, scope):
        raise NoClosedForm
    return mul(c, s.weight(shift, scope), sub(whole, add(ZERO, *known)))


# rational functions times powers


def _of_rational_terms(s: _Summand, start: int, scope: Scope) -> Term:
    r = s.ratio
    whole, parts = _partial_fractions(s.top, s.bottom)
    if r == ONE:
        return mul(s.weight(0, scope), _of_powers(whole, parts, start))
    inside = _below_one(s, scope)
    if not inside and (whole != 0 or r != integer(-1)):
        raise NoClosedForm
    terms: list[Term] = []
    if whole != 0:
        p = whole(fmpq_poly([start, 1]))
        value = _falling(p, r, lambda m: div(integer(factorial(m)), power(sub(ONE, r), integer(m + 1))))
        terms.append(mul(s.weight(-start, scope), value))
    for root, parts_ in parts.items():
        if len(parts_) > 1:
            raise NoClosedForm
        c, b = parts_[0], -root
        if b.denominator == 1:
            terms.append(_logarithm(s, c, int(b), start, scope))
        elif b.denominator == 2:
            terms.append(_arctangent(s, c, b, start, scope))
        else:
            raise NoClosedForm
    return add(*terms)


def _logarithm(s: _Summand, c: Fraction, b: int, start: int, scope: Scope) -> Term:
    """Σ_{k≥start} c r^k/(k+b), with i = k + b: -log(1 - r) = Σ_{i≥1} r^i/i."""
    first = start + b
    if first < 1 or first > _HIGHEST:
        raise NoClosedForm
    r = s.ratio
    known = (div(power(r, integer(i)), integer(i)) for i in range(1, first))
    return mul(number(c), s.weight(b, scope), neg(add(apply("log", sub(ONE, r)), *known)))


def _arctangent(s: _Summand, c: Fraction, h: Fraction, start: int, scope: Scope) -> Term:
    """Σ_{k≥start} c r^k/(k+h) with h = b + 1/2 and i = k + b: arctan(w)/w = Σ_i r^i/(2i+1) for r = -w²."""
    b = int(h - Fraction(1, 2))
    first = start + b
    if first < 0 or first > _HIGHEST:
        raise NoClosedForm
    sign, w = s.root()
    if sign > 0 or (first and not nonzero(w, scope)):
        raise NoClosedForm
    if first == 0:
        return mul(number(2 * c), s.weight(b, scope, half=True), apply("arctan", w))
    known = (div(power(s.ratio, integer(i)), integer(2 * i + 1)) for i in range(first))
    return mul(number(2 * c), s.weight(b, scope), sub(div(apply("arctan", w), w), add(ZERO, *known)))


def _of_powers(whole: fmpq_poly, parts: dict[Fraction, list[Fraction]], start: int) -> Term:
    """Σ_{k≥start} Σ c/(k+b)^m: values of ζ, and for m = 1 what is left when the harmonic series cancel."""
    if whole != 0 or sum((p[0] for p in parts.values()), Fraction(0)) != 0:
        raise NoClosedForm
    terms: list[Term] = []
    left = Fraction(0)
    for root, fractions in parts.items():
        first = start - root
        if first.denominator != 1 or not 1 <= first <= 4 * _HIGHEST:
            raise NoClosedForm
        for m, c in enumerate(fractions, 1):
            left -= c * sum(Fraction(1, j**m) for j in range(1, int(first)))
            if m > 1 and c:
                terms.append(mul(number(c), apply("zeta", integer(m))))
    return add(number(left), *terms)


def _partial_fractions(top: fmpq_poly, bottom: fmpq_poly) -> tuple[fmpq_poly, dict[Fraction, list[Fraction]]]:
    """The polynomial part, and by root the coefficients of 1/(k - root), 1/(k - root)², ….

    Raises NoClosedForm where a root is not rational.
    """
    whole, rest = divmod(top, bottom)
    parts: dict[Fraction, list[Fraction]] = {}
    if bottom.degree() <= 0:
        return whole, parts
    _, factors = bottom.factor()
    for f, m in factors:
        if f.degree() != 1:
            raise NoClosedForm
        root = -f[0] / f[1]
        here = fmpq_poly([root, 1])  # in t = k - root
        above, below = rest(here), bottom(here)
        below = fmpq_poly(below.coeffs()[int(m) :])
        series: list[fmpq] = []  # of above/below, up to t^(m-1)
        for j in range(int(m)):
            known = sum((series[i] * below[j - i] for i in range(j)), fmpq(0))
            series.append((above[j] - known) / below[0])
        parts[_fraction(root)] = [_fraction(c) for c in reversed(series)]
    return whole, parts


def _below_one(s: _Summand, scope: Scope) -> bool:
    """Whether |r| < 1 for certain, as it is written or by its factors."""

    def small(term: Term) -> bool:
        below = Relation("<", apply("abs", term), ONE)
        return attempt(scope, lambda rd: rd.holds(below)) is True

    if small(s.ratio):
        return True
    size, letters = Fraction(1), False
    for base, (slope, _) in s.powers.items():
        if isinstance(base, Number):
            size *= abs(base.value) ** slope
        elif slope < 0 or not small(base):
            return False
        else:
            letters = letters or slope > 0
    return size <= 1 and letters


# finite sums


def _finite(s: _Summand, start: int, n: Term, scope: Scope) -> Term:
    """Σ_{k=0}^n p(k) C(n,k) A^k B^(n-k) for a natural number n, and Σ_k C(n,k)²."""
    if start != 0 or s.factorials or s.bottom.degree() > 0 or not s.binomials:
        raise NoClosedForm
    if any(b != n for b in s.binomials) or not _natural(n, scope):
        raise NoClosedForm
    p = s.top / s.bottom[0]
    if len(s.binomials) == 2 and not s.powers and p.degree() == 0:
        return mul(number(_fraction(p[0])), *s.scale, apply("binomial", mul(integer(2), n), n))
    if len(s.binomials) > 1:
        raise NoClosedForm
    rising, falling, factors = list[Term](), list[Term](), list(s.scale)
    for base, (slope, offset) in s.powers.items():
        if slope > 0:
            rising.append(_whole_power(base, slope))
        else:
            falling.append(_whole_power(base, -slope))
            offset = _less(offset, mul(integer(-slope), n), scope)
        if not isinstance(offset, Number) and slope > 0 and not nonzero(base, scope):
            raise NoClosedForm
        if isinstance(offset, Number) and offset.value < 0 and not nonzero(base, scope):
            raise NoClosedForm
        factors.append(_number_power(base, offset))
    a, b = mul(*rising), mul(*falling)
    both = add(a, b)
    if (p.degree() > 0 or isinstance(both, Number)) and not nonzero(both, scope):
        raise NoClosedForm

    def of(m: int) -> Term:
        chosen = mul(*(sub(n, integer(j)) for j in range(m)))
        return mul(chosen, power(both, sub(n, integer(m))))

    return mul(*factors, _falling(p, a, of))


def _natural(n: Term, scope: Scope) -> bool:
    if not isinstance(n, Symbol):
        return False
    domain = (scope.type_of(n.name) or n.type).domain
    return domain in ("natural", "positive_integer")


def _less(a: Term, b: Term, scope: Scope) -> Term:
    """a - b where that is a whole number. Raises NoClosedForm."""
    found = attempt(scope, lambda rd: rd.ring.integer(rd.ring.sub(rd.read(a), rd.read(b))))
    if found is None:
        raise NoClosedForm
    return integer(found)


# pieces


def _falling(p: fmpq_poly, r: Term, of: Callable[[int], Term]) -> Term:
    """Σ_m c_m r^m of(m) for p(i) = Σ_m c_m i(i-1)…(i-m+1)."""
    if p.degree() > _HIGHEST:
        raise NoClosedForm
    values = [_fraction(p(i)) for i in range(p.degree() + 1)]
    terms: list[Term] = []
    for m in range(len(values)):
        difference = sum(
            (Fraction((-1) ** (m - i) * comb(m, i)) * values[i] for i in range(m + 1)), Fraction(0)
        )
        if difference:
            terms.append(mul(number(difference / factorial(m)), power(r, integer(m)), of(m)))
    return add(ZERO, *terms)


def polynomial(term: Term, k: Symbol) -> fmpq_poly:
    """The term as a polynomial in k with rational coefficients. Raises NoClosedForm."""
    match term:
        case Number(value=value):
            return fmpq_poly([fmpq(value.numerator, value.denominator)])
        case Symbol() if term == k:
            return fmpq_poly([0, 1])
        case Neg(arg=arg):
            return -polynomial(arg, k)
        case Add(args=args):
            return sum((polynomial(a, k) for a in args), fmpq_poly([0]))
        case Mul(args=args):
            product = _ONE
            for a in args:
                product *= polynomial(a, k)
            return product
        case Div(numerator=a, denominator=Number(value=value)) if value:
            return polynomial(a, k) / fmpq(value.numerator, value.denominator)
        case Pow(base=base, exponent=Number(value=n)) if n.denominator == 1 and 0 <= n <= _HIGHEST:
            return polynomial(base, k) ** int(n)
        case _:
            raise NoClosedForm


def linear(term: Term, k: Symbol) -> tuple[Fraction, Term]:
    """(slope, offset) of a term that is linear in k with a rational slope. Raises NoClosedForm."""
    if not depends(term, k):
        return Fraction(0), _folded(term, k)
    match term:
        case Symbol():
            return Fraction(1), ZERO
        case Neg(arg=arg):
            slope, offset = linear(arg, k)
            return -slope, neg(offset)
        case Add(args=args):
            parts = [linear(a, k) for a in args]
            return sum((s for s, _ in parts), Fraction(0)), add(*(o for _, o in parts))
        case Mul(args=(Number(value=c), other)) | Mul(args=(other, Number(value=c))):
            slope, offset = linear(other, k)
            return c * slope, mul(number(c), offset)
        case Div(numerator=other, denominator=Number(value=c)) if c:
            slope, offset = linear(other, k)
            return slope / c, mul(number(1 / c), offset)
        case _:
            raise NoClosedForm


def _folded(term: Term, k: Symbol) -> Term:
    """The term, as a number where it is one."""
    try:
        p = polynomial(term, k)
    except NoClosedForm:
        return term
    return number(_fraction(p[0]))


def nonzero(term: Term, scope: Scope) -> bool:
    """Whether the term is sure not to be zero."""
    if isinstance(term, Number):
        return term.value != 0
    if term == Constant("e") or term == Constant("pi"):
        return True
    return attempt(scope, lambda rd: rd.holds(Relation("!=", term, ZERO))) is True


def _whole_power(base: Term, n: int) -> Term:
    if isinstance(base, Number) and (base.value or n >= 0):
        return number(base.value**n)
    return power(base, integer(n)) if n >= 0 else div(ONE, power(base, integer(-n)))


def _number_power(base: Term, exponent: Term) -> Term:
    if isinstance(exponent, Number) and exponent.value.denominator == 1:
        return _whole_power(base, int(exponent.value))
    return power(base, exponent)


def _square_root(value: Fraction) -> Term:
    p, q = isqrt(value.numerator), isqrt(value.denominator)
    if p * p == value.numerator and q * q == value.denominator:
        return number(Fraction(p, q))
    return power(number(value), number(Fraction(1, 2)))


def _fraction(value: fmpq) -> Fraction:
    return Fraction(int(fmpq(value).p), int(fmpq(value).q))
