"""The ring that normal forms live in: rational functions over kernels, with relations.

A kernel is anything that is not rational: a symbol, `exp(m)`, a radical, an opaque function value.
Kernels are found while a term is read, so the polynomial context is chosen with room to spare and
the reading starts over (`Restart`) when it is full, or when a kernel turns out to be needed in finer
parts (`exp(x)` where `exp(x/2)` stands elsewhere).

Kernel number j is generator N-1-j under a lexicographic order, so a newer kernel is greater and a
relation g^d = (older kernels) has g^d as its leading monomial.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import comb
from typing import Any

from flint import Ordering, fmpq, fmpq_mpoly_ctx

from derive.classes import dataclass, field

Poly = Any
"""`flint.fmpq_mpoly`, which is untyped."""

MAX_TERMS, MAX_DEGREE, MAX_KERNELS, MAX_KEY = 3000, 400, 96, 4000


class Budget(Exception):
    """The normal form would grow beyond what it may cost."""


class Undefined(Exception):
    """A division by zero in the term itself."""


class Unsupported(Exception):
    """The construct has no place in the ring (`what`)."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class Restart(Exception):
    """Read again with these settings."""


@dataclass(slots=True)
class Settings:
    """size: generators; parts: kernel key → into how many parts it is cut; assume: whether a step may
    be taken under a condition that is noted; asked: whether that made a difference anywhere."""

    size: int = 16
    parts: dict[str, int] = field(default_factory=dict)
    assume: bool = False
    asked: bool = False

    def may_assume(self) -> bool:
        self.asked = True
        return self.assume


@dataclass(frozen=True, slots=True)
class Kernel:
    """key: canonical text of what it stands for. sign: `+`, `0+` or empty. value: of a real
    constant, as an `arb` factory's name and argument; names: the symbols in it."""

    key: str
    index: int
    real: bool = True
    sign: str = ""
    integer: bool = False
    names: frozenset[str] = frozenset()
    kind: str = "symbol"
    content: Any = None  # the argument's Ratio, for exp, log and roots
    term: Any = None  # the Term it stands for, where one can be written


@dataclass(frozen=True, slots=True, eq=False)
class Ratio:
    """numerator / denominator, without common factor; the denominator's leading coefficient is 1."""

    num: Poly
    den: Poly


class Ring:
    """Polynomials over the kernels met so far."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.size = settings.size
        self.context = fmpq_mpoly_ctx.get(("k", settings.size), Ordering.lex)
        self.kernels: list[Kernel] = []
        self.by_key: dict[str, Kernel] = {}
        self.relations: dict[int, tuple[int, Poly, Poly]] = {}  # generator → (d, n, m): m g^d = n
        self.keys: dict[str, str] = {}
        self.numbers: dict[Any, Ratio] = {}
        self.zero = self.context.constant(0)
        self.unit = self.context.constant(1)
        self.nought = Ratio(self.zero, self.unit)
        self.one = Ratio(self.unit, self.unit)

    # kernels

    def kernel(self, key: str, **facts: Any) -> Kernel:
        known = self.by_key.get(key)
        if known is not None:
            return known
        if len(key) > MAX_KEY:
            raise Budget
        if len(self.kernels) >= self.size:
            if self.size >= MAX_KERNELS:
                raise Budget
            self.settings.size = min(2 * self.size, MAX_KERNELS)
            raise Restart
        made = Kernel(key, self.size - 1 - len(self.kernels), **facts)
        self.kernels.append(made)
        self.by_key[key] = made
        return made

    def generator(self, kernel: Kernel) -> Poly:
        return self.context.gen(kernel.index)

    def of(self, kernel: Kernel, power: int = 1) -> Ratio:
        g = self.generator(kernel)
        if power >= 0:
            return self.ratio(g**power, self.unit)
        return self.ratio(self.unit, g**-power)

    def at(self, generator: int) -> Kernel:
        return self.kernels[self.size - 1 - generator]

    def relate(self, kernel: Kernel, degree: int, value: Ratio) -> None:
        """kernel^degree = value, which holds older kernels only."""
        self.relations.setdefault(kernel.index, (degree, value.num, value.den))

    def used(self, *polys: Poly) -> list[Kernel]:
        found: set[int] = set()
        for poly in polys:
            found.update(j for j, d in enumerate(poly.degrees()) if d > 0)
        return [self.at(j) for j in sorted(found, reverse=True)]

    def cut(self, key: str, denominator: int) -> int:
        """Into how many parts the kernel is cut; starts over when they are not fine enough."""
        parts = self.settings.parts.get(key, 1)
        if parts % denominator:
            from math import lcm

            finer = lcm(parts, denominator)
            if finer > 120:
                raise Budget
            self.settings.parts[key] = finer
            raise Restart
        return parts

    # arithmetic

    def check(self, poly: Poly) -> Poly:
        if len(poly) > MAX_TERMS:
            raise Budget
        return poly

    def times(self, a: Poly, b: Poly) -> Poly:
        if len(a) * len(b) > 20 * MAX_TERMS:
            raise Budget
        return self.check(a * b)

    def reduce(self, poly: Poly) -> tuple[Poly, Poly]:
        """(p, q) with poly = p/q modulo the relations, p of least degree in each related kernel."""
        scale = self.unit
        if poly.is_constant():
            return poly, scale
        degrees = poly.degrees()
        for generator in sorted(self.relations):
            degree, n, m = self.relations[generator]
            if degrees[generator] < degree:
                continue
            if m == 1:
                g = self.context.gen(generator)
                poly = self.check(divmod(poly, g**degree - n)[1])
                degrees = poly.degrees()
                continue
            layers: dict[int, dict[tuple[int, ...], Any]] = {}
            for monomial, c in self.terms(poly):
                k, rest = divmod(monomial[generator], degree)
                kept = (*monomial[:generator], rest, *monomial[generator + 1 :])
                layers.setdefault(k, {})[kept] = c
            top = max(layers)
            poly = self.zero
            for k, layer in layers.items():
                part = self.context.from_dict(layer)
                poly += self.times(self.times(part, n**k), m ** (top - k))
            scale = self.times(scale, m**top)
            degrees = self.check(poly).degrees()
        return poly, scale

    def ratio(self, num: Poly, den: Poly) -> Ratio:
        if self.relations:
            num, a = self.reduce(num)
            den, b = self.reduce(den)
            if a != 1 or b != 1:
                num, a2 = self.reduce(self.times(num, b))
                den, b2 = self.reduce(self.times(den, a))
                if a2 != 1 or b2 != 1:
                    num, den = self.times(num, b2), self.times(den, a2)
        if den == 0:
            raise Undefined
        if num == 0:
            return self.nought
        if not den.is_constant():
            g = num.gcd(den)
            if not g.is_constant():
                num, den = num // g, den // g
        lead = den.leading_coefficient()
        if lead != 1:
            num, den = num / lead, den / lead
        return Ratio(num, den)

    def number(self, value: Any) -> Ratio:
        known = self.numbers.get(value)
        if known is None:
            constant = self.context.constant(fmpq(value.numerator, value.denominator))
            known = self.numbers[value] = Ratio(constant, self.unit)
        return known

    def add(self, a: Ratio, b: Ratio) -> Ratio:
        if a.den == b.den:
            return self.ratio(a.num + b.num, a.den)
        g = a.den.gcd(b.den)
        left, right = a.den // g, b.den // g
        num = self.times(a.num, right) + self.times(b.num, left)
        return self.ratio(self.check(num), self.times(a.den, right))

    def sub(self, a: Ratio, b: Ratio) -> Ratio:
        return self.add(a, self.neg(b))

    def neg(self, a: Ratio) -> Ratio:
        return Ratio(-a.num, a.den)

    def mul(self, a: Ratio, b: Ratio) -> Ratio:
        return self.ratio(self.times(a.num, b.num), self.times(a.den, b.den))

    def inverse(self, a: Ratio) -> Ratio:
        if a.num == 0:
            raise Undefined
        return self.ratio(a.den, a.num)

    def div(self, a: Ratio, b: Ratio) -> Ratio:
        return self.mul(a, self.inverse(b))

    def power(self, a: Ratio, n: int) -> Ratio:
        if n < 0:
            return self.power(self.inverse(a), -n)
        for poly in (a.num, a.den):
            terms = len(poly)
            if terms > 1 and (n > MAX_DEGREE or comb(terms + n - 1, n) > MAX_TERMS):
                raise Budget
            if terms == 1 and n * max(1, int(poly.total_degree())) > 10**5:
                raise Budget
            if poly.is_constant() and n > 2000 and poly != 1:
                raise Budget
        return self.ratio(a.num**n, a.den**n)

    def sum(self, parts: Iterable[Ratio]) -> Ratio:
        total = self.nought
        for part in parts:
            total = self.add(total, part)
        return total

    # looking at ratios

    def constant(self, a: Ratio) -> Any | None:
        """The rational number that it is, as an `fmpq`."""
        if a.den == 1 and a.num.is_constant():
            return a.num.leading_coefficient() if a.num != 0 else fmpq(0)
        return None

    def integer(self, a: Ratio) -> int | None:
        c = self.constant(a)
        return int(c.p) if c is not None and c.q == 1 else None

    def terms(self, poly: Poly) -> Iterator[tuple[tuple[int, ...], Any]]:
        for monomial, c in zip(poly.monoms(), poly.coeffs(), strict=True):
            yield tuple(map(int, monomial)), c

    def monomial(self, exponents: tuple[int, ...]) -> Poly:
        return self.context.from_dict({exponents: fmpq(1)})

    def poly(self, poly: Poly) -> Ratio:
        return self.ratio(poly, self.unit)

    def key(self, a: Ratio) -> str:
        top = self.poly_key(a.num)
        return top if a.den == 1 else f"({top})/({self.poly_key(a.den)})"

    def poly_key(self, poly: Poly) -> str:
        text = str(poly)
        known = self.keys.get(text)
        if known is None:
            parts = []
            for exponents, c in self.terms(poly):
                names = sorted(
                    f"{self.at(j).key}^{e}" if e > 1 else self.at(j).key for j, e in enumerate(exponents) if e
                )
                parts.append("*".join((str(c), *names)))
            known = "+".join(sorted(parts))
            if len(known) > MAX_KEY:
                raise Budget
            self.keys[text] = known
        return known

    def names(self, a: Ratio) -> frozenset[str]:
        return frozenset(n for k in self.used(a.num, a.den) for n in k.names)

    def factors(self, a: Ratio) -> tuple[Any, list[tuple[Poly, int]]]:
        """a = c · Π f^e with rational c and irreducible polynomials f."""
        if any(len(p) > 200 or int(p.total_degree()) > 60 for p in (a.num, a.den)):
            raise Budget
        c, found = a.num.factor()
        d, below = a.den.factor()
        parts = [(f, int(e)) for f, e in found] + [(f, -int(e)) for f, e in below]
        scale = fmpq(c) / fmpq(d)
        normal: list[tuple[Poly, int]] = []
        for f, e in parts:
            lead = f.leading_coefficient()
            normal.append((f / lead, e))
            scale *= fmpq(lead) ** e
        return scale, sorted(normal, key=lambda p: self.poly_key(p[0]))
