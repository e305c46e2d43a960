"""Comments for derive: what they silence, what is said of those that silence nothing."""

import json
from pathlib import Path

import pytest

from derive.documents import read_document
from derive.documents.comments.reach import Lines, reach
from derive.front.document import check_source
from derive.model import FileReport, Source

WRONG = "Hence $1 + 1 = 3$."


def checked(text: str, path: str = "a.md") -> FileReport:
    report, faults = check_source(Source(path, text))
    assert not faults
    return report


def told(text: str, path: str = "a.md") -> list[tuple[str, str]]:
    return [(d.name, d.severity.value) for d in checked(text, path).diagnostics]


def test_a_silenced_finding_is_kept_with_its_reason() -> None:
    text = f"{WRONG} <!-- derive: ignore[arithmetic] as in the book -->\n"
    report = checked(text)
    assert report.diagnostics == ()
    (held,) = report.suppressed
    assert (held.by, held.reason, held.diagnostic.name) == ("comment", "as in the book", "arithmetic")
    assert held.span is not None and text[held.span.start : held.span.end] == text[text.index("<!--") : -1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("$1 + 1 = 2$ <!-- derive: ignore -->", "nothing was found where this comment reaches"),
        ("$1 + 1 = 2$ <!-- derive: ignore[sign] -->", "no sign was found where this comment reaches"),
        (f"{WRONG} <!-- derive: ignore[DRV115, sign] -->", "no sign was found where"),
        ("$x$ <!-- derive: ignore-file[sign, norm] -->", "no sign and no norm was found in this file"),
        ("<!-- derive: ignore -->\n\n# Heading\n\nwords\n\n$x$", "nothing was found"),
    ],
)
def test_one_that_silences_nothing_is_told(text: str, said: str) -> None:
    (note,) = checked(text + "\n").diagnostics
    assert (note.code, note.name, note.severity.value) == ("DRV900", "unused-ignore", "info")
    assert said in note.message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<!-- derive: ignore[sing] -->", "'sing'; did you mean 'sign'?"),
        ("<!-- derive: ingore[sign] -->", "did you mean `ignore`?"),
        ("<!-- derive: mute[sign] -->", "there are ignore, "),
        ("<!-- derive: ignore[sign -->", "never closed"),
        ("<!-- derive: ignore-end -->", "without an `ignore-start`"),
        ("<!-- derive: assume x -->", "`assume` wants a relation"),
        ("<!-- derive: let -->", "`let` wants"),
        ("<!-- derive: asume x > 0 -->", "did you mean `assume`?"),
    ],
)
def test_one_that_cannot_be_followed_is_told(text: str, said: str) -> None:
    found = [d for d in checked(f"$x$ {text}\n").diagnostics if d.name == "unknown-comment"]
    assert len(found) == 1 and said in found[0].message and found[0].severity.value == "warning"


def test_a_part_that_is_never_ended_reaches_to_the_end_and_is_told() -> None:
    names = told(f"<!-- derive: ignore-start -->\n\n{WRONG}\n\nAnd {WRONG}\n")
    assert names == [("unknown-comment", "warning")]


@pytest.mark.parametrize(
    "text",
    [
        "% derive: the gradient of the loss\n\\[ x = x \\]\n",
        "% we derive: ignore[sign]\n\\[ x = x \\]\n",
        "100\\% derive: ignore[sign]\n\\[ x = x \\]\n",
        "\\begin{verbatim}\n% derive: ignore[sign]\n\\end{verbatim}\n\\[ x = x \\]\n",
    ],
)
def test_what_is_no_comment_for_derive(text: str) -> None:
    assert read_document(Source("a.tex", text)).directives == ()


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.md", "<!-- derive: ignore[sign] -->\n"),
        ("a.md", "- item <!-- derive: ignore[sign] --> $x$\n"),
        ("a.md", "> <!-- derive: ignore[sign] -->\n> $x$\n"),
        ("a.md", "<!--\n  derive: ignore[sign]\n-->\n"),
        ("a.mdx", "{/* derive: ignore[sign] as in the book */}\n$x$\n"),
        ("a.mdx", "- $x$ {/* $1 + 1 = 3$ */} and {/* derive: ignore[sign] */}\n"),
        ("a.html", "<p><!-- derive: ignore[sign] --></p>\n"),
        ("a.tex", "\\documentclass{article} % derive: ignore[sign]\n\\begin{document}\nx\n\\end{document}\n"),
        ("a.tex", "\\[ x % derive: ignore[sign]\n \\]\n"),
        ("a.rst", ".. derive: ignore[sign]\n"),
        ("a.org", "# derive: ignore[sign]\n"),
        ("a.adoc", "// derive: ignore[sign]\n"),
        ("a.ptx", "<pretext><p><!-- derive: ignore[sign] --><m>x</m></p></pretext>\n"),
        ("a.jl", '"""\n<!-- derive: ignore[sign] -->\n\nwords ``x``\n"""\nf() = 1\n'),
        ("a.py", '"""Words.\n\n.. derive: ignore[sign]\n"""\n'),
        ("a.py", "x = 1  # derive: ignore[sign]\n"),
        ("a.py", "def f():\n    '''Words.\n\n    .. derive: ignore[sign]\n\n    :math:`x`\n    '''\n"),
    ],
)
def test_comments_of_every_format(path: str, text: str) -> None:
    (directive,) = read_document(Source(path, text)).directives
    assert (directive.verb, directive.names) == ("ignore", ("sign",))
    assert "derive: ignore[sign]" in text[directive.span.start : directive.span.end]


def test_what_a_comment_of_mdx_holds_is_not_read() -> None:
    text = (
        f"{WRONG} {{/* derive: ignore[arithmetic] as in the book */}}\n\nOld: {{/* {WRONG} */}}\n\n{WRONG}\n"
    )
    report = checked(text, "a.mdx")
    assert [held.reason for held in report.suppressed] == ["as in the book"]
    assert [d.name for d in report.diagnostics] == ["arithmetic"]
    assert told("We have ${/*}$, then $1 + 1 = 3$.", "a.md")  # in a formula it opens nothing


def test_in_a_notebook_lines_are_those_of_the_cell() -> None:
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": source}
        for source in (
            [f"{WRONG} <!-- derive: ignore -->\n", "\n", f"{WRONG}\n"],
            [f"<!-- derive: ignore -->\n{WRONG}\n\n{WRONG}\n"],
        )
    ]
    text = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    report = checked(text, "a.ipynb")
    assert len(report.diagnostics) == 2 and len(report.suppressed) == 2


def test_where_a_comment_reaches() -> None:
    text = "\n".join(
        [
            "$a$ and $b$ <!-- derive: ignore -->",
            "",
            "<!-- derive: ignore -->",
            "words $c$ and $d$",
            "more $e$",
            "",
            "<!-- derive: ignore -->",
            "",
            "We have",
            "",
            "$$",
            "f",
            "$$",
            "",
            "$$",
            "g",
            "$$ <!-- derive: ignore -->",
        ]
    )
    document = read_document(Source("a.md", text))
    lines = Lines(text, "markdown")
    reached = []
    for directive in document.directives:
        span = reach(directive, document.blocks, lines)
        assert span is not None
        there = [f.latex for f in document.formulas if span.start <= f.span.start < span.end]
        reached.append("".join(there))
    assert reached == ["ab", "cd", "f", "g"]


def test_settings_assume(tmp_path: Path) -> None:
    from derive.front.check import check

    (tmp_path / "a.md").write_text("For all real $x$ we get $\\sqrt{(x - 1)^2} = |x - 1| = x - 1$.\n")
    (tmp_path / "b.md").write_text("We get $a + a = 5 - 1 = 5$ for the $a$ above.\n")

    def errors(settings: str) -> list[str]:
        (tmp_path / "derive.toml").write_text(settings)
        report = check([str(tmp_path)])
        assert not report.problems
        return [Path(f.source.path).name for f in report.files for d in f.diagnostics]

    assert errors("") == ["a.md", "b.md"]
    assert errors("assume = ['x > 1', 'a = 2']\n") == ["b.md"]
    assert errors("assume = { 'b.md' = ['x > 1'] }\n") == ["a.md", "b.md"]
    assert errors("assume = { 'a.*' = ['x > 1', 'n \\in \\N'] }\n") == ["b.md"]
    (tmp_path / "derive.toml").write_text("assume = ['x >']\n")
    report = check([str(tmp_path)])
    assert report.problems and "'x >'" in report.problems[0]


def test_an_explanation_names_the_comment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from derive.cli import main

    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text(f"{WRONG} <!-- derive: ignore[arithmetic] as in the book -->\n")
    assert main(["explain", "a.md:1"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "not told, since a comment silences it (as in the book): the number should be" in told


@pytest.mark.parametrize(
    "text",
    [
        "<!-- derive: ignore" + " " * 200_000 + "x -->",
        "<!-- derive: let x" + " be" * 100_000 + " -->",
        "<!-- derive: assume x " + "  a" * 100_000 + " -->",
        "<!-- derive: ignore[" + "sing," * 50_000 + "] -->",
        "<!-- derive: ignore[" + "[" * 100_000,
        "<!-- derive: assume x > 0 -->" * 20_000,
        "<!-- derive: ignore -->\n" * 20_000,
        "<!-- derive: ignore-start -->\n" * 20_000,
        "% derive: " * 100_000,
    ],
)
@pytest.mark.parametrize("path", ["a.md", "a.tex", "a.html"])
def test_comments_without_end_take_no_time_without_end(path: str, text: str) -> None:
    import time

    start = time.process_time()
    document = read_document(Source(path, f"$x$ {text}\n"))
    assert time.process_time() - start < 10
    assert len(document.directives) <= 2001
