"""Reading what was printed gives the same term."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from derive.meaning.formula import read_term
from derive.term.nodes import (
    Add,
    Apply,
    At,
    BigOp,
    Binder,
    Call,
    Constant,
    Derivative,
    Div,
    Element,
    Expectation,
    Integral,
    Limit,
    Matrix,
    Mul,
    Neg,
    Number,
    Piecewise,
    Pow,
    Prime,
    Probability,
    Relation,
    Root,
    Symbol,
    Type,
    integer,
)
from derive.term.scope import Scope

NAMES = [
    "x",
    "y",
    "z",
    "a",
    "b",
    "\\theta",
    "\\hat{y}",
    "x_{0}",
    "MSE",
    "\\mathbf{w}",
    "L_{\\mathrm{reg}}",
    "x^{*}",
    "a'",
]
SCOPE = Scope(
    symbols={
        **{name: Type() for name in NAMES},
        "f": Type(role="function"),
        "g": Type(role="function"),
        "n": Type(domain="natural"),
        "X": Type(role="random"),
        "p": Type(role="distribution"),
        "u": Type(role="sequence"),
    },
    options={"log": "natural"},
)
symbols = st.sampled_from([Symbol(n) for n in NAMES])
i, k = Symbol("i"), Symbol("k")
indices = st.sampled_from([i, k, integer(1), Add((i, integer(1)))])
numbers = st.integers(0, 30).map(integer) | st.sampled_from([Number(Fraction(5, 2), text="2.5")])
atoms = st.one_of(
    numbers,
    symbols,
    st.sampled_from([Constant("pi"), Constant("e"), Constant("infinity")]),
    st.builds(lambda j: Element(Symbol("u"), (j,)), indices),
)
UNARY = [
    "sin",
    "exp",
    "log",
    "abs",
    "sign",
    "floor",
    "factorial",
    "gamma",
    "arcsin",
    "norm",
    "transpose",
    "Re",
    "erf",
]


def extend(inner: st.SearchStrategy) -> st.SearchStrategy:
    pair, some = st.tuples(inner, inner), st.lists(inner, min_size=2, max_size=3).map(tuple)
    bound = st.sampled_from([i, k])
    variable = st.sampled_from([Symbol("x"), Symbol("\\theta")])
    relations = st.builds(Relation, st.sampled_from(["=", "<", "<=", "!="]), inner, inner)
    return st.one_of(
        st.builds(Add, some),
        st.builds(Neg, inner),
        st.builds(Mul, some),
        st.builds(Div, inner, inner),
        # a word by itself in a superscript is a label: no reading makes it an exponent
        st.builds(Pow, inner, inner.filter(lambda t: t != Symbol("MSE"))),
        st.builds(Root, inner, numbers),
        st.builds(lambda h, x: Apply(h, (x,)), st.sampled_from(UNARY), inner),
        st.builds(lambda xs: Apply("binomial", xs), pair),
        st.builds(lambda xs: Apply("max", xs), some),
        st.builds(lambda x: Call(Symbol("f"), (x,)), inner),
        st.builds(lambda xs: Call(Symbol("g"), xs), pair),
        st.builds(lambda x: Call(Prime(Symbol("f"), integer(1)), (x,)), inner),
        st.builds(lambda x: Call(Prime(Symbol("f"), Symbol("n")), (x,)), inner),
        st.builds(lambda j, x, lo, up: BigOp("sum", x, (Binder(j, lo, up),)), bound, inner, numbers, symbols),
        st.builds(lambda j, x: BigOp("prod", x, (Binder(j),)), bound, inner),
        st.builds(lambda j, x: BigOp("max", x, (Binder(j),)), bound, inner),
        st.builds(lambda x, v: Integral(x, v), inner, variable),
        st.builds(lambda x, v, lo, up: Integral(x, v, lo, up), inner, variable, numbers, symbols),
        st.builds(
            lambda x, v, to, side: Limit(x, v, to, side),
            inner,
            variable,
            numbers,
            st.sampled_from(["+", "-", "+-"]),
        ),
        st.builds(lambda x, v, p: Derivative(x, ((v, integer(1)),), p), inner, variable, st.booleans()),
        st.builds(lambda x, v: Derivative(x, ((v, integer(2)),)), inner, variable),
        st.builds(At, inner, variable, inner),
        st.builds(lambda v, c, w: Piecewise(((v, c), (w, None))), inner, relations, inner),
        st.builds(lambda x, y: Matrix(((x, y), (y, x))), inner, inner),
        st.builds(lambda x: Expectation("E", (x,)), inner),
        st.builds(lambda x, y: Probability((x,), (y,), function=Symbol("p")), inner, inner),
    )


terms = st.recursive(atoms, extend, max_leaves=8)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(terms | st.builds(Relation, st.sampled_from(["=", "<", "<=", "!=", "approx"]), terms, terms))
def test_reading_what_was_printed_gives_the_same_term(term):
    assert read_term(term.to_latex(), SCOPE) == term
