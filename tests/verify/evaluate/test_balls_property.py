"""Certified balls contain the value that mpmath finds with many digits."""

from fractions import Fraction

import mpmath
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st

from derive.term.nodes import (
    ONE,
    Add,
    Apply,
    Constant,
    Derivative,
    Div,
    Mul,
    Neg,
    Number,
    Pow,
    Symbol,
    integer,
)
from derive.verify.evaluate.balls import NoValue, evaluate
from derive.verify.evaluate.values import precision
from derive.verify.models.search import Model

X = Symbol("x")
FUNCTIONS = {
    "sin": mpmath.sin,
    "cos": mpmath.cos,
    "exp": mpmath.exp,
    "log": mpmath.log,
    "arctan": mpmath.atan,
    "tanh": mpmath.tanh,
    "erf": mpmath.erf,
    "gamma": mpmath.gamma,
    "arsinh": mpmath.asinh,
    "sigmoid": lambda x: 1 / (1 + mpmath.exp(-x)),
}

LEAVES = st.one_of(
    st.just((X, lambda x: x)),
    st.integers(-5, 5).map(lambda n: (integer(n), lambda x: mpmath.mpf(n))),
    st.just((Constant("pi"), lambda x: mpmath.pi)),
)


def grow(children):
    pair = st.tuples(children, children)
    return st.one_of(
        pair.map(lambda p: (Add((p[0][0], p[1][0])), lambda x: p[0][1](x) + p[1][1](x))),
        pair.map(lambda p: (Mul((p[0][0], p[1][0])), lambda x: p[0][1](x) * p[1][1](x))),
        pair.map(lambda p: (Div(p[0][0], p[1][0]), lambda x: p[0][1](x) / p[1][1](x))),
        children.map(lambda c: (Neg(c[0]), lambda x: -c[1](x))),
        st.tuples(children, st.integers(0, 4)).map(
            lambda p: (Pow(p[0][0], integer(p[1])), lambda x: p[0][1](x) ** p[1])
        ),
        st.tuples(st.sampled_from(sorted(FUNCTIONS)), children).map(
            lambda p: (Apply(p[0], (p[1][0],)), lambda x: FUNCTIONS[p[0]](p[1][1](x)))
        ),
    )


TERMS = st.recursive(LEAVES, grow, max_leaves=6)


def contains(ball, exact: mpmath.mpf) -> bool:
    with precision(400):
        near = arb(mpmath.nstr(exact, 60, strip_zeros=False)) + arb(
            0, abs(arb(mpmath.nstr(exact, 20))) * arb(10) ** -50
        )
        return bool(arb(ball).overlaps(near))


@settings(max_examples=150, deadline=None)
@given(TERMS, st.fractions(Fraction(-4), Fraction(4), max_denominator=7))
def test_values(term, x) -> None:
    try:
        ball = evaluate(term[0], Model({"x": x}), 128)
    except NoValue:
        return
    with mpmath.workdps(80):
        try:
            exact = term[1](mpmath.mpf(x.numerator) / x.denominator)
        except (ZeroDivisionError, ValueError, OverflowError):
            return
        if not isinstance(exact, mpmath.mpf) or not mpmath.isfinite(exact) or abs(exact) > 1e30:
            return
        assert contains(ball, exact), (ball, exact)


@settings(max_examples=80, deadline=None)
@given(TERMS, st.fractions(Fraction(-3), Fraction(3), max_denominator=5))
def test_derivatives(term, x) -> None:
    try:
        ball = evaluate(Derivative(term[0], ((X, ONE),)), Model({"x": x}), 128)
    except NoValue:
        return
    with mpmath.workdps(60):
        try:
            slope = mpmath.diff(term[1], mpmath.mpf(x.numerator) / x.denominator)
        except (ZeroDivisionError, ValueError, OverflowError):
            return
        if not isinstance(slope, mpmath.mpf) or not 1e-10 < abs(slope) < 1e20:
            return
        with precision(200):
            found = arb(ball)
            expected = arb(mpmath.nstr(slope, 30))
            assert abs(found - expected) < abs(expected) * arb(10) ** -12 + found.rad() * 2, (found, slope)


SERIES = [
    (lambda n: Div(ONE, Add((Pow(n, integer(2)), ONE))), lambda n: 1 / (n**2 + 1)),
    (lambda n: Apply("sin", (Div(ONE, Pow(n, integer(2))),)), lambda n: mpmath.sin(1 / n**2)),
    (lambda n: Apply("log", (Add((ONE, Div(ONE, Pow(n, integer(3))))),)), lambda n: mpmath.log(1 + 1 / n**3)),
    (lambda n: Div(n, Pow(Number(Fraction(2)), n)), lambda n: n / mpmath.mpf(2) ** n),
]


def test_series_against_mpmath() -> None:
    from derive.term.nodes import BigOp, Binder

    n = Symbol("n")
    for body, f in SERIES:
        term = BigOp("sum", body(n), (Binder(n, ONE, Constant("infinity")),))
        ball = evaluate(term, Model({}), 64)
        with mpmath.workdps(30):
            exact = mpmath.nsum(f, [1, mpmath.inf])
            assert abs(mpmath.mpf(arb(ball).str(25, radius=False)) - exact) < 1e-13
