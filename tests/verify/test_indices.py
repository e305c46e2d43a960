"""Proofs by index notation: what they reach, what they must not."""

import pytest

import derive
from derive.front.decide import claims_of
from derive.verify.indices.expression import atom, plus, scaled, summed, text, times
from derive.verify.indices.prove import prove_by_indices

SQUARE = r"A, B, C \in \mathbb{R}^{n \times n}"
OBLONG = r"A \in \mathbb{R}^{m \times n}"


def proved(latex: str, *given: str) -> bool:
    claim = claims_of(latex, given)[0].links[0]
    return prove_by_indices(claim.left, claim.right, claim.scope) is not None


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"(A B)^\top = B^\top A^\top", (SQUARE,)),
        (r"\operatorname{tr}(A B C) = \operatorname{tr}(C A B)", (SQUARE,)),
        (r"x^\top A y = y^\top A^\top x", (OBLONG, r"x \in \mathbb{R}^m", r"y \in \mathbb{R}^n")),
        (r"x^\top A x = 0", (SQUARE, r"A = -A^\top", r"x \in \mathbb{R}^n")),
        (r"\|A x\|^2 = \|x\|^2", (OBLONG, r"x \in \mathbb{R}^n", r"A^\top A = I")),
        (r"A A A = A", (SQUARE, r"A^2 = A")),
        (r"\operatorname{diag}(x) y = x \odot y", (r"x, y \in \mathbb{R}^n",)),
        (r"(A^{-1})^\top = (A^\top)^{-1}", (SQUARE,)),
    ],
)
def test_equal_in_any_dimension(latex: str, given: tuple[str, ...]) -> None:
    assert derive.decide(latex, given=given).status.value == "proved"


@pytest.mark.parametrize(
    ("latex", "given"),
    [
        (r"A B = B A", (SQUARE,)),
        (r"\operatorname{tr}(A B C) = \operatorname{tr}(A C B)", (SQUARE,)),
        (r"x^\top A x = 0", (SQUARE, r"x \in \mathbb{R}^n")),
        (r"A A^\top = B", (OBLONG, r"A^\top A = I", r"B \in \mathbb{R}^{m \times m}")),
        (r"A A = A", (SQUARE,)),
        (r"x \odot y = x^\top y", (r"x, y \in \mathbb{R}^n",)),
    ],
)
def test_what_differs_is_not_proved(latex: str, given: tuple[str, ...]) -> None:
    assert not proved(latex, *given)


def test_the_names_of_bound_indices_do_not_count() -> None:
    one = summed(times(atom("A", "i", "p"), atom("B", "p", "j")), "p", "n")
    other = summed(times(atom("B", "q", "j"), atom("A", "i", "q")), "q", "n")
    assert text(one) == text(other)
    assert text(plus(one, scaled(other, -1))) == "0"
    assert text(one) != text(summed(times(atom("A", "i", "p"), atom("B", "j", "p")), "p", "n"))
