"""Sums in closed form, each held against the certified value of the sum at several points."""

from fractions import Fraction

import pytest
from flint import acb

from derive import read
from derive.calculus.resolve import resolve
from derive.term.nodes import BigOp, Relation, Type
from derive.term.scope import Scope
from derive.verify.evaluate.balls import evaluate
from derive.verify.models.point import Model
from derive.verify.provers.closed_sums import closed_sum
from derive.verify.provers.monomials import NoClosedForm

SCOPE = (
    Scope()
    .with_hypotheses(Relation("<", read("|x|"), read("1")))
    .with_symbol("n", Type(domain="natural"))
    .with_symbol("x", Type(domain="real"))
)
POINTS = (
    (Fraction(1, 3), Fraction(2, 5), 4),
    (Fraction(-1, 2), Fraction(-3, 7), 1),
    (Fraction(0), Fraction(3), 0),
)

GEOMETRIC = (
    r"\sum_{k=2}^\infty x^k",
    r"\sum_{k=0}^\infty k^2 x^k",
    r"\sum_{k=3}^\infty (k^3-k+1) x^{2k-1}",
    r"\sum_{k=0}^\infty (-1)^k x^{2k}",
    r"\sum_{k=0}^\infty \frac{k^2+1}{3^k}",
)
LOGARITHMS = (
    r"\sum_{k=1}^\infty \frac{x^k}{k}",
    r"\sum_{k=2}^\infty \frac{x^k}{k-1}",
    r"\sum_{k=2}^\infty \frac{x^{k+1}}{k+1}",
    r"\sum_{k=0}^\infty \frac{x^{k+2}}{(k+1)(k+2)}",
    r"\sum_{k=1}^\infty\frac{k^2}{k+1}\frac{1}{2^k}",
    r"\sum_{k=1}^\infty\frac{(-1)^{k+1}}{k}",
)
ARCTANGENTS = (
    r"\sum_{k=0}^\infty \frac{(-1)^k x^{2k+1}}{2k+1}",
    r"\sum_{k=1}^\infty \frac{(-1)^k}{2k+1}",
    r"\sum_{k=0}^\infty \frac{(-1)^k}{3^k (2k+1)}",
    r"\sum_{k=1}^\infty \frac{(-1)^k}{2k-1}",
)
EXPONENTIALS = (
    r"\sum_{k=0}^\infty \frac{k x^k}{k!}",
    r"\sum_{k=2}^\infty \frac{k^2 y^k}{k!}",
    r"\sum_{k=1}^\infty \frac{x^{k}}{(k-1)!}",
    r"\sum_{k=1}^\infty \frac{k^2}{(k+1)!}",
    r"\sum_{k=0}^\infty \frac{2^k}{(k+2)!}",
)
WAVES = (
    r"\sum_{k=0}^\infty \frac{(-1)^k y^{2k}}{(2k)!}",
    r"\sum_{k=1}^\infty \frac{(-1)^k x^{2k-1}}{(2k-1)!}",
    r"\sum_{k=0}^\infty \frac{x^{2k+1}}{(2k+1)!}",
    r"\sum_{k=0}^\infty \frac{(-1)^k \pi^{2k}}{4^k (2k)!}",
    r"\sum_{k=0}^\infty \frac{2^k}{(2k+1)!}",
    r"\sum_{k=1}^\infty \frac{(-2)^k}{(2k+1)!}",
)
ZETA = (
    r"\sum_{k=1}^\infty \frac{1}{k^2(k+1)}",
    r"\sum_{k=2}^\infty \frac{1}{k^2-1}",
    r"\sum_{k=3}^\infty \frac{1}{k^4}",
    r"\sum_{k=1}^\infty \frac{2k+1}{k^2(k+1)^2}",
)
BINOMIALS = (
    r"\sum_{k=0}^n k^2\binom{n}{k}",
    r"\sum_{k=0}^n \binom{n}{k} 2^k 3^{n-k}",
    r"\sum_{k=0}^n k \binom{n}{k} y^k (1-y)^{n-k}",
    r"\sum_{k=0}^n \binom{n}{k}^2",
    r"\sum_{k=0}^n \binom{n}{k} (-1)^k x^{n-k}",
    r"\sum_{k=0}^n \binom{n}{k}(-1)^k 2^{2k+1}",
)
NONE = (
    r"\sum_{k=1}^\infty \frac{1}{k}",
    r"\sum_{k=0}^\infty 2^k",
    r"\sum_{k=0}^\infty (-1)^k",
    r"\sum_{k=0}^\infty k(-1)^k",
    r"\sum_{k=0}^\infty y^k",
    r"\sum_{k=0}^\infty \frac{y^k}{k+1}",
    r"\sum_{k=0}^\infty \frac{1}{k}",
    r"\sum_{k=1}^\infty \frac{x^{k}}{k(k+1)}",  # by x, which may be zero
    r"\sum_{k=0}^n (-1)^k\binom{n}{k}",  # 0^n
    r"\sum_{k=0}^m \binom{m}{k}",  # of which nobody says that it is no less than zero
)


@pytest.mark.parametrize(
    "latex", [*GEOMETRIC, *LOGARITHMS, *ARCTANGENTS, *EXPONENTIALS, *WAVES, *ZETA, *BINOMIALS]
)
def test_the_closed_form_is_the_sum(latex: str) -> None:
    term = resolve(read(latex), SCOPE)
    assert isinstance(term, BigOp)
    closed = closed_sum(term, SCOPE)
    for x, y, n in POINTS:
        model = Model({"x": x, "y": y, "n": Fraction(n)}, False, {})
        a, b = acb(evaluate(term, model, 64)), acb(evaluate(closed, model, 64))
        assert a.overlaps(b) and abs(a - b).abs_upper() < 1e-6, (closed.to_latex(), a, b)


@pytest.mark.parametrize("latex", NONE)
def test_no_closed_form(latex: str) -> None:
    term = resolve(read(latex), SCOPE)
    assert isinstance(term, BigOp)
    with pytest.raises(NoClosedForm):
        closed_sum(term, SCOPE)
