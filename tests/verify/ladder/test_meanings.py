"""What a relation means beyond its letters: recurrences, substitutions, difference quotients, laws."""

import pytest

import derive


@pytest.mark.parametrize(
    ("given", "true", "false"),
    [
        (("F_{n+2} = F_{n+1} + F_n", "F_0 = 0", "F_1 = 1"), r"\sum_{k=0}^{n} F_k = F_{n+2} - 1", "F_6 = 9"),
        (("u = x^2 + 1",), r"\int u^2\,du = \frac{u^3}{3} + C", r"\int u^2\,du = \frac{u^3}{2} + C"),
        (
            (),
            r"\lim_{h\to 0}\frac{f(x+h)-f(x-h)}{2h} = f'(x)",
            r"\lim_{h\to 0}\frac{f(x+h)-f(x-h)}{h} = f'(x)",
        ),
        ((), r"\sigma'(x) = \sigma(x)(1-\sigma(x))", r"\sigma'(x) = \sigma(x)(1+\sigma(x))"),
        ((r"f(x) = 2x+1",), r"f^{-1}(x) = \frac{x-1}{2}", r"f^{-1}(x) = \frac{x+1}{2}"),
        ((r"T_n(x) = \cos(n\arccos x)",), "T_3(x) = 4x^3-3x", "T_3(x) = 4x^3+3x"),
        ((), "3n^2 + 5n = O(n^2)", "3n^3 + 5n = O(n^2)"),
        ((), r"1 + 3 + 5 + \cdots + (2n-1) = n^2", r"1 + 3 + 5 + \cdots + (2n-1) = n^2+n"),
        ((r"x(t) = A\cos t",), r"\dot{x} = -A\sin t", r"\dot{x} = A\sin t"),
        ((r"A\in\mathbb{R}^{n\times n}",), "A^{-1}A = I", "A^{-1}A = 2I"),
    ],
)
def test_meanings(given, true, false):
    assert derive.decide(true, given=given).status.value in ("proved", "holds")
    assert derive.decide(false, given=given).status.value == "refuted"


def test_natural_numbers_from_one_on():
    verdict = derive.decide(r"\sum_{k=0}^n (-1)^k\binom{n}{k} = 0", given=[r"n \in \mathbb{N}"])
    assert verdict.status.value == "holds"
    assert verdict.conditions == (r"n \ge 1",)


@pytest.mark.parametrize(
    "latex",
    [
        r"\mathbb{E}[X]^2 = \mathbb{E}[X^2]",
        r"\sum_{n=1}^\infty \frac1n - \sum_{n=1}^\infty \frac1n = 0",
        r"|e^{ix}|^2 = e^{2ix}",
        r"\pi \approx 3.1415",
    ],
)
def test_what_proves_nothing(latex):
    assert derive.decide(latex).status.value != "proved"
