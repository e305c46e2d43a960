"""Markdown as documents write it."""

import pytest
from documents import formulas, outline, read

from derive.documents import bounded

BS = "\\"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Let $x = 1$ and $y$.", ["x = 1", "y"]),
        ("$$x = 1$$", ["x = 1"]),
        ("$$\nx\n= 1\n$$", ["x\n= 1"]),
        (r"see \(x = 1\) and \[y = 2\].", ["x = 1", "y = 2"]),
        (r"see \\(x = 1\\) and \\[y = 2\\].", ["x = 1", "y = 2"]),
        (
            "\\begin{align}\na &= b \\\\\nc &= d\n\\end{align}",
            ["\\begin{align}\na &= b \\\\\nc &= d\n\\end{align}"],
        ),
        (r"\begin{equation}x = 1\end{equation}", ["x = 1"]),
        ("```math\nx = 1\n```", ["x = 1"]),
        ("~~~ {.math}\nx = 1\n~~~", ["x = 1"]),
        ("```{math}\n:label: eq\nx = 1\n```", ["x = 1"]),
        ("GitHub's $`a_b = c`$ form", ["a_b = c"]),
        ("the $n$th and $k$NN", ["n", "k"]),
        ("with spaces $ x = y $ inside", ["x = y"]),
        ("> quoted $x$\n> $$\n> a = b\n> $$", ["x", "a = b"]),
        (r"$\text{if $x > 0$ then}\; y$ and $z$", [r"\text{if $x > 0$ then}\; y", "z"]),
        (r"a price of \$5 and $x$", ["x"]),
        (r"$5\$ + x$", [r"5\$ + x"]),
        ("$$a$$ and $$b$$", ["a", "b"]),
        ("- item $$a = b$$\n- other", ["a = b"]),
        ("| $a$ | $b$ |\n|---|---|\n| $c|d$ | $e$ |", ["a", "b", "c|d", "e"]),
        ("# The case $x = 1$", ["x = 1"]),
        ("text[^1] $a$\n\n[^1]: note $b$", ["a", "b"]),
        ("<div>\n\n$$a = b$$\n\n</div>", ["a = b"]),
        ('<p style="color:red">$x$</p>', ["x"]),
        ("{% raw %}$$ a = b $$ {% endraw %}", ["a = b"]),
    ],
)
def test_formulas(text: str, expected: list[str]) -> None:
    assert formulas(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It costs $5 and $10 in all.",
        "From $5-$10, or US$5 = A$7.",
        "Run `echo $HOME $x$` now.",
        "```\n$x = 1$\n```",
        "~~~python\nf'$$x$$'\n~~~",
        "```python\n$$\n```",
        "<!-- $x$ -->",
        "<!--\n$$x = 1$$\n\nmore $y$\n-->",
        "<pre>$x$</pre>",
        "<script>\nvar x = '$a$';\n\nvar y = '$b$';\n</script>",
        "---\ntitle: $x$\n---\n",
        r"escaped \$x = 1\$ dollars",
        r"see \[1\] and \(later\)",
        "    $x code",
        "export $PATH and ${HOME}",
        "a lone $ sign",
        "[link](http://a.b/$x$/c$)",
        "https://a.b/$x$",
        "``code with ` and $x$``",
        "$$ $$",
    ],
)
def test_what_is_no_formula(text: str) -> None:
    assert formulas(text) == []


def test_blocks() -> None:
    text = """# Title

When $y = 0$:

$$a = b$$

Words before
$$c = d,$$
words *after* it.

- one $e$
  goes on
    - two
- three

  its paragraph

Section
-------
1. first
2) second

plain
"""
    assert outline(text) == [
        ("heading", 1, "Title"),
        ("paragraph", 0, "When ⟦y = 0⟧:"),
        ("paragraph", 0, "⟦a = b⟧"),
        ("paragraph", 0, "Words before ⟦c = d,⟧ words after it."),
        ("item", 1, "one ⟦e⟧ goes on"),
        ("item", 2, "two"),
        ("item", 1, "three"),
        ("paragraph", 1, "its paragraph"),
        ("heading", 2, "Section"),
        ("item", 1, "first"),
        ("item", 1, "second"),
        ("paragraph", 0, "plain"),
    ]


def test_prose_is_readable() -> None:
    text = (
        "A **bold** _word_, a [link](http://x.y) and `code`&nbsp;&lt; 1; snake_case stays, "
        "so does 2 * 3.[^2] {#id} ![picture](p.png) \\* star <b>tag</b>"
    )
    ((_, _, shown),) = outline(text)
    assert " ".join(shown.split()) == (
        "A bold word, a link and code < 1; snake_case stays, so does 2 * 3. * star tag"
    )


def test_signs_at_the_start_of_a_line_in_a_display_are_no_list() -> None:
    text = "$$\na\n- b\n+ c\n> d\n# e\n$$\nand $x$"
    assert formulas(text) == ["a\n- b\n+ c\n> d\n# e", "x"]


def test_blank_lines_within_a_display() -> None:
    text = "$$\n\\begin{aligned}\na &= b \\\\\n\nc &= d\n\\end{aligned}\n$$\n\nWords."
    assert formulas(text) == ["\\begin{aligned}\na &= b \\\\\n\nc &= d\n\\end{aligned}"]
    assert not read(text).problems


def test_an_unclosed_display_ends_with_its_paragraph() -> None:
    document = read("First $x$.\n\n$$a = b\n\nThen words that go on for a while, and $y$.\n\n$$c = d$$\n")
    assert [f.latex for f in document.formulas] == ["x", "a = b", "y", "c = d"]
    (problem,) = document.problems
    assert document.source.text[problem.span.start : problem.span.end] == "$$"
    assert problem.span.start == 12
    assert "never closed" in problem.message


def test_an_environment_that_another_closes() -> None:
    document = read("\\begin{equation*}\na = b\n\\end{align*}\nand $c$")
    assert [f.latex for f in document.formulas] == ["a = b", "c"]
    assert len(document.problems) == 1


@pytest.mark.parametrize("opener", [r"\begin{align}", r"\\[", r"\["])
def test_other_unclosed_displays(opener: str) -> None:
    document = read(f"{opener}\na = b\n\nSome words follow here in a new paragraph with $y$.")
    assert document.formulas[-1].latex == "y"
    assert len(document.problems) == 1


def test_fenced_divs_name_their_blocks() -> None:
    document = read("::: {#thm-main .theorem}\n$a = b$\n:::\n\nafter\n\n::: proof\n$c$\n:::\n")
    assert [b.name for b in document.blocks] == ["theorem", None, "proof"]


def test_markdown_escapes_within_formulas_are_undone_with_their_places() -> None:
    text = r"$$L\_i = \sum\_{j} x\_j$$ and \\( \\{a\_i\\} \\)"
    document = read(text)
    first, second = document.formulas
    assert first.latex == r"L_i = \sum_{j} x_j"
    assert second.latex == r"\{a_i\}"
    from derive.model import Span

    place = first.locate(Span(first.latex.index("x_j"), len(first.latex)))
    assert text[place.start : place.end] == r"x\_j"


def test_an_underscore_of_a_name_stays() -> None:
    assert formulas(r"$\text{my\_name} + p\_value$") == [r"\text{my\_name} + p\_value"]


def test_quoted_displays_map_back() -> None:
    text = "> $$\n> a =\n> b\n> $$\n"
    (formula,) = read(text).formulas
    assert formula.latex == "a =\nb"
    assert formula.origins is not None
    assert text[formula.origins[-2]] == "b"


def test_entities() -> None:
    assert formulas("$a &lt; b &amp; c$") == ["a < b & c"]


def test_macros_of_the_document() -> None:
    document = read(
        "$$\\newcommand{\\R}{\\mathbb{R}} \\def\\norm#1{\\|#1\\|}$$\n\n"
        "$\\DeclareMathOperator*{\\argmin}{arg\\,min} x$\n\n"
        '<script type="text/x-mathjax-config">\nMathJax.Hub.Config({TeX: {Macros: {\n'
        'bm: ["\\\\boldsymbol{#1}", 1],\n E: "\\\\mathbb{E}", // the mean\n "v": [\'\\\\vec{#1}\', 1] }}});\n</script>\n'
    )
    assert [f.latex for f in document.formulas] == ["x"]
    macros = {m.name: m for m in document.macros}
    assert macros["R"].body == r"\mathbb{R}"
    assert (macros["norm"].arity, macros["norm"].body) == (1, r"\|#1\|")
    assert macros["argmin"].operator and macros["argmin"].body == r"\operatorname*{arg\,min}"
    assert (macros["bm"].arity, macros["bm"].body) == (1, r"\boldsymbol{#1}")
    assert macros["E"].body == r"\mathbb{E}"
    assert macros["v"].body == r"\vec{#1}"


def test_labels() -> None:
    (formula,) = read("$$a = b \\label{eq:main}$$").formulas
    assert formula.label == "eq:main"


def test_display_or_inline() -> None:
    document = read("inline $$a$$ here\n\n$$b$$\n\nends: $c$\n\n\\[d = e\\]")
    assert [f.display for f in document.formulas] == [False, True, False, True]


def test_windows_line_ends() -> None:
    text = "One $x$.\r\n\r\n$$\r\na = b\r\n$$\r\n\r\n- item $y$\r\n"
    assert formulas(text) == ["x", "a = b", "y"]
    assert [k for k, _, _ in outline(text)] == ["paragraph", "paragraph", "item"]


def test_time_is_linear() -> None:
    import time

    for text in ("$$ a\n" * 5000, "$a " * 20000, "`" * 20000, "\\(" * 20000, "<!--" * 5000, "[" * 20000,
                 "$$\n" + "a = b\n" * 20000, "\\begin{align}" * 3000, "* " * 5000, "> " * 5000, "<a" * 20000):  # fmt: skip
        began = time.process_time()
        read(text)
        assert time.process_time() - began < 3, text[:20]


def test_a_document_up_to_so_many_formulas() -> None:
    short = read("$x$ and $y$\n\n" * 2 + "$z$")
    assert bounded(short, 5) is short
    document = bounded(read("$x$ and $y$\n\n" * 4), 5)
    assert len(document.formulas) == 5
    (problem,) = document.problems
    assert problem.unread and document.source.text[: problem.span.start].count("$") == 2 * 5 + 1
