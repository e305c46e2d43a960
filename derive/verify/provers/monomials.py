"""A term taken apart as a sum of monomials in one letter: c · v^m · v^p · exp(αv + βv²) · what is left."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from derive.calculus.differentiate import depends
from derive.classes import dataclass, replace
from derive.term.construct import add, div, is_zero, mul, neg, number, power
from derive.term.nodes import (
    ONE,
    ZERO,
    Add,
    Apply,
    Constant,
    Div,
    Mul,
    Neg,
    Number,
    Pow,
    Root,
    Symbol,
    Term,
    integer,
)

_MOST, _HIGHEST = 40, 8


class NoClosedForm(Exception):
    """None is known here."""


@dataclass(frozen=True, slots=True)
class Monomial:
    """scale · v^whole · v^symbolic · exp(α v + β v²) · Π base^exponent of `rest`; the scale does not vary."""

    scale: Term = ONE
    whole: Fraction = Fraction(0)
    symbolic: Term = ZERO
    slope: Term = ZERO
    """α"""
    square: Term = ZERO
    """β"""
    rest: tuple[tuple[Term, Term], ...] = ()

    def __mul__(self, other: Monomial) -> Monomial:
        return Monomial(
            mul(self.scale, other.scale),
            self.whole + other.whole,
            add(self.symbolic, other.symbolic),
            add(self.slope, other.slope),
            add(self.square, other.square),
            _joined(self.rest, other.rest),
        )

    @property
    def plain(self) -> bool:
        """Whether it is a number times a whole power."""
        return not self.rest and all(map(is_zero, (self.symbolic, self.slope, self.square)))

    @property
    def power(self) -> Term:
        """The exponent of v."""
        return add(self.symbolic, number(self.whole))

    def inverse(self) -> Monomial:
        return Monomial(
            div(ONE, self.scale),
            -self.whole,
            neg(self.symbolic),
            neg(self.slope),
            neg(self.square),
            tuple((base, neg(e)) for base, e in self.rest),
        )


def _joined(
    left: tuple[tuple[Term, Term], ...], right: tuple[tuple[Term, Term], ...]
) -> tuple[tuple[Term, Term], ...]:
    found = dict(left)
    for base, e in right:
        found[base] = add(found[base], e) if base in found else e
    return tuple(found.items())


def monomials(term: Term, v: Symbol, positive: Callable[[Term], bool] = lambda _: False) -> list[Monomial]:
    """The sum that the term is; `positive`: of what a logarithm may be split.

    Raises NoClosedForm where it has too many.
    """
    if not depends(term, v):
        return [Monomial(_as_number(term))]
    match term:
        case Symbol():
            return [Monomial(whole=Fraction(1))]
        case Neg(arg=arg):
            return [replace(m, scale=neg(m.scale)) for m in monomials(arg, v, positive)]
        case Add(args=args):
            return _bounded([m for a in args for m in monomials(a, v, positive)])
        case Mul(args=args):
            product = [Monomial()]
            for a in args:
                product = _times(product, monomials(a, v, positive))
            return product
        case Div(numerator=a, denominator=b):
            return _times(monomials(a, v, positive), [_one_over(b, v)])
        case Pow(base=Constant(name="e"), exponent=arg) | Apply(head="exp", args=(arg,)):
            return [_exponential(arg, v)]
        case Pow(base=base, exponent=exponent):
            return _powers(base, _as_number(exponent), v)
        case Root(radicand=radicand, index=Number(value=n)) if n > 0:
            return _powers(radicand, number(1 / n), v)
        case Apply(head="log", args=(arg,)):
            return _logarithm(term, arg, v, positive)
        case _:
            return [Monomial(rest=((term, ONE),))]


def _logarithm(term: Term, arg: Term, v: Symbol, positive: Callable[[Term], bool]) -> list[Monomial]:
    """log(c e^(αv + βv²)) = log c + αv + βv²; of something else, as it stands."""
    parts = monomials(arg, v, positive)
    if len(parts) != 1 or parts[0].rest or not is_zero(parts[0].power) or not positive(parts[0].scale):
        return [Monomial(rest=((term, ONE),))]
    (m,) = parts
    found = [(Apply("log", (m.scale,)), 0), (m.slope, 1), (m.square, 2)]
    return [Monomial(scale, Fraction(whole)) for scale, whole in found if not is_zero(scale)]


def _bounded(found: list[Monomial]) -> list[Monomial]:
    if len(found) > _MOST:
        raise NoClosedForm
    return found


def _times(left: list[Monomial], right: list[Monomial]) -> list[Monomial]:
    return _bounded([a * b for a in left for b in right])


def _one_over(term: Term, v: Symbol) -> Monomial:
    """The inverse: of a sum, as it stands."""
    found = monomials(term, v)
    if len(found) == 1:
        return found[0].inverse()
    if isinstance(term, Pow):
        return Monomial(rest=((term.base, neg(_as_number(term.exponent))),))
    return Monomial(rest=((term, integer(-1)),))


def _powers(base: Term, exponent: Term, v: Symbol) -> list[Monomial]:
    if depends(exponent, v):
        raise NoClosedForm
    whole = isinstance(exponent, Number) and exponent.value.denominator == 1
    if isinstance(exponent, Number) and whole and 0 <= exponent.value <= _HIGHEST:
        product = [Monomial()]
        for _ in range(int(exponent.value)):
            product = _times(product, monomials(base, v))
        return product
    if base == v:
        if isinstance(exponent, Number):
            return [Monomial(whole=exponent.value)]
        return [Monomial(symbolic=exponent)]
    if isinstance(exponent, Number) and whole and len(found := monomials(base, v)) == 1:
        once, product = found[0].inverse(), [Monomial()]
        if -exponent.value > _HIGHEST:
            raise NoClosedForm
        for _ in range(-int(exponent.value)):
            product = _times(product, [once])
        return product
    return [Monomial(rest=((base, exponent),))]


def _exponential(arg: Term, v: Symbol) -> Monomial:
    parts: dict[int, list[Term]] = {0: [], 1: [], 2: []}
    for m in monomials(arg, v):
        if not m.plain or m.whole not in parts:
            raise NoClosedForm
        parts[int(m.whole)].append(m.scale)
    constant = add(ZERO, *parts[0])
    scale = ONE if is_zero(constant) else Apply("exp", (constant,))
    return Monomial(scale, slope=add(ZERO, *parts[1]), square=add(ZERO, *parts[2]))


def _as_number(term: Term) -> Term:
    """A number written with a sign, or as a fraction, as one."""
    match term:
        case Neg(arg=arg):
            return neg(_as_number(arg))
        case Div(numerator=a, denominator=b):
            return div(_as_number(a), _as_number(b))
        case Add(args=args):
            return add(*map(_as_number, args))
        case Pow(base=base, exponent=exponent):
            return power(_as_number(base), exponent)
        case _:
            return term
