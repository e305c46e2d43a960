"""Kullback–Leibler divergences between two distributions of one family, in their parameters; natural
logarithms. Source: Cover & Thomas, Elements of Information Theory, chapters 2 and 8; Gil, Alajaji & Linder
(2013)."""

from __future__ import annotations

from fractions import Fraction

from derive.calculus.gradient import shape_of
from derive.term.construct import add, apply, div, mul, power, sub, transpose
from derive.term.nodes import ONE, TWO, Mul, Number, Symbol, Term, Type, integer
from derive.verify.probability.laws import Law

HALF = Number(Fraction(1, 2))


def divergence(p: Law, q: Law) -> Term | None:
    """D(p ‖ q); None for families where none is known here."""
    if p.family != q.family:
        return None
    match p.family:
        case "normal" if len(shape_of(p.variance) or ()) == 2:
            return _normal_vectors(p, q)
        case "normal":
            ratio = div(add(p.variance, power(sub(p.mean, q.mean), TWO)), q.variance)
            return mul(HALF, add(apply("log", div(q.variance, p.variance)), ratio, integer(-1)))
        case "bernoulli":
            (a,), (b,) = p.args, q.args
            return add(_term(a, b), _term(sub(ONE, a), sub(ONE, b)))
        case "poisson":
            (a,), (b,) = p.args, q.args
            return add(_term(a, b), b, mul(integer(-1), a))
        case "exponential":
            (a,), (b,) = p.args, q.args
            return add(apply("log", div(a, b)), div(b, a), integer(-1))
        case _:
            return None


def _term(a: Term, b: Term) -> Term:
    return mul(a, apply("log", div(a, b)))


def _normal_vectors(p: Law, q: Law) -> Term | None:
    shape = shape_of(p.variance)
    if shape is None:
        return None
    k: Term = integer(shape[0]) if isinstance(shape[0], int) else Symbol(shape[0], Type("positive_integer"))
    precision = apply("inverse", q.variance)
    apart = sub(q.mean, p.mean)
    return mul(
        HALF,
        add(
            apply("trace", Mul((precision, p.variance))),
            Mul((transpose(apart), precision, apart)),
            mul(integer(-1), k),
            apply("log", div(apply("det", q.variance), apply("det", p.variance))),
        ),
    )
