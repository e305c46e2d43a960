"""exp, log and powers over the ring: sums in exponents split, logarithms and radicals of products too
where signs allow it.

Powers mean exp(e log b) with the principal logarithm; radicals of even index are the nonnegative
ones. A step that needs a sign nobody gave is taken only when the settings allow assumptions, and
then noted as a condition.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from flint import fmpq, fmpz

from derive.term.construct import add, apply, div, mul, number, power
from derive.term.nodes import ZERO, BigOp, Constant, Relation, Root, Symbol, Term, integer
from derive.verify.normal.gaussian import minimal_polynomial
from derive.verify.normal.ring import Budget, Kernel, Poly, Ratio, Ring, Undefined, Unsupported
from derive.verify.normal.signs import Signs


class Powers:
    """Elementary transcendental operations over one ring."""

    def __init__(self, ring: Ring, signs: Signs) -> None:
        self.ring = ring
        self.signs = signs
        self.read: Callable[[Term], Ratio] | None = None  # the reader's, for logarithms of products
        self.conditions: dict[Term, bool] = {}  # relation → it excludes a thin set only

    # constants

    def i(self) -> Ratio:
        kernel = self.ring.kernel("#i", real=False, kind="unit", term=Constant("i"))
        self.ring.relate(kernel, 2, self.ring.number(fmpq(-1)))
        return self.ring.of(kernel)

    def pi(self) -> Ratio:
        return self.ring.of(self.ring.kernel("#pi", sign="+", kind="constant", term=Constant("pi")))

    def note(self, poly: Poly, relation: str, generic: bool = False) -> None:
        condition = Relation(relation, self._sum(poly), ZERO)
        self.conditions[condition] = self.conditions.get(condition, True) and generic

    def term(self, a: Ratio) -> Term:
        """The ratio written as a term again."""
        return div(self._sum(a.num), self._sum(a.den))

    def _sum(self, poly: Poly) -> Term:
        parts = []
        for exponents, c in self.ring.terms(poly):
            powers = [
                power(self.ring.at(j).term or Symbol(self.ring.at(j).key), integer(e))
                for j, e in enumerate(exponents)
                if e
            ]
            parts.append(mul(number(Fraction(int(c.p), int(c.q))), *powers))
        return add(*parts)

    # exp

    def exp(self, a: Ratio) -> Ratio:
        r = self.ring
        result = r.one
        for c, piece in self.pieces(a):
            result = r.mul(result, self._exp_piece(c, piece))
        return result

    def pieces(self, a: Ratio) -> list[tuple[Any, Ratio]]:
        """a as a sum of rational multiples of single terms over the denominator."""
        r = self.ring
        if a.den == 1:
            return [(c, Ratio(r.monomial(m), r.unit)) for m, c in r.terms(a.num)]
        quotient, rest = divmod(a.num, a.den)
        found = [(c, Ratio(r.monomial(m), r.unit)) for m, c in r.terms(quotient)]
        for m, c in r.terms(rest):
            found.append((c, r.ratio(r.monomial(m), a.den)))
        return found

    def _exp_piece(self, c: Any, piece: Ratio) -> Ratio:
        r = self.ring
        used = r.used(piece.num, piece.den)
        if piece.den == 1:
            powers = {k.key: piece.num.degrees()[k.index] for k in used}
            if powers == {"#i": 1, "#pi": 1}:
                return self.root_of_unity(c)
            others = [k for k in used if k.key not in ("#i", "#pi")]
            if powers.get("#i") == 1 and powers.get("#pi") == 1 and all(k.integer for k in others):
                return self._parity(c, piece)
            if len(used) == 1 and used[0].kind == "log" and int(piece.num.total_degree()) == 1:
                return self._power_of_log(used[0], c)
            if powers.get("#i") == 1 and len(used) == 2 and int(piece.num.total_degree()) == 2:
                special = self._inverse_function(others[0], c)
                if special is not None:
                    return special
        return self._generic(c, piece)

    def _generic(self, c: Any, piece: Ratio) -> Ratio:
        r = self.ring
        key = f"exp[{r.key(piece)}]"
        parts = r.cut(key, int(c.q))
        real = self.signs.real(piece)
        kernel = r.kernel(
            key,
            real=real,
            sign=self._sign_of_exp(piece) if real else "",
            kind="exp",
            names=r.names(piece),
            content=(piece, parts),
            term=apply("exp", div(self.term(piece), integer(parts))),
        )
        return r.of(kernel, int(c.p) * (parts // int(c.q)))

    def _sign_of_exp(self, piece: Ratio) -> str:
        """By the logarithms in an exponent: exp(a log x) stands for x^a, which is positive where x is, may be
        zero where x may be, and negative for a whole a where x is negative."""
        sign = "+"
        for k in self.ring.used(piece.num, piece.den):
            if k.kind == "log":
                inner, _ = k.content
                if not (self.signs.nonnegative(inner.num) and self.signs.positive(inner.den)):
                    return ""
                if not self.signs.positive(inner.num):
                    sign = "0+"
        return sign

    def _exponent(self, kernel: Kernel) -> Ratio | None:
        """The logarithm of an exp kernel, if that is positive or may be assumed to be."""
        if kernel.kind != "exp" or not kernel.real:
            return None
        inner, parts = kernel.content
        if kernel.sign == "":
            if not self.ring.settings.may_assume():
                return None
            for k in self.ring.used(inner.num, inner.den):
                if k.kind == "log":
                    base, _ = k.content
                    for f in (base.num, base.den):
                        if not self.signs.nonnegative(f):
                            self.note(f, ">")
        return self.ring.mul(inner, self.ring.number(fmpq(1, parts)))

    def _power_of_log(self, log: Kernel, c: Any) -> Ratio:
        inner, _ = log.content
        if c.q == 1:
            return self.ring.power(inner, int(c.p))
        return self.radical(inner, c)

    def _inverse_function(self, k: Kernel, c: Any) -> Ratio | None:
        """exp(i c f(u)) for f = arcsin, arctan."""
        r = self.ring
        if c.q != 1 or k.content is None or abs(c.p) > 40:
            return None
        u, _ = k.content
        n = int(c.p)
        if k.kind == "arcsin":
            root = self.radical(r.sub(r.one, r.mul(u, u)), fmpq(1, 2))
            return r.power(r.add(root, r.mul(self.i(), u)), n)
        if k.kind == "arctan":
            length = r.add(r.one, r.mul(u, u))
            base = r.power(r.add(r.one, r.mul(self.i(), u)), abs(n))
            scaled = r.div(base, self.radical(length, fmpq(abs(n), 2)))
            return scaled if n >= 0 else r.inverse(scaled)
        return None

    def root_of_unity(self, c: Any) -> Ratio:
        """exp(i π c): through one primitive root ζ = exp(iπ/Q) with its cyclotomic relation."""
        r = self.ring
        c = c - 2 * (c / 2).floor()
        if c.q == 1:
            return r.one if c.p == 0 else r.neg(r.one)
        if c.q == 2:
            return self.i() if c.p == 1 else r.neg(self.i())
        parts = r.cut("#zeta", int(c.q))
        if parts % 2:
            parts = r.cut("#zeta", 2)
        return r.of(self.zeta(parts), int(c.p) * (parts // int(c.q)))

    def zeta(self, parts: int) -> Kernel:
        """ζ = exp(iπ/parts), parts even, with its minimal polynomial over Q(i)."""
        r = self.ring
        self.i()  # older than ζ: the relation holds it
        unity = apply("exp", div(mul(Constant("i"), Constant("pi")), integer(parts)))
        kernel = r.kernel("#zeta", real=False, kind="unit", term=unity)
        if kernel.index not in r.relations:
            r.relations[kernel.index] = (*self._minimal(kernel, parts), r.unit)
        return kernel

    def _minimal(self, kernel: Kernel, parts: int) -> tuple[int, Poly]:
        """(d, p): ζ^d = p, of lower degree in ζ."""
        r = self.ring
        coefficients = minimal_polynomial(parts)
        degree = len(coefficients) - 1
        g, i = r.generator(kernel), self.i().num
        tail = r.zero
        for e, (a, b) in enumerate(coefficients[:-1]):
            tail -= (fmpq(a.numerator, a.denominator) + fmpq(b.numerator, b.denominator) * i) * g**e
        # the relation holds lower powers of the kernel itself, which division takes in its stride
        return degree, tail

    def _parity(self, c: Any, piece: Ratio) -> Ratio:
        """exp(i π c n) for an integer n: of order 2q."""
        r = self.ring
        if c.q == 1:
            if c.p % 2 == 0:
                return r.one
            key = f"sign[{r.key(piece)}]"
            term = apply("exp", self.term(piece))
            kernel = r.kernel(key, kind="parity", names=r.names(piece), integer=True, term=term)
            r.relate(kernel, 2, r.one)
            return r.of(kernel)
        return self._generic(c, piece)

    # log

    def log(self, a: Ratio) -> Ratio:
        r = self.ring
        if a.num == 0:
            raise Undefined
        c, factors = r.factors(a)
        total = self._log_number(abs(c))
        if len(factors) == 1 and factors[0] == (self.i().num, 1):
            # log(±i c) = log c ± iπ/2
            quarter = r.mul(r.mul(self.i(), self.pi()), r.number(fmpq(1, 2)))
            return r.add(total, quarter if c > 0 else r.neg(quarter))
        unknown: list[tuple[Poly, int]] = []
        negative = c < 0
        for f, e in factors:
            known = self._log_factor(f)
            if known is not None:
                total = r.add(total, r.mul(r.number(fmpq(e)), known))
            elif self.signs.positive(-f) or self.signs.nonnegative(-f):
                negative ^= bool(e % 2)
                total = r.add(total, r.mul(r.number(fmpq(e)), self.log_kernel(r.poly(-f))))
            elif e % 2 == 0 and self.signs.real_poly(f):
                total = r.add(total, r.mul(r.number(fmpq(e)), self.log_kernel(self.absolute(r.poly(f)))))
            else:
                unknown.append((f, e))
        if not unknown:
            return r.add(total, r.mul(self.i(), self.pi())) if negative else total
        return r.add(total, self._log_unknown(unknown, negative))

    def _log_unknown(self, unknown: list[tuple[Poly, int]], negative: bool) -> Ratio:
        r = self.ring
        real = all(self.signs.real_poly(f) for f, _ in unknown)
        if len(unknown) == 1 and (real or unknown[0][1] == 1):
            f, e = unknown[0]
            return r.mul(r.number(fmpq(e)), self.log_kernel(r.poly(-f if negative else f)))
        if real and r.settings.may_assume():
            total = r.nought
            oriented, negative = self._orient(unknown, negative)
            if not negative:
                for f, e in oriented:
                    self.note(f, ">")
                    total = r.add(total, r.mul(r.number(fmpq(e)), self.log_kernel(r.poly(f))))
                return total
        product = r.neg(r.one) if negative else r.one
        for f, e in unknown:
            product = r.mul(product, r.power(r.poly(f), e))
        if real:
            upside = r.inverse(product)
            if r.key(upside) < r.key(product):
                return r.neg(self.log_kernel(upside))
        return self.log_kernel(product)

    def _orient(self, unknown: list[tuple[Poly, int]], negative: bool) -> tuple[list[tuple[Poly, int]], bool]:
        """Turn one factor round to absorb a minus sign: the one with a negative constant term, if any."""
        if not negative:
            return unknown, False
        odd = [k for k, (_, e) in enumerate(unknown) if e % 2]
        if not odd:
            return unknown, True
        origin = (0,) * self.ring.size
        best = next((k for k in odd if unknown[k][0].to_dict().get(origin, 0) < 0), odd[0])
        return [(-f if k == best else f, e) for k, (f, e) in enumerate(unknown)], False

    def _log_factor(self, f: Poly) -> Ratio | None:
        """log f where f is known to be nonnegative."""
        used = self.ring.used(f)
        if len(used) == 1 and len(f) == 1 and (exponent := self._exponent(used[0])) is not None:
            return exponent
        if len(used) == 1 and len(f) == 1 and used[0].kind == "root" and self.signs.kernel_sign(used[0]):
            inner, parts = used[0].content
            return self.ring.mul(self.log(inner), self.ring.number(fmpq(1, parts)))
        if len(used) == 1 and len(f) == 1 and used[0].kind == "prod" and used[0].sign == "+":
            product = used[0].term
            if self.read is not None and isinstance(product, BigOp):
                return self.read(BigOp("sum", apply("log", product.body), product.binders))
        if self.signs.nonnegative(f):
            return self.log_kernel(self.ring.poly(f))
        return None

    def log_kernel(self, a: Ratio) -> Ratio:
        r = self.ring
        if r.constant(a) == 1:
            return r.nought
        kernel = r.kernel(
            f"log[{r.key(a)}]",
            real=self.signs.real(a),
            kind="log",
            names=r.names(a),
            content=(a, 1),
            sign="+" if a.den == 1 and self.signs.positive(a.num - 1) else "",
            term=apply("log", self.term(a)),
        )
        return r.of(kernel)

    def _log_number(self, c: Any) -> Ratio:
        r = self.ring
        total = r.nought
        for prime, e in _primes(c):
            total = r.add(total, r.mul(r.number(fmpq(e)), self.log_kernel(r.number(fmpq(prime)))))
        return total

    # powers

    def power(self, base: Ratio, exponent: Ratio, real_root: bool = False) -> Ratio:
        r = self.ring
        c = r.constant(exponent)
        if c is not None:
            if c.q == 1:
                if abs(int(c.p)) > 10**6:
                    raise Budget
                return r.power(base, int(c.p))
            return self.radical(base, c, real_root)
        if base.num == 0:
            raise Unsupported("a power of zero with a symbolic exponent")
        if self.signs.integral(exponent):
            return self.exp(r.mul(exponent, self._log_for_integers(base)))
        if self._split_integer(exponent) is not None:
            whole, rest = self._split_integer(exponent) or (exponent, r.nought)
            return r.mul(self.power(base, whole), self.power(base, rest, real_root))
        return self.exp(r.mul(exponent, self.log(base)))

    def _split_integer(self, exponent: Ratio) -> tuple[Ratio, Ratio] | None:
        """n + 1/2 as n and 1/2, for an integer n."""
        r = self.ring
        if exponent.den != 1:
            return None
        origin = (0,) * r.size
        c = exponent.num.to_dict().get(origin)
        if c is None or c.q == 1:
            return None
        rest = r.number(c - c.floor())
        whole = r.sub(exponent, rest)
        return (whole, rest) if self.signs.integral(whole) else None

    def _log_for_integers(self, base: Ratio) -> Ratio:
        """log b up to multiples of 2πi, which an integer exponent does not see: always a sum."""
        r = self.ring
        c, factors = r.factors(base)
        total = self._log_number(abs(c))
        if c < 0:
            total = r.add(total, r.mul(self.i(), self.pi()))
        for f, e in factors:
            used = r.used(f)
            if len(f) == 1 and len(used) == 1 and used[0].kind == "exp":
                inner, parts = used[0].content
                part = r.mul(inner, r.number(fmpq(1, parts)))
            else:
                part = self._log_factor(f) or self.log_kernel(r.poly(f))
            total = r.add(total, r.mul(r.number(fmpq(e)), part))
        return total

    def radical(self, base: Ratio, c: Any, real_root: bool = False) -> Ratio:
        """base^(p/q), q > 1: the nonnegative root for even q."""
        r = self.ring
        p, q = int(c.p), int(c.q)
        if base.num == 0:
            if p > 0:
                return r.nought
            raise Undefined
        if q > 60 or abs(p) > 200:
            raise Budget
        scale, factors = r.factors(base)
        negative = scale < 0
        result = r.one
        for prime, e in _primes(abs(scale)):
            result = r.mul(result, self.root(r.number(fmpq(prime)), fmpq(e) * c))
        unknown: list[tuple[Poly, int]] = []
        weak = False  # whether a factor drawn out may be zero: there the others may be negative
        for f, e in factors:
            used = r.used(f)
            exponent = self._exponent(used[0]) if len(f) == 1 and len(used) == 1 else None
            if exponent is not None:
                weak |= used[0].sign == "0+"
                result = r.mul(result, self.exp(r.mul(exponent, r.number(e * c))))
            elif self.signs.nonnegative(f):
                weak |= not self.signs.positive(f)
                result = r.mul(result, self.root(r.poly(f), e * c))
            elif self.signs.nonnegative(-f):
                weak |= not self.signs.positive(-f)
                negative ^= bool(e % 2)
                result = r.mul(result, self.root(r.poly(-f), e * c))
            elif e % 2 == 0 and q % 2 == 0 and self.signs.real_poly(f):
                weak |= not self.signs.nonzero(f)
                size = self.absolute(r.poly(f))
                result = r.mul(result, self._power_of_size(size, e * c))
            else:
                unknown.append((f, e))
        return r.mul(result, self._radical_unknown(unknown, negative, c, real_root, weak))

    def _power_of_size(self, size: Ratio, c: Any) -> Ratio:
        if c.q == 1:
            return self.ring.power(size, int(c.p))
        return self.root(size, c)

    def _radical_unknown(
        self, unknown: list[tuple[Poly, int]], negative: bool, c: Any, real_root: bool, weak: bool = False
    ) -> Ratio:
        """`weak`: beside it stands a factor that may be zero, where this root need not be real."""
        r = self.ring
        q = int(c.q)
        if not unknown:
            if not negative:
                return r.one
            if q % 2 == 0 or not real_root:
                if q % 2:
                    raise Unsupported("a fractional power of a negative number")
                return self.root_of_unity(c)
            return r.neg(r.one) if c.p % 2 else r.one
        real = all(self.signs.real_poly(f) for f, _ in unknown)
        if not real:
            square = self._square(unknown, negative, c)
            if square is not None:
                return square
        if real and r.settings.may_assume():
            oriented, flipped = self._orient(unknown, negative)
            if not flipped:
                if len(oriented) > 1 or oriented[0][1] != 1:
                    result = r.one
                    for f, e in oriented:
                        self.note(f, ">=")
                        result = r.mul(result, self.root(r.poly(f), e * c))
                    return result
        radicand = r.neg(r.one) if negative else r.one
        outside = r.one
        if q % 2 and not real_root:
            # the principal root: nothing may be drawn out
            for f, e in unknown:
                radicand = r.mul(radicand, r.power(r.poly(f), e))
            return self.root(radicand, c)
        for f, e in unknown:
            if e < 0:
                # (n/d)^(1/q) = (n d^(q-1))^(1/q) / |d| (or / d for odd q), d brought up whole
                lift = (q - 1 - e) // q
                radicand = r.mul(radicand, r.power(r.poly(f), e + lift * q))
                below = r.poly(f)
                if q % 2 == 0:
                    if not real:
                        raise Unsupported("a root of a complex quotient")
                    below = self.absolute(below)
                outside = r.mul(outside, r.power(below, -lift * int(c.p)))
            else:
                lift = e // q if real else 0
                if lift:
                    above = self.absolute(r.poly(f)) if q % 2 == 0 else r.poly(f)
                    outside = r.mul(outside, r.power(above, lift * int(c.p)))
                radicand = r.mul(radicand, r.power(r.poly(f), e - lift * q))
        if r.constant(radicand) == 1:
            return outside
        return r.mul(outside, self.root(radicand, c, real_root and q % 2 == 1, sure=not weak))

    def _square(self, unknown: list[tuple[Poly, int]], negative: bool, c: Any) -> Ratio | None:
        """The root of a square whose factors are complex but whose root is real or imaginary: sin²x."""
        r = self.ring
        if c.q != 2 or any(e % 2 for _, e in unknown):
            return None
        half = r.one
        for f, e in unknown:
            half = r.mul(half, r.power(r.poly(f), e // 2))
        mirrored = self.conjugate(half)
        if mirrored is None:
            return None
        if r.sub(mirrored, half).num == 0 and not negative:
            return r.power(self.absolute(half), int(c.p))
        if r.add(mirrored, half).num == 0 and negative:
            return r.power(self.absolute(r.mul(half, self.i())), int(c.p))
        return None

    def root(self, a: Ratio, c: Any, any_sign: bool = False, sure: bool = True) -> Ratio:
        """a^c through the kernel a^(1/Q), with its relation. `any_sign`: the real root of odd index,
        which is another function than the principal one where a is negative. `sure`: whether an even root
        is real wherever the claim has a value."""
        r = self.ring
        if c.q == 1:
            return r.power(a, int(c.p))
        if r.constant(a) == 1:
            return r.one
        quadratic = self._in_cyclotomic(a, c)
        if quadratic is not None:
            return quadratic
        key = f"odd_root[{r.key(a)}]" if any_sign else f"root[{r.key(a)}]"
        parts = r.cut(key, int(c.q))
        real = self.signs.real(a) and (parts % 2 == 1 or (sure and self._allowed(a)))
        positive = real and a.den == 1 and self.signs.positive(a.num)
        kernel = r.kernel(
            key,
            real=real,
            sign="+" if positive else "0+" if real and parts % 2 == 0 else "",
            kind="root",
            names=r.names(a),
            content=(a, parts),
            term=Root(self.term(a), integer(parts)),
        )
        r.relate(kernel, parts, a)
        return r.of(kernel, int(c.p) * (parts // int(c.q)))

    def _allowed(self, a: Ratio) -> bool:
        """An even root of a real symbol's term is real wherever the claim is about real numbers."""
        c = self.ring.constant(a)
        return c is None or bool(c > 0)

    def _in_cyclotomic(self, a: Ratio, c: Any) -> Ratio | None:
        """√2, √3, √5 beside roots of unity are sums of them."""
        r = self.ring
        prime = r.integer(a)
        if prime not in (2, 3, 5) or c.q != 2 or "#zeta" not in r.settings.parts:
            return None
        parts = r.cut("#zeta", {2: 4, 3: 6, 5: 10}[prime])
        z = self.zeta(parts)
        if prime == 5:
            # √5 = 4 cos(π/5) - 1
            step = parts // 5
            value = r.sub(r.mul(r.number(fmpq(2)), r.add(r.of(z, step), r.of(z, -step))), r.one)
        else:
            # √2 = 2 cos(π/4), √3 = 2 cos(π/6)
            step = parts // {2: 4, 3: 6}[prime]
            value = r.add(r.of(z, step), r.of(z, -step))
        return r.power(value, int(c.p))

    # absolute value and conjugate

    def absolute(self, a: Ratio) -> Ratio:
        r = self.ring
        if a.num == 0:
            return a
        scale, factors = r.factors(a)
        if self.signs.real(a):
            result = r.number(abs(scale))
            for f, e in factors:
                result = r.mul(result, r.power(self._size(f), e))
            return result
        mirrored = self.conjugate(a)
        if mirrored is None:
            raise Unsupported("the absolute value of a complex term")
        if r.sub(mirrored, a).num == 0:
            other = r.neg(a)
            if r.key(other) < r.key(a):
                a = other
            term = apply("abs", self.term(a))
            kernel = r.kernel(f"abs[{r.key(a)}]", sign="0+", kind="abs", names=r.names(a), term=term)
            r.relate(kernel, 2, r.mul(a, a))
            return r.of(kernel)
        square = r.mul(a, mirrored)
        try:
            return self.radical(square, fmpq(1, 2))
        except Unsupported:
            term = apply("abs", self.term(a))
            kernel = r.kernel(f"abs[{r.key(a)}]", sign="0+", kind="abs", names=r.names(a), term=term)
            r.relate(kernel, 2, square)
            return r.of(kernel)

    def _size(self, f: Poly) -> Ratio:
        r = self.ring
        if self.signs.nonnegative(f):
            return r.poly(f)
        if self.signs.nonnegative(-f):
            return r.poly(-f)
        used = r.used(f)
        if len(f) == 1 and len(used) == 1 and used[0].kind == "parity":
            return r.one
        kernel = r.kernel(
            f"abs[{r.poly_key(f)}]",
            sign="0+",
            kind="abs",
            names=frozenset(n for k in used for n in k.names),
            term=apply("abs", self._sum(f)),
        )
        r.relate(kernel, 2, r.poly(f * f))
        return r.of(kernel)

    def conjugate(self, a: Ratio) -> Ratio | None:
        top, below = self._conjugate(a.num), self._conjugate(a.den)
        return None if top is None or below is None else self.ring.div(top, below)

    def _conjugate(self, poly: Poly) -> Ratio | None:
        r = self.ring
        images: dict[int, Ratio] = {}
        for k in r.used(poly):
            image = self._conjugate_kernel(k)
            if image is None:
                return None
            images[k.index] = image
        if all(r.at(j).real for j in images):
            return r.poly(poly)
        total = r.nought
        for exponents, c in r.terms(poly):
            term = r.number(c)
            for j, e in enumerate(exponents):
                if e:
                    term = r.mul(term, r.power(images[j], e))
            total = r.add(total, term)
        return total

    def _conjugate_kernel(self, k: Kernel) -> Ratio | None:
        r = self.ring
        if k.real:
            return r.of(k)
        if k.key == "#i":
            return r.neg(r.of(k))
        if k.key == "#zeta":
            return r.of(k, -1)
        if k.kind == "exp":
            inner, parts = k.content
            mirrored = self.conjugate(inner)
            if mirrored is None:
                return None
            return self.exp(r.mul(mirrored, r.number(fmpq(1, parts))))
        if k.kind == "symbol":
            # z̄ = |z|²/z
            term = apply("abs", k.term) if k.term is not None else None
            size = r.kernel(f"abs[{k.key}]", sign="0+", kind="abs", names=k.names, term=term)
            return r.div(r.of(size, 2), r.of(k))
        return None


def _primes(c: Any) -> list[tuple[int, int]]:
    """The prime factorisation of a positive rational; numbers beyond 64 bits stay whole."""
    found: list[tuple[int, int]] = []
    for value, sign in ((int(c.p), 1), (int(c.q), -1)):
        if value == 1:
            continue
        if value.bit_length() > 64:
            found.append((value, sign))
        else:
            found.extend((int(p), int(e) * sign) for p, e in fmpz(value).factor())
    return found
