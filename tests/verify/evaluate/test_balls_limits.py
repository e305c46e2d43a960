"""Infinite sums and products, integrals and limits: certified, undefined where they diverge, or unsupported."""

from fractions import Fraction

import pytest
from flint import acb, arb

from derive import read
from derive.verify.evaluate.balls import Undefined, compare, evaluate
from derive.verify.models.search import Model


def same(latex: str, expected: str, *, bits: int = 30, **at) -> None:
    model = Model({k: Fraction(v) for k, v in at.items()})
    found = compare(read(latex), read(expected), model, 64)
    assert found.status in ("equal", "equal?"), (latex, found)
    if isinstance(found.left, arb | acb):
        assert found.left.rel_accuracy_bits() > bits or abs(found.left) < 2.0**-bits


SERIES = [
    (r"\sum_{n=0}^\infty \frac{x^n}{n!}", r"e^x"),
    (r"\sum_{n=0}^\infty x^n", r"\frac{1}{1-x}"),
    (r"\sum_{n=1}^\infty n x^n", r"\frac{x}{(1-x)^2}"),
    (r"\sum_{n=1}^\infty \frac{x^n}{n}", r"-\log(1-x)"),
    (r"\sum_{n=1}^\infty \frac{1}{n^2}", r"\frac{\pi^2}{6}"),
    (r"\sum_{n=1}^\infty \frac{1}{n(n+1)}", "1"),
    (r"\sum_{n=1}^\infty \left(\frac{1}{n} - \frac{1}{n+1}\right)", "1"),
    (r"\sum_{n=1}^\infty \frac{(-1)^{n+1}}{n}", r"\log 2"),
    (r"\sum_{n=0}^\infty \frac{(-1)^n}{2n+1}", r"\frac{\pi}{4}"),
    (r"\sum_{n=0}^\infty \frac{(-1)^n x^{2n+1}}{(2n+1)!}", r"\sin x"),
    (r"\sum_{n=0}^\infty \binom{2n}{n} \left(\frac{x}{4}\right)^n", r"\frac{1}{\sqrt{1-x}}"),
    (r"\sum_{n=1}^\infty \frac{1}{n^4}", r"\frac{\pi^4}{90}"),
    (r"\prod_{n=1}^\infty \frac{4n^2}{4n^2 - 1}", r"\frac{\pi}{2}"),
    (r"\sum_{n=1}^\infty \frac{1}{n^{3/2}}", r"\zeta(\frac32)"),
    (r"\sum_{n=1}^\infty \sum_{m=1}^\infty \frac{1}{2^{n+m}}", "1"),
    (r"\sum_{n=-\infty}^\infty e^{-n^2}", r"1 + 2\sum_{n=1}^\infty e^{-n^2}"),
]


@pytest.mark.parametrize(("latex", "expected"), SERIES)
def test_series(latex: str, expected: str) -> None:
    same(latex, expected, x="1/3")


@pytest.mark.parametrize(
    "latex",
    [
        r"\sum_{n=0}^\infty x^n",
        r"\sum_{n=1}^\infty \frac1n",
        r"\sum_{n=1}^\infty \frac{1}{\sqrt n}",
        r"\sum_{n=0}^\infty (-1)^n",
    ],
)
def test_series_that_diverge_have_no_value(latex: str) -> None:
    with pytest.raises(Undefined):
        evaluate(read(latex), Model({"x": Fraction(2)}))


INTEGRALS = [
    (r"\int_0^\pi \sin x \, dx", "2"),
    (r"\int_{-\infty}^\infty e^{-x^2} dx", r"\sqrt{\pi}"),
    (r"\int_0^\infty \frac{dx}{1 + x^2}", r"\frac{\pi}{2}"),
    (r"\int_0^1 \log x \, dx", "-1"),
    (r"\int_0^1 \frac{dx}{\sqrt{x}}", "2"),
    (r"\int_{-1}^1 \frac{dx}{\sqrt{1 - x^2}}", r"\pi"),
    (r"\int_0^\infty \frac{x^3}{e^x - 1} dx", r"\frac{\pi^4}{15}"),
    (r"\int_0^\infty x^4 e^{-x} dx", "24"),
    (r"\int_0^1 \frac{\log(1-x)}{x} dx", r"-\frac{\pi^2}{6}"),
    (r"\int_{-1}^2 |x| \, dx", r"\frac52"),
    (r"\int_0^1 \int_0^x x y \, dy \, dx", r"\frac18"),
    (r"\int_0^3 \lfloor x \rfloor dx", "3"),
    (r"\int_1^\infty \frac{dx}{x^3}", r"\frac12"),
    (r"\int_0^a x^2 \, dx", r"\frac{a^3}{3}"),
    (r"\int_1^0 x \, dx", r"-\frac12"),
    (r"\int_{-\infty}^0 e^{x} dx", "1"),
    (r"\int_0^\infty \frac{\sin x}{x} dx", r"\frac{\pi}{2}"),
    (r"\int_{-\infty}^\infty \frac{\cos x}{1 + x^2} dx", r"\frac{\pi}{e}"),
    (r"\int_{-\infty}^\infty \int_{-\infty}^\infty e^{-x^2 - y^2} dx \, dy", r"\pi"),
]


@pytest.mark.parametrize(("latex", "expected"), INTEGRALS)
def test_integrals(latex: str, expected: str) -> None:
    same(latex, expected, bits=20, a="5/3")


@pytest.mark.parametrize(
    "latex",
    [
        r"\int_0^1 \frac{dx}{x}",
        r"\int_1^\infty \frac{dx}{x}",
        r"\int_{-1}^1 \frac{dx}{x}",
        r"\int_0^1 \frac{dx}{x^2}",
        r"\int_{-2}^{-1} \log x \, dx",
    ],
)
def test_integrals_without_a_value(latex: str) -> None:
    with pytest.raises(Undefined):
        evaluate(read(latex), Model({}))


LIMITS = [
    (r"\lim_{x\to 0} \frac{\sin x}{x}", "1"),
    (r"\lim_{x\to 0} \frac{1 - \cos x}{x^2}", r"\frac12"),
    (r"\lim_{x\to\infty} \left(1 + \frac{1}{x}\right)^x", "e"),
    (r"\lim_{x\to 0^+} x \log x", "0"),
    (r"\lim_{x\to 0^+} x^x", "1"),
    (r"\lim_{x\to\infty} \frac{\log x}{x}", "0"),
    (r"\lim_{x\to\infty} \frac{3x^2 + 1}{x^2 - x}", "3"),
    (r"\lim_{x\to\infty} \arctan x", r"\frac{\pi}{2}"),
    (r"\lim_{x\to 1} \frac{x^2 - 1}{x - 1}", "2"),
    (r"\lim_{x\to\infty} (\sqrt{x^2 + x} - x)", r"\frac12"),
    (r"\lim_{h\to 0} \frac{(a+h)^3 - a^3}{h}", r"3a^2"),
    (r"\lim_{x\to 2} x^3", "8"),
    (r"\lim_{x\to\infty} x e^{-x}", "0"),
    (r"\lim_{x\to\infty} \frac{e^x}{x^9}", r"\infty"),
    (r"\lim_{x\to 0} \frac{1}{x^2}", r"\infty"),
]


@pytest.mark.parametrize(("latex", "expected"), LIMITS)
def test_limits(latex: str, expected: str) -> None:
    same(latex, expected, a="5/3")


def test_two_sides_that_differ() -> None:
    with pytest.raises(Undefined):
        evaluate(read(r"\lim_{x\to 0} \frac{|x|}{x}"), Model({}))


@pytest.mark.parametrize(
    ("latex", "wrong"),
    [
        (r"\sum_{n=1}^\infty \frac{1}{n^2}", r"\frac{\pi^2}{8}"),
        (r"\int_{-\infty}^\infty e^{-x^2} dx", r"\pi"),
        (r"\lim_{x\to 0} \frac{1 - \cos x}{x^2}", "1"),
        (r"\sum_{n=0}^\infty \frac{(-1)^n}{2n+1}", r"\frac{\pi}{4} + 10^{-8}"),
    ],
)
def test_near_misses_are_told_apart(latex: str, wrong: str) -> None:
    assert compare(read(latex), read(wrong), Model({})).status == "disjoint"
