"""Jupyter notebooks: places are those in the raw file."""

import json

import pytest
from documents import read

from derive.documents.notebook import lines_of_cells
from derive.model import Span


def notebook(*cells: tuple[str, object]) -> str:
    return json.dumps({"cells": [{"cell_type": kind, "source": source} for kind, source in cells]}, indent=1)


def test_markdown_cells() -> None:
    text = notebook(
        ("markdown", ["# Title\n", "\n", "Let $x = 1$:\n", "$$\n", "\\frac{1}{2} = y\n", "$$"]),
        ("code", ["print('$no$')"]),
        ("markdown", "é and $\\theta$"),
    )
    document = read(text, "a.ipynb")
    assert [b.kind for b in document.blocks] == ["heading", "paragraph", "paragraph"]
    assert [f.latex for f in document.formulas] == ["x = 1", "\\frac{1}{2} = y", "\\theta"]
    plain, fraction, _ = document.formulas
    assert text[plain.span.start : plain.span.end] == "x = 1"
    place = fraction.locate(Span(fraction.latex.index("y"), len(fraction.latex)))
    assert text[place.start : place.end] == "y"
    assert text[fraction.span.start : fraction.span.end] == r"\\frac{1}{2} = y"


def test_macros_reach_over_cells() -> None:
    document = read(
        notebook(("markdown", "$$\\newcommand{\\R}{\\mathbb{R}}$$"), ("markdown", "$\\R$")), "a.ipynb"
    )
    assert [m.name for m in document.macros] == ["R"]
    assert len(document.formulas) == 1


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", '{"cells": 3}', '{"cells": [', '{"a" 1}', "not json", "[" * 5000, '{"cells": [}]}'],
)
def test_what_is_no_notebook(text: str) -> None:
    document = read(text, "a.ipynb")
    assert not document.formulas
    assert "not a Jupyter notebook" in document.problems[0].message


def test_odd_cells() -> None:
    text = json.dumps(
        {"cells": [3, {}, {"cell_type": "markdown"}, {"cell_type": "markdown", "source": [1, "$x$"]}]}
    )
    assert [f.latex for f in read(text, "a.ipynb").formulas] == ["x"]


def test_the_lines_of_cells() -> None:
    text = notebook(("code", "a\nb\n"), ("markdown", ["# Title\n", "\n", "x\n", "y"]), ("markdown", ""))
    found = [(c.cell, c.line, text[c.start]) for c in lines_of_cells(text)]
    assert found == [(1, 1, "a"), (1, 2, "b"), (2, 1, "#"), (2, 2, "\\"), (2, 3, "x"), (2, 4, "y")]
    assert lines_of_cells("{") == ()


def test_a_cell_of_many_escapes_is_told_and_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("derive.documents.notebook.MOST_ESCAPES", 50)
    text = notebook(("code", "\n" * 60), ("markdown", "\n" * 60), ("markdown", "$x$"))
    document = read(text, "a.ipynb")
    assert [f.latex for f in document.formulas] == ["x"]
    (problem,) = document.problems
    assert problem.unread and "60 escapes: not read" in problem.message
    assert {c.cell for c in lines_of_cells(text)} == {3}
