"""What is too large, too deep or too close: a verdict or an end, never a hang."""

import contextlib
import time
from fractions import Fraction

import pytest

from derive import read
from derive.term.nodes import Neg, Symbol
from derive.verify.evaluate.balls import Budget, NoValue, Steps, compare, evaluate
from derive.verify.models.search import Model

AT = Model({"x": Fraction(3), "y": Fraction(2)})


@pytest.mark.parametrize(
    "latex",
    [
        r"\sum_{k=1}^{1000000000} \frac{1}{k}",
        r"x^{9^{9^9}}",
        r"9^{9^{9^{9^9}}}",
        r"e^{e^{e^{e^{e^x}}}}",
        r"(x+y+1)^{3000}",
        r"\prod_{k=1}^{100000000} k",
        r"100000000!",
        r"\binom{10^9}{10^8}",
        r"\int_0^{10^9} \sin(x^2) dx",
        r"\frac{d^{500}}{dx^{500}} e^x",
        r"\sum_{i=1}^{3000}\sum_{j=1}^{3000} \frac{1}{i+j}",
    ],
)
def test_ends_soon(latex: str) -> None:
    start = time.process_time()
    with contextlib.suppress(NoValue):
        evaluate(read(latex), AT, 64, Steps(60_000))
    assert time.process_time() - start < 2


def test_a_spent_budget_says_so() -> None:
    with pytest.raises(Budget):
        evaluate(read(r"\sum_{k=1}^{1000000000} k"), AT)


def test_a_deep_term_is_no_crash() -> None:
    term = Symbol("x")
    for _ in range(20_000):
        term = Neg(term)
    with pytest.raises(Budget):
        evaluate(term, AT)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (r"x + 10^{-40}", "x"),
        (r"e^{-x^2 - 200}", "0"),
        (r"e^{\pi\sqrt{163}}", r"640320^3 + 744"),
        (r"\sin(10^{-30})", r"10^{-30}"),
        (r"\sqrt{x^2 + 10^{-60}}", "x"),
    ],
)
def test_precision_is_raised_until_the_balls_part(left: str, right: str) -> None:
    assert compare(read(left), read(right), AT).status == "disjoint"


def test_far_points_reach_the_other_side_of_a_kink() -> None:
    from derive.term.scope import Scope
    from derive.verify.models.search import models

    left, right = read(r"\max(0, x - 100)"), read("0")
    found = {compare(left, right, m).status for m in models([left, right], Scope(), count=40)}
    assert "disjoint" in found


def test_the_same_bytes_twice() -> None:
    from derive.term.scope import Scope
    from derive.verify.models.search import models

    term = read(r"\sum_{i=1}^m x_i^2 + e^{y} f(x_1)")

    def run() -> list[str]:
        out = []
        for m in models([term], Scope(), count=6, seed=3):
            out.append(repr(m.point()))
            try:
                out.append(repr(evaluate(term, m)))
            except NoValue as e:
                out.append(repr(e))
        return out

    assert run() == run()
