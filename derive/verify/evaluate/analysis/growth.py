"""Bounds C x^a e^{p(x)} of a term for all x ≥ N, from above and from below, for the tails of integrals."""

from __future__ import annotations

from fractions import Fraction

from flint import acb, arb, fmpq, fmpq_poly

from derive.classes import dataclass
from derive.functions import FUNCTIONS
from derive.reasons.gaps import Gap
from derive.term import nodes as t
from derive.term.traverse import free_symbols
from derive.verify.evaluate.analysis.expansions import Place, expand, normal, range_of
from derive.verify.evaluate.analysis.ratios import rational
from derive.verify.evaluate.code import compiled
from derive.verify.evaluate.values import Array, Env, NoValue, Undefined, Unsupported, exact


@dataclass(frozen=True, slots=True)
class Growth:
    """|f(x)| ≤ (or ≥) C x^a exp(Σ p_k x^k), k from 1."""

    c: arb
    a: Fraction
    p: tuple[fmpq, ...] = ()

    def __mul__(self, other: Growth) -> Growth:
        n = max(len(self.p), len(other.p))
        p = tuple(_get(self.p, k) + _get(other.p, k) for k in range(n))
        return Growth(self.c * other.c, self.a + other.a, _trimmed(p))

    def inverse(self) -> Growth:
        return Growth(1 / self.c, -self.a, tuple(-x for x in self.p))

    def at(self, x: int) -> arb:
        total = arb(0)
        for k, b in enumerate(self.p):
            total += arb(b) * arb(x) ** (k + 1)
        return self.c * arb(x) ** arb(exact(self.a)) * total.exp()

    def decreasing(self, start: int) -> bool:
        """Whether x^a e^{p(x)} certainly does not increase for x ≥ start: a/x + p'(x) ≤ 0."""
        slope = fmpq_poly([exact(self.a), *(b * (k + 1) for k, b in enumerate(self.p))])  # x (a/x + p'(x))
        d = slope.degree()
        if d < 0:
            return True
        lead = slope[d]
        if lead > 0:
            return False
        rest = fmpq(0)
        for i in range(d):
            rest += max(slope[i], fmpq(0)) / fmpq(start) ** (d - i)
        return bool(lead + rest <= 0)

    def order(self) -> tuple[fmpq, ...]:
        """For comparing growth: the highest exponential coefficient first, the power last."""
        return (*(_get(self.p, k) for k in range(7, -1, -1)), exact(self.a))


def _get(p: tuple[fmpq, ...], k: int) -> fmpq:
    return p[k] if k < len(p) else fmpq(0)


def _trimmed(p: tuple[fmpq, ...]) -> tuple[fmpq, ...]:
    while p and p[-1] == 0:
        p = p[:-1]
    return p


_BOUNDED: dict[str, Fraction] = {
    "sign": Fraction(1),
    **{
        f.name: max(abs(f.range.low), abs(f.range.high))
        for f in FUNCTIONS.values()
        if f.range is not None and f.range.low is not None and f.range.high is not None
    },
}


def _expansion(term: t.Term, name: str, start: int, env: Env) -> tuple[arb, Fraction]:
    e = normal(expand(term, Place(name, None, 1, 3, fmpq(1, start)), env))
    return range_of(e, Place(name, None, 1, 3, fmpq(1, start))), -e.v


def _exponent(term: t.Term) -> t.Term | None:
    match term:
        case t.Pow(base=t.Constant(name="e"), exponent=exponent):
            return exponent
        case t.Apply(head="exp", args=(arg,)):
            return arg
        case _:
            return None


def _general_exponential(term: t.Term, name: str, env: Env, up: bool) -> Growth | None:
    if (
        not isinstance(term, t.Pow)
        or name in free_symbols(term.base)
        or name not in free_symbols(term.exponent)
    ):
        return None
    base, found = compiled(term.base)(env), rational(term.exponent, name, env)
    if found is None or found[1].degree() > 0 or found[0].degree() > 8:
        return None
    if not isinstance(base, fmpq | arb) or not base > 0:
        return None
    p, q = found
    height = arb(base).log()
    coefficients = [height * (p[k] / q[0]) for k in range(p.degree() + 1)]
    rounded = tuple(_dyadic(c.upper() if up else c.lower()) for c in coefficients[1:])
    return Growth(coefficients[0].exp(), Fraction(0), rounded)


def _dyadic(x: arb) -> fmpq:
    man, exp = x.man_exp()
    return fmpq(man) * fmpq(2) ** int(exp)


def _exponential(term: t.Term, name: str, env: Env, up: bool = True) -> Growth | None:
    """Of e^p, or b^p with a constant b > 0, whose logarithm is rounded up or down."""
    inner = _exponent(term)
    if inner is None:
        return _general_exponential(term, name, env, up)
    if isinstance(inner, t.Add) and (fixed := [a for a in inner.args if name not in free_symbols(a)]):
        moving = [a for a in inner.args if name in free_symbols(a)]
        size = above(t.Apply("exp", (t.Add(tuple(fixed)),)), name, 1, env)
        rest = _exponential(t.Apply("exp", (t.Add(tuple(moving)),)), name, env, up)
        return None if rest is None else size * rest
    found = rational(inner, name, env)
    if found is None or found[1].degree() > 0 or found[0].degree() > 8:
        return None
    p, q = found
    d = p.degree()
    return Growth(arb(p[0] / q[0]).exp(), Fraction(0), tuple(p[k] / q[0] for k in range(1, d + 1)))


def above(term: t.Term, name: str, start: int, env: Env) -> Growth:
    """An upper bound of |term|; raises Unsupported where none is known."""
    if name not in free_symbols(term):
        value = compiled(term)(env)
        if isinstance(value, Array | bool | tuple):
            raise Unsupported(Gap.GROWTH_OF_NO_NUMBER)
        bound = abs(value) if isinstance(value, acb) else abs(arb(value))
        return Growth(bound.upper(), Fraction(0))
    if (found := _exponential(term, name, env)) is not None:
        return found
    try:
        size, a = _expansion(term, name, start, env)
        return Growth(abs(size).upper(), a)
    except NoValue:
        pass
    match term:
        case t.Neg(arg=arg) | t.Apply(head="abs", args=(arg,)):
            return above(arg, name, start, env)
        case t.Mul(args=args):
            result = Growth(arb(1), Fraction(0))
            for a_ in args:
                result = result * above(a_, name, start, env)
            return result
        case t.Div(numerator=a_, denominator=b):
            return above(a_, name, start, env) * below(b, name, start, env).inverse()
        case t.Add(args=args):
            return _largest([above(a_, name, start, env) for a_ in args], start)
        case t.Pow(base=base, exponent=t.Number(value=n)) if n > 0:
            return _raised(above(base, name, start, env), n)
        case t.Pow(base=base, exponent=t.Number(value=n)) if n < 0:
            return _raised(below(base, name, start, env), -n).inverse()
        case t.Root(radicand=radicand, index=t.Number(value=n)) if n > 0:
            return _raised(above(radicand, name, start, env), 1 / n)
        case t.Apply(head="sech" | "csch" as head, args=(arg,)):
            return above(
                t.Div(t.ONE, t.Apply("cosh" if head == "sech" else "sinh", (arg,))), name, start, env
            )
        case t.Apply(head=head, args=(_,)) if head in _BOUNDED:
            return Growth(arb(exact(_BOUNDED[head])), Fraction(0))
        case t.Apply(head="cosh" | "sinh", args=(arg,)):
            return above(t.Add((t.Apply("exp", (arg,)), t.Apply("exp", (t.Neg(arg),)))), name, start, env)
        case t.Apply(head="log", args=(arg,)):
            return _logarithm(arg, name, start, env)
        case _:
            raise Unsupported(Gap.GROWTH_OF_THIS_CONSTRUCT)


def _raised(g: Growth, n: Fraction) -> Growth:
    q = exact(n)
    return Growth(g.c ** arb(q), g.a * n, tuple(b * q for b in g.p))


def _largest(parts: list[Growth], start: int) -> Growth:
    """A bound of the sum: the fastest growing part times 1 + Σ of the ratios at `start`, which then fall."""
    top = max(parts, key=lambda g: g.order())
    factor = arb(1)
    rest = list(parts)
    rest.remove(top)
    for g in rest:
        relative = g * top.inverse()
        if not relative.decreasing(start):
            raise Unsupported(Gap.GROWTH_OF_SUM)
        factor += relative.at(start)
    return Growth(top.c * factor, top.a, top.p)


def _logarithm(arg: t.Term, name: str, start: int, env: Env) -> Growth:
    """|log(x^a h)| ≤ |a| log x + |log h| with log x ≤ (8/e) x^{1/8}."""
    size, a = _expansion(arg, name, start, env)
    if not size > 0:
        raise Undefined(Gap.LOGARITHM_OF_NEGATIVE_NUMBER)
    bound = abs(size.log()).upper() + abs(arb(exact(a))) * 8 / arb.const_e()
    return Growth(bound.upper(), Fraction(1, 8) if a != 0 else Fraction(0))


def below(term: t.Term, name: str, start: int, env: Env) -> Growth:
    """A positive lower bound of |term| for x ≥ start."""
    if (found := _exponential(term, name, env, up=False)) is not None:
        return found
    try:
        size, a = _expansion(term, name, start, env)
        low = abs(size).lower() if not size.contains(0) else arb(0)
        if low > 0:
            return Growth(low, a)
    except NoValue:
        pass
    match term:
        case t.Neg(arg=arg):
            return below(arg, name, start, env)
        case t.Mul(args=args):
            result = Growth(arb(1), Fraction(0))
            for a_ in args:
                result = result * below(a_, name, start, env)
            return result
        case t.Div(numerator=a_, denominator=b):
            return below(a_, name, start, env) * above(b, name, start, env).inverse()
        case t.Pow(base=base, exponent=t.Number(value=n)) if n > 0:
            return _raised(below(base, name, start, env), n)
        case t.Root(radicand=radicand, index=t.Number(value=n)) if n > 0:
            return _raised(below(radicand, name, start, env), 1 / n)
        case t.Apply(head="cosh" | "sinh" as head, args=(arg,)):
            sign: t.Term = t.Apply("exp", (t.Neg(arg),))
            both = t.Add((t.Apply("exp", (arg,)), sign if head == "cosh" else t.Neg(sign)))
            return below(t.Div(both, t.TWO), name, start, env)
        case t.Add(args=args):
            return _dominant(args, name, start, env)
        case _:
            raise Unsupported(Gap.GROWTH_OF_THIS_CONSTRUCT)


def _dominant(args: tuple[t.Term, ...], name: str, start: int, env: Env) -> Growth:
    uppers = [above(a, name, start, env) for a in args]
    k = max(range(len(args)), key=lambda j: uppers[j].order())
    lead = below(args[k], name, start, env)
    factor = arb(1)
    for j, g in enumerate(uppers):
        if j != k:
            relative = g * lead.inverse()
            if not relative.decreasing(start):
                raise Unsupported(Gap.GROWTH_OF_SUM)
            factor -= relative.at(start)
    if not factor > 0:
        raise Unsupported(Gap.GROWTH_OF_SUM_THAT_MAY_VANISH)
    return Growth((lead.c * factor).lower(), lead.a, lead.p)


def tail(g: Growth, start: int) -> arb:
    """A bound of ∫_start^∞ of the growth: h(x) = x² g(x) falls, so the integral is at most h(N)/N."""
    if not g.p:
        if g.a >= -1:
            raise Unsupported(Gap.TAIL_THAT_MAY_DIVERGE)
        return g.c * arb(start) ** arb(exact(g.a + 1)) / arb(exact(-g.a - 1))
    if not Growth(g.c, g.a + 2, g.p).decreasing(start):
        raise Unsupported(Gap.TAIL_THAT_MAY_DIVERGE)
    return g.at(start) * start
