"""`derive check` from end to end."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from derive.cli import main
from derive.report.formats import FORMATS

ROOT = Path(__file__).parents[2]
CLEAN = "# Squares\n\nFor all $x$ and $y$,\n\n$$(x + y)^2 = x^2 + 2xy + y^2 = y^2 + 2xy + x^2.$$\n"
WRONG = "# Squares\n\nFor all $x$ and $y$,\n\n$$(x + y)^2 = x^2 + 2xy + y^2 = x^2 + 3xy + y^2.$$\n"


def derive(*argv: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", "derive", *argv], capture_output=True, text=True, cwd=cwd, env=env, timeout=120
    )


def test_a_clean_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.md"
    file.write_text(CLEAN)
    assert main(["check", str(file)]) == 0
    assert "found: 0 errors, 0 warnings" in capsys.readouterr().out


def test_an_error_is_found_and_sets_the_status(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.md"
    file.write_text(WRONG)
    assert main(["check", str(file), "--output-format", "concise"]) == 1
    shown = capsys.readouterr().out
    assert f"{file}:5:" in shown and ": error DRV" in shown
    assert main(["check", str(file), "--exit-zero"]) == 0


@pytest.mark.parametrize("output_format", FORMATS)
def test_formats_go_to_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str], output_format: str) -> None:
    (tmp_path / "a.md").write_text(WRONG)
    out = tmp_path / "report"
    argv = ["check", str(tmp_path), "--no-cache", "--output-format", output_format, "-o", str(out)]
    assert main(argv) == 1
    assert capsys.readouterr().out == ""
    text = out.read_text(encoding="utf-8")
    assert text.endswith("\n")
    if output_format == "json":
        assert json.loads(text)["summary"]["errors"] == 1


def test_latex_documents(tmp_path: Path) -> None:
    body = CLEAN.removeprefix("# Squares")
    (tmp_path / "a.tex").write_text(
        "\\documentclass{article}\\begin{document}\n" + body + "\\end{document}\n"
    )
    assert main(["check", str(tmp_path / "a.tex")]) == 0


def test_one_broken_thing_does_not_cost_the_rest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.md").write_text("$$\\frac{1}{ = \\undefinedcommand$$\n\n$$x = 1\n\nWords.\n\n" + WRONG)
    (tmp_path / "b.md").write_bytes(b"Caf\xe9 $x$\n")
    (tmp_path / "c.md").write_text("")
    assert main(["check", str(tmp_path), "--output-format", "concise"]) == 1
    shown = capsys.readouterr().out
    assert f"{tmp_path / 'a.md'}:3:1: info DRV000 document: `$$` is never closed" in shown
    assert f"{tmp_path / 'b.md'}:1:4: info DRV000 document: not UTF-8" in shown
    assert ": error DRV" in shown
    assert "3 files" in shown


def test_an_empty_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path)]) == 0
    assert "no documents in this folder" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["none.md", "data.csv"])
def test_what_is_named_and_cannot_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (tmp_path / "data.csv").write_text("1,2")
    (tmp_path / "a.md").write_text(CLEAN)
    assert main(["check", str(tmp_path / name), str(tmp_path / "a.md")]) == 2
    captured = capsys.readouterr()
    assert name in captured.err
    assert "1 file," in captured.out


@pytest.mark.parametrize(
    "argv", [[], ["check", "--output-format", "xml"], ["nonsense"], ["check", "--nonsense"]]
)
def test_wrong_usage(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(argv) == 2
    assert "usage" in capsys.readouterr().err.lower() or not argv


def test_a_file_that_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.md").write_text(CLEAN)
    assert main(["check", str(tmp_path / "a.md"), "-o", str(tmp_path / "none" / "x")]) == 2
    assert "none" in capsys.readouterr().err


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(WRONG + CLEAN)
    runs = [derive("check", "a.md", "--output-format", "json", cwd=tmp_path) for _ in range(2)]
    assert runs[0].returncode == 1, runs[0].stderr
    assert runs[0].stdout == runs[1].stdout
    assert json.loads(runs[0].stdout)["files"][0]["path"] == "a.md"


def test_the_reader_of_the_output_may_leave(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("$\\nope$ and words.\n\n" * 3000)
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = f"{sys.executable} -m derive check a.md --output-format json | head -c 10"
    done = subprocess.run(run, shell=True, capture_output=True, text=True, cwd=tmp_path, env=env, timeout=120)
    assert done.stderr == ""


def test_a_terminal_that_knows_ascii_only(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Größe $\\nöpe$", encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"}
    argv = [sys.executable, "-m", "derive", "check", "a.md"]
    done = subprocess.run(argv, capture_output=True, text=True, cwd=tmp_path, env=env, timeout=120)
    assert done.returncode == 0, done.stderr


def test_version() -> None:
    done = derive("--version")
    assert (done.returncode, done.stdout) == (0, "derive 0.1.0\n")


@pytest.fixture(scope="module")
def strange(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents with strange names."""
    folder = tmp_path_factory.mktemp("strange")
    for name in (b"new\nline.md", b"\x1b[31m.md", b"bytes\xff\xfe.md", "é 𝔸.md".encode(), b"a,b:c%<i>.md"):
        path = Path(os.fsdecode(os.fsencode(folder) + b"/" + name))
        path.write_text(WRONG + "\né 𝔸 $\\é$\n", "utf-8")
    return folder


@pytest.mark.parametrize("output_format", FORMATS)
@pytest.mark.parametrize("encoding", ["ascii", "utf-8"])
def test_no_name_of_a_file_breaks_a_stream(
    strange: Path, monkeypatch: pytest.MonkeyPatch, output_format: str, encoding: str
) -> None:
    stream = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(stream, encoding=encoding, newline="\n"))
    monkeypatch.chdir(strange)
    assert main(["check", ".", "--output-format", output_format]) == 1
    text = stream.getvalue().decode(encoding)
    assert all(c.isprintable() or c == "\n" for c in text)
    if output_format in ("json", "sarif", "gitlab", "rdjson"):
        json.loads(text)
    if output_format == "jsonl":
        assert all(json.loads(line) for line in text.splitlines())
    if output_format == "junit":
        assert len(ElementTree.fromstring(text).findall("testsuite")) == 5
