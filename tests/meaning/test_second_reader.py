"""The second reader: a small fragment, read afresh each time, or nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sympy as sp

from derive.meaning import second_reader
from derive.meaning.formula import read_term
from derive.meaning.second_reader import in_fragment, reads_one_way, second_reading
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


@pytest.mark.parametrize(
    "latex",
    [
        "(a + b)^2",
        r"\frac{x-y}{xy} + 10^{-4}",
        r"\sin x + \cos^2 x",
        r"\cos\left(x + \frac{\pi}{2}\right)",
        r"(\tan\frac{x}{2})",
        r"x^a x^b \sqrt{x}",
    ],
)
def test_no_two_readers_differ_over_what_marks_where_each_part_ends(latex):
    assert in_fragment(latex) and reads_one_way(latex)


@pytest.mark.parametrize(
    "latex",
    [
        r"\sin 2x",
        r"\sin x \cos x",
        r"\sin(x) y",
        r"\sin^{-1}(x)",
        "x^10",
        "x^T y",
        "2 3",
        r"1 \frac{1}{2}",
        r"\frac12",
        r"\gamma + 1",
    ],
)
def test_two_readers_may_differ_over_the_reach_of_a_function_a_mixed_number_or_a_letter_of_two_kinds(latex):
    assert not reads_one_way(latex)


def test_a_formula_that_the_quick_parser_gives_up_on_is_parsed_in_full():
    latex = r"-\frac{1}{x^2}"
    assert second_reader._parsed(second_reader.load(), latex, second_reader._quick) is None
    left, _ = second_reading(f"{latex} = y")
    assert sp.simplify(left + 1 / x**2) == 0


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
