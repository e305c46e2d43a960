"""The errata report compiles, and nothing in a document can run a command in it."""

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from sample_report import finding, report

from derive.model import Report
from derive.report import latex
from derive.report.typeset import typeset

ATTACKS = [
    r"\input{/etc/passwd}",
    r"\immediate\write18{touch owned}",
    r"\catcode`\_=0 _input{/etc/passwd}",
    r"^^5cinput{/etc/passwd}",
    r"x ^^5c^^69nput{a}",
    r"\begin{filecontents}{x.tex}\end{filecontents}",
    r"\end{document}",
    r"\end{source}\input{/etc/passwd}",
    r"}}}} \openin5=/etc/passwd",
    r"{{{{",
    r"\verb|\input{x}|",
    r"\csname input\endcsname{/etc/passwd}",
    r"\text{\input{/etc/passwd}}",
    r"\operatorname{\write18{ls}}",
    r"\mathrm{\special{x}}",
    r"$\input{a}$",
    "% comment\n\\input{a}",
    r"\frac{1}",
    r"x^a^b",
    r"\left( x",
    r"a & b \\ c",
    r"\hat",
    r"\def\x{\x}\x",
    r"\loop\iftrue\repeat",
    "ÿþ 数学 ∀ε>0 \u202e\u0000\x07 😀 ẑ",
    "\u2028line\u2029",
    "``''-- --- ~ # % & _ ^ \" | < >",
    "!`?`,,<<>>",
    "a" * 5000,
    "",
]
COMMANDS = re.compile(
    r"\\(?:input|write|immediate|catcode|openin|csname|special|def|loop|include|verb)(?![A-Za-z])"
)


def rendered(text: str) -> str:
    d = replace(finding(text, fix=text), derivation=(text,), notes=(text,), labels=())
    if not text:
        return latex.render(report(d))
    return latex.render(report(replace(d, name=text, code=text), text=text, path=text or "a.md"))


@pytest.mark.parametrize("text", ATTACKS)
def test_text_of_the_document_runs_no_command(text: str) -> None:
    shown = rendered(text).split(r"\begin{document}", 1)[1]
    assert not COMMANDS.search(shown)
    assert "^^" not in shown
    assert shown.count(r"\end{document}") == 1
    assert shown.rstrip().endswith(r"\end{document}")
    assert all(c == "\n" or " " <= c <= "~" for c in shown)


@pytest.mark.parametrize("text", [a for a in ATTACKS if COMMANDS.search(a) or "^^" in a])
def test_an_attack_is_never_typeset(text: str) -> None:
    assert typeset(text) is None


@pytest.mark.parametrize(
    "formula",
    [
        r"\frac{\partial L}{\partial \theta} = -\frac{y}{\hat{y}} \sigma(z) (1 - \sigma(z)) x",
        r"\frac1m \sum_{i=1}^{m} \left\| 1 - y^{(i)} \right\|^2",
        r"f'(x)^{2} + f''^2",
        r"\begin{cases} 1 & \text{if } x \\ 0 & \text{otherwise} \end{cases}",
        r"\begin{aligned} a &= b \\ &= c \end{aligned}",
        r"\sqrt[3]{x} \mathbb{E}_{x \sim p}\left[ \log x \right]",
        r"\left\{ x \right\} \bigl( y \bigr)",
    ],
)
def test_ordinary_formulas_are_typeset(formula: str) -> None:
    assert typeset(formula) == formula


@pytest.mark.parametrize(
    "formula",
    [r"x^a^b", r"x'^2'", r"x_1_2", r"\frac{1}", r"{", r"}", r"\hat", r"x^", r"\left( x", r"\right)", r"a & b",
     r"\left( {x \right)}", r"\begin{cases} x", r"\begin{array}{c} x \end{array}", "x\n\ny", r"\foo", "é", "$", "#1",
     r"\text{$x$}", r"\text{a_b}", "{" * 50 + "}" * 50],
)  # fmt: skip
def test_what_might_not_compile_is_shown_as_source(formula: str) -> None:
    assert typeset(formula) is None


def test_letters_with_accents_are_written_with_commands() -> None:
    assert latex.escaped("Schrödinger, Ångström, façade, Øre, ß, ŷ, ż") == (
        r"Schr\"{o}dinger, \r{A}ngstr\"{o}m, fa\c{c}ade, \O{}re, \ss{}, \^{y}, [U+017C]"
    )


def test_each_erratum_says_all_there_is_to_say() -> None:
    shown = latex.render(report())
    assert r"\subsubsection*{1. Line 5, column 17: missing-factor (DRV101, error)}" in shown
    for heading in ("As printed.", "What is wrong.", "Counterexample.", "Correct form.", "Derivation."):
        assert rf"\textbf{{{heading}}}" in shown
    assert r"\item $\displaystyle \frac{\partial L}{\partial \theta} = -\frac{y}{\hat{y}}$" in shown


def test_what_a_message_quotes_is_typeset_where_that_is_safe() -> None:
    shown = latex.render(report(finding(r"$\hat{y}$ for $\input{a}$ and 5$")))
    assert r"\$\textbackslash{}hat" in shown  # an odd dollar: nothing is typeset
    shown = latex.render(report(finding(r"$\hat{y}$ for $\input{a}$")))
    assert r"$\hat{y}$ for \texttt{\allowbreak{}\textbackslash{}input\{a\}}" in shown


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
def test_it_compiles(tmp_path: Path) -> None:
    diagnostics = [
        replace(finding(a or "?", fix=a or "x"), derivation=(a,), notes=(a,))
        for a in ATTACKS
        if len(a) < 1000
    ]
    more = report(finding(), *diagnostics)
    (tmp_path / "errata.tex").write_text(
        latex.render(Report(more.files, ("a\\b: problem",), ("#note",))), "utf-8"
    )
    done = subprocess.run(
        ["pdflatex", "-halt-on-error", "-interaction=nonstopmode", "-no-shell-escape", "errata.tex"],
        cwd=tmp_path,
        capture_output=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout.decode(errors="replace")[-2000:]
    assert (tmp_path / "errata.pdf").stat().st_size > 1000
    assert not (tmp_path / "owned").exists()
