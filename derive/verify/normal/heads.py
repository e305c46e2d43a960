"""Built-in functions in terms of the ring's kernels: trigonometry by exp(i·), gamma by its recurrence, ….

Formulas: NIST Digital Library of Mathematical Functions, chapters 4, 5 and 25.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from typing import Any

from flint import fmpq

from derive.term.nodes import Apply, Constant, Term
from derive.term.traverse import free_symbols
from derive.verify.normal.reader import Reader
from derive.verify.normal.ring import Budget, Ratio, Undefined, Unsupported

Rule = Callable[[Reader, tuple[Term, ...]], Ratio | None]
_HALF = fmpq(1, 2)
_LONGEST_SHIFT = 24


def _number(rd: Reader, value: int | Fraction) -> Ratio:
    return rd.ring.number(Fraction(value))


def _pair(rd: Reader, a: Ratio, imaginary: bool) -> tuple[Ratio, Ratio]:
    """exp(a) and exp(-a), or exp(ia) and exp(-ia)."""
    if imaginary:
        a = rd.ring.mul(rd.powers.i(), a)
    e = rd.powers.exp(a)
    return e, rd.ring.inverse(e)


def sine(rd: Reader, a: Ratio) -> Ratio:
    e, f = _pair(rd, a, True)
    return rd.ring.div(rd.ring.sub(e, f), rd.ring.mul(_number(rd, 2), rd.powers.i()))


def cosine(rd: Reader, a: Ratio) -> Ratio:
    e, f = _pair(rd, a, True)
    return rd.ring.mul(rd.ring.add(e, f), _number(rd, Fraction(1, 2)))


def _sinh(rd: Reader, a: Ratio) -> Ratio:
    e, f = _pair(rd, a, False)
    return rd.ring.mul(rd.ring.sub(e, f), _number(rd, Fraction(1, 2)))


def _cosh(rd: Reader, a: Ratio) -> Ratio:
    e, f = _pair(rd, a, False)
    return rd.ring.mul(rd.ring.add(e, f), _number(rd, Fraction(1, 2)))


_BASIC: dict[str, tuple[Callable[[Reader, Ratio], Ratio], Callable[[Reader, Ratio], Ratio] | None, bool]] = {
    # head → (numerator, denominator, whether it is the quotient alone that has a denominator)
    "sin": (sine, None, False),
    "cos": (cosine, None, False),
    "tan": (sine, cosine, True),
    "cot": (cosine, sine, True),
    "sinh": (_sinh, None, False),
    "cosh": (_cosh, None, False),
    "tanh": (_sinh, _cosh, True),
    "coth": (_cosh, _sinh, True),
}
_RECIPROCAL = {"sec": cosine, "csc": sine, "sech": _cosh, "csch": _sinh}


def _basic(head: str) -> Rule:
    top, below, _ = _BASIC[head]

    def rule(rd: Reader, args: tuple[Term, ...]) -> Ratio:
        a = rd.read(args[0])
        return top(rd, a) if below is None else rd.ring.div(top(rd, a), below(rd, a))

    return rule


def _reciprocal(head: str) -> Rule:
    return lambda rd, args: rd.ring.inverse(_RECIPROCAL[head](rd, rd.read(args[0])))


def _exp(rd: Reader, args: tuple[Term, ...]) -> Ratio:
    return rd.powers.exp(rd.read(args[0]))


def _log(rd: Reader, args: tuple[Term, ...]) -> Ratio:
    top = rd.powers.log(rd.read(args[0]))
    return top if len(args) == 1 else rd.ring.div(top, rd.powers.log(rd.read(args[1])))


def _sigmoid(rd: Reader, args: tuple[Term, ...]) -> Ratio:
    return rd.ring.inverse(rd.ring.add(rd.ring.one, rd.exponential(rd.read(args[0]), -1)))


# inverse functions

_ARCTAN = {"1": (1, 4), "0": (0, 1)}
_ARCSIN = {"1/2": (1, 6), "1": (1, 2), "0": (0, 1)}


def _odd(rd: Reader, a: Ratio) -> tuple[Ratio, bool]:
    """a or -a, whichever comes first, and whether it was turned."""
    turned = rd.ring.neg(a)
    return (turned, True) if rd.ring.key(turned) < rd.ring.key(a) else (a, False)


def _kernel(rd: Reader, name: str, a: Ratio, **facts: Any) -> Ratio:
    r = rd.ring
    kernel = r.kernel(
        f"{name}[{r.key(a)}]",
        real=rd.signs.real(a),
        kind=name,
        names=r.names(a),
        content=(a, 1),
        term=Apply(name, (rd.powers.term(a),)),
        **facts,
    )
    return r.of(kernel)


def arctangent(rd: Reader, a: Ratio) -> Ratio:
    r = rd.ring
    c = r.constant(a)
    if c is not None and str(abs(c)) in _ARCTAN:
        p, q = _ARCTAN[str(abs(c))]
        return r.mul(rd.powers.pi(), _number(rd, Fraction(p if c >= 0 else -p, q)))
    squared = r.constant(r.mul(a, a)) if c is None else None
    if squared is not None and squared in (fmpq(3), fmpq(1, 3)) and rd.signs.real(a):
        positive = rd.signs.positive(a.num)
        size = Fraction(1, 3) if squared == 3 else Fraction(1, 6)
        return r.mul(rd.powers.pi(), _number(rd, size if positive else -size))
    a, turned = _odd(rd, a)
    value = _kernel(rd, "arctan", a)
    return r.neg(value) if turned else value


def arcsine(rd: Reader, a: Ratio) -> Ratio:
    r = rd.ring
    c = r.constant(a)
    if c is not None and str(abs(c)) in _ARCSIN:
        p, q = _ARCSIN[str(abs(c))]
        return r.mul(rd.powers.pi(), _number(rd, Fraction(p if c >= 0 else -p, q)))
    squared = r.constant(r.mul(a, a)) if c is None else None
    if squared is not None and squared in (fmpq(3, 4), fmpq(1, 2)) and rd.signs.real(a):
        positive = rd.signs.positive(a.num)
        size = Fraction(1, 3) if squared == fmpq(3, 4) else Fraction(1, 4)
        return r.mul(rd.powers.pi(), _number(rd, size if positive else -size))
    a, turned = _odd(rd, a)
    value = _kernel(rd, "arcsin", a)
    return r.neg(value) if turned else value


def arccosine(rd: Reader, a: Ratio) -> Ratio:
    quarter = rd.ring.mul(rd.powers.pi(), _number(rd, Fraction(1, 2)))
    return rd.ring.sub(quarter, arcsine(rd, a))


def _root(rd: Reader, a: Ratio) -> Ratio:
    return rd.powers.radical(a, _HALF)


def _arsinh(rd: Reader, a: Ratio) -> Ratio:
    r = rd.ring
    return rd.powers.log(r.add(a, _root(rd, r.add(r.mul(a, a), r.one))))


def _arcosh(rd: Reader, a: Ratio) -> Ratio:
    r = rd.ring
    both = r.mul(_root(rd, r.sub(a, r.one)), _root(rd, r.add(a, r.one)))
    return rd.powers.log(r.add(a, both))


def _artanh(rd: Reader, a: Ratio) -> Ratio:
    r = rd.ring
    top, below = rd.powers.log(r.add(r.one, a)), rd.powers.log(r.sub(r.one, a))
    return r.mul(r.sub(top, below), _number(rd, Fraction(1, 2)))


def _inverse_of(function: Callable[[Reader, Ratio], Ratio], flip: bool = False) -> Rule:
    def rule(rd: Reader, args: tuple[Term, ...]) -> Ratio:
        a = rd.read(args[0])
        return function(rd, rd.ring.inverse(a) if flip else a)

    return rule


# absolute value, sign, extremes


def _abs(rd: Reader, args: tuple[Term, ...]) -> Ratio:
    return rd.powers.absolute(rd.read(args[0]))


def _norm(rd: Reader, args: tuple[Term, ...]) -> Ratio | None:
    try:
        return rd.powers.absolute(rd.read(args[0]))
    except Unsupported:
        return None


def _sign(rd: Reader, args: tuple[Term, ...]) -> Ratio | None:
    a = rd.read(args[0])
    if not rd.signs.real(a) or a.den != 1:
        return None
    if rd.signs.positive(a.num):
        return rd.ring.one
    if rd.signs.positive(-a.num):
        return rd.ring.neg(rd.ring.one)
    if a.num == 0:
        return a
    if rd.signs.nonzero(a.num):
        return rd.ring.div(a, rd.powers.absolute(a))
    return None


def _extreme(sign: int) -> Rule:
    def rule(rd: Reader, args: tuple[Term, ...]) -> Ratio | None:
        r = rd.ring
        if len(args) < 2 or len(args) > 3:
            return None
        half = _number(rd, Fraction(1, 2))

        def of(a: Ratio, b: Ratio) -> Ratio:
            gap = rd.powers.absolute(r.sub(a, b))
            total = r.add(r.add(a, b), gap if sign > 0 else r.neg(gap))
            return r.mul(total, half)

        values = [rd.read(a) for a in args]
        if not all(rd.signs.real(v) for v in values):
            return None
        return reduce(of, values)

    return rule


def _floor(rd: Reader, args: tuple[Term, ...]) -> Ratio | None:
    return _rounded(rd, rd.read(args[0]))


def _ceil(rd: Reader, args: tuple[Term, ...]) -> Ratio | None:
    value = _rounded(rd, rd.ring.neg(rd.read(args[0])))
    return None if value is None else rd.ring.neg(value)


def _rounded(rd: Reader, a: Ratio) -> Ratio | None:
    """⌊a⌋ with whole terms drawn out."""
    r = rd.ring
    if a.den != 1 or not rd.signs.real(a):
        return None
    whole, rest = r.nought, r.nought
    for exponents, c in r.terms(a.num):
        piece = r.poly(r.monomial(exponents))
        if rd.signs.integral(piece):
            whole = r.add(whole, r.mul(r.number(c.floor()), piece))
            c = c - c.floor()
        rest = r.add(rest, r.mul(r.number(c), piece))
    c = r.constant(rest)
    if c is not None:
        return r.add(whole, r.number(c.floor()))
    kernel = r.kernel(
        f"floor[{r.key(rest)}]",
        integer=True,
        kind="floor",
        names=r.names(rest),
        term=Apply("floor", (rd.powers.term(rest),)),
    )
    return r.add(whole, r.of(kernel))


def _indicator(rd: Reader, args: tuple[Term, ...]) -> Ratio:
    truth = rd.holds(args[0])
    if truth is not None:
        return rd.ring.one if truth else rd.ring.nought
    kernel = rd.ring.kernel(
        f"indicator{rd.structure(args[0])}",
        sign="0+",
        integer=True,
        kind="opaque",
        names=frozenset(free_symbols(args[0])),
        term=Apply("indicator", args),
    )
    rd.ring.relate(kernel, 2, rd.ring.of(kernel))
    return rd.ring.of(kernel)


def _kronecker(rd: Reader, args: tuple[Term, ...]) -> Ratio:
    r = rd.ring
    gap = r.sub(rd.read(args[0]), rd.read(args[1]))
    c = r.constant(gap)
    if c is not None:
        return r.one if c == 0 else r.nought
    a, b = sorted((rd.key(args[0]), rd.key(args[1])))
    names = frozenset(free_symbols(args[0])) | frozenset(free_symbols(args[1]))
    facts: dict[str, Any] = {"sign": "0+", "integer": True, "kind": "opaque", "names": names}
    kernel = r.kernel(f"kronecker[{a},{b}]", term=Apply("kronecker", args), **facts)
    r.relate(kernel, 2, r.of(kernel))
    return r.of(kernel)


# complex numbers


def _conjugate(rd: Reader, args: tuple[Term, ...]) -> Ratio | None:
    return rd.powers.conjugate(rd.read(args[0]))


def _part(imaginary: bool) -> Rule:
    def rule(rd: Reader, args: tuple[Term, ...]) -> Ratio | None:
        a = rd.read(args[0])
        mirrored = rd.powers.conjugate(a)
        if mirrored is None:
            return None
        r = rd.ring
        if imaginary:
            return r.div(r.sub(a, mirrored), r.mul(_number(rd, 2), rd.powers.i()))
        return r.mul(r.add(a, mirrored), _number(rd, Fraction(1, 2)))

    return rule


# gamma and its relatives


def gamma(rd: Reader, a: Ratio) -> Ratio:
    """Γ(a), integers drawn out of the argument by Γ(x+1) = xΓ(x)."""
    r = rd.ring
    c = r.constant(a)
    if c is not None and c.q == 1:
        n = int(c.p)
        if n <= 0:
            raise Undefined
        if n > 400:
            raise Budget
        product = 1
        for k in range(2, n):
            product *= k
        return _number(rd, product)
    rest, shift = _shifted(rd, a)
    if abs(shift) > _LONGEST_SHIFT:
        raise Budget
    c = r.constant(rest)
    if c is not None and c == _HALF:
        base = _root(rd, rd.powers.pi())
    else:
        positive = rest.den == 1 and rd.signs.positive(rest.num)
        base = _kernel(rd, "gamma", rest, sign="+" if positive else "")
    for k in range(shift):
        base = r.mul(base, r.add(rest, _number(rd, k)))
    for k in range(1, -shift + 1):
        base = r.div(base, r.sub(rest, _number(rd, k)))
    return base


def _shifted(rd: Reader, a: Ratio) -> tuple[Ratio, int]:
    """a as (rest, n): the whole part of its constant term taken out. Symbols that may be zero keep
    the argument 1 + …, so that 0! needs no Γ(0)."""
    r = rd.ring
    if a.den != 1:
        # (x + 1)/x and the like: no shift
        return a, 0
    origin = (0,) * r.size
    c = a.num.to_dict().get(origin, fmpq(0))
    whole = int(c.floor())
    if rd.signs.integral(a):
        whole -= 1
    return r.sub(a, _number(rd, whole)), whole


def _gamma(rd: Reader, args: tuple[Term, ...]) -> Ratio:
    return gamma(rd, rd.read(args[0]))


def _binomial(rd: Reader, args: tuple[Term, ...]) -> Ratio:
    r = rd.ring
    n, k = rd.read(args[0]), rd.read(args[1])
    few = r.integer(k)
    if few is None:
        other = r.integer(r.sub(n, k))
        # n over n - k is n over k for a whole number n at least as great
        if other is not None and 0 <= other <= _LONGEST_SHIFT and rd.signs.integral(n):
            few = other if rd.signs.nonnegative(n.num) else None
    if few is not None:
        if few < 0:
            return r.nought
        if few > _LONGEST_SHIFT:
            raise Budget
        value = r.one
        for j in range(few):
            value = r.mul(value, r.div(r.sub(n, _number(rd, j)), _number(rd, j + 1)))
        return value
    below = r.mul(gamma(rd, r.add(k, r.one)), gamma(rd, r.add(r.sub(n, k), r.one)))
    return r.div(gamma(rd, r.add(n, r.one)), below)


def _digamma(rd: Reader, args: tuple[Term, ...]) -> Ratio:
    r = rd.ring
    rest, shift = _shifted(rd, rd.read(args[0]))
    if abs(shift) > _LONGEST_SHIFT:
        raise Budget
    c = r.constant(rest)
    if c is not None and c == 1:
        value = r.neg(rd.read(Constant("euler_gamma")))
    elif c is not None and c.q == 1:
        raise Unsupported("digamma at a pole")
    else:
        value = _kernel(rd, "digamma", rest)
    for k in range(shift):
        value = r.add(value, r.inverse(r.add(rest, _number(rd, k))))
    for k in range(1, -shift + 1):
        value = r.sub(value, r.inverse(r.sub(rest, _number(rd, k))))
    return value


_BERNOULLI = {2: Fraction(1, 6), 4: Fraction(1, 90), 6: Fraction(1, 945), 8: Fraction(1, 9450)}


def _zeta(rd: Reader, args: tuple[Term, ...]) -> Ratio | None:
    n = rd.ring.integer(rd.read(args[0]))
    if n in _BERNOULLI:
        return rd.ring.mul(rd.ring.power(rd.powers.pi(), n), _number(rd, _BERNOULLI[n]))
    value = {0: Fraction(-1, 2), -1: Fraction(-1, 12)}.get(n) if n is not None else None
    return None if value is None else _number(rd, value)


def _erf(rd: Reader, a: Ratio) -> Ratio:
    if a.num == 0:
        return a
    a, turned = _odd(rd, a)
    value = _kernel(rd, "erf", a)
    return rd.ring.neg(value) if turned else value


READERS: dict[str, Rule] = {
    **{head: _basic(head) for head in _BASIC},
    **{head: _reciprocal(head) for head in _RECIPROCAL},
    "exp": _exp,
    "log": _log,
    "sigmoid": _sigmoid,
    "arctan": _inverse_of(arctangent),
    "arcsin": _inverse_of(arcsine),
    "arcsec": _inverse_of(arccosine, flip=True),
    "arccsc": _inverse_of(arcsine, flip=True),
    "arcoth": _inverse_of(_artanh, flip=True),
    "arsech": _inverse_of(_arcosh, flip=True),
    "arcsch": _inverse_of(_arsinh, flip=True),
    "abs": _abs,
    "norm": _norm,
    "sign": _sign,
    "max": _extreme(1),
    "min": _extreme(-1),
    "floor": _floor,
    "ceil": _ceil,
    "indicator": _indicator,
    "kronecker": _kronecker,
    "conjugate": _conjugate,
    "Re": _part(False),
    "Im": _part(True),
    "gamma": _gamma,
    "binomial": _binomial,
    "digamma": _digamma,
    "zeta": _zeta,
    "erf": lambda rd, args: _erf(rd, rd.read(args[0])),
}
