"""`derive check` as a gate: what is told, when it fails, what is mended."""

import io
import json
import os
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest

from derive.cli import main

RIGHT = "For all $x$ and $y$,\n\n$$(x + y)^2 = x^2 + 2xy + y^2.$$\n"
WRONG = "For all $x$ and $y$,\n\n$$(x + y)^2 = x^2 + 2xy + y^2 = x^2 + 3xy + y^2.$$\n"
SUM = "\nHence\n\n$$1 + 1 = 3.$$\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, list[str]]:
    """The exit status and the codes told."""
    capsys.readouterr()
    status = main(["check", "--output-format", "json", *argv])
    data = json.loads(capsys.readouterr().out)
    return status, [d["code"] for file in data["files"] for d in file["diagnostics"]]


def said(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str]:
    capsys.readouterr()
    status = main(["check", *argv])
    return status, capsys.readouterr().err


def test_selected_by_code_and_name(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "a.md").write_text(WRONG + SUM)
    assert found(capsys, "a.md") == (1, ["DRV104", "DRV115"])
    assert found(capsys, "a.md", "--select", "wrong-factor") == (1, ["DRV104"])
    assert found(capsys, "a.md", "--select", "drv115,norm") == (1, ["DRV115"])
    assert found(capsys, "a.md", "--select", "DRV1", "--ignore", "arithmetic") == (1, ["DRV104"])
    assert found(capsys, "a.md", "--ignore", "DRV1") == (0, [])


@pytest.mark.parametrize(
    ("word", "near"), [("wrong-factr", "wrong-factor"), ("DRV19x", "DRV19"), ("sing", "sign")]
)
def test_a_wrong_name_is_told_with_the_nearest(
    here: Path, capsys: pytest.CaptureFixture[str], word: str, near: str
) -> None:
    (here / "a.md").write_text(RIGHT)
    status, told = said(capsys, "a.md", "--select", word)
    assert status == 2 and f"{word!r}; did you mean '{near}" in told
    (here / "derive.toml").write_text(f"ignore = ['{word}']\n")
    status, told = said(capsys, "a.md")
    assert status == 2 and "derive.toml: ignore: " in told and near in told


def test_a_document_by_itself_is_selected_from_too(here: Path) -> None:
    from derive.front.single import Single

    (here / "a.md").write_text(SUM)
    (here / "derive.toml").write_text("ignore = ['arithmetic']\n")
    report = Single("a.md").report()
    assert report is not None and report.diagnostics == ()
    (here / "derive.toml").write_text("ignore = ['arithmetik']\n")
    assert "did you mean 'arithmetic'" in Single("a.md").faults[0]


def test_some_files_ignore_more(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "old").mkdir()
    (here / "old" / "a.md").write_text(SUM)
    (here / "b.md").write_text(SUM)
    (here / "derive.toml").write_text("[per-file-ignores]\n'old/**' = ['arithmetic']\n")
    assert found(capsys) == (1, ["DRV115"])
    assert found(capsys, "old") == (0, [])
    assert found(capsys, "old", "--isolated") == (1, ["DRV115"])


def test_the_confidence_that_is_asked_for(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "a.md").write_text(WRONG + "\n\n$$\\sum_{k=1}^n k^2 = \\frac{n(n+1)}{2}$$\n\n~~$x~~\n")
    (here / "derive.toml").write_text("min-confidence = 'high'\n")
    data = found(capsys, "a.md")
    assert data[0] == 1 and "DRV104" in data[1]
    assert main(["check", "a.md", "--min-confidence", "sure"]) == 2


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        ((), 0),
        (("--fail-on", "warning"), 1),
        (("--fail-on", "never"), 0),
        (("--fail-on", "warning", "--exit-zero"), 0),
    ],
)
def test_what_fails_the_run(
    here: Path, capsys: pytest.CaptureFixture[str], argv: tuple[str, ...], expected: int
) -> None:
    (here / "a.md").write_text("Consider\n\n$$x_1 y_1 + x_2 y_2 + x_3 y_2$$\n\nas a sum.\n")
    status, codes = found(capsys, "a.md", *argv)
    assert codes and status == expected


def test_errors_fail_it_unless_never(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "a.md").write_text(SUM)
    (here / "derive.toml").write_text("fail-on = 'never'\n")
    assert found(capsys, "a.md")[0] == 0
    assert found(capsys, "a.md", "--fail-on", "error")[0] == 1


def test_strict(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "a.md").write_text(RIGHT)
    assert main(["check", "a.md", "--strict"]) == 0
    (here / "b.typ").write_text("$x = y$")
    status, told = found(capsys, "."), capsys.readouterr()
    assert status[0] == 0
    assert main(["check", ".", "--strict"]) == 4
    assert "format that is not supported (Typst)" in capsys.readouterr().out
    (here / "b.typ").unlink()
    assert main(["check", ".", "--strict"]) == 0
    (here / "c.md").write_text("$$x \\oops = 1$$\n")
    assert main(["check", "c.md"]) == 0
    assert main(["check", "c.md", "--strict"]) == 4
    (here / "c.md").write_text("words\n")
    assert main(["check", "c.md"]) == 0
    assert main(["check", "c.md", "--strict"]) == 4
    (here / "c.md").write_text(SUM)
    assert main(["check", ".", "--strict"]) == 1  # errors go first
    assert told is not None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("b.ipynb", '{"cells": ['),
        ("b.py", '"""For all $x$ we have $x = x$."""\ndef f(:\n'),
        ("b.ptx", "<pretext><p><m>1 + 1 = 2</p></pretext>"),
        ("b.rst", "We have :math:`1 + 1 = 2.\n"),
        ("b.adoc", "We have stem:[1 + 1 = 2].\n"),
        ("b.org", "\\begin{equation}\n1 + 1 = 2\n"),
    ],
)
def test_strict_holds_of_what_was_left_out_of_a_document(
    here: Path, capsys: pytest.CaptureFixture[str], name: str, text: str
) -> None:
    (here / "a.md").write_text(RIGHT)
    (here / name).write_text(text)
    assert main(["check", "."]) == 0
    assert "not read" in (told := capsys.readouterr().out) or "not a Jupyter notebook" in told
    for _ in "once", "from the cache":
        assert main(["check", ".", "--strict"]) == 4


def test_the_name_of_standard_input_tells_its_format(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def given() -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(SUM.encode())))

    given()
    assert main(["check", "-"]) == 1
    given()
    assert main(["check", "-", "--stdin-filename", "docs/a.tex"]) == 1
    assert "docs/a.tex:" in capsys.readouterr().out
    for name in ("a.foo", "a.typ", "README"):
        given()
        assert main(["check", "-", "--stdin-filename", name]) == 2
        assert f"{name}: not a supported format (.md, " in capsys.readouterr().err


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every folder")
def test_a_folder_that_cannot_be_read(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "a.md").write_text(RIGHT)
    (here / "locked").mkdir(mode=0)
    status, told = said(capsys, ".", "--output-format", "json")
    assert status == 0 and "locked: Permission denied: not looked into" in told
    assert main(["check", ".", "--strict"]) == 4


def test_coverage(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "a.md").write_text("$$x \\oops = 1$$\n\nand $1 + 1 = 2$.\n")
    assert main(["check", "a.md", "--fail-under", "50"]) == 0
    status, told = said(capsys, "a.md", "--fail-under", "60")
    assert status == 4 and "50 % were read, fewer than 60 %" in told
    assert main(["check", "a.md", "--fail-under", "60", "--exit-zero"]) == 0
    assert main(["check", "a.md", "--fail-under", "101"]) == 2


def test_what_is_left_out(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a.md", "drafts/b.md", "deep/er/c.md"):
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        (here / name).write_text(SUM)
    assert len(found(capsys)[1]) == 3
    assert len(found(capsys, "--exclude", "drafts")[1]) == 2
    assert len(found(capsys, "--exclude", "deep/**", "--exclude", "drafts")[1]) == 1
    assert len(found(capsys, "drafts", "--exclude", "drafts")[1]) == 1  # who names it means it
    (here / "derive.toml").write_text("exclude = ['deep']\n")
    assert len(found(capsys, "--exclude", "drafts")[1]) == 1
    assert "left out as the settings or the command say: " in said(capsys, "--output-format", "json")[1]
    assert len(found(capsys, "deep/er/c.md")[1]) == 1


def test_from_standard_input(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def give(text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    (here / "book").mkdir()
    (here / "book" / "derive.toml").write_text("ignore = ['arithmetic']\n")
    give(SUM)
    assert found(capsys, "-") == (1, ["DRV115"])
    give(SUM)
    assert found(capsys, "-", "--stdin-filename", "book/x.md") == (0, [])
    give("\\[1 + 1 = 3\\]\n% \\[1 + 1 = 4\\]\n")
    assert found(capsys, "-", "--stdin-filename", "x.tex") == (1, ["DRV115"])
    give(SUM)
    assert main(["check", "-", "--fix"]) == 2
    assert main(["check", "a.md", "--stdin-filename", "x.tex"]) == 2


def test_the_report_goes_over_no_document(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "a.md").write_text(SUM)
    (here / "b.tex").write_text("\\[1 + 1 = 2\\]\n")
    (here / "macros.sty").write_text("\\newcommand{\\x}{y}\n")
    for name in ("a.md", "b.tex", "macros.sty"):
        before = (here / name).read_text()
        assert main(["check", "a.md", "--macros", "macros.sty", "-o", name]) == 2
        assert (here / name).read_text() == before
    for _ in range(2):  # an earlier report is written over, and is no document
        assert main(["check", ".", "--output-format", "latex", "-o", "errata.tex"]) == 1
        assert main(["check", "a.md", "-o", "report.txt"]) == 1
    data = found(capsys)
    assert data == (1, ["DRV115"])


def test_colours(here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "a.md").write_text(SUM)

    def coloured(*argv: str) -> bool:
        capsys.readouterr()
        main(["check", "a.md", *argv])
        return "\x1b[" in capsys.readouterr().out

    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    assert not coloured()
    assert coloured("--color", "always")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert coloured() and not coloured("--color", "never") and not coloured("-o", "x.txt")
    monkeypatch.setenv("NO_COLOR", "1")
    assert not coloured()


# -- lines that changed


def git(*argv: str) -> None:
    subprocess.run(
        ["git", *argv], check=True, capture_output=True, env={**os.environ, "GIT_CONFIG_GLOBAL": ""}
    )


@pytest.fixture
def repository(here: Path) -> Path:
    git("init", "-q", "-b", "main")
    git("config", "user.email", "a@example.org")
    git("config", "user.name", "A")
    (here / "a.md").write_text(f"# One\n\nLet $f(x) = x^2$. Then $f(2) = 4$.\n\n# Two\n{SUM}\n")
    git("add", "a.md")
    git("commit", "-q", "-m", "first")
    return here


def test_findings_on_changed_lines(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert found(capsys, "a.md") == (1, ["DRV115"])
    assert found(capsys, "a.md", "--since", "HEAD") == (0, [])
    assert (
        "1 findings on lines that did not change since HEAD"
        in said(capsys, "a.md", "--since", "HEAD", "--output-format", "json")[1]
    )
    file = repository / "a.md"
    file.write_text(file.read_text() + "\nHence\n\n$$2 + 2 = 5.$$\n")
    assert found(capsys, "a.md", "--since", "HEAD") == (1, ["DRV115"])
    (repository / "new.md").write_text(SUM)
    assert len(found(capsys, ".", "--since", "HEAD")[1]) == 2


def test_revisions_that_git_does_not_know(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("nowhere", "--output=x", ""):
        status, told = said(capsys, "a.md", f"--since={name}")
        assert status == 2 and "--since" in told
    assert not (repository / "x").exists()


def test_outside_of_a_repository(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "a.md").write_text(SUM)
    status, told = said(capsys, "a.md", "--since", "HEAD")
    assert status == 2 and "git" in told


# -- the baseline


def test_what_the_baseline_knows_is_not_told_again(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = here / "a.md"
    file.write_text(WRONG + SUM)
    assert main(["check", "--write-baseline", "known.json"]) == 0
    assert found(capsys, "--baseline", "known.json") == (0, [])
    main(["check", "--baseline", "known.json", "--output-format", "json"])
    data = json.loads(capsys.readouterr().out)
    assert data["summary"]["suppressed"] == 2 and data["summary"]["errors"] == 0
    assert [(s["by"], s["diagnostic"]["code"]) for s in data["files"][0]["suppressed"]] == [
        ("baseline", "DRV104"),
        ("baseline", "DRV115"),
    ]
    file.write_text("# New heading\n\nWords.\n\n" + WRONG + SUM.replace("1 + 1", "1  +  1"))  # moved
    assert found(capsys, "--baseline", "known.json") == (0, [])
    file.write_text(WRONG + SUM.replace("= 3", "= 4"))  # edited
    assert found(capsys, "--baseline", "known.json") == (1, ["DRV115"])
    file.write_text(WRONG + SUM + SUM)  # once more
    assert found(capsys, "--baseline", "known.json") == (1, ["DRV115"])


def test_stale_entries(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "a.md").write_text(WRONG + SUM)
    (here / "b.md").write_text(SUM)
    (here / "derive.toml").write_text("baseline = 'known.json'\n")
    assert main(["check", "--write-baseline", "known.json"]) == 0
    (here / "a.md").write_text(WRONG)
    status, told = said(capsys, "a.md", "--output-format", "json")
    assert status == 0
    assert [row for row in told.splitlines() if "stale" in row] == [
        "derive: stale in the baseline: a.md: DRV115 arithmetic: 1+1=3"
    ]
    # what is not asked for may still be there, and so may what was not looked at
    assert "stale" not in said(capsys, "a.md", "--ignore", "DRV115", "--output-format", "json")[1]
    assert "stale" not in said(capsys, "b.md", "--output-format", "json")[1]
    assert main(["check", "a.md", "--prune-baseline"]) == 0
    assert [e["file"] for e in json.loads((here / "known.json").read_text())["findings"]] == ["a.md", "b.md"]
    (here / "b.md").unlink()
    assert "b.md" in said(capsys, "a.md", "--output-format", "json")[1]
    assert main(["check", "a.md", "--write-baseline", "known.json"]) == 0
    assert [e["file"] for e in json.loads((here / "known.json").read_text())["findings"]] == ["a.md"]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 1, "findings": [3]}', "\x00", "[" * 9999])
def test_what_is_no_baseline(here: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    (here / "a.md").write_text(SUM)
    (here / "known.json").write_text(text)
    for option in ("--baseline", "--write-baseline"):
        assert main(["check", "a.md", option, "known.json"]) == 2
        assert (here / "known.json").read_text() == text
    assert main(["check", "a.md", "--baseline", "none.json"]) == 2
    assert main(["check", "a.md", "--prune-baseline"]) == 2
    assert main(["check", "a.md", "--write-baseline", "a.md"]) == 2
    assert "Traceback" not in capsys.readouterr().err


# -- mends


def mend(file: Path, raw: bytes) -> bytes:
    file.write_bytes(raw)
    main(["check", str(file), "--fix", "--output-format", "concise"])
    return file.read_bytes()


def test_a_safe_mend_is_written(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = here / "a.md"
    file.write_text(WRONG + "\n  trailing  \n\n")
    file.chmod(0o640)
    assert main(["check", "a.md", "--diff"]) == 1
    shown = capsys.readouterr().out
    assert "--- a.md\n+++ a.md\n" in shown and "+$$(x + y)^2 = x^2 + 2xy + y^2 = x^2 + 2xy + y^2.$$" in shown
    assert "3xy" in file.read_text()
    assert main(["check", "a.md", "--fix"]) == 0
    assert "1 mend written" in capsys.readouterr().out
    assert file.read_text() == (WRONG + "\n  trailing  \n\n").replace("3xy", "2xy")
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert found(capsys, "a.md") == (0, [])
    assert main(["check", "a.md", "--diff"]) == 0 and capsys.readouterr().out == ""
    assert sorted(p.name for p in here.iterdir()) == ["a.md"]


@pytest.mark.parametrize(
    ("encoding", "before"),
    [("utf-8", "é — "), ("utf-8-sig", "é — "), ("utf-16", "é — "), ("latin-1", "é "), ("utf-8", "\r\n\t")],
)
def test_encodings_and_line_breaks_stay(here: Path, encoding: str, before: str) -> None:
    text = (before + "\n\n" + WRONG).replace("\n", "\r\n")
    assert mend(here / "a.md", text.encode(encoding)) == text.replace("3xy", "2xy").encode(encoding)


@pytest.mark.parametrize(
    ("name", "text", "after"),
    [
        (
            "a.tex",
            "Hence\n\\[(x+y)^2 = (y+x)^2 = x^2 + % 3xy\n 3xy + y^2\\]\n",
            "Hence\n\\[(x+y)^2 = (y+x)^2 = x^2 + % 3xy\n 2xy + y^2\\]\n",
        ),
        (  # the author's macros stay
            "a.tex",
            "\\newcommand{\\sq}[1]{#1^2}\nHence\n\\[(x-y)^2 = (y-x)^2 = \\sq{x} + 2xy + \\sq{y}\\]\n",
            "\\newcommand{\\sq}[1]{#1^2}\nHence\n\\[(x-y)^2 = (y-x)^2 = \\sq{x} - 2xy + \\sq{y}\\]\n",
        ),
        (
            "a.rst",
            "Hence\n\n.. math::\n\n   (x+y)^2 = (y+x)^2 = x^2 + 3xy + y^2\n",
            "Hence\n\n.. math::\n\n   (x+y)^2 = (y+x)^2 = x^2 + 2xy + y^2\n",
        ),
        (
            "a.py",
            'r"""We have :math:`(x+y)^2 = (y+x)^2 = x^2 + 3xy + y^2`"""\n',
            'r"""We have :math:`(x+y)^2 = (y+x)^2 = x^2 + 2xy + y^2`"""\n',
        ),
        (
            "a.html",
            "<p>We have \\((x+y)^2 = (y+x)^2 = x^2 + 3xy + y^2\\)</p>\n",
            "<p>We have \\((x+y)^2 = (y+x)^2 = x^2 + 2xy + y^2\\)</p>\n",
        ),
    ],
)
def test_mends_in_other_formats(here: Path, name: str, text: str, after: str) -> None:
    assert mend(here / name, text.encode()).decode() == after


def notebook(*lines: str) -> dict[str, Any]:
    cell = {"cell_type": "markdown", "metadata": {}, "source": [*lines]}
    return {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def test_in_a_notebook_the_mend_is_json(here: Path) -> None:
    before = notebook("For all $x$,\n", "\n", "$$\\frac{d}{dx} \\sin x = -\\cos x$$\n")
    after = notebook("For all $x$,\n", "\n", "$$\\frac{d}{dx} \\sin x = \\cos\\left(x\\right)$$\n")
    text = mend(here / "a.ipynb", json.dumps(before, indent=1).encode()).decode()
    assert json.loads(text) == after


def test_what_is_not_safe_is_left_alone(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # a macro stands where the mend would go; a warning is no error
    for text in (
        "$\\newcommand{\\three}{3}$\n\n$$(x + y)^2 = x^2 + \\three xy + y^2.$$\n",
        "Consider\n\n$$x_1 y_1 + x_2 y_2 + x_3 y_2$$\n\nas a sum.\n",
    ):
        raw = text.encode()
        after = mend(here / "a.md", raw)
        assert after == raw or (after.count(b"\\three") == 1 and found(capsys, "a.md")[0] == 0)


def test_the_mend_of_a_warning_is_written_where_it_is_asked_for(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    almost = "We have $(a + b)^2 = a^2 + 3ab + b^2$ here.\n\n"
    pattern = "Consider\n\n$$x_1 y_1 + x_2 y_2 + x_3 y_2$$\n\nas a sum.\n\n"
    file = here / "a.md"
    file.write_text(almost + pattern + WRONG)
    _, codes = found(capsys, "a.md")
    assert len(codes) == 3
    assert main(["check", "a.md", "--fix"]) == 0
    assert file.read_text() == almost + pattern + WRONG.replace("3xy", "2xy")
    assert main(["check", "a.md", "--diff", "--fix-on", "warning"]) == 1
    assert "\n+We have $(a + b)^2 = a^2 + 2ab + b^2$" in capsys.readouterr().out
    file.write_text(almost + pattern + WRONG)
    assert main(["check", "a.md", "--fix", "--fix-on", "warning"]) == 0
    assert "2 mends written" in capsys.readouterr().out
    # of the pattern nothing is proved
    assert file.read_text() == almost.replace("3ab", "2ab") + pattern + WRONG.replace("3xy", "2xy")


def test_options_that_do_not_go_together(here: Path) -> None:
    (here / "a.md").write_text(SUM)
    for argv in (
        ["--fix", "--diff"],
        ["--write-baseline", "x", "--fix"],
        ["--write-baseline", "x", "--since", "y"],
    ):
        assert main(["check", "a.md", *argv]) == 2
    (here / "derive.toml").write_text("output-format = 'jsn'\n")
    assert main(["check", "a.md"]) == 2
