"""`derive check --watch`: again after every change, until Ctrl-C."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from derive.cli import main
from derive.cli.watching import snapshot, watch

RIGHT = "For all $x$,\n\n$$x + x = 2x.$$\n"
WRONG = "For all $x$,\n\n$$x + x = 3x.$$\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text(RIGHT)
    return tmp_path


def changes(*made: Callable[[], object]) -> Callable[[float], None]:
    """A sleep in which one change is made after the other, and Ctrl-C in the end."""
    left: Iterator[Callable[[], object]] = iter(made)

    def sleep(seconds: float) -> None:
        assert seconds > 0
        change = next(left, None)
        if change is None:
            raise KeyboardInterrupt
        change()

    return sleep


def test_each_change_is_a_run_and_what_is_no_change_is_none(here: Path) -> None:
    runs: list[int] = []

    def run() -> int:
        runs.append(len(runs))
        (here / "report.txt").write_text(f"{runs}")  # its own output is no change
        return len(runs)

    made = changes(
        lambda: None,
        lambda: (here / "docs" / "a.md").write_text(WRONG),
        lambda: (here / "docs" / "new.md").write_text(RIGHT),
        lambda: (here / "docs" / "macros.tex").write_text("\\newcommand{\\x}{x}"),
        lambda: (here / "derive.toml").write_text("strict = true\n"),
        lambda: (here / "derive.toml").write_text("strict = 'wrong'\n"),
        lambda: (here / "derive.toml").write_text("strict = false\n"),
        lambda: (here / "docs" / ".a.md.swp").write_text("an editor's"),
        lambda: (here / "docs" / "new.md").unlink(),
    )
    assert watch(["docs"], "report.txt", run, made) == len(runs) == 8


def test_a_file_that_is_named_is_watched_with_its_folder(here: Path) -> None:
    assert set(snapshot(["docs/a.md"])) == {"docs/a.md"}
    (here / "docs" / "b.sty").write_text("")
    assert set(snapshot(["docs/a.md"])) == {"docs/a.md", "docs/b.sty"}
    assert snapshot(["nowhere/a.md"]) == {}


@pytest.mark.parametrize("argv", [("--fix",), ("--write-baseline", "b.json")])
def test_it_writes_no_document_and_no_baseline(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, argv: tuple[str, ...]
) -> None:
    monkeypatch.setattr(time, "sleep", changes())
    monkeypatch.setattr("derive.cli.watching.watch", lambda paths, output, run: run())
    assert main(["check", "docs", "--watch", *argv]) == 2
    assert "--watch tells what there is" in capsys.readouterr().err
    assert main(["check", "-", "--watch"]) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_the_command_from_end_to_end(here: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    argv = [sys.executable, "-m", "derive", "check", "docs", "--watch", "--output-format", "concise"]

    def heeding() -> None:  # a shell that runs the tests behind it has its children ignore Ctrl-C
        signal.signal(signal.SIGINT, signal.default_int_handler)

    pipe = subprocess.PIPE
    with subprocess.Popen(argv, stdout=pipe, stderr=pipe, text=True, env=env, preexec_fn=heeding) as run:
        assert run.stderr is not None and run.stdout is not None
        assert "waiting for changes" in run.stderr.readline()
        (here / "docs" / "a.md").write_text(WRONG)
        assert "docs/a.md changed" in run.stderr.readline()
        assert "waiting for changes" in run.stderr.readline()
        run.send_signal(2)
        assert run.wait(30) == 1  # what the last run says
        told = run.stdout.read()
    assert told.count("found: 0 errors") == told.count("found: 1 error") == 1
