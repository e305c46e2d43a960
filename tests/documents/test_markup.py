"""AsciiDoc, Org, PreTeXt, Julia's docstrings: formulas, blocks and exact places."""

from __future__ import annotations

import time

import pytest
from documents import formulas, outline, read

LATEX = ":stem: latexmath\n\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("So latexmath:[x^2] and latexmath:[$y$].", ["x^2", "y"]),
        (LATEX + "So stem:[x_{[1\\]}] here", ["x_{[1]}"]),
        (LATEX + "[stem]\n++++\na = b\n++++\n\nthen stem:[c]", ["a = b", "c"]),
        ("[latexmath#eq-a]\n++++\na\n= b\n++++\n", ["a\n= b"]),
        ("----\nlatexmath:[x]\n----\n\nlatexmath:[y]", ["y"]),
        ("[source,c]\n----\nlatexmath:[x]\n----\n// latexmath:[z]\n`latexmath:[w]`", []),
        ("|===\n|a |latexmath:[x]\n|===", ["x"]),
        ("NOTE: See latexmath:[x].\n\n* one latexmath:[y]\n** two latexmath:[z]", ["x", "y", "z"]),
    ],
)
def test_asciidoc(text: str, expected: list[str]) -> None:
    assert formulas(text, "a.adoc") == expected


def test_asciimath_is_told_and_not_read() -> None:
    document = read("So stem:[sqrt x] and\n\n[stem]\n++++\nx/y\n++++\n", "a.adoc")
    assert not document.formulas and "2 formulas are in AsciiMath" in document.problems[0].message


def test_asciidoc_blocks() -> None:
    text = "= Book\n\n== Part\n\nwords *bold*\n\n[theorem]\n====\nFor latexmath:[x]\n====\n\n* item\n"
    assert outline(text, "a.adoc") == [
        ("heading", 1, "Book"),
        ("heading", 2, "Part"),
        ("paragraph", 0, "words bold"),
        ("paragraph", 0, "For ⟦x⟧"),
        ("item", 1, "item"),
    ]
    assert [b.name for b in read(text, "a.adoc").blocks][3:] == ["theorem", None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"So \(x^2\) and $y$ and $$z$$ and \[w\].", ["x^2", "y", "z", "w"]),
        ("It costs $5 and 6$7, =$x$= and ~$y$~", []),
        ("\\begin{align}\na &= b\n\\end{align}\nthen $c$", ["\\begin{align}\na &= b\n\\end{align}", "c"]),
        ("\\begin{equation}\na = b\n\\end{equation}", ["a = b"]),
        ("#+begin_src python\n$x$\n#+end_src\n\n$y$", ["y"]),
        ("# $x$\n: $x$\n#+OPTIONS: $x$\n$y$", ["y"]),
        ("- one $x$\n  goes on $y$\n- two $z$", ["x", "y", "z"]),
        ("| $x$ | a |\n|-----|---|\n", ["x"]),
        (":PROPERTIES:\n:ID: $x$\n:END:\n$y$", ["y"]),
        ("$x = y$ with x = 1 and y = 2, $z$", ["x = y", "z"]),
    ],
)
def test_org(text: str, expected: list[str]) -> None:
    assert formulas(text, "a.org") == expected


def test_org_blocks_and_macros() -> None:
    text = "#+LATEX_HEADER: \\newcommand{\\R}{x}\n* One\n** TODO Two\n#+begin_theorem\nFor $x$\n#+end_theorem\n- item\n"
    assert outline(text, "a.org") == [
        ("heading", 1, "One"),
        ("heading", 2, "Two"),
        ("paragraph", 0, "For ⟦x⟧"),
        ("item", 1, "item"),
    ]
    assert [m.name for m in read(text, "a.org").macros] == ["R"]
    assert read(text, "a.org").blocks[2].name == "theorem"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>So <m>x \\lt y</m> and <me>a &lt; b</me>.</p>", ["x <y", "a < b"]),
        ('<p><men xml:id="eq-a">a = b</men></p>', ["a = b"]),
        ("<md><mrow>a \\amp= b</mrow><mrow>\\amp= c</mrow></md>", ["a &= b\\\\ &= c"]),
        ("<md>\n <mrow>a</mrow>\n <intertext>so</intertext>\n <mrow>b</mrow>\n</md>", ["a\n \\\\ b"]),
        ("<c>&lt;m&gt;</c><program><m>x</m></program><!-- <m>y</m> --><m>z</m>", ["z"]),
        ("<p><m>x</p><p><me>y</me></p>", ["y"]),
    ],
)
def test_pretext(text: str, expected: list[str]) -> None:
    assert formulas(text, "a.ptx") == expected


def test_pretext_blocks() -> None:
    text = (
        "<pretext><docinfo><macros>\\newcommand{\\R}{x}</macros></docinfo><book><title>B</title><chapter>"
        "<title>One <m>x</m></title><p>Words <em>here</em> too.</p><theorem><statement><p>For <m>y</m></p></statement>"
        "</theorem><ol><li><p>item</p></li></ol></chapter></book></pretext>"
    )
    assert outline(text, "a.ptx") == [
        ("heading", 1, "B"),
        ("heading", 2, "One ⟦x⟧"),
        ("paragraph", 0, "Words here too."),
        ("paragraph", 0, "For ⟦y⟧"),
        ("item", 1, "item"),
    ]
    document = read(text, "a.ptx")
    assert [m.name for m in document.macros] == ["R"] and document.blocks[3].name == "theorem"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '"""\n    f(x)\n\nThe value ``x^2``, `code`.\n\n```math\na = b\n```\n"""\nf(x) = x\n',
            ["x^2", "a = b"],
        ),
        ('raw"""\nWith $x_1$ and ``\\alpha``.\n"""\nf\n', ["x_1", "\\alpha"]),
        ('@doc raw"""\n``x``\n""" f\n', ["x"]),
        ('"""\nEscaped ``\\\\alpha``\n"""\nf\n', ["\\alpha"]),
        ('module M\n    """\n    Indented ``x``\n    and ``y``\n    """\n    f\nend\n', ["x", "y"]),
        ('x = """ ``x`` """ # ``y``\n#= ``z`` #= =# ``w`` =#\n', []),
        ('c = \'"\'\n"One line ``x``."\nf\n', ["x"]),
        ('A\' * "``x``"\n', []),
    ],
)
def test_julia(text: str, expected: list[str]) -> None:
    assert formulas(text, "a.jl") == expected


def test_weave() -> None:
    text = "# T\n\nSo $x$ and ``y``.\n\n```julia\n$z$\n```\n"
    assert formulas(text, "a.jmd") == ["x", "y"]
    assert formulas(text, "a.md") == ["x"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("```{math}\n:label: x\n:nowrap: true\n\na = b\n```\n", ["a = b"]),
        (":::{math}\n:label: x\na = b\n:::\n\nthen $c$", ["a = b", "c"]),
        ("So {math}`a = b` and {eq}`x` and `$c$`.", ["a = b"]),
        ("```{note}\n:class: tip\nSee $x$\n```\n", ["x"]),
        ("````{admonition} Title $t$\nwords $k$\n\n```{math}\nk = l\n```\n````\n", ["t", "k", "k = l"]),
        (
            "::::{prf:theorem} Name\n:label: t\n\nFor $x$:\n\n:::{math}\nh = i\n:::\n::::\n\n$y$",
            ["x", "h = i", "y"],
        ),
        ("```{code-cell} python\n$no$\n```\n\n:::{code-block} c\n$no$\n:::\n", []),
        ("```{eval-rst}\n.. math:: o = p\n```\n", ["o = p"]),
        ("```{=latex}\n\\begin{align} a &= b \\end{align}\n```\n", ["\\begin{align} a &= b \\end{align}"]),
        ("::: {#thm-a .theorem}\nFor $x$\n:::\n\n::: callout-note\n$y$\n:::\n", ["x", "y"]),
    ],
)
def test_myst_and_quarto(text: str, expected: list[str]) -> None:
    assert formulas(text, "a.md") == expected


def test_labels_of_myst_and_quarto() -> None:
    text = "$$\na\n$$ {#eq-one}\n\n$$b$$ (eq:two)\n\n$$\nc\n$$ (where d holds)\n\n```{math}\n:label: three\ne\n```\n"
    document = read(text, "a.qmd")
    assert [f.label for f in document.formulas] == ["eq-one", "eq:two", None, "three"]
    assert "where d holds" in outline(text, "a.qmd")[2][2]


@pytest.mark.parametrize("suffix", [".adoc", ".org", ".ptx", ".jl", ".md"])
@pytest.mark.parametrize(
    "text",
    [
        "latexmath:[" * 50_000,
        "latexmath:[\\]" * 30_000,
        "\\begin{align}\n" * 5_000,
        "#+begin_src\n" * 20_000,
        "====\n----\n" * 20_000,
        "<m>" * 50_000,
        "<p>" * 50_000,
        "<" * 200_000,
        "<mrow" * 50_000,
        '"""' * 50_001,
        "#=" * 50_000,
        "- " * 50_000,
        "x" * 2_000_000,
        "```{note}\n" * 3_000,
        ":::{note}\n" * 5_000,
        "{math}`" * 20_000,
        "$$ x $$ (" * 10_000,
    ],
    ids=lambda text: text[:12].strip(),
)
def test_hostile_documents_take_linear_time(text: str, suffix: str) -> None:
    begun = time.process_time()
    read(text, "a" + suffix)
    assert time.process_time() - begun < 10
