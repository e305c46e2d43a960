"""SymPy out: what it can express, as the author wrote it on request, and what it cannot, by name."""

import pytest
import sympy as sp

import derive
from derive.term.lower import NotExpressible

x, y, a, b, n, k = sp.symbols("x y a b n k")


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\frac{x^2}{2} + \sqrt{y}", x**2 / 2 + sp.sqrt(y)),
        (r"\sin^2 x + \cos^{-1} y", sp.sin(x) ** 2 + sp.acos(y)),
        (r"\sum_{k=1}^n k", sp.Sum(k, (k, 1, n))),
        (r"\int_0^1 x^2\,dx", sp.Integral(x**2, (x, 0, 1))),
        (r"\frac{d^2}{dx^2} \sin x", sp.Derivative(sp.sin(x), (x, 2))),
        (r"x \in \mathbb R^2", sp.Contains(x, sp.ProductSet(sp.S.Reals, sp.S.Reals), evaluate=False)),
        (r"x > 0 \Rightarrow y > 0", sp.Implies(x > 0, y > 0)),
        (r"x > 0 \iff y > 0", sp.Equivalent(x > 0, y > 0)),
        (r"\gcd(12, 18)", sp.Integer(6)),
    ],
)
def test_expressed(latex: str, expected: sp.Basic):
    assert derive.read(latex).to_sympy() == expected


def test_in_the_authors_form():
    kept = derive.read("2(a + b) + b + 1 + 1").to_sympy(evaluate=False)
    assert sp.simplify(kept - (2 * (a + b) + b + 2)) == 0
    assert kept != kept.doit()


@pytest.mark.parametrize(
    ("latex", "what"),
    [
        (r"\mathbb R^n", "a power of a set"),
        (r"P(A \mid B)", "a probability"),
        (r"x \propto y", "the relation propto"),
        (r"(1, \dots, n)", "dots"),
        (r"x = \pm 1", "a choice of sign"),
    ],
)
def test_refused_by_name(latex: str, what: str):
    with pytest.raises(NotExpressible, match=what):
        derive.read(latex).to_sympy()
