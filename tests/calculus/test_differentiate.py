"""Derivatives by numbers, elements and arrays, read from LaTeX and compared as normal forms."""

import pytest

from derive import read
from derive.calculus.differentiate import NotDifferentiable, differentiate
from derive.term.nodes import (
    ONE,
    TWO,
    ZERO,
    Add,
    Apply,
    BigOp,
    Binder,
    Call,
    Element,
    Mul,
    Neg,
    Partial,
    Piecewise,
    Pow,
    Prime,
    Relation,
    Symbol,
    Term,
    Type,
    integer,
)
from derive.term.scope import Scope
from derive.verify.normal.form import prove_resolved

x, y, i, j = (Symbol(name) for name in "xyij")
theta = Symbol("\\theta", Type(shape=("n",)))
features = Symbol("a", Type(shape=("n",)))
A = Symbol("A", Type(shape=("n", "n")))


def same(left: Term, right: Term) -> bool:
    proof = prove_resolved(left, right, Scope())
    return proof is not None and proof.generic


@pytest.mark.parametrize(
    ("function", "derivative"),
    [
        ("x^3", "3x^2"),
        (r"\sin(x^2)", r"2x\cos(x^2)"),
        (r"e^{-x^2}", r"-2xe^{-x^2}"),
        (r"\frac{x}{1+x^2}", r"\frac{1-x^2}{(1+x^2)^2}"),
        (r"x^x", r"x^x(\ln x+1)"),
        (r"2^x", r"2^x\ln 2"),
        (r"\sqrt{1+x^2}", r"\frac{x}{\sqrt{1+x^2}}"),
        (r"\arctan x", r"\frac{1}{1+x^2}"),
        (r"\ln(1+e^x)", r"\frac{1}{1+e^{-x}}"),
        (r"\tanh x", r"1-\tanh^2 x"),
        (r"|x|", r"\frac{x}{|x|}"),
        (r"\sum_{k=1}^{n} k x^k", r"\sum_{k=1}^{n} k^2 x^{k-1}"),
        (r"\int_0^{x^2} e^{-t^2} dt", r"2x e^{-x^4}"),
    ],
)
def test_scalar_derivatives(function: str, derivative: str) -> None:
    assert same(differentiate(read(function), x), read(derivative))


def test_what_does_not_hold_the_variable_is_constant() -> None:
    assert differentiate(Mul((y, y)), x) == ZERO


def test_an_unknown_function_keeps_its_prime() -> None:
    f = Symbol("f", Type(role="function"))
    assert differentiate(Call(f, (Pow(x, TWO),)), x) == Mul((TWO, Call(Prime(f, ONE), (Pow(x, TWO),)), x))
    assert differentiate(Call(f, (x, y)), y) == Call(Partial(f, (0, 1)), (x, y))


def test_elements_by_elements_are_kronecker_deltas() -> None:
    xs = Symbol("x", Type(role="sequence"))
    assert differentiate(Element(xs, (i,)), Element(xs, (i,))) == ONE
    assert differentiate(Element(xs, (i,)), Element(xs, (j,))) == Apply("kronecker", (i, j))
    assert differentiate(Element(xs, (ONE,)), Element(xs, (TWO,))) == ZERO


def test_a_sum_over_the_variables_own_index_renames_it() -> None:
    xs = Symbol("x", Type(role="sequence"))
    total = BigOp("sum", Pow(Element(xs, (i,)), TWO), (Binder(i, ONE, integer(5)),))
    slope = differentiate(total, Element(xs, (i,)))
    assert isinstance(slope, BigOp) and slope.binders[0].variable != i


def test_pieces_meet_nowhere_by_assumption() -> None:
    relu = Piecewise(((x, Relation(">=", x, ZERO)), (ZERO, None)))
    assert differentiate(relu, x) == Piecewise(
        ((ONE, Relation(">", x, ZERO)), (ZERO, Relation("<", x, ZERO)))
    )


def test_gradients_have_the_shape_of_the_variable() -> None:
    inner = Mul((Apply("transpose", (theta,)), features))
    assert differentiate(inner, theta) == features
    assert differentiate(Apply("exp", (inner,)), theta) == Mul((Apply("exp", (inner,)), features))
    form = Mul((Apply("transpose", (theta,)), A, theta))
    assert same(differentiate(form, theta), Mul((Add((A, Apply("transpose", (A,)))), theta)))
    residual = Add((Mul((A, theta)), Neg(features)))
    assert differentiate(Pow(Apply("norm", (residual,)), TWO), theta) == Mul(
        (TWO, Apply("transpose", (A,)), residual)
    )


def test_what_has_no_rule_says_so() -> None:
    with pytest.raises(NotDifferentiable):
        differentiate(Apply("gcd", (x, y)), x)
    with pytest.raises(NotDifferentiable):
        differentiate(Mul((A, theta)), A)  # three indices


def test_a_vector_by_a_vector_has_a_row_for_each_component() -> None:
    assert differentiate(Mul((A, theta)), theta) == Mul((A, Apply("identity", (Symbol("n"),))))
