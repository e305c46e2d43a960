"""`derive check --list` and `--trail`."""

import json
from pathlib import Path

import pytest

from derive.cli import main

TEXT = r"""# About $x$

Let $a = 2$. Then

$$a + a = 4 = a \oops.$$

Hence

$$(a + b)^2 = a^2 + 2ab + b^2 = \widehat{ab + c} + a.$$
"""


@pytest.fixture
def document(tmp_path: Path) -> Path:
    file = tmp_path / "a.md"
    file.write_text(TEXT)
    return file


@pytest.mark.parametrize("output_format", ["full", "concise"])
def test_given_entries_are_listed_with_place_and_rule(
    document: Path, output_format: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", str(document), "--output-format", output_format, "--list", "given"])
    rows = capsys.readouterr().out.splitlines()
    listed = [row for row in rows if ": given: " in row]
    assert listed[0] == f"{document}:1:10: given: heading [given/heading]: x"
    assert any(row.startswith(f"{document}:3:6: given: [") and row.endswith("]: a = 2") for row in listed)
    assert not any(": unread: " in row for row in rows)


def test_several_lists(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    argv = ["check", str(document), "--output-format", "concise", "--list", "unread", "--list", "undecided"]
    main(argv)
    rows = capsys.readouterr().out.splitlines()
    assert [row for row in rows if ": unread: unknown command \\oops" in row]
    assert [row for row in rows if f"{document}:9:31: undecided: unsupported: hat" in row]
    assert not any(": given: " in row for row in rows)


def test_nothing_is_listed_unasked(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(document), "--output-format", "concise"])
    rows = capsys.readouterr().out.splitlines()
    assert not any(": given: " in row or ": undecided: " in row for row in rows)


@pytest.mark.parametrize(
    "argv",
    [
        ["--list", "given", "--output-format", "json"],
        ["--list", "given", "--output-format", "latex"],
        ["--list", "refuted"],
        ["--trail"],
    ],
)
def test_what_does_not_go_together(
    document: Path, argv: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(document), *argv]) == 2
    assert capsys.readouterr().out == ""


def test_the_trail_on_demand(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for argv, there in (([], False), (["--trail"], True)):
        main(["check", str(document), "--output-format", "json", *argv])
        claims = json.loads(capsys.readouterr().out)["files"][0]["claims"]
        assert all(("trail" in claim) is there for claim in claims)
