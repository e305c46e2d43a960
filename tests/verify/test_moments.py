"""Moments of what a scope tells of random variables."""

import pytest

import derive

NORMAL = (r"X \sim \mathcal{N}(\mu, \sigma^2)",)
BINOMIAL = (r"X \sim \operatorname{Bin}(n, p)",)


@pytest.mark.parametrize(
    ("latex", "given", "status"),
    [
        (r"\mathbb{E}[X^3] = \mu^3 + 3 \mu \sigma^2", NORMAL, "proved"),
        (r"\mathbb{E}[X^3] = \mu^3 + \mu \sigma^2", NORMAL, "refuted"),
        (r"\mathbb{E}[X (X - 1)] = n (n - 1) p^2", BINOMIAL, "proved"),
        (r"P(X = 0) = (1 - p)^n", BINOMIAL, "proved"),
        (r"\operatorname{Cov}(X, Y) = 0", (r"X \perp Y",), "proved"),
        (r"\mathbb{E}[X Y] = \mathbb{E}[X] \mathbb{E}[Y]", (r"X \perp Y",), "proved"),
        (r"\mathbb{E}_{z \sim \mathcal{N}(0, 1)}[z^2] = 1", (), "proved"),
    ],
)
def test_moments(latex: str, given: tuple[str, ...], status: str) -> None:
    assert derive.decide(latex, given=given).status.value == status


def test_of_a_law_that_is_not_known_nothing_is_said() -> None:
    verdict = derive.decide(r"\mathbb{E}[X] = a", given=[r"X \sim \operatorname{Foo}(a)"])
    assert verdict.status.value == "undecided"


def test_without_independence_a_product_is_open() -> None:
    given = [r"X \sim \mathcal{N}(0, 1)", r"Y \sim \mathcal{N}(0, 1)"]
    assert derive.decide(r"\mathbb{E}[X Y] = 0", given=given).status.value == "undecided"


def test_what_is_known_twice_must_agree() -> None:
    """The variance tells that the letter is a mean, not a rate."""
    given = [r"X \sim \operatorname{Exp}(\beta)", r"\operatorname{Var}(X) = \beta^2"]
    assert derive.decide(r"\mathbb{E}[X] = \beta", given=given).status.value in ("proved", "holds")
    assert derive.decide(r"\mathbb{E}[X] = \frac{1}{\beta}", given=given).status.value != "proved"
