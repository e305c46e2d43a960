"""Solution sets: same, roots gained, roots lost."""

import pytest

from derive import read
from derive.term.nodes import Relation
from derive.term.scope import Scope
from derive.verify.provers.solutions import compare_solutions


def equation(left: str, right: str) -> Relation:
    return Relation("=", read(left), read(right))


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        (("2x+1", "5"), ("x", "2"), "same"),
        (("x", "2"), ("x^2", "4"), "enlarged"),
        (("x^2", "x"), ("x", "1"), "lost"),
        (("x^3", "8"), ("x", "2"), "same"),
        (("x^2", "1"), ("x^2+x", "0"), "different"),
        ((r"\frac{x^2-1}{x-1}", "0"), ("x", "-1"), "same"),
    ],
)
def test_solutions(first: tuple[str, str], second: tuple[str, str], kind: str) -> None:
    found = compare_solutions(equation(*first), equation(*second), Scope())
    assert found is not None and found.kind == kind


def test_lost_roots_are_told() -> None:
    found = compare_solutions(equation("x^2", "x"), equation("x", "1"), Scope())
    assert found is not None and [e.to_latex() for e in found.lost] == ["x = 0"]


def test_with_a_bound_on_the_variable_nothing_is_claimed() -> None:
    scope = Scope().with_hypotheses(Relation(">", read("x"), read("0")))
    assert compare_solutions(equation("x", "2"), equation("x^2", "4"), scope) is None or (
        compare_solutions(equation("x", "2"), equation("x^2", "4"), scope).kind == "same"  # type: ignore[union-attr]
    )
