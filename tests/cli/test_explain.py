"""`derive explain` and `derive rule`."""

import importlib
import json
import pkgutil
from pathlib import Path

import pytest

import derive
from derive.cli import main
from derive.form.cause import Cause, Survey
from derive.judge.doubts import Open, Weaken
from derive.report import rules
from derive.rules import Rule

DOCUMENT = """\
# Growth

Let $f(x) = x^2$.

We compute $f'(x) = 3x$.

When $x = 0$, $f'(x) = 0$.

The text $x \\oops x$ and the letter $x$.
"""
GOLDEN = Path(__file__).with_name("explained.txt")


@pytest.fixture
def document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "notes.md").write_text(DOCUMENT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return "notes.md"


@pytest.mark.parametrize("command", ["explain", "rule"])
@pytest.mark.parametrize("word", ["DRV101", "drv101", "sign"])
def test_a_finding_is_explained(command: str, word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, word]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("DRV101 sign\n")
    assert "Wrong:" in shown


@pytest.mark.parametrize("command", ["explain", "rule"])
def test_a_rule_is_explained(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "doubt/symmetric"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("doubt/symmetric\n") and "The error stands:" in shown


def test_the_document_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "DRV000"]) == 0
    assert "never closed" in capsys.readouterr().out


def test_an_unknown_code_and_what_is_near_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "DRV999"]) == 2
    assert "derive rule --list" in capsys.readouterr().err
    assert main(["explain", "mising-factor"]) == 2
    assert "missing-factor" in capsys.readouterr().err


def test_a_line_is_explained_word_for_word(document: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The prose of two lines, as it is to be read; `explained.txt` is written by hand where this changes."""
    assert main(["explain", f"{document}:5"]) == 0
    assert main(["explain", f"{document}:7:8"]) == 0
    assert capsys.readouterr().out == GOLDEN.read_text(encoding="utf-8")


def test_a_column_chooses_among_the_formulas_of_a_line(
    document: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", f"{document}:7"]) == 0
    assert capsys.readouterr().out.count("In short") == 2
    assert main(["explain", f"{document}:7:17"]) == 0
    shown = capsys.readouterr().out
    assert shown.count("In short") == 1 and "the case: x = 0 (line 7)" in shown


def test_every_formula_of_a_file(document: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "--all", document]) == 0
    shown = capsys.readouterr().out
    assert [row.split()[1] for row in shown.splitlines() if row.startswith("notes.md:")] == [
        "given:",
        "refuted:",
        "given:",
        "proved:",
        "unread:",
        "given:",
    ]
    assert "It could not be read: unknown command" in " ".join(shown.split())


def test_the_same_as_data(document: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", f"{document}:5", "--output-format", "json"]) == 0
    (one,) = json.loads(capsys.readouterr().out)["formulas"]
    assert (one["line"], one["status"]) == (5, "refuted")
    assert {"text": "defined: f\\left(x\\right) = x^{2}", "line": 3, "rule": None} in one["in_force"]
    assert [fact["rule"] for fact in one["verdict"]] == ["standing/asserted"]


@pytest.mark.parametrize(
    "argv, said",
    [
        (["notes.md:4"], "the nearest stand on line 3 and line 5"),
        (["notes.md:5:1"], "no formula stands there"),
        (["notes.md:99"], "no formula stands there"),
        (["notes.md"], "which line"),
        (["nowhere.md:3"], "nowhere.md"),
        ([], "explain wants"),
        (["sign", "--all", "notes.md"], "explain wants"),
    ],
)
def test_where_there_is_nothing_to_explain(
    argv: list[str], said: str, document: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", *argv]) == 2
    assert said in capsys.readouterr().err


def test_the_list_of_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "--list"]) == 0
    shown = capsys.readouterr().out
    for name in (
        "asserted/step",
        "standing/condition",
        "doubt/positive",
        "applied/maps",
        "denied/called-wrong",
    ):
        assert f"  {name}: " in shown
    assert "  missing-factor (DRV102): " in shown
    assert main(["rule"]) == 2 and main(["rule", "sign", "--list"]) == 2


def _records() -> set[str]:
    """The name of every rule, doubt and cause that stands in a module of the package."""
    found: set[str] = set()
    for module in pkgutil.walk_packages(derive.__path__, "derive."):
        if module.name.endswith(("__main__", "by_second_reader")):  # a command; what imports SymPy
            continue
        for value in vars(importlib.import_module(module.name)).values():
            for item in value if isinstance(value, (list, tuple)) else (value,):
                if isinstance(item, Rule | Open | Weaken | Cause | Survey):
                    found.add(item.name)
    return found


def test_no_rule_doubt_or_cause_is_missing_from_the_list() -> None:
    names = rules.names()
    assert _records() <= set(names)
    assert len(names) == len(set(names))
