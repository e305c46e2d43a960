"""Integrals in closed form, each held against the certified value of the integral at several points."""

from fractions import Fraction

import pytest
from flint import acb

from derive import read
from derive.calculus.resolve import resolve
from derive.term.nodes import Integral, Relation, Type
from derive.term.scope import Scope
from derive.verify.evaluate.balls import evaluate
from derive.verify.evaluate.values import Unsupported
from derive.verify.models.point import Model
from derive.verify.provers.closed_integrals import closed_integral
from derive.verify.provers.monomials import NoClosedForm

SCOPE = Scope().with_hypotheses(
    *(Relation(">", read(letter), read("0")) for letter in ("a", "b", "s", "q")),
    Relation(">", read("p"), read("-1")),
    Relation(">", read("r"), read("2")),
)
for name in "abspqruwz":
    SCOPE = SCOPE.with_symbol(name, Type())

POINTS = tuple(
    {name: Fraction(value) for name, value in zip("abspqruwz", values, strict=True)}
    for values in (
        ("1", "2", "3", "1/2", "2", "5/2", "1", "2", "3"),
        ("1/2", "3", "1", "-1/2", "1/3", "4", "-1", "-3/2", "2"),
    )
)

POWERS = (
    r"\int_0^1 (x^2 - 3x + 1)^2\,dx",
    r"\int_u^w x^3\,dx",
    r"\int_0^b x^p\,dx",
    r"\int_a^b x^{-3}\,dx",
    r"\int_1^b \frac{dx}{x}\,",
    r"\int_a^\infty x^{-r}\,dx",
    r"\int_0^4 \frac{dx}{\sqrt{x}}\,",
    r"\int_0^b x^p \ln x\,dx",
    r"\int_1^e x^2 \ln x\,dx",
)
EXPONENTIALS = (
    r"\int_0^1 (x^2+1) e^{-3x}\,dx",
    r"\int_0^\infty x^3 e^{-sx}\,dx",
    r"\int_{-\infty}^u e^{sx}\,dx",
    r"\int_0^\infty x^p e^{-sx}\,dx",
    r"\int_0^\infty \sqrt{x} e^{-x}\,dx",
    r"\int_0^\infty e^{-sx}\cos(ux+w)\,dx",
    r"\int_0^1 e^{2x}\sin(3x)\,dx",
    r"\int_0^\infty \frac{x^3}{e^{2x}-1}\,dx",
    r"\int_0^\infty \frac{x}{e^{x}+1}\,dx",
)
GAUSSIANS = (
    r"\int_{-\infty}^\infty e^{-a x^2 + u x}\,dx",
    r"\int_{-\infty}^\infty x^4 e^{-x^2/2}\,dx",
    r"\int_{-\infty}^\infty (x-u)^2 e^{-\frac{(x-u)^2}{2 s^2}}\,dx",
    r"\int_0^\infty x^3 e^{-a x^2}\,dx",
    r"\int_{u}^{w} x e^{-a x^2}\,dx",
    r"\int_{-\infty}^{u} e^{-x^2/2}\,dx",
)
WAVES = (
    r"\int_0^1 x^3 \sin(2x+1)\,dx",
    r"\int_u^w x^2 \cos x\,dx",
    r"\int_0^{\pi/2} \sin^2 x\,dx",
    r"\int_0^1 \cos(3x)\cos(2x)\,dx",
    r"\int_0^1 x\sin(3x)\cos(2x)\,dx",
    r"\int_0^1 \sin(3x)\sin(3x)\,dx",
    r"\int_0^{2\pi} \frac{dx}{3+\cos x}\,",
    r"\int_0^{2\pi} \frac{dx}{3-2\sin x}\,",
)
FRACTIONS = (
    r"\int_0^1 \frac{dx}{2+3x^2}\,",
    r"\int_0^\infty \frac{dx}{1+x^4}\,",
    r"\int_0^\infty \frac{x^2}{(2+x^3)^3}\,dx",
    r"\int_0^\infty \frac{x^2}{(2+x^2)^4}\,dx",
    r"\int_0^\infty \frac{x}{(1+x)^3}\,dx",
    r"\int_{-\infty}^\infty \frac{x^2}{(1+x^2)^2}\,dx",
    r"\int_0^1 x^p (1-x)^q\,dx",
    r"\int_0^a \sqrt{a^2-x^2}\,dx",
    r"\int_{-2}^2 \sqrt{4-x^2}\,dx",
)
NONE = (
    r"\int_{-1}^1 \frac{dx}{x^2}\,",
    r"\int_{-1}^1 \frac{dx}{x}\,",
    r"\int_0^1 \frac{dx}{x}\,",
    r"\int_0^1 x^u\,dx",
    r"\int_1^\infty \frac{dx}{x}\,",
    r"\int_1^\infty x^{-s}\,dx",
    r"\int_0^\infty e^{ux}\,dx",
    r"\int_{-\infty}^\infty e^{-sx}\,dx",
    r"\int_0^\infty x^u e^{-x}\,dx",
    r"\int_{-\infty}^\infty e^{x^2}\,dx",
    r"\int_0^\infty \sin x\,dx",
    r"\int_0^1 \sin(ux)\,dx",
    r"\int_0^1 \frac{dx}{1-2x^2}\,",
    r"\int_0^\infty \frac{x^3}{1+x^4}\,dx",
    r"\int_0^{2\pi} \frac{dx}{1+2\cos x}\,",
    r"\int_0^{\pi} \frac{dx}{3+\cos x}\,",
    r"\int_0^\infty \frac{dx}{e^x-1}\,",
    r"\int_0^\infty \frac{\sin(ux)}{x}\,dx",
)


def _integral(latex: str) -> Integral:
    term = resolve(read(latex), SCOPE)
    assert isinstance(term, Integral)
    return term


@pytest.mark.parametrize("latex", [*POWERS, *EXPONENTIALS, *GAUSSIANS, *WAVES, *FRACTIONS])
def test_the_closed_form_is_the_integral(latex: str) -> None:
    term = _integral(latex)
    closed = closed_integral(term, SCOPE)
    held = 0
    for point in POINTS:
        model = Model(point, False, {})
        try:
            a = acb(evaluate(term, model, 64))
        except Unsupported:
            continue
        b = acb(evaluate(closed, model, 64))
        assert a.overlaps(b) and abs(a - b).abs_upper() < 1e-4, (closed.to_latex(), a, b)
        held += 1
    assert held


@pytest.mark.parametrize("latex", NONE)
def test_no_closed_form(latex: str) -> None:
    with pytest.raises(NoClosedForm):
        closed_integral(_integral(latex), SCOPE)


def test_the_sinc_integral() -> None:
    assert (
        closed_integral(_integral(r"\int_0^\infty \frac{\sin(sx)}{x}\,dx"), SCOPE).to_latex()
        == r"\frac{\pi}{2}"
    )


def test_the_logarithm_of_a_gaussian_is_a_polynomial() -> None:
    """The balls have no bound for such a logarithm far out; for what it is, they have."""
    given = _integral(r"\int_{-\infty}^\infty e^{-x^2} \ln\left(b e^{-x^2 + x}\right)\,dx")
    plain = _integral(r"\int_{-\infty}^\infty e^{-x^2} (\ln b - x^2 + x)\,dx")
    model = Model(POINTS[0], False, {})
    a, b = acb(evaluate(closed_integral(given, SCOPE), model, 64)), acb(evaluate(plain, model, 64))
    assert a.overlaps(b) and abs(a - b).abs_upper() < 1e-4
