"""reStructuredText: blocks, directives and roles, every place exact."""

from __future__ import annotations

import time

import pytest
from documents import formulas, outline, read

from derive.model import Span


def rst(text: str) -> list[str]:
    return formulas(text, "a.rst")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The :math:`x^2` and `y`:math: here.", ["x^2", "y"]),
        ("Over :math:`a\n+ b` two lines", ["a\n+ b"]),
        ("``:math:`no``` and `:math:` alone", []),
        (r"\:math: and \`x`", []),
        ("Dollars $a_1 = b$, $x$ and $$c = d$$.", ["a_1 = b", "x", "c = d"]),
        ("It costs $5 and $6, or $HOME/$USER, a$b$c.", []),
        (".. default-role:: math\n\nNow `x` and `link`_.", ["x"]),
        (".. role:: m(math)\n\nNow :m:`x`.", ["x"]),
        (".. |a| replace:: :math:`\\alpha`\n\nUse |a| and |A| and |b|.", [r"\alpha", r"\alpha"]),
        ("* one :math:`a`\n* two :math:`b`", ["a", "b"]),
        (".. math:: a = b", ["a = b"]),
        (".. math:: a\n   = b\n   :label: x", ["a\n   = b"]),
        (".. math::\n   :label: x\n   :nowrap:\n\n   a = b\n\n   c = d", ["a = b", "c = d"]),
        (".. math::\n\n   a = b\n   :label: x", ["a = b"]),
        (".. math:: :nowrap:\n\n   a = b", ["a = b"]),
        (".. math::\n\n   \\begin{a}\n\n   x\n\n   \\end{a}", ["\\begin{a}\n\n   x\n\n   \\end{a}"]),
        (".. math::\n\n    a = b\n\n with\n\n .. math::\n\n    c = d", ["a = b", "c = d"]),
        ("Words\n.. math:: a = b", ["a = b"]),
        (".. code-block:: c\n\n   :math:`x`\n\nthen :math:`y`", ["y"]),
        ("Literal::\n\n   :math:`x`\n\nthen :math:`y`", ["y"]),
        ("Quoted::\n\n> :math:`x`\n> z\n\nthen :math:`y`", ["y"]),
        (".. a comment :math:`x`\n   :math:`x`\n\nthen :math:`y`", ["y"]),
        ("..\n\n   quote :math:`y`", ["y"]),
        (">>> f(':math:`x`')\n2\n\nthen :math:`y`", ["y"]),
        (".. note:: One :math:`x`\n   :class: c\n\n   two :math:`y`", ["x", "y"]),
        (".. [1] Foot :math:`x`", ["x"]),
        (".. _target: http://x\n\nthen :math:`y`", ["y"]),
        (".. list-table::\n   :header-rows: 1\n\n   * - :math:`x`\n     - :math:`y`", ["x", "y"]),
        ("+---+\n| :math:`|x|` |\n+---+\n", ["|x|"]),
        ("===  ===\na    :math:`x\n     + y`\n===  ===\n\nand :math:`z`", ["x\n     + y", "z"]),
        ("term\n   definition :math:`y`", ["y"]),
        (":param x: The :math:`x`\n   and :math:`y`", ["x", "y"]),
        (".. image:: x.png\n   :alt: :math:`x`", []),
        (".. math::\n\r\n   a\r\n   = b\r\n", ["a\r\n   = b"]),
    ],
)
def test_formulas(text: str, expected: list[str]) -> None:
    assert rst(text) == expected


def test_titles_lists_and_theorems() -> None:
    text = (
        "=====\nTitle\n=====\n\nPart\n====\n\nwords\n\nSub\n---\n\n- one\n\n  * two\n\n- three\n\n"
        ".. prf:theorem:: Name\n   :label: t\n\n   For :math:`x`\n\nAfter\n"
    )
    assert outline(text, "a.rst") == [
        ("heading", 1, "Title"),
        ("heading", 2, "Part"),
        ("paragraph", 0, "words"),
        ("heading", 3, "Sub"),
        ("item", 1, "one"),
        ("item", 2, "two"),
        ("item", 1, "three"),
        ("paragraph", 0, "Name"),
        ("paragraph", 0, "For ⟦x⟧"),
        ("paragraph", 0, "After"),
    ]
    assert [b.name for b in read(text, "a.rst").blocks][-3:] == ["theorem", "theorem", None]


def test_labels_and_prose() -> None:
    text = "See :eq:`b`, :ref:`the text <x>`, *em* and ``code``.\n\n.. math:: a = b\n   :label: b\n"
    document = read(text, "a.rst")
    assert outline(text, "a.rst")[0][2] == "See , the text, em and code."
    assert [f.label for f in document.formulas] == ["b"]


def test_macros_of_a_raw_block_and_of_a_formula() -> None:
    text = (
        ".. raw:: latex\n\n   \\newcommand{\\R}{x}\n\n.. math::\n\n   \\newcommand{\\S}{y}\n\n   \\S = \\R\n"
    )
    document = read(text, "a.rst")
    assert [m.name for m in document.macros] == ["R", "S"]
    assert [f.latex for f in document.formulas] == [r"\S = \R"]


def test_a_substitution_has_the_place_of_its_use() -> None:
    text = ".. |a| replace:: :math:`\\alpha`\n\nUse |a|.\n"
    (formula,) = read(text, "a.rst").formulas
    assert text[formula.span.start : formula.span.end] == "|a|"
    assert formula.locate(Span(0, 6)).start == formula.span.start


@pytest.mark.parametrize("text", ["Open :math:`x and\n\nnext", ".. math::\n\nx = y not indented"])
def test_what_is_not_read_is_told(text: str) -> None:
    document = read(text, "a.rst")
    assert not document.formulas and len(document.problems) == 1


@pytest.mark.parametrize(
    "text",
    [
        ":math:`" * 60_000,
        "$" * 50_000,
        "$a " * 100_000,
        "`" * 50_000,
        "``x` " * 60_000,
        "|a" * 100_000,
        "- " * 50_000,
        "\n".join(" " * k + "- a" for k in range(1500)),
        ".. note:: " * 100_000,
        "\n".join("   " * k + ".. note::\n" for k in range(700)),
        ".. math::\n\n" + "   \\begin{x}\n\n" * 50_000,
        "a\n=\n" * 50_000,
        "=\n" * 60_000,
        "==  ==\n" * 50_000,
        ".. |a| replace:: x\n" * 50_000,
        "x" * 5_000_000,
        ":a" * 50_000,
        ".. _a" + ":b" * 100_000,
        "\\" * 1_000_001,
        "[a" * 100_000,
    ],
    ids=lambda text: text[:12].strip(),
)  # fmt: skip
def test_hostile_documents_take_linear_time(text: str) -> None:
    begun = time.process_time()
    read(text, "a.rst")
    assert time.process_time() - begun < 10
