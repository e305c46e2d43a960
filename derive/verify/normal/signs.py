"""Where polynomials over kernels are positive, nonnegative or real, as far as it is plain to see.

Only sufficient conditions: an answer of False means unknown.
"""

from __future__ import annotations

from typing import Any

from flint import arb, ctx

from derive.verify.normal.ring import Kernel, Poly, Ratio, Ring

_VALUES = {
    "#pi": lambda: arb.pi(),
    "#euler_gamma": lambda: arb.const_euler(),
    "#catalan": lambda: arb.const_catalan(),
}


class Signs:
    """Sign knowledge over a ring: that of its kernels, and polynomials known to be positive."""

    def __init__(self, ring: Ring) -> None:
        self.ring = ring
        self.positive_polys: list[Poly] = []
        self.nonnegative_polys: list[Poly] = []
        self.nonzero_polys: list[Poly] = []

    def know(self, a: Ratio, strict: bool) -> None:
        """a > 0 (or ≥ 0) is assumed."""
        if not self.real(a):
            return
        if self.positive(a.den):
            poly = a.num
        elif self.positive(-a.den):
            poly = -a.num
        else:
            poly = self.ring.times(a.num, a.den)
        if poly == 0:  # `0 ≥ 0` tells nothing
            return
        (self.positive_polys if strict else self.nonnegative_polys).append(poly)

    def real(self, a: Ratio) -> bool:
        return all(k.real for k in self.ring.used(a.num, a.den))

    def real_poly(self, p: Poly) -> bool:
        return all(k.real for k in self.ring.used(p))

    def integral(self, a: Ratio) -> bool:
        """Integer-valued: integer coefficients over integer kernels."""
        return (
            a.den == 1
            and all(c.q == 1 for c in a.num.coeffs())
            and all(k.integer for k in self.ring.used(a.num))
        )

    def kernel_sign(self, k: Kernel) -> str:
        if k.sign == "+":
            return "+"
        g = self.ring.generator(k)
        if any(p == g for p in self.positive_polys):
            return "+"
        if k.sign:
            if any(p == g or p == -g for p in self.nonzero_polys):
                return "+"
            return k.sign
        return "0+" if any(p == g for p in self.nonnegative_polys) else ""

    def term_sign(self, exponents: tuple[int, ...], c: Any) -> str:
        """`+`, `0+`, or `-`, `0-`, or empty, of c · Π kernel^exponent."""
        strict = True
        negative = c < 0
        for j, e in enumerate(exponents):
            if not e:
                continue
            k = self.ring.at(j)
            if not k.real:
                return ""
            sign = self.kernel_sign(k)
            if sign == "+" or (e % 2 == 0 and self.never_zero(k)):
                continue
            strict = False
            if sign == "" and e % 2:
                return ""
        return ("" if strict else "0") + ("-" if negative else "+")

    def _termwise(self, p: Poly) -> tuple[bool, bool]:
        """(nonnegative, positive) by signs of the terms alone."""
        strict = False
        for exponents, c in self.ring.terms(p):
            sign = self.term_sign(exponents, c)
            if sign == "+":
                strict = True
            elif sign != "0+":
                return False, False
        return True, strict

    def positive(self, p: Poly) -> bool:
        if p == 0:
            return False
        if p.is_constant():
            return bool(p.leading_coefficient() > 0)
        if self._termwise(p)[1]:
            return True
        for h in self.positive_polys:
            for q in (p - h, p - _scale(p, h) * h):
                if q == 0 or self._termwise(q)[0] or any(_multiple(q, n, upward=True) for n in self._known()):
                    return True
        for h in self.nonnegative_polys:
            if any(self._termwise(q)[1] for q in (p - h, p - _scale(p, h) * h)):
                return True
        return self._quadratic(p, strict=True) or self._numeric(p)

    def nonnegative(self, p: Poly) -> bool:
        if p == 0:
            return True
        if p.is_constant():
            return bool(p.leading_coefficient() > 0)
        if self._termwise(p)[0] or self.positive(p):
            return True
        for h in self._known():
            if any(q == 0 or self._termwise(q)[0] for q in (p - h, p - _scale(p, h) * h)):
                return True
        return self._quadratic(p, strict=False)

    def nonzero(self, p: Poly) -> bool:
        if p.is_constant():
            return bool(p != 0)
        if self.positive(p) or self.positive(-p) or any(_multiple(p, h) for h in self.nonzero_polys):
            return True
        if len(p) == 1:
            return all(self.never_zero(k) for k in self.ring.used(p))
        return False

    def never_zero(self, k: Kernel) -> bool:
        if k.kind == "unit" or self.kernel_sign(k) == "+":
            return True
        if k.kind == "exp" and all(self.nonzero(x.content[0].num) for x in self._logs_in(k)):
            return True
        g = self.ring.generator(k)
        return any(_multiple(g, h) for h in self.nonzero_polys)

    def zeros_of(self, p: Poly) -> list[Ratio]:
        """What must not vanish lest the polynomial does: x for x^n, which is exp(n log x)."""
        used = self.ring.used(p)
        if len(p) == 1 and all(k.kind == "exp" for k in used):
            inside = [self.ring.poly(x.content[0].num) for k in used for x in self._logs_in(k)]
            return [a for a in inside if not self.nonzero(a.num)]
        return [self.ring.poly(p)]

    def _logs_in(self, k: Kernel) -> list[Kernel]:
        """The logarithms in an exponent: exp(a log x) is x^a, which is zero where x is."""
        piece, _ = k.content
        return [x for x in self.ring.used(piece.num, piece.den) if x.kind == "log"]

    def _known(self) -> list[Poly]:
        return [*self.positive_polys, *self.nonnegative_polys]

    def _quadratic(self, p: Poly, strict: bool) -> bool:
        """a x² + b x + c in a real kernel x, with a > 0 and b² - 4ac < 0 (or ≤ 0), rational a, b, c or
        polynomials that show the signs."""
        degrees = p.degrees()
        for j, d in enumerate(degrees):
            if d != 2 or not self.ring.at(j).real:
                continue
            a = self._coefficient(p, j, 2)
            if not self._termwise(a)[1] and not (a.is_constant() and a.leading_coefficient() > 0):
                continue
            b, c = (self._coefficient(p, j, k) for k in (1, 0))
            gap = 4 * a * c - b * b
            if gap == 0:
                return not strict
            ok, positive = self._termwise(gap)
            if positive or (ok and not strict):
                return True
        return False

    def _coefficient(self, p: Poly, j: int, k: int) -> Poly:
        kept = {(*m[:j], 0, *m[j + 1 :]): c for m, c in self.ring.terms(p) if m[j] == k}
        return self.ring.context.from_dict(kept) if kept else self.ring.zero

    def _numeric(self, p: Poly) -> bool:
        """Of real constants only: their value decides."""
        value = self.numeric(p)
        return value is not None and bool(value > 0)

    def numeric(self, p: Poly) -> Any | None:
        """The value of a polynomial in real constants as an `arb`, or None."""
        with ctx.workprec(128):
            values: dict[int, Any] = {}
            for k in self.ring.used(p):
                value = self._constant(k)
                if value is None:
                    return None
                values[k.index] = value
            total = arb(0)
            for exponents, c in self.ring.terms(p):
                term = arb(c)
                for j, e in enumerate(exponents):
                    if e:
                        term *= values[j] ** e
                total += term
            return total

    def _constant(self, k: Kernel) -> Any | None:
        if k.key in _VALUES:
            return _VALUES[k.key]()
        if k.content is None:
            return None
        inner, parts = k.content
        top, below = self.numeric(inner.num), self.numeric(inner.den)
        if top is None or below is None or below.contains(0):
            return None
        value = top / below
        match k.kind:
            case "exp":
                return (value / parts).exp()
            case "log":
                return value.log() if value > 0 else None
            case "root":
                return (value.log() / parts).exp() if value > 0 else None
            case "arctan":
                return value.atan()
            case "arcsin":
                return value.asin()
            case _:
                return None


def _scale(p: Poly, h: Poly) -> Any:
    """The ratio of the coefficients at h's first monomial: how often h fits into p."""
    c = p.to_dict().get(next(iter(h.monoms())))
    scale = c / h.leading_coefficient() if c is not None else 1
    return scale if scale > 0 else 1


def _multiple(p: Poly, h: Poly, upward: bool = False) -> bool:
    """Whether p is a nonzero (with `upward` positive) rational multiple of h."""
    a, b = h.leading_coefficient(), p.leading_coefficient()
    if upward and (a > 0) != (b > 0):
        return False
    return bool(p * a == h * b)
