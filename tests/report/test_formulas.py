"""Formulas in reports: macros expanded, layout taken off, mends put in, drawn as MathML."""

import re

import pytest

import derive
from derive.model import Macro
from derive.notation.tables import SIGNS
from derive.report.formulas.expanding import expanded
from derive.report.formulas.forms import in_one_row, mended, printed, shown
from derive.report.formulas.mathml import mathematics

pytest.importorskip("latex2mathml")

MACROS = (
    Macro("sq", "#1^{2}", 1),
    Macro("R", r"\mathbb{R}"),
    Macro("E", r"\mathbb{E}_{#1}[#2]", 2, "p"),
    Macro("Var", "Var", operator=True),
    Macro("a", r"\alpha"),
    Macro("old", r"\new"),
    Macro("new", r"\old"),
    Macro("x", r"\x\x"),
    Macro("bomb", r"\sq{\sq{\sq{#1#1}}}" * 20, 1),
    Macro("en", r"\ensuremath{\beta}\xspace"),
)


@pytest.mark.parametrize(
    ("latex", "want"),
    [
        (r"\sq{x+1} + \sq y", r"x+1^{2} + y^{2}"),
        (r"\sq{\sq{x}}", "x^{2}^{2}"),
        (r"\R{}^n \R", r"\mathbb{R}^n \mathbb{R}"),
        (r"\E{X} + \E[q]{X}", r"\mathbb{E}_{p}[X] + \mathbb{E}_{q}[X]"),
        (r"\Var X", r"\operatorname{Var} X"),
        (r"\a b \a{}b \a1", r"\alpha b \alpha b \alpha1"),
        (r"\sq\a", r"\alpha^{2}"),
        (r"\sq", r"\sq"),
        (r"\en", r"{\beta}"),
        (r"\theta \\ \%", r"\theta \\ \%"),
        (r"\abs{x} + \norm*{y}", r"\left| x \right| + \left\| y \right\|"),
        (r"\tr(A) \nonumber \isin \sin x", r"\operatorname{tr}(A)   \in \sin x"),
        (r"\R*b + \dv{f}{x}", r"\mathbb{R}*b + \dv{f}{x}"),
    ],
)
def test_macros_are_expanded(latex: str, want: str) -> None:
    assert expanded(latex, MACROS) == want


@pytest.mark.parametrize("latex", [r"\old", r"\x", r"\bomb{\bomb{\bomb{\bomb{y}}}}", r"\sq{" * 50, r"\sq{x"])
def test_what_expands_without_end_comes_to_an_end(latex: str) -> None:
    assert len(expanded(latex, MACROS)) < 10_000


@pytest.mark.parametrize(
    ("latex", "want"),
    [
        (r"a &= b \\[2pt] &= c", "a = b = c"),
        (r"a = b \label{eq:one} \tag{1} \nonumber", "a = b"),
        (
            r"\begin{cases} 1 & x > 0 \\ 0 & x < 0 \end{cases} \\ & y",
            r"\begin{cases} 1 & x > 0 \\ 0 & x < 0 \end{cases} y",
        ),
        ("a % a comment & more\n= b", "a = b"),
        (r"50 \% \& x", r"50 \% \& x"),
    ],
)
def test_layout_is_taken_off(latex: str, want: str) -> None:
    assert in_one_row(latex) == want


DOCUMENT = r"""# Notes

$$\newcommand{\sq}[1]{#1^{2}}$$

$$
\begin{aligned}
\sq{(x+1)} &= \sq{x} + 2x + 1 \\
 &= x(x + 2) + 2, \label{eq:a}
\end{aligned}
$$

> We have $$(a + b)^2 = a^2
> + 3ab + b^2.$$
"""


def test_the_correct_form_is_whole(tmp_path: object) -> None:
    import pathlib

    path = pathlib.Path(str(tmp_path)) / "a.md"
    path.write_text(DOCUMENT, "utf-8")
    (file,) = derive.check([path]).files
    first, second = file.diagnostics
    assert shown(printed(first, file), file) == "x^{2} + 2x + 1 = x(x + 2) + 2"
    assert shown(mended(first, file) or "", file) == "x^{2} + 2x + 1 = x(x + 2) + 1"
    assert re.sub(r"\s", "", shown(mended(second, file) or "", file)) == "(a+b)^2=a^2+2ab+b^2"


@pytest.mark.parametrize(
    "latex",
    [
        r"\frac{\partial L}{\partial \theta} = -\frac{y}{\hat{y}} \sigma(z)",
        r"\begin{aligned} a &= b \\ &= c \end{aligned}",
        r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}",
        r"\sum_{i=1}^{m} \left\| 1 - y^{(i)} \right\|^2",
        r"\operatorname*{arg\,max}_x f(x)",
        r"\text{if } x \geq 0",
    ],
)
def test_drawn(latex: str) -> None:
    assert mathematics(latex, display=True).startswith('<math display="block">')


@pytest.mark.parametrize(
    "latex",
    [r"\frac{1}", r"\frac{1}{2", "a & b", r"\unknowncommand x", r"\left( x", "", "x" * 9000, "{" * 99],
)
def test_what_cannot_be_drawn_is_shown_as_source(latex: str) -> None:
    assert mathematics(latex).startswith('<code class="tex">')


def test_what_the_reader_has_a_sign_for_is_drawn() -> None:
    """Every name of a function and every other sign of the tables."""
    roles = ("function", "big", "relation", "symbol", "space", "operator")
    signs = [c for c, e in SIGNS.items() if e.role in roles and re.fullmatch(r"\\[A-Za-z]+", c)]
    plain = {c for c in signs if mathematics(f"x {expanded(c, ())} y").startswith("<code")}
    assert len(signs) > 300 and plain <= {r"\ddag", r"\AA", r"\shortparallel"}


def test_bold_letters_are_bold_in_browsers() -> None:
    assert "𝒙" in mathematics(r"\bm{x}") and "𝜽" in mathematics(r"\boldsymbol{\theta}")
