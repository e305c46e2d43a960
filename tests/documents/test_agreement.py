"""Two declarations of one macro agree where they differ in typography alone."""

import pytest

from derive.documents.agreement import meaning, plainest
from derive.documents.macros import declared


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        (r"\newcommand{\E}{\mathbb{E}}", r"\newcommand{\E}{\mathbf{E}\,}", True),
        (r"\newcommand{\Var}{\mathrm{Var}}", r"\DeclareMathOperator{\Var}{Var}", True),
        (r"\def\R{{\mathbb R}}", r"\newcommand{\R}{\ensuremath{\mathbf{R}}\xspace}", True),
        (r"\newcommand{\vv}[1]{\mathbf{#1}}", r"\newcommand{\vv}[1]{\boldsymbol{#1}}", True),
        (r"\newcommand{\tr}{\text{tr}}", r"\newcommand{\tr}{{\rm tr}}", True),
        (r"\newcommand{\N}{\mathcal{N}}", r"\newcommand{\N}{\mathbb{N}}", False),
        (r"\newcommand{\x}{\mathbf{x}}", r"\newcommand{\x}{x}", False),
        (r"\newcommand{\D}{\mathrm{d}}", r"\newcommand{\D}{\partial}", False),
        (r"\newcommand{\g}{\nabla}", r"\newcommand{\g}{\nabla_x}", False),
        (r"\newcommand{\V}[1]{\mathrm{Var}(#1)}", r"\newcommand{\V}{\mathrm{Var}}", False),
    ],
)
def test_what_agrees(one: str, other: str, agree: bool) -> None:
    (first,), (second,) = declared(one), declared(other)
    assert (meaning(first) == meaning(second)) is agree


def test_the_alphabet_that_tells_most_is_taken() -> None:
    bold, blackboard = declared(r"\newcommand{\R}{\mathbf{R}}") + declared(r"\newcommand{\R}{\mathbb{R}}")
    assert plainest((bold, blackboard)) == blackboard
