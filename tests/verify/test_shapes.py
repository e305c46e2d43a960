"""Dimensions that nobody stated, and what refutations about arrays must survive."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from derive.judge.doubts import examined, other_layout, symmetric
from derive.meaning.formula import read_term
from derive.model import Claim, Span, Stance, Status
from derive.reasons import unsupported
from derive.reasons.gaps import Gap
from derive.term.nodes import Relation, Symbol, Type
from derive.term.scope import Definition, Scope
from derive.verify.ladder.tower import decide_link
from derive.verify.models.shapes import fitted

MATRIX_AND_VECTORS: Mapping[str, Type] = {
    "X": Type(shape=("m_X", "n_X")),
    "w": Type(shape=("n_w",)),
    "y": Type(shape=("n_y",)),
}


def shapes(latex: str, types: Mapping[str, Type] = MATRIX_AND_VECTORS) -> dict[str, object]:
    term = read_term(latex, Scope(symbols=types))
    return {name: kind.shape for name, kind in fitted(types, [term]).items()}


def test_a_product_makes_inner_dimensions_equal() -> None:
    found = shapes("X w - y")
    rows, columns = found["X"]  # type: ignore[misc]
    assert found["w"] == (columns,) and found["y"] == (rows,) and rows != columns


def test_what_fits_in_no_way_stays_as_it_was() -> None:
    assert shapes("w y") == {name: kind.shape for name, kind in MATRIX_AND_VECTORS.items()}


def test_what_an_author_declares_is_not_changed() -> None:
    types = {"X": Type(shape=("m", "n")), "w": Type(shape=("k",)), "y": Type(shape=("n_y",))}
    assert shapes("X w + y", types) == {"X": ("m", "n"), "w": ("k",), "y": ("n_y",)}


def test_both_sides_of_an_equation_agree() -> None:
    found = shapes("X^\\top X = X")
    assert len(set(found["X"])) == 1  # type: ignore[call-overload]


def claim(latex: str, scope: Scope) -> Claim:
    term = read_term(latex, scope)
    assert isinstance(term, Relation)
    return Claim(Span(0, 0), term.left, "=", term.right, scope, Stance.ASSERTED, latex)


@pytest.mark.parametrize(
    ("latex", "status"),
    [
        (r"\nabla_u (u^\top P u) = 2 P u", Status.UNDECIDED),  # true of a symmetric P
        (r"\nabla_u (u^\top P u) = 3 P u", Status.REFUTED),
        (r"\nabla_w \|Xw\|^2 = 2 X X w", Status.REFUTED),  # X is square for this slip alone
    ],
)
def test_matrices_may_be_symmetric_unless_the_slip_alone_makes_them_square(
    latex: str, status: Status
) -> None:
    scope = Scope(symbols={**MATRIX_AND_VECTORS, "P": Type(shape=("m_P", "n_P")), "u": Type(shape=("n_u",))})
    c = claim(latex, scope)
    verdict = decide_link(c)
    assert verdict.status is Status.REFUTED
    assert examined(c, verdict, decide_link, lambda: [symmetric.DOUBT]).status is status


def test_a_derivative_by_a_matrix_may_have_the_transposed_shape() -> None:
    scope = Scope(symbols={"X": Type(shape=("m_X", "n_X")), "B": Type(shape=("m_B", "n_B"))})
    c = claim(r"\frac{\partial}{\partial X} \operatorname{tr}(X B) = B", scope)
    verdict = decide_link(c)
    assert verdict.status is Status.REFUTED
    assert examined(c, verdict, decide_link, lambda: [other_layout.DOUBT]).status is Status.UNDECIDED


def test_a_definition_by_dots_refutes_nothing_and_takes_no_derivative() -> None:
    body = read_term("a + b + \\cdots")
    scope = Scope(definitions={"s": Definition("s", body)})
    assert decide_link(claim("s + s = 2s", scope)).status is Status.PROVED
    wrong = decide_link(claim("s + s = 3s", scope))
    assert (wrong.status, wrong.reason) == (Status.UNDECIDED, unsupported(Gap.DOTS))
    by_a = decide_link(claim(r"\frac{\partial}{\partial a} s = 0", scope))
    assert by_a.status is Status.UNDECIDED


def test_a_bold_letter_with_an_index_is_one_of_several_vectors() -> None:
    from derive.calculus.gradient import shape_of
    from derive.term.nodes import Element

    x = "\\mathbf{x}"
    scope = Scope(symbols={x: Type(shape=("n_x",))}, usage={x: frozenset({"listed"})})
    term = read_term("\\mathbf{x}_i", scope)
    assert isinstance(term, Element) and shape_of(term) == ("n_x",)
    assert shape_of(read_term("\\mathbf{x}_i", Scope(symbols=scope.symbols))) == ()
    assert shape_of(read_term("\\mathbf{x}", scope)) == ("n_x",)
    assert isinstance(read_term("\\mathbf{x}", scope), Symbol)
