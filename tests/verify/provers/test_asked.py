"""Who is asked for a proof, and where: what another process is asked for is what it may know."""

import pytest

import derive
from derive.verify import workers
from derive.verify.budget import Allowance
from derive.verify.provers import proving


@pytest.fixture
def asked(monkeypatch):
    """The functions that a worker is asked for, each answered as it would be."""
    functions = []
    call = workers.call

    def listed(function, *arguments, **options):
        functions.append(function)
        return call(function, *arguments, **options)

    monkeypatch.setattr(workers, "call", listed)
    return functions


SYMPY, CLIMB = "derive.verify.provers.by_sympy:prove", "derive.verify.ladder.equal:climb"


@pytest.mark.parametrize(
    ("latex", "by_sympy"),
    [
        (r"\log(x^2) = 2 \log x", True),  # the models bear it out
        (r"\lim_{x \to \infty} \sin x = 0", True),  # a closed form may be known
        (r"2 + 3 + 5 + 7 + \cdots = 17", False),  # nothing has a value
        (r"\{5\} \cup A = B", False),
        (r"x + 1 = x + 2", False),  # refuted
    ],
)
def test_sympy_is_asked_of_what_has_values_or_closed_forms(asked, latex, by_sympy):
    derive.decide(latex)
    assert (SYMPY in asked) is by_sympy


def test_a_finite_sum_is_decided_in_this_process(asked):
    verdict = derive.decide(r"\sum_{k=1}^n k = \frac{n(n+1)}{2}")
    assert verdict.status.value == "proved"
    assert CLIMB not in asked


def test_an_integral_is_decided_where_it_can_be_stopped(asked):
    derive.decide(r"\int_0^1 e^{-x^2} dx = \frac12")
    assert CLIMB in asked


def test_what_takes_longer_than_it_is_short_is_asked_of_the_worker(asked, monkeypatch):
    monkeypatch.setattr(proving, "SHORT", Allowance(steps=0, seconds=1.0))
    verdict = derive.decide(r"\sum_{k=1}^n k = \frac{n(n-1)}{2}")
    assert verdict.status.value == "refuted"
    assert CLIMB in asked
