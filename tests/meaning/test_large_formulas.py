"""Long, deep and many-sided formulas end soon, with terms or with the reader's own error."""

from __future__ import annotations

import time

import pytest

from derive.meaning.formula import read_term
from derive.notation import NotationError

LARGE = {
    "sum": "x+" * 50_000 + "x",
    "product": "x " * 100_000,
    "scripts": "x_i^2 " * 20_000,
    "applications": "+f(x+1)" * 15_000,
    "absolute values": "|x|" * 30_000,
    "norms and absolute values": "|||x|||y|" * 10_000,
    "determinants": r"|A|^{-1} + " * 20_000 + "x",
    "derivatives side by side": r"\frac{d}{dx} " * 5_000 + "x",
    "nablas": r"\nabla |x| " * 20_000,
    "extrema side by side": r"\mathrm{minimize}_x " * 10_000 + "x",
    "forms": r"\int f dx + " * 10_000 + "P dx" + " + Q dy" * 10_000,
    "forms in turn": r"\int f dx + P dy + " * 10_000 + "1",
    "numerators with a differential": r"\int " + r"\frac{dx}{" * 5_000 + "x" + "}" * 5_000,
    "fonts": r"{\rm ln} x + " * 10_000 + "1",
    "dots made of points": r"x \cdot\cdot\cdot x + " * 5_000 + "1",
    "conditions": "x | y, " * 20_000 + "z",
    "columns": "x = 1 & " + "y & " * 30_000,
    "brackets that look away": r"] f(x) \langle " * 12_000,
    "factorials": "n!=" * 30_000 + "n(n-1)!",
    "names in names": r"\operatorname{" * 5_000 + "x" + "}" * 5_000,
    "powers under a sum": r"\sum_i (" + "x^i + " * 20_000 + "1)",
    "columns of two": r"\left(\begin{array}{c} n \\ k \end{array}\right) + " * 5_000 + "1",
    "digits": "7" * 100_000,
    "an exponent": "1e999999999",
    "a small exponent": "1e-999999999",
    "questions": "1" + "".join(f" + f_{{{k}}}(x+1) + |A_{{{k}}}|" for k in range(5_000)),
}


@pytest.mark.parametrize("name", LARGE)
def test_large_formulas_end_soon(name: str) -> None:
    start = time.process_time()
    try:
        read_term(LARGE[name])
    except NotationError as error:
        assert error.what
    # the bound on an idle machine is 2 s; a loaded one is given room
    assert time.process_time() - start < 10
