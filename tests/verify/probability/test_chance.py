"""Claims about chance: how names are taken, what spaces are like, what the normal form proves."""

from __future__ import annotations

from fractions import Fraction

import pytest

import derive
from derive.model import Status
from derive.reasons import Why
from derive.replay.certificate import replay
from derive.verify.probability import space as space

F = Fraction


def status(latex: str) -> Status:
    return derive.decide(latex).status


def test_the_weights_of_a_table_sum_to_one_and_none_is_zero() -> None:
    values = {"x": (F(0), F(1)), "y": (F(1), F(2), F(4))}
    for structure in (space.GENERAL, space.INDEPENDENT, space.IDENTICAL, space.CHAIN, space.STAR):
        made = space.world({"p": ["x", "y"]}, values, structure, seed=3)
        assert made is not None
        assert sum(made.tables["p"].weights.values()) == 1
        assert min(made.tables["p"].weights.values()) > 0


def test_independence_is_a_structure_of_its_own() -> None:
    values = {"x": (F(0), F(1)), "y": (F(0), F(1))}

    def correlated(structure: str) -> bool:
        made = space.world({"p": ["x", "y"]}, values, structure, seed=1)
        assert made is not None
        table = made.tables["p"]
        both = table.probability(lambda o: o["x"] == 1 and o["y"] == 1)
        return both != table.probability(lambda o: o["x"] == 1) * table.probability(lambda o: o["y"] == 1)

    assert correlated(space.GENERAL)
    assert not correlated(space.INDEPENDENT)


def test_a_refutation_names_the_table_and_can_be_replayed() -> None:
    verdict = derive.decide(r"\operatorname{Var}(X) = E[X^2] - E[X]")
    assert verdict.status is Status.REFUTED
    assert verdict.counterexample is not None
    assert dict(verdict.counterexample.point) == {"P(X=0)": "1/2", "P(X=1)": "1/2"}
    assert replay(verdict.evidence).status == "confirmed"


@pytest.mark.parametrize(
    "latex",
    [
        r"E[X \mid Y = y] = \sum_x x p(x \mid y)",
        r"P(A \cup B) = P(A) + P(B) - P(A \cap B)",
        r"\log p(x) = \log \int p(x, z) dz",
        r"E[E[X \mid Y]] = E[X]",
    ],
)
def test_the_normal_form_proves(latex: str) -> None:
    assert status(latex) is Status.PROVED


@pytest.mark.parametrize(
    "latex",
    [
        r"p(x') = \sum_x p(x' \mid x) p(x)",  # x' is a variable of its own
        r"p(y \mid x) = \frac{p(x \mid y) p(y)}{\sum_{y'} p(x \mid y') p(y')}",  # y' is another value of y
        r"p_\theta(x) = \int p_\theta(x \mid z) p(z) dz",  # p_θ and p are one distribution
        r"p(y = 1 \mid x) = 1 - p(y = 0 \mid x)",  # y is 0 or 1
        r"E[X] = \sum_i x_i P(X = x_i)",  # the x_i are all values
    ],
)
def test_names_are_taken_the_way_that_makes_sense(latex: str) -> None:
    assert status(latex) in (Status.PROVED, Status.HOLDS)


@pytest.mark.parametrize(
    "latex",
    [
        r"\operatorname{Var}(AX) = A \operatorname{Var}(X) A^\top",  # A is a constant
        r"E[X] = 3",  # true of some distribution
        r"\operatorname{Var}(X) = \lambda",
        r"f(E[X]) \leq E[f(X)]",  # of a convex f
        r"E[\log \frac{Q(z)}{P(z)}] = 0 + E[\log Q(z)] - E[\log P(z)] + 1",  # by which of the two?
        r"\nabla_\theta E_{x \sim p_\theta}[f(x)] = E_{x \sim p_\theta}[f(x)]",
    ],
)
def test_what_is_not_told_is_not_refuted(latex: str) -> None:
    assert status(latex) is not Status.REFUTED


def test_a_divisor_that_is_divided_itself_stays_a_factor() -> None:
    """`A`, `B / A` and `C / B`, sums each: the first two make B no divisor of the third any more."""
    from derive.verify.probability.normal_form import Poly, atom, frozen, plus, power, times

    def joint(name: str) -> Poly:
        return atom(("joint", "p", frozenset({(name, name)})))

    first = plus(joint("a"), joint("b"))
    second = times(plus(joint("c"), joint("d")), power(first, -1))
    third = times(plus(joint("e"), joint("f")), power(second, -1))
    assert times(first, second) == plus(joint("c"), joint("d"))
    assert times(second, third) == plus(joint("e"), joint("f"))
    whole = times(first, second, third)
    assert frozen(whole) == frozen(times(plus(joint("c"), joint("d")), third))


@pytest.mark.parametrize(
    "latex",
    [
        r"\mathbb{E}^{Q}[X \mid Y = y] = \mathbb{E}^{P}[X]",
        r"\mathbb{E}^{Q}[X \mid S = s] = \mathbb{E}^{P}[X S]",
    ],
)
def test_a_condition_on_what_the_measure_does_not_draw_is_told(latex: str) -> None:
    verdict = derive.decide(latex)
    assert verdict.status is Status.UNDECIDED
    assert verdict.reason is not None and verdict.reason.code is Why.UNSUPPORTED
