"""Notation that the formula leaves open: every reading of it, the best first."""

from __future__ import annotations

import pytest

from derive.terms.single import read_terms


def readings(latex: str) -> list[str]:
    """All readings as they print, without spacing commands."""
    printed = []
    for reading in read_terms(latex):
        text = reading.terms[0].to_latex()
        for hidden in ("\\left", "\\right"):
            text = text.replace(hidden, "")
        printed.append(text.replace(" \\cdot ", " "))
    return printed


@pytest.mark.parametrize(
    ("latex", "meanings"),
    [
        # a bound letter above may count: it is a power or the i-th of several
        (r"\sum_{i=1}^n x^i", [r"\sum_{i = 1}^{n} x^{i}", r"\sum_{i = 1}^{n} x_{i}"]),
        (r"\frac1T \sum_{t=1}^T f(x^t)",
         [r"\frac{1}{T} (\sum_{t = 1}^{T} f(x_{t}))", r"\frac{1}{T} (\sum_{t = 1}^{T} f(x^{t}))"]),
        # ... unless the formula uses the bare letter, or the index as a subscript
        (r"r \sum_{i=1}^n r^i", [r"r (\sum_{i = 1}^{n} r^{i})"]),
        (r"\sum_{i=1}^n a_i x^i", [r"\sum_{i = 1}^{n} (a_{i} x^{i})"]),
        (r"\sum_{i=1}^n i x^i", [r"\sum_{i = 1}^{n} (i x^{i})"]),
        # a column of two in an array: a binomial coefficient among numbers, a vector among vectors
        (r"2 \left(\begin{array}{c} n-1 \\ k \end{array}\right)",
         [r"2 \binom{n - 1}{k}", r"2 \begin{pmatrix} n - 1 \\ k \end{pmatrix}"]),
        (r"\left(\begin{array}{c} a \\ b \end{array}\right) \mathbf x",
         [r"\begin{pmatrix} a \\ b \end{pmatrix} \mathbf{x}", r"\binom{a}{b} \mathbf{x}"]),
        (r"\begin{pmatrix} n \\ k \end{pmatrix}", [r"\begin{pmatrix} n \\ k \end{pmatrix}"]),
        # bars around a determinant
        (r"\left|\begin{vmatrix} a & b \\ c & d \end{vmatrix}\right|",
         [r"|\det(\begin{pmatrix} a & b \\ c & d \end{pmatrix})|"]),
        # a letter that stands only above a function's name is rather a mark
        (r"\bar y^d(t)", [r"\bar{y}^{d}(t)", r"(\bar{y}(t))^{d}"]),
        (r"\ddot{x}^d", [r"\ddot{x}^{d}", r"\ddot{x}^{d}"]),
        (r"V^\pi(s)", [r"V^{\pi}(s)"]),
    ],
)  # fmt: skip
def test_the_readings(latex: str, meanings: list[str]) -> None:
    assert readings(latex) == meanings
