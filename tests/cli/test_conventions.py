"""Commands that a document does not declare: what the report says, and how to turn conventions off."""

import json
from pathlib import Path

import pytest

import derive
from derive.cli import main
from derive.front.check import check
from derive.model import Status
from derive.report.reasons import why

TEXT = "We have\n\n$$\\half \\bx + \\half \\bx = \\bx$$\n\nand $x \\in \\R$, $x \\foo$.\n"
NOTE = r"read by convention, declared nowhere: \half as \frac{1}{2}, \bx as \mathbf{x}, \R as \mathbb{R}"


def test_the_report_says_once_what_was_read_by_convention(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = tmp_path / "a.md"
    document.write_text(TEXT)
    (file,) = check(document).files
    assert file.notes == (NOTE,)
    assert not file.diagnostics  # a note is no finding
    assert Status.PROVED in [d.verdict.status for d in file.decided]
    for form in ("full", "concise", "latex"):
        assert main(["check", str(document), "--output-format", form]) == 0
        out = capsys.readouterr().out
        assert out.count("read by convention") == 1
        assert form == "latex" or f"{document}: note: {NOTE}\n" in out
    assert main(["check", str(document), "--output-format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["files"][0]["notes"] == [NOTE]


def test_a_document_without_such_commands_has_no_note(tmp_path: Path) -> None:
    document = tmp_path / "a.md"
    document.write_text("$$\\newcommand{\\half}{\\frac12} \\half x + \\half x = x$$\n")
    assert check(document).files[0].notes == ()


@pytest.mark.parametrize(("name", "head"), [("derive.toml", ""), ("pyproject.toml", "[tool.derive]\n")])
def test_conventions_turned_off(tmp_path: Path, name: str, head: str) -> None:
    (tmp_path / name).write_text(head + "conventional-commands = false\n")
    document = tmp_path / "a.md"
    document.write_text(TEXT)
    (file,) = check(document).files
    assert file.notes == ()
    assert {d.verdict.status for d in file.decided} == {Status.UNREAD}
    assert why(file.decided[0].verdict) == (
        "unknown command \\half: not declared in this file; declare it in derive.toml (macros) or with --macros FILE"
    )


def test_a_setting_of_another_kind_is_told(tmp_path: Path) -> None:
    (tmp_path / "derive.toml").write_text("conventional-commands = 'no'\n")
    (tmp_path / "a.md").write_text(TEXT)
    (problem,) = check(tmp_path / "a.md").problems
    assert "true or false is expected" in problem


def test_a_file_that_disagrees_with_the_convention_counts(tmp_path: Path) -> None:
    (tmp_path / "_config.yml").write_text("")
    (tmp_path / "_includes").mkdir()
    (tmp_path / "_includes" / "a.html").write_text("macros: {half: 'h'}")
    document = tmp_path / "a.md"
    document.write_text("$$\\half + \\half = 1$$\n")
    (decided,) = check(document).files[0].decided
    assert decided.verdict.status is not Status.PROVED
    (tmp_path / "_includes" / "b.html").write_text("macros: {half: '0'}")
    (decided,) = check(document).files[0].decided
    assert decided.verdict.status is Status.UNREAD


def test_one_formula_is_read_as_a_document_would() -> None:
    assert derive.decide(r"\half \bx + \half \bx = \bx").status is Status.PROVED
    assert derive.decide(r"\sqrt{x^2} = x", given=[r"x \in \R", "x > 0"]).status is Status.PROVED
    assert derive.read(r"\half x").to_latex() == derive.read(r"\frac12 x").to_latex()
    assert derive.decide(r"\ind = 1").status is Status.UNREAD
