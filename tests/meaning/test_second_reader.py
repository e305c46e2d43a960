"""The second reader: a small fragment, read afresh each time, or nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sympy as sp

from derive.meaning.formula import read_term
from derive.meaning.second_reader import in_fragment, second_reading
from derive.notation.syntax import NotationError
from derive.term.lower import NotExpressible

CORPUS = Path(__file__).parents[2] / "../shared/corpus/notation"
x, y = sp.symbols("x y")

pytest.importorskip("latex2sympy2")


def test_an_equation_of_the_fragment_gives_both_sides():
    left, right = second_reading(r"\frac{x+1}{2} = x^2")
    assert sp.expand(left - (x + 1) / 2) == 0 and right == x**2


def test_no_state_is_kept_between_calls():
    first = second_reading("x + y = y + x")
    second_reading(r"\sin x = y")
    assert second_reading("x + y = y + x") == first


@pytest.mark.parametrize(
    "latex",
    [
        "x",
        "a = b = c",
        "y(1-x) = y - xy",
        "x_1 = 2",
        r"\sum_i x_i = 1",
        "e^x = 1",
        r"\hat y = x",
        "x^{9^{9^9}} = 1",
        "x! = 1",
    ],
)
def test_outside_its_fragment_it_has_no_opinion(latex):
    assert second_reading(latex) is None


MIXED = "a whole number before a fraction of numbers: it multiplies, we read a mixed number first"
DISAGREEMENTS = {
    latex: MIXED for latex in (r"1 \frac{1}{2}", r"1 \frac{1}{2} + 3", r"-3 \frac{1}{2}", r"3 1\frac{1}{2}")
}
"""Formulas of the fragment that the two readers take differently, with the cause."""


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not here")
def test_both_readers_agree_on_the_corpus():
    differ = []
    compared = 0
    for path in sorted(CORPUS.glob("*.jsonl")):
        for line in path.read_text().splitlines():
            latex = json.loads(line)["latex"]
            if not in_fragment(latex) or latex in DISAGREEMENTS:
                continue
            pair = second_reading(f"{latex} = 0") if "=" not in latex else second_reading(latex)
            if pair is None:
                continue
            try:
                ours = read_term(f"{latex} = 0" if "=" not in latex else latex).to_sympy(evaluate=False)
            except (NotationError, NotExpressible) as e:
                differ.append((latex, str(e)))
                continue
            compared += 1
            for mine, theirs in zip(ours.args, pair, strict=True):
                if sp.nsimplify(sp.expand(mine - theirs)) != 0:
                    differ.append((latex, f"{mine} against {theirs}"))
    assert compared > 50
    assert not differ
