"""Definite integrals in closed form, exactly: by a sum of monomials, each from a table with its conditions.

With m whole and p any number (DLMF 4.10, 4.26, 4.40, 5.4, 5.9, 5.12, 7.7, 25.5):

    ∫ v^p, v^p log v, v^m e^(αv), v^m e^(αv+βv²), v^m sin(ωv+φ), e^(αv) sin(ωv+φ)   between any ends
    ∫_0^∞ v^p e^(-sv) = Γ(p+1)/s^(p+1)            ∫_0^1 v^p (1-v)^q = Γ(p+1)Γ(q+1)/Γ(p+q+2)
    ∫_0^∞ v^m/(a + b v^n)^r                       ∫_0^∞ v^m/(e^(sv) ∓ 1) = m! ζ(m+1)/s^(m+1), …
    ∫ dv/(a + b cos v) over a turn, ∫_0^∞ sin(ωv)/v, ∫ 1/(a + b v²), ∫_0^a √(a² - v²)

Every condition on a letter must be sure in the scope.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import factorial

from derive.classes import dataclass, replace
from derive.term.construct import add, apply, div, is_zero, mul, neg, number, power, sub
from derive.term.nodes import (
    ONE,
    ZERO,
    Apply,
    Constant,
    Integral,
    Neg,
    Number,
    Relation,
    Symbol,
    Term,
    integer,
)
from derive.term.scope import Scope
from derive.verify.normal.form import attempt
from derive.verify.provers.monomials import Monomial, NoClosedForm, monomials

INFINITY = Constant("infinity")
_PI = Constant("pi")
_HIGHEST = 8
_PRIMITIVES = {
    "sin": ((-1, "cos"), (-1, "sin"), (1, "cos"), (1, "sin")),
    "cos": ((1, "sin"), (-1, "cos"), (-1, "sin"), (1, "cos")),
}
"""The primitive of each, that of it, …."""


def closed_integral(term: Integral, scope: Scope) -> Term:
    """The integral in closed form. Raises NoClosedForm."""
    if term.lower is None or term.upper is None or term.domain is not None or term.op != "int":
        raise NoClosedForm
    if term.variable.type.shape != ():
        raise NoClosedForm
    over = _Range(term.variable, term.lower, term.upper, scope)
    parts = monomials(term.body, term.variable, lambda scale: over.sure(scale, ">", ZERO))
    return add(ZERO, *(mul(m.scale, over.integral(m)) for p in parts for m in _waves_apart(p)))


def _waves_apart(m: Monomial) -> list[Monomial]:
    """A product of two sines or cosines, or the square of one, as a sum of them."""
    waves: list[Apply] = []
    for base, e in m.rest:
        if not isinstance(base, Apply) or base.head not in ("sin", "cos") or e not in (ONE, integer(2)):
            return [m]
        waves += [base] * (1 if e == ONE else 2)
    if len(waves) != 2:
        return [m]
    a, b = waves if waves[0].head >= waves[1].head else reversed(waves)  # sin before cos
    (x,), (y,) = a.args, b.args
    head = "cos" if a.head == b.head else "sin"
    less, more = _wave_of(head, sub(x, y)), _wave_of(head, add(x, y))
    if a.head == b.head == "sin":
        more = replace(more, scale=neg(more.scale))
    return [
        replace(w * replace(m, rest=()), scale=mul(number(Fraction(1, 2)), m.scale, w.scale))
        for w in (less, more)
    ]


def _wave_of(head: str, angle: Term) -> Monomial:
    return Monomial(rest=((apply(head, angle), ONE),))


@dataclass(frozen=True, slots=True)
class _Range:
    v: Symbol
    lower: Term
    upper: Term
    scope: Scope

    def sure(self, left: Term, relation: str, right: Term) -> bool:
        if isinstance(left, Number) and isinstance(right, Number):
            a, b = left.value, right.value
            return {"<": a < b, ">": a > b, "<=": a <= b, ">=": a >= b, "!=": a != b}[relation]
        asked = Relation(relation, left, right)
        return attempt(self.scope, lambda rd: rd.holds(asked)) is True

    def need(self, left: Term, relation: str, right: Term = ZERO) -> None:
        if not self.sure(left, relation, right):
            raise NoClosedForm

    @property
    def half_line(self) -> bool:
        return self.lower == ZERO and self.upper == INFINITY

    def between(self, value: Callable[[Term], Term]) -> Term:
        """The primitive at the upper end less that at the lower one."""
        return sub(value(self.upper), value(self.lower))

    # the table

    def integral(self, m: Monomial) -> Term:
        """Of the monomial without its scale."""
        if not m.rest:
            if not is_zero(m.square):
                return self._gaussian(m)
            if not is_zero(m.slope):
                return self._exponential(m)
            return self._power(m.power)
        if len(m.rest) > 1 or not is_zero(m.square):
            raise NoClosedForm
        ((base, exponent),) = m.rest
        if exponent == ONE and isinstance(base, Apply) and len(base.args) == 1:
            if base.head == "log" and base.args[0] == self.v and is_zero(m.slope):
                return self._power_and_logarithm(m.power)
            if base.head in ("sin", "cos"):
                return self._wave(m, base.head, base.args[0])
        if not is_zero(m.slope):
            raise NoClosedForm
        return self._of_sum(m, base, exponent)

    def _power(self, p: Term) -> Term:
        q = add(p, ONE)
        finite = not _infinite(self.lower) and not _infinite(self.upper)
        if isinstance(p, Number) and p.value.denominator == 1 and p.value >= 0:
            if not finite:
                raise NoClosedForm
            return self.between(lambda end: div(power(end, q), q))
        if _infinite(self.lower):
            raise NoClosedForm
        if self.upper == INFINITY:
            self.need(q, "<")
            self.need(self.lower, ">")
            return neg(div(power(self.lower, q), q))
        if _infinite(self.upper):
            raise NoClosedForm
        self.need(self.upper, ">")
        if self.sure(q, ">", ZERO):
            if self.lower == ZERO:
                return div(power(self.upper, q), q)
            self.need(self.lower, ">=")
            return self.between(lambda end: div(power(end, q), q))
        self.need(self.lower, ">")
        if is_zero(q):
            return self.between(lambda end: apply("log", end))
        self.need(q, "!=")
        return self.between(lambda end: div(power(end, q), q))

    def _power_and_logarithm(self, p: Term) -> Term:
        """∫ v^p log v = v^q/q (log v - 1/q), q = p + 1."""
        q = add(p, ONE)
        if _infinite(self.lower) or _infinite(self.upper):
            raise NoClosedForm
        self.need(self.upper, ">")
        if self.lower == ZERO:
            self.need(q, ">")
        else:
            self.need(self.lower, ">")
            self.need(q, "!=")

        def at(end: Term) -> Term:
            if end == ZERO:
                return ZERO
            return mul(div(power(end, q), q), sub(apply("log", end), div(ONE, q)))

        return self.between(at)

    def _exponential(self, m: Monomial) -> Term:
        a = m.slope
        if self.half_line and (not is_zero(m.symbolic) or m.whole.denominator != 1 or m.whole < 0):
            self.need(a, "<")
            q = add(m.power, ONE)
            self.need(q, ">")
            return div(apply("gamma", q), power(neg(a), q))
        n = _whole(m)
        self._vanishing(a)

        def at(end: Term) -> Term:
            if _infinite(end):
                return ZERO
            parts = (
                mul(
                    number(Fraction((-1) ** j * factorial(n), factorial(n - j))),
                    div(power(end, integer(n - j)), power(a, integer(j + 1))),
                )
                for j in range(n + 1)
            )
            return mul(apply("exp", mul(a, end)), add(ZERO, *parts))

        return self.between(at)

    def _vanishing(self, a: Term) -> None:
        """e^(av) must vanish at the ends that are infinite, and a must not be zero."""
        ends = (self.upper == INFINITY, self.lower == Neg(INFINITY))
        if any(ends):
            if all(ends) or _infinite(self.upper if ends[1] else self.lower):
                raise NoClosedForm
            self.need(a, "<" if ends[0] else ">")
        else:
            if _infinite(self.lower) or _infinite(self.upper):
                raise NoClosedForm
            self.need(a, "!=")

    def _gaussian(self, m: Monomial) -> Term:
        """By I_n = [v^(n-1) e^…]/(2β) - α/(2β) I_(n-1) - (n-1)/(2β) I_(n-2), and I_0 by erf."""
        n, a, b = _whole(m), m.slope, m.square
        self.need(b, "<")
        if self.lower == INFINITY or self.upper == Neg(INFINITY):
            raise NoClosedForm
        root = power(neg(b), number(Fraction(1, 2)))
        shift = div(a, mul(integer(2), b))

        def error_function(end: Term) -> Term:
            if _infinite(end):
                return ONE if end == INFINITY else integer(-1)
            return apply("erf", mul(root, add(end, shift)))

        top = neg(div(power(a, integer(2)), mul(integer(4), b)))
        whole = div(mul(power(_PI, number(Fraction(1, 2))), apply("exp", top)), mul(integer(2), root))
        found = [mul(whole, self.between(error_function))]
        for k in range(1, n + 1):

            def at(end: Term, k: int = k) -> Term:
                if _infinite(end):
                    return ZERO
                exponent = add(mul(a, end), mul(b, power(end, integer(2))))
                return mul(power(end, integer(k - 1)), apply("exp", exponent))

            before = mul(integer(k - 1), found[k - 2]) if k > 1 else ZERO
            found.append(div(sub(self.between(at), add(mul(a, found[k - 1]), before)), mul(integer(2), b)))
        return found[n]

    def _wave(self, m: Monomial, head: str, arg: Term) -> Term:
        """A sine or cosine of ωv + φ, times v^n or e^(αv)."""
        parts: dict[Fraction, list[Term]] = {Fraction(0): [], Fraction(1): []}
        for piece in monomials(arg, self.v):
            if not piece.plain or piece.whole not in parts:
                raise NoClosedForm
            parts[piece.whole].append(piece.scale)
        turn, phase = add(ZERO, *parts[Fraction(1)]), add(ZERO, *parts[Fraction(0)])
        if attempt(self.scope, lambda rd: rd.read(turn).num == 0) is True:
            return mul(apply(head, phase), self.integral(replace(m, rest=())))
        if is_zero(m.slope) and m.power == integer(-1) and head == "sin" and self.half_line:
            self.need(turn, ">")
            if not is_zero(phase):
                raise NoClosedForm
            return div(_PI, integer(2))
        n, a = _whole(m), m.slope

        def angle(end: Term) -> Term:
            return add(mul(turn, end), phase)

        if not is_zero(a):
            if n:
                raise NoClosedForm
            self._vanishing(a)
            size = add(power(a, integer(2)), power(turn, integer(2)))

            def damped(end: Term) -> Term:
                if _infinite(end):
                    return ZERO
                sine, cosine = apply("sin", angle(end)), apply("cos", angle(end))
                if head == "sin":
                    inner = sub(mul(a, sine), mul(turn, cosine))
                else:
                    inner = add(mul(a, cosine), mul(turn, sine))
                return div(mul(apply("exp", mul(a, end)), inner), size)

            return self.between(damped)
        if _infinite(self.lower) or _infinite(self.upper):
            raise NoClosedForm
        self.need(turn, "!=")

        def at(end: Term) -> Term:
            terms: list[Term] = []
            for j in range(n + 1):  # by parts
                sign, primitive = _PRIMITIVES[head][j % 4]
                factor = number(Fraction(sign * (-1) ** j * factorial(n), factorial(n - j)))
                over = div(power(end, integer(n - j)), power(turn, integer(j + 1)))
                terms.append(mul(factor, over, apply(primitive, angle(end))))
            return add(*terms)

        return self.between(at)

    def _of_sum(self, m: Monomial, base: Term, exponent: Term) -> Term:
        """v^p times a power of something that is a sum."""
        parts = monomials(base, self.v)
        if all(part.plain for part in parts):
            by_power: dict[Fraction, Term] = {}
            for part in parts:
                by_power[part.whole] = add(by_power.get(part.whole, ZERO), part.scale)
            if len(by_power) != 2 or Fraction(0) not in by_power:
                raise NoClosedForm
            a = by_power.pop(Fraction(0))
            ((n, b),) = by_power.items()
            return self._of_two(m, a, b, n, exponent)
        if exponent != integer(-1) or not is_zero(m.symbolic):
            raise NoClosedForm
        if all(not part.rest and is_zero(part.power) and is_zero(part.square) for part in parts):
            return self._bose(m, parts)
        return self._turn(m, parts)

    def _of_two(self, m: Monomial, a: Term, b: Term, n: Fraction, exponent: Term) -> Term:
        """v^p (a + b v^n)^exponent."""
        p = m.power
        if self.lower == ZERO and self.upper == ONE and n == 1 and a == ONE and b == integer(-1):
            self.need(add(p, ONE), ">")
            self.need(add(exponent, ONE), ">")
            top = mul(apply("gamma", add(p, ONE)), apply("gamma", add(exponent, ONE)))
            return div(top, apply("gamma", add(p, exponent, integer(2))))
        if n == 2 and is_zero(p) and exponent == number(Fraction(1, 2)) and b == integer(-1):
            self.need(self.upper, ">")
            square = sub(a, power(self.upper, integer(2)))
            if attempt(self.scope, lambda rd: rd.read(square).num == 0) is not True:
                raise NoClosedForm
            quarter = div(mul(_PI, a), integer(4))
            if self.lower == ZERO:
                return quarter
            if attempt(self.scope, lambda rd: rd.read(add(self.lower, self.upper)).num == 0) is True:
                return mul(integer(2), quarter)
            raise NoClosedForm
        if not isinstance(exponent, Number) or exponent.value.denominator != 1 or exponent.value >= 0:
            raise NoClosedForm
        r = -int(exponent.value)
        self.need(a, ">")
        self.need(b, ">")
        even = n.denominator == 1 and n % 2 == 0 and is_zero(m.symbolic) and m.whole >= 0 and m.whole % 2 == 0
        line = self.upper == INFINITY and self.lower == Neg(INFINITY)
        if isinstance(p, Number) and n > 0 and r <= _HIGHEST and (self.half_line or (line and even)):
            return mul(integer(2 if line else 1), _mellin(p.value, a, b, n, r))
        if (
            n != 2
            or r != 1
            or not is_zero(p)
            or not {self.lower, self.upper}.isdisjoint((Neg(INFINITY), INFINITY))
        ):
            raise NoClosedForm
        root = power(div(b, a), number(Fraction(1, 2)))
        scale = power(mul(a, b), number(Fraction(1, 2)))
        return self.between(lambda end: div(apply("arctan", mul(root, end)), scale))

    def _bose(self, m: Monomial, parts: list[Monomial]) -> Term:
        """∫_0^∞ v^n/(c e^(sv) + d) for d = ∓c."""
        constants = [part.scale for part in parts if is_zero(part.slope)]
        growing = [part for part in parts if not is_zero(part.slope)]
        if not self.half_line or len(growing) != 1 or growing[0].scale != ONE:
            raise NoClosedForm
        d, s, n = add(ZERO, *constants), growing[0].slope, _whole(m)
        self.need(s, ">")
        if d not in (ONE, integer(-1)) or n < 1:
            raise NoClosedForm
        value = div(mul(integer(factorial(n)), apply("zeta", integer(n + 1))), power(s, integer(n + 1)))
        return value if d != ONE else mul(number(1 - Fraction(1, 2**n)), value)

    def _turn(self, m: Monomial, parts: list[Monomial]) -> Term:
        """∫ dv/(a + b cos v) over a whole turn, a > |b|."""
        constants, waves = list[Term](), list[Term]()
        for part in parts:
            if part.plain and part.whole == 0:
                constants.append(part.scale)
            elif (
                is_zero(part.power)
                and is_zero(part.slope)
                and is_zero(part.square)
                and part.rest in (((apply("cos", self.v), ONE),), ((apply("sin", self.v), ONE),))
            ):
                waves.append(part.scale)
            else:
                raise NoClosedForm
        turn = sub(sub(self.upper, self.lower), mul(integer(2), _PI))
        if (
            len(waves) != 1
            or not is_zero(m.power)
            or attempt(self.scope, lambda rd: rd.read(turn).num == 0) is not True
        ):
            raise NoClosedForm
        a, b = add(ZERO, *constants), waves[0]
        self.need(sub(a, b), ">")
        self.need(add(a, b), ">")
        square = sub(power(a, integer(2)), power(b, integer(2)))
        return div(mul(integer(2), _PI), power(square, number(Fraction(1, 2))))


def _mellin(p: Fraction, a: Term, b: Term, n: Fraction, r: int) -> Term:
    """∫_0^∞ v^p/(a + b v^n)^r = a^(s-r) b^(-s)/n · Γ(s)Γ(r-s)/Γ(r), s = (p+1)/n; Γ(s)Γ(1-s) = π/sin πs."""
    s = (p + 1) / n
    if not 0 < s < r:
        raise NoClosedForm
    scale = Fraction(1, factorial(r - 1)) / n
    j, rest = divmod(s, 1)
    if rest == 0:
        value: Term = integer(factorial(int(j) - 1) * factorial(r - int(j) - 1))
    else:
        for i in range(int(j)):
            scale *= rest + i
        for i in range(r - 1 - int(j)):
            scale *= 1 - rest + i
        value = div(_PI, apply("sin", mul(number(rest), _PI)))
    return mul(number(scale), power(a, number(s - r)), power(b, number(-s)), value)


def _whole(m: Monomial) -> int:
    if not is_zero(m.symbolic) or m.whole.denominator != 1 or not 0 <= m.whole <= _HIGHEST:
        raise NoClosedForm
    return int(m.whole)


def _infinite(term: Term) -> bool:
    return term in (INFINITY, Neg(INFINITY))


__all__ = ["NoClosedForm", "closed_integral"]
