"""Macros that settings and files declare for documents."""

from pathlib import Path

import pytest

from derive.front.check import check
from derive.model import Macro, Status
from derive.settings import SettingsError, settings_for

TEXT = "For every real $x$ we have\n\n$$\\half{x} + \\half{x} = x$$\n"
BODY = "macros = { '\\half' = ['\\frac{#1}{2}', 1] }\n"


def verdicts(path: Path, **options: object) -> list[Status]:
    report = check(path, **options)  # type: ignore[arg-type]
    assert not report.problems, report.problems
    return [d.verdict.status for f in report.files for d in f.decided if "half" in d.latex]


def test_a_table_in_the_nearest_pyproject(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.derive]\n" + BODY)
    (tmp_path / "notes").mkdir()
    document = tmp_path / "notes" / "a.md"
    document.write_text(TEXT)
    assert verdicts(document) == [Status.PROVED]


def test_derive_toml_comes_before_what_is_above_it(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.derive]\nmacros = { half = '0' }\n")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "derive.toml").write_text(BODY)
    document = tmp_path / "notes" / "a.md"
    document.write_text(TEXT)
    assert settings_for(str(document)).macros == (Macro("half", "\\frac{#1}{2}", 1),)
    assert verdicts(document) == [Status.PROVED]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("macros.tex", "% halves\n\\newcommand{\\half}[1]{\\frac{#1}{2}}\n"),
        ("macros.sty", "\\def\\half#1{\\frac{#1}{2}}\n"),
        ("mathjax.js", 'MathJax = { tex: { macros: { half: ["\\\\frac{#1}{2}", 1] } } };\n'),
    ],
)
def test_a_file_of_macros(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    document = tmp_path / "a.md"
    document.write_text(TEXT)
    assert verdicts(document, macros=[tmp_path / name]) == [Status.PROVED]


def test_the_document_has_the_last_word(tmp_path: Path) -> None:
    (tmp_path / "derive.toml").write_text("macros = { '\\half' = '0' }\n")
    document = tmp_path / "a.md"
    document.write_text("$\\newcommand{\\half}[1]{\\frac{#1}{2}}$\n\n" + TEXT)
    assert verdicts(document) == [Status.PROVED]


@pytest.mark.parametrize(
    "text", ["macros = 3\n", "macros = {\n", "macros = { a = [1, 2] }\n", "macros = { 'a b' = 'c' }\n"]
)
def test_settings_that_cannot_be_read_are_told_and_cost_nothing_else(tmp_path: Path, text: str) -> None:
    (tmp_path / "derive.toml").write_text(text)
    document = tmp_path / "a.md"
    document.write_text("For every real $x$ we have\n\n$$x + x = 2x$$\n")
    with pytest.raises(SettingsError):
        settings_for(str(document))
    report = check(document)
    assert len(report.problems) == 1 and "derive.toml" in report.problems[0]
    assert [d.verdict.status for f in report.files for d in f.decided][-1] is Status.PROVED
