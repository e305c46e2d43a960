"""The cache: the same bytes with and without, whatever state its file is in, and only what changed is done."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from derive import installed
from derive.cli import main
from derive.front import check as front
from derive.front.bare import without_terms
from derive.front.cache import codec, store
from derive.front.cache.store import Store
from derive.front.check import check
from derive.front.document import check_source
from derive.model import FileReport, Problem, Severity, Source, Span, Status, Verdict
from derive.reasons import Reason, Why
from derive.report import json as json_report
from derive.settings import SettingsError, settings_for
from derive.term.nodes import ONE

ROOT = Path(__file__).parents[2]
WRONG = "We have\n\n$$(a+b)^2 = a^2 + ab + ab + b^2 = a^2 + 3ab + b^2.$$\n\n"
CLEAN = "Then $(a-b)(a+b) = a^2 - b^2$, and with $x > 0$ also $\\sqrt{x^2} = x$, as in $\\nope{x}$.\n\n"
FORMATS = (
    [
        "--output-format",
        "full",
        "--list",
        "given",
        "--list",
        "unread",
        "--list",
        "undecided",
        "--list",
        "holds",
    ],
    ["--output-format", "concise"],
    ["--output-format", "json", "--trail"],
    ["--output-format", "latex"],
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "derive.toml").write_text("")
    (tmp_path / "a.md").write_text(WRONG + CLEAN)
    (tmp_path / "b.tex").write_text("\\usepackage{macros}\n" + WRONG.replace("a^2 +", "\\sq{a} +"))
    (tmp_path / "macros.sty").write_text("\\newcommand{\\sq}[1]{#1^2}\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shown(capsys: pytest.CaptureFixture[str], *options: str) -> str:
    main(["check", "a.md", "b.tex", *options])
    captured = capsys.readouterr()
    return captured.out + captured.err


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents that were not taken from the cache."""
    found: list[str] = []
    inner = front.checked

    def counted(*given: Any) -> Any:
        found.append(given[-1].source.path)
        return inner(*given)

    monkeypatch.setattr(front, "checked", counted)
    return found


def again(asked: list[str]) -> list[str]:
    asked.clear()
    check(["a.md", "b.tex"], cached=True)
    return list(asked)


@pytest.mark.parametrize("options", FORMATS, ids=lambda options: options[1])
def test_the_same_bytes_with_and_without(
    project: Path, capsys: pytest.CaptureFixture[str], options: list[str], asked: list[str]
) -> None:
    without = shown(capsys, "--no-cache", *options)
    assert not (project / ".derive_cache").exists()
    fresh, warm = shown(capsys, *options), shown(capsys, *options)
    assert without == fresh == warm and "wrong-factor" in without
    assert asked == ["a.md", "b.tex", "a.md", "b.tex"]


def test_what_a_report_holds_comes_back_as_it_was() -> None:
    """Over the project's own specifications: everything that is told of a document has a form in the cache."""
    for path in [*sorted((ROOT / "tests" / "spec").glob("*.md"))[:4], *(ROOT / "equations").rglob("*.md")]:
        report, faults = check_source(Source(path.name, path.read_text(encoding="utf-8")))
        report = without_terms(report)
        assert not faults and codec.loads(codec.dumps(report)) == report


def test_a_changed_document_is_checked_again_and_no_other(project: Path, asked: list[str]) -> None:
    assert again(asked) == ["a.md", "b.tex"]
    assert again(asked) == []
    (project / "a.md").write_text(CLEAN)
    assert again(asked) == ["a.md"]
    (project / "a.md").write_text(WRONG + CLEAN)  # what was known before is known still
    assert again(asked) == []


@pytest.mark.parametrize(
    "file, text, whose",
    [
        ("macros.sty", "\\newcommand{\\sq}[1]{#1^3}\n", ["a.md", "b.tex"]),
        ("derive.toml", "claim-seconds = 1\n", ["a.md", "b.tex"]),
        ("derive.toml", "macros = { '\\nope' = 'x' }\n", ["a.md", "b.tex"]),
        ("unrelated.txt", "words\n", []),
    ],
)
def test_what_a_document_reads_besides_is_part_of_it(
    project: Path, asked: list[str], file: str, text: str, whose: list[str]
) -> None:
    again(asked)
    (project / file).write_text(text)
    assert again(asked) == whose


def test_the_name_and_the_times_of_a_file_are_not(project: Path, asked: list[str]) -> None:
    again(asked)
    os.utime("a.md", (1, 1))
    os.rename("b.tex", "c.tex")
    shutil.copy("c.tex", "b.tex")
    assert again(asked) == []
    assert check("c.tex", cached=True).files[0].source.path == "c.tex" and asked == []


def test_another_version_starts_anew(
    project: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    again(asked)
    monkeypatch.setattr("derive.front.cache.reports.digest", lambda: "another")
    assert again(asked) == ["a.md", "b.tex"]
    assert installed.digest() == installed.digest()


def test_what_the_clock_ended_is_not_kept(
    project: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from derive.front import document
    from derive.verify.budget import cut_short

    inner = document.check_source

    def in_a_hurry(source: Source, *rest: Any) -> Any:
        if source.path == "a.md":
            cut_short()
        return inner(source, *rest)

    monkeypatch.setattr(document, "check_source", in_a_hurry)
    again(asked)
    assert again(asked) == ["a.md"]


def test_nor_is_what_met_a_fault(project: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from derive.front import document

    inner = document.check_source
    monkeypatch.setattr(document, "check_source", lambda *given: (inner(*given)[0], ("injected",)))
    assert check("a.md", cached=True).problems == ("injected",)
    assert check("a.md", cached=True).problems == ("injected",)


def broken(file: Path) -> Iterator[bytes]:
    data = file.read_bytes()
    yield b""
    yield b"no database at all"
    yield data[: len(data) // 2]
    yield data[:100] + b"\xff" * 3000 + data[3100:]
    yield data[:4096] + bytes(255 - b for b in data[4096:])


def test_a_broken_file_costs_time_only(project: Path) -> None:
    good = json_report.render(check(["a.md", "b.tex"], cached=True), True)
    file = project / ".derive_cache" / store.NAME
    for data in broken(file):
        file.write_bytes(data)
        for _ in range(2):
            assert json_report.render(check(["a.md", "b.tex"], cached=True), True) == good


def test_a_row_of_something_else_is_none(project: Path, asked: list[str]) -> None:
    again(asked)
    values = (
        b"",
        b"x",
        codec.dumps((1, 2)),
        codec.dumps(Verdict(Status.PROVED)),
        codec.dumps(replace(without_terms(check("a.md").files[0]), decided=())),
        codec.dumps(replace(without_terms(check("a.md").files[0]), problems=(Problem(Span(0, 9999), "x"),))),
    )
    for value in values:
        with sqlite3.connect(project / ".derive_cache" / store.NAME) as connection:
            connection.execute("UPDATE documents SET value = ?", (value,))
        connection.close()
        assert again(asked) == ["a.md", "b.tex"]


def test_a_folder_that_cannot_be_written(project: Path) -> None:
    good = json_report.render(check(["a.md", "b.tex"]), True)
    (project / ".derive_cache").write_text("a file where the folder should be")
    assert json_report.render(check(["a.md", "b.tex"], cached=True), True) == good
    (project / ".derive_cache").unlink()
    check(["a.md"], cached=True)
    file = project / ".derive_cache" / store.NAME
    connection = sqlite3.connect(file)
    connection.execute("BEGIN EXCLUSIVE")  # another run writes, and does not end
    old, store._WAIT = store._WAIT, 0.05
    try:
        assert json_report.render(check(["a.md", "b.tex"], cached=True), True) == good
    finally:
        store._WAIT = old
        connection.close()


def test_two_runs_at_once(project: Path) -> None:
    for k in range(12):
        (project / f"{k}.md").write_text(f"$$(x + {k}) (x + {k}) = x^2 + {2 * k} x + {k * k}$$\n")
    command = [sys.executable, "-m", "derive", "check", ".", "--output-format", "json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    runs = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
        for _ in range(3)
    ]
    told = [run.communicate() for run in runs]
    assert len(set(told)) == 1 and told[0][1] == b""


def test_clean_takes_the_cache_away_and_nothing_else(
    project: Path, capsys: pytest.CaptureFixture[str], asked: list[str]
) -> None:
    again(asked)
    folder = project / ".derive_cache"
    assert (folder / ".gitignore").read_text() == "*\n"
    assert main(["cache", "clean"]) == 0
    assert f"{folder}: taken away" in capsys.readouterr().out and not folder.exists()
    assert main(["cache", "clean"]) == 0
    again(asked)
    (folder / "mine.txt").write_text("mine")
    assert main(["cache", "clean", "a.md"]) == 0
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]


def test_the_place_is_what_the_settings_say_or_the_user_s_own(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "derive.toml").write_text("cache-dir = 'kept/here'\n")
    check("a.md", cached=True)
    assert (project / "kept" / "here" / store.NAME).exists() and not (project / ".derive_cache").exists()
    (project / "derive.toml").unlink()
    monkeypatch.setenv("XDG_CACHE_HOME", str(project / "own"))
    check("a.md", cached=True)
    assert (project / "own" / "derive" / store.NAME).exists()
    (project / "derive.toml").write_text("cache-dir = 3\n")
    with pytest.raises(SettingsError, match="cache-dir"):
        settings_for("a.md")


def test_a_store_that_grows_loses_its_older_half(tmp_path: Path) -> None:
    kept = Store(str(tmp_path), largest=200_000)
    for k in range(40):
        kept.put("questions", {bytes([k]): os.urandom(10_000)})
    assert kept.get("questions", bytes([0])) is None
    assert kept.get("questions", bytes([39])) is not None
    assert os.path.getsize(tmp_path / store.NAME) <= 220_000
    kept.close()


class Intruder:
    def __reduce__(self) -> Any:
        return (print, ("evaluated",))


@pytest.mark.parametrize("value", [ONE, Intruder(), {1: 2}, {"x": b"bytes"}, b"", {3}, complex(1)])
def test_what_has_no_form_is_not_written(value: object) -> None:
    with pytest.raises(codec.Unstorable):
        codec.dumps(value)


@pytest.mark.parametrize(
    "value",
    [
        None,
        (1, [2.5, "x"], {"k": (True, Fraction(1, 3))}),
        Verdict(Status.UNDECIDED, Reason(Why.UNSUPPORTED, ("\ud800",)), evidence={"a": [{"b": (1,)}]}),
        (Span(1, 2), Severity.ERROR),
        FileReport(Source("a", "b"), "markdown", (), ()),
    ],
)
def test_what_is_written_is_read(value: object) -> None:
    assert codec.loads(codec.dumps(value)) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        '["os.system", "true"]',
        '["Span", 1]',
        '["Span", "1", 2]',
        '["=Status", "NONE"]',
        '["=Span", "x"]',
        "[]",
        "[1]",
        '["q", "1/0"]',
        '["Verdict"]',
        "[" * 10_000,
    ],
)
def test_what_is_none_of_ours_is_not_read(text: str) -> None:
    import zlib

    with pytest.raises(codec.Unstorable):
        codec.loads(zlib.compress(text.encode()))


# -- questions


PAGE = (
    "# Page\n\nLet $f(x) = x^2 + 1$. Then $$\\int_0^1 f(x) dx = \\frac{4}{3} = \\frac{8}{6}.$$\n\n"
    "We find $$\\sum_{k=1}^n k^3 = \\frac{n^2 (n+1)^2}{4} = \\frac{n^2 (n^2 + 2n + 2)}{4}.$$\n\n"
)


@pytest.fixture
def decided(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The claims that the tower was asked about."""
    from derive.front.cache import questions
    from derive.verify.ladder import tower

    found: list[str] = []
    inner = tower.decide

    def counted(claim: Any) -> Any:
        found.append(claim.latex)
        return inner(claim)

    monkeypatch.setattr(tower, "decide", counted)
    monkeypatch.setattr(questions, "_CHEAP", -1.0)
    return found


def reported(text: str, folder: Path) -> str:
    (folder / "a.md").write_text(text)
    return json_report.render(check(["a.md"], cached=True), True)


def test_one_changed_paragraph_costs_that_paragraph(project: Path, decided: list[str]) -> None:
    reported(PAGE, project)
    assert len(decided) > 3
    decided.clear()
    text = PAGE + "And $$(a + b)^3 = a^3 + 3 a^2 b + 3 a b^2 + b^3$$ for some more words.\n"
    shown = reported(text, project)
    assert decided and set(decided) == {"(a + b)^3 = a^3 + 3 a^2 b + 3 a b^2 + b^3"}
    assert shown == json_report.render(check(["a.md"]), True)


def test_a_question_is_another_where_its_scope_is(project: Path, decided: list[str]) -> None:
    reported(PAGE, project)
    decided.clear()
    shown = reported(PAGE.replace("x^2 + 1$", "x^2 + 2$"), project)
    assert any(latex.startswith("\\int") for latex in decided)
    assert shown == json_report.render(check(["a.md"]), True)


def test_an_answer_from_the_cache_costs_the_same_steps(project: Path, decided: list[str]) -> None:
    """So that a document's budget ends where it did."""
    from derive.verify.budget import steps_made

    def steps(text: str) -> int:
        made = steps_made()
        reported(text, project)
        return steps_made() - made

    first = steps(PAGE)
    decided.clear()
    assert steps(PAGE + "\n") == first and decided == []


def test_what_shapes_are_declared_before_or_after_is_part_of_a_question() -> None:
    from derive.front.cache.asked import key_of
    from derive.model import Claim, Stance
    from derive.term.nodes import Symbol
    from derive.term.scope import Origin, Scope

    def key(at: int, *origins: Origin) -> bytes:
        scope = Scope(origins={"A": origins}, usage={"A": frozenset({str(at)})})
        return key_of(Claim(Span(at, at + 3), Symbol("A"), "=", ONE, scope, Stance.ASSERTED))

    origin = Origin("set", Span(5, 8), (2, 2), 5, 100)
    assert key(10, origin) == key(20, origin) == key(40, replace(origin, span=Span(15, 18), start=15))
    assert len({key(10, origin), key(3, origin), key(200, origin), key(10), key(10, origin, origin)}) == 5


def test_the_tower_looks_at_nothing_that_is_left_out_of_a_question() -> None:
    """Of a scope it reads neither what was learned nor how letters are used elsewhere; of the words of the
    document only those that are part of the question."""
    import re

    for room in ("verify", "calculus", "functions", "laws", "term"):
        for path in (ROOT / "derive" / room).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            if path.name != "scope.py":
                assert not re.search(r"scope\.(?:usage|learned|elsewhere|places)\b", text), path
            if "words" in re.findall(r"options(?:\.get\(|\[)[\"'](\w+)", text):
                assert path.name in ("words.py", "standard.py"), path
