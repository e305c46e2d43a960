"""How a document's other lines decide what a letter before a parenthesis is."""

import pytest

from derive.context import read_claims
from derive.documents import read_document
from derive.model import Claim, Source
from derive.term.nodes import Call, Constant, Element, Pow, Probability, Symbol, Term
from derive.term.traverse import walk


def last(text: str) -> list[tuple[Term, Term]]:
    """The readings of the last relation of a document, best first."""
    entry = read_claims(read_document(Source("notes.md", text)))[-1]
    claim = entry if isinstance(entry, Claim) else entry.claim
    assert claim is not None
    return [reading.terms for reading in claim.readings] or [(claim.left, claim.right)]


def called(side: Term) -> set[str]:
    return {n.function.name for n in walk(side) if isinstance(n, Call) and isinstance(n.function, Symbol)}


@pytest.mark.parametrize(
    ("before", "formula", "names"),
    [
        (r"$\mathbf{q} = \mathbf{M} x$", r"\mathbf{M}(\mathbf{q}) = 0", {r"\mathbf{M}"}),
        (r"$\mathbf{x}^\top \mathbf{x} = 1$", r"\dot{\mathbf{x}}(t) = 0", {r"\dot{\mathbf{x}}"}),
        (r"$\theta \in \mathbb{R}$", r"\theta(z) = 0", {r"\theta"}),
        (r"$\sup_\theta \theta x = 1$", r"\theta(z) = 0", {r"\theta"}),
        ("$n = 1$", "n(k) = 0", {"n"}),
        ("$p(x) = x$, $np = 1$", "p(1-p) = 0", set()),
        ("$p_k(x) = x$", "p_k(1 - p_k) = 0", set()),
        (r"$\mathbf{x}(t) = 1$", r"\mathbf{x}(t + 1) = 0", {r"\mathbf{x}"}),
        ("$f(x) = 2 x$", "f(f(x)) = 4 x", {"f"}),
    ],
)
def test_the_best_reading(before: str, formula: str, names: set[str]) -> None:
    left, _ = last(f"{before}\n\n$${formula}$$")[0]
    assert called(left) == names


def test_a_function_that_is_also_a_factor_is_read_both_ways() -> None:
    readings = last("$g(x, u) = x u$ and $m g l = 1$\n\n$$ (m g(a + b))^2 = 2$$")
    assert [called(left) for left, _ in readings] == [set(), {"g"}]


def test_a_product_of_functions_makes_no_factor_of_them() -> None:
    readings = last("$f(x) = x^2$, $g(x) = x$, $(fg)' = 1$\n\n$$ (f(x + h))^2 = 2$$")
    assert [called(left) for left, _ in readings] == [{"f"}]


def test_the_circle_number_beside_a_policy() -> None:
    left, right = last(r"$\pi(s) = a$" + "\n\n" + r"$$\sqrt{2\pi(1 + x)} = 2\pi^2$$")[0]
    assert Constant("pi") in set(walk(left)) and not called(left)
    assert any(isinstance(n, Pow) and n.base == Constant("pi") for n in walk(right))


def test_the_unit_in_an_exponent_beside_an_index() -> None:
    text = "$\\sum_{i=1}^n x_i = 1$\n\n$$ %s = 0 $$"
    assert Constant("i") in set(walk(last(text % r"e^{2\pi i t}")[0][0]))
    assert Constant("i") not in set(walk(last(text % r"\sum_{i=1}^n e^{i t}")[0][0]))


@pytest.mark.parametrize("head", ["P(A) = P(B)", "P(S_1) P(S_2 | S_1) = 1", "E(X) = 1"])
def test_definitions_of_chance_leave_the_operators(head: str) -> None:
    for before in ("$P(A) = P(B)$", "$E(X) = 0$"):
        left, _ = last(f"{before}\n\n$$({head.split('=')[0]})^2 = 2$$")[0]
        assert not called(left)


def test_a_probability_beside_a_conditional_one() -> None:
    left, _ = last("$P(x) = x^2$\n\n$$P(S_1) P(S_2 | S_1) + 1 = 2$$")[0]
    assert not called(left) and sum(isinstance(n, Probability) for n in walk(left)) == 2


def test_elements_are_untouched() -> None:
    left, _ = last("$p_i (1 - p_i) = q$")[0]
    assert not called(left) and any(isinstance(n, Element) for n in walk(left))
