"""Declarations of macros, one by one."""

from __future__ import annotations

import pytest

from derive.documents.macros import configured, declarations
from derive.model import Macro


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\newcommand{\a}{x}", Macro("a", "x")),
        (r"\newcommand\a[1]{#1}", Macro("a", "#1", 1)),
        (r"\newcommand{\a}[2][{[]}]{#1 #2}", Macro("a", "#1 #2", 2, "{[]}")),
        (r"\def\a#1#2{#1}", Macro("a", "#1", 2)),
        (r"\let\a\alpha", Macro("a", r"\alpha")),
        (r"\newcommandx\a[2][1={x, y}]{#1 #2}", Macro("a", "#1 #2", 2, "x, y")),
        (r"\newcommandx\a[1][1=\mu]{#1}", Macro("a", "#1", 1, r"\mu")),
        (r"\newcommandx\a[2][1=x,2=y]{#1 #2}", None),
        (r"\newcommandx\a[2][2=y]{#1 #2}", None),
        (r"\DeclarePairedDelimiter{\a}{\lvert}{\rvert}", Macro("a", r"\left\lvert #2 \right\rvert", 2, "")),
        (r"\DeclarePairedDelimiter\a\langle\rangle", Macro("a", r"\left\langle #2 \right\rangle", 2, "")),
        (
            r"\DeclarePairedDelimiterX\a[2]{(}{)}{#1 \delimsize\| #2}",
            Macro("a", r"\left( #2 \middle\| #3 \right)", 3, ""),
        ),
        (r"\NewDocumentCommand{\a}{m m}{#1 #2}", Macro("a", "#1 #2", 2)),
        (r"\NewDocumentCommand\a{O{x} m}{#1 #2}", Macro("a", "#1 #2", 2, "x")),
        (r"\RenewDocumentCommand\a{}{z}", Macro("a", "z")),
        (r"\NewDocumentCommand\a{s o m}{\IfBooleanTF{#1}{x}{y}}", None),
    ],
)
def test_latex(text: str, expected: Macro | None) -> None:
    ((macro, start, end),) = declarations(text)
    assert (macro, start, end) == (expected, 0, len(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('macros: {R: "\\\\mathbb{R}"}', [Macro("R", r"\mathbb{R}")]),
        ("'macros': {'\\\\R': '\\\\mathbb{R}', half: ['\\\\frac{#1}2', 1]}", [Macro("R", r"\mathbb{R}"), Macro("half", r"\frac{#1}2", 1)]),
        ("Macros: {R: `\\\\mathbb{R}`, Q: String.raw`\\mathbb{Q}`}", [Macro("R", r"\mathbb{R}"), Macro("Q", r"\mathbb{Q}")]),
        ("macros: { // of ours\n a: 'x', // one\n /* b: 'y', */ c: 'z' }", [Macro("a", "x"), Macro("c", "z")]),
        ("// macros: {a: 'x'}\n<!-- macros: {b: 'y'} -->", []),
        ("macros: {a: 'x', b: 'y' + z, c: 'z'}", [Macro("a", "x")]),
        ("macros: {a: f('x')}", []),
    ],
)  # fmt: skip
def test_scripts(text: str, expected: list[Macro]) -> None:
    assert list(configured(text)) == expected
