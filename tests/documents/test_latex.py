"""LaTeX sources."""

import pytest
from documents import formulas, outline, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"Let $x = 1$ and \(y\).", ["x = 1", "y"]),
        (r"\[ a = b \] and $$c = d$$", ["a = b", "c = d"]),
        ("\\begin{equation}\n\\label{e}\na = b\n\\end{equation}", ["\\label{e}\na = b"]),
        (
            "\\begin{align*}\na &= b \\\\\nc &= d\n\\end{align*}",
            ["\\begin{align*}\na &= b \\\\\nc &= d\n\\end{align*}"],
        ),
        ("$a$ % $b$\n$c$", ["a", "c"]),
        ("$a % comment $\n + b$", ["a + b"]),
        (r"100\% of $x$", ["x"]),
        (r"\$5 and $x$", ["x"]),
        (r"\verb|$x$| and \verb+$y$+ and $z$", ["z"]),
        ("\\begin{verbatim}\n$x$\n\\end{verbatim}\n$y$", ["y"]),
        ("\\begin{lstlisting}[language=C]\n$x$\n\\end{lstlisting}\n$y$", ["y"]),
        ("\\begin{comment}\n$x$\n\\end{comment}\n$y$", ["y"]),
        ("\\iffalse $x$ \\fi $y$", ["y"]),
        (r"$a \text{ if $b$ holds}$ and $c$", [r"a \text{ if $b$ holds}", "c"]),
        (r"\section{On $x$} and $y$", ["x", "y"]),
        (r"\textbf{bold $x$}\footnote{note $y$}", ["x", "y"]),
        (r"$$a \\[2pt] b$$ and \[ c \\[3pt] d \]", [r"a \\[2pt] b", r"c \\[3pt] d"]),
        ("\\begin{document}\n$x$\n\\end{document}\n$y$", ["x"]),
        ("\\begin{tabular}{c|c}\n$a$ & $b$ \\\\\n$c$ & $d$\n\\end{tabular}", ["a", "b", "c", "d"]),
        (r"\newcommand{\x}{$y$} $z$", ["z"]),
    ],
)
def test_formulas(text: str, expected: list[str]) -> None:
    assert formulas(text, "a.tex") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\\begin{equation}\na = b\n\\end{align}\nand $c$", ["a = b", "c"]),
        ("\\begin{align}\na &= b\n\\end{document}", ["a &= b"]),
        ("\\begin{proof}\n$$a = b\n\\end{proof} and $c$", ["a = b", "c"]),
        ("\\begin{proof}\n\\[a = b\n\\end{proof} and $c$", ["a = b", "c"]),
        (
            "\\begin{align}\n\\begin{split}a &= b\\end{split}\n\nand $c$",
            ["\\begin{split}a &= b\\end{split}", "c"],
        ),
    ],
)
def test_a_display_that_nothing_closes_ends_with_what_holds_it(text: str, expected: list[str]) -> None:
    document = read(text, "a.tex")
    assert [f.latex for f in document.formulas] == expected
    (problem,) = document.problems
    assert "never closed" in problem.message


def test_a_comment_within_a_formula_keeps_places() -> None:
    document = read("$a % it\n + b$", "a.tex")
    (formula,) = document.formulas
    assert formula.origins is not None
    assert document.source.text[formula.origins[formula.latex.index("b")]] == "b"


def test_preamble_and_body() -> None:
    text = r"""\documentclass{article}
\newcommand{\R}{\mathbb{R}} % the reals
% \newcommand{\no}{x}
\newcommand{\norm}[2][2]{\left\|#2\right\|_{#1}}
\DeclareMathOperator{\tr}{tr}
\DeclareMathOperator*{\argmax}{arg\,max}
\def\half{\frac{1}{2}}
\let\eps\varepsilon
\newtheorem{prp}{Proposition}
\begin{document}
\section*{The \emph{first} section}
Words of % hidden
the first paragraph with
\[ x = y \]
inside.

\begin{itemize}
\item one
  \begin{enumerate}
  \item[(a)] inner $a$
  \end{enumerate}
\item two
\end{itemize}

\begin{prp}[Name]\label{p}
  $c = d$.
\end{prp}
\begin{proof} Trivial. \end{proof}
After.
\end{document}
$no$
"""
    document = read(text, "a.tex")
    assert {m.name: (m.arity, m.default, m.body) for m in document.macros} == {
        "R": (0, None, r"\mathbb{R}"),
        "norm": (2, "2", r"\left\|#2\right\|_{#1}"),
        "tr": (0, None, r"\operatorname{tr}"),
        "argmax": (0, None, r"\operatorname*{arg\,max}"),
        "half": (0, None, r"\frac{1}{2}"),
        "eps": (0, None, r"\varepsilon"),
    }
    assert outline(text, "a.tex") == [
        ("heading", 2, "The first section"),
        ("paragraph", 0, "Words of the first paragraph with ⟦x = y⟧ inside."),
        ("item", 1, "one"),
        ("item", 2, "(a) inner ⟦a⟧"),
        ("item", 1, "two"),
        ("paragraph", 0, "[Name] ⟦c = d⟧."),
        ("paragraph", 0, "Trivial."),
        ("paragraph", 0, "After."),
    ]
    assert [b.name for b in document.blocks][-3:] == ["proposition", "proof", None]


@pytest.mark.parametrize("opener", ["$$", r"\[", r"\begin{align}", "$"])
def test_an_unclosed_formula_ends_with_its_paragraph(opener: str) -> None:
    document = read(f"Start {opener} a = b\n\nNext paragraph with $y$.\n\n\\[ c = d \\]", "a.tex")
    assert [f.latex for f in document.formulas][-2:] == ["y", "c = d"]
    (problem,) = document.problems
    assert problem.span.start == 6


def test_macros_of_a_file_beside_it(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "macros.tex").write_text(r"\newcommand{\E}{\mathbb{E}}")
    document = read(r"\input{macros} $\E X = 1$ \input{../../etc/x}", str(tmp_path / "a.tex"))
    assert [m.name for m in document.macros] == ["E"]


def test_time_is_linear() -> None:
    import time

    for text in ("$a " * 20001, "\\[" * 20000, "\\begin{align}" * 3000, "{" * 20000, "%\n" * 20000, "$$ a\n" * 5001,
                 "\\begin{theorem}" * 5000, "\\newcommand{\\x}{" * 3000, "\\section{" * 2000, "\\item " * 5000):  # fmt: skip
        began = time.process_time()
        read(text, "a.tex")
        assert time.process_time() - began < 3, text[:20]
