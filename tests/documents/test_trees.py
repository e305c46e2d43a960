"""Four trees as authors keep them, each with one slip in a nested file, named in the ways that people name them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import derive

SLIP = "(c + d)^2 = c^2 + 3cd + d^2"

BOOK = {
    "_quarto.yml": "project:\n  type: book\nbook:\n  chapters:\n    - index.qmd\n    - parts/sums.qmd\n",
    "index.qmd": "# About\n\nThroughout $1 + 1 = 2$.\n",
    "parts/sums.qmd": "# Sums\n\n{{< include ../common/_squares.qmd >}}\n\nSo $2 + 3 = 5$.\n",
    "common/_squares.qmd": f"Expanding the bracket, $${SLIP}.$$\n",
}
PAPER = {
    ".git/HEAD": "",
    "shared/preamble.tex": "\\newcommand{\\third}{\\frac{1}{3}}\n",
    "text/main.tex": "\\documentclass{article}\n\\input{../shared/preamble}\n\\begin{document}\n"
    "\\input{sections/one}\n\\include{sections/two}\n\\end{document}\n",
    "text/sections/one.tex": "Then $\\third + \\third = 2 \\third$.\n",
    "text/sections/two.tex": "\\input{sections/deep/three}\n",
    "text/sections/deep/three.tex": f"Expanding the bracket, \\[{SLIP}.\\]\n",
}
PACKAGE = {
    "pyproject.toml": "[project]\nname = 'sums'\nversion = '0'\n",
    "README.rst": "Sums\n====\n\nHere :math:`2 + 2 = 4`.\n",
    "docs/conf.py": "project = 'sums'\nmathjax3_config = {'tex': {'macros': {'third': r'\\frac{1}{3}'}}}\n",
    "docs/index.rst": "Sums\n====\n\n.. include:: ../README.rst\n",
    "docs/guide/one.rst": "One\n===\n\nWe have :math:`3 \\third = 1`.\n",
    "src/sums/deep/square.py": 'def square(c, d):\n    r"""The square of a sum.\n\n    Notes\n    -----\n'
    f'    It expands as\n\n    .. math:: {SLIP}\n    """\n    return (c + d) ** 2\n',
}


def _notebook(*cells: tuple[str, str]) -> str:
    made = [{"cell_type": kind, "metadata": {}, "source": text.splitlines(True)} for kind, text in cells]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)


NOTEBOOKS = {
    "first.ipynb": _notebook(("markdown", "# First\n\nOf course $1 + 2 = 3$.\n"), ("code", "x = 1\n")),
    "week/second.ipynb": _notebook(
        ("code", "y = 2\n"), ("markdown", f"# Second\n\nExpanding, $${SLIP}.$$\n")
    ),
    "week/.ipynb_checkpoints/second.ipynb": _notebook(("markdown", f"$${SLIP}$$\n")),
}


@pytest.mark.parametrize(
    ("files", "folder", "named", "told", "checked"),
    [
        (BOOK, ".", ".", "common/_squares.qmd", 3),
        (BOOK, ".", "parts/sums.qmd", "common/_squares.qmd", 2),
        (PAPER, ".", ".", "text/sections/deep/three.tex", 5),
        (PAPER, "text", "main.tex", "text/sections/deep/three.tex", 5),
        (PAPER, ".", "text/main.tex", "text/sections/deep/three.tex", 5),
        (NOTEBOOKS, ".", ".", "week/second.ipynb", 2),
        (PACKAGE, ".", ".", "src/sums/deep/square.py", 4),
        (PACKAGE, ".", "docs/index.rst", None, 2),
        (PACKAGE, "docs", "index.rst", None, 2),
    ],
)
def test_the_slip_is_told_once_at_its_place(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    files: dict[str, str],
    folder: str,
    named: str,
    told: str | None,
    checked: int,
) -> None:
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path / folder)
    report = derive.check(named)
    found = [Path(f.path).resolve() for f in derive.findings(report) if f.severity == "error"]
    assert found == ([(tmp_path / told).resolve()] if told is not None else [])
    assert len(report.files) == checked and not report.problems
    assert not any("not read" in note for note in report.notes)
