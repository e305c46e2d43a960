"""Work shared among processes: the same answers in the same order, and a death costs one."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from derive.front.check import check
from derive.front.jobs import Died, as_done
from derive.report import json as json_report

sys.path.insert(0, str(Path(__file__).parent))

import work_for_jobs as work

ROOT = Path(__file__).parents[2]
WRONG = "We have\n\n$$(a+b)^2 = a^2 + ab + ab + b^2 = a^2 + 3ab + b^2.$$\n\n"


def in_order(*given: Any, **named: Any) -> list[Any]:
    """What is done first comes first: here by number."""
    return [value for _, value in sorted(as_done(*given, **named), key=lambda found: found[0])]


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_each_answer_comes_with_its_number(jobs: int) -> None:
    assert list(in_order(work.doubled, range(5), jobs)) == [0, 2, 4, 6, 8]
    assert list(in_order(work.slow_when_small, range(5), jobs, [1, 2, 3, 4, 5])) == [0, 1, 2, 3, 4]
    assert list(in_order(work.doubled, [], jobs)) == []


def test_threads_of_the_caller_do_not_matter() -> None:
    ended = threading.Event()
    thread = threading.Thread(target=ended.wait)
    thread.start()
    try:
        assert os.getpid() not in list(in_order(work.process, range(4), 2))
    finally:
        ended.set()
        thread.join()


def test_what_kills_its_process_costs_itself_only() -> None:
    found = list(in_order(work.deadly, ["a", "b", "c", "b", "d"], 2, died=lambda name, how: f"{name} died"))
    assert found == ["a!", "b died", "c!", "b died", "d!"]
    with pytest.raises(Died):
        list(in_order(work.deadly, ["a", "b"], 2))


def test_what_is_printed_is_no_answer() -> None:
    assert list(in_order(work.noisy, range(3), 2)) == [0, 1, 2]


def test_what_is_raised_there_is_raised_here() -> None:
    with pytest.raises(ValueError, match="injected"):
        list(in_order(work.failing, range(3), 2))
    with pytest.raises(RuntimeError):
        list(in_order(work.unsendable, range(3), 2))


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Where the tests were started in the background they ignore interrupts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_nobody_goes_on_working_for_one_who_left() -> None:
    started = time.monotonic()
    found = as_done(work.patient, range(3), 2)
    threading.Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        next(found)
    assert time.monotonic() - started < 20


def test_what_is_done_first_comes_first() -> None:
    assert [value for _, value in as_done(work.slow_when_small, range(3), 2)][-1] == 0


def documents(folder: Path, count: int) -> None:
    for k in range(count):
        (folder / f"{k}.md").write_text(WRONG.replace("b", "bcd"[k % 3]) + 10_000 * "word " + "\n")


def test_the_report_does_not_depend_on_the_number_of_processes(tmp_path: Path) -> None:
    documents(tmp_path, 4)
    (tmp_path / "d.md").write_bytes(b"\0\xff")
    one, two, three = (json_report.render(check(tmp_path, jobs=n), True) for n in (1, 2, 3))
    assert one == two == three
    assert len(json.loads(two)["files"]) == 4


def test_nor_what_the_command_prints(tmp_path: Path) -> None:
    documents(tmp_path, 3)
    command = [sys.executable, "-m", "derive", "check", ".", "--no-cache", "--jobs"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    told = {
        subprocess.run([*command, n], capture_output=True, cwd=tmp_path, env=environment).stdout
        for n in "123"
    }
    assert len(told) == 1 and told.pop().count(b"error[") == 3


def test_a_folder_of_documents_is_no_place_to_import_from(tmp_path: Path) -> None:
    """What stands beside the documents is never run, not by the processes that are started either."""
    documents(tmp_path, 3)
    for name in ("struct", "pickle", "sympy", "flint", "derive"):
        (tmp_path / f"{name}.py").write_text("open('was-run', 'w').close()\n")
    code = (
        f"import sys; sys.path[0] = {str(ROOT)!r}; from derive.cli import main;"
        "main(['check', '.', '--jobs', '2', '--no-cache'])"
    )
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True, capture_output=True)
    assert not (tmp_path / "was-run").exists()


@pytest.mark.parametrize("number", ["0", "-1", "x"])
def test_a_number_of_processes_is_one_or_more(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    from derive.cli import main

    assert main(["check", "--jobs", number]) == 2
    assert "--jobs" in capsys.readouterr().err


class Impatient:
    """Watches, and interrupts the run after the first document."""

    def __init__(self) -> None:
        self.seen: list[tuple[int, int]] = []

    def see(self, done: int, of: int, report: object) -> None:
        self.seen.append((done, of))
        raise KeyboardInterrupt


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_interrupt_leaves_the_report_on_what_was_done(tmp_path: Path, jobs: int) -> None:
    documents(tmp_path, 3)
    watch = Impatient()
    report = check(tmp_path, jobs=jobs, watch=watch)
    assert report.interrupted and watch.seen == [(1, 3)] and len(report.files) == 1
    assert report.problems == ("interrupted: 1 of 3 documents were checked",)


def _interruptible() -> None:
    """A run that was started in the background passes on that it ignores interrupts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


AT_THE_SECOND = 4.0
"""Seconds of processor time after which that run is done with its first document, of one formula, and not with
its second, whose budget it spends."""


def _processor_time(pid: int) -> float:
    """What a process of Linux has used, in seconds: the 14th and 15th field of its `stat`."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_ctrl_c_prints_what_was_found(tmp_path: Path) -> None:
    documents(tmp_path, 1)
    long = "".join(f"$$\\int_0^1 x^{{{k}}} \\sin(x + {k}) dx = {k}$$\n\n" for k in range(400))
    (tmp_path / "9.md").write_text(long)
    command = [sys.executable, "-m", "derive", "check", ".", "--no-cache", "--jobs", "1"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.Popen(
        command,
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_interruptible,
    )
    ended = time.monotonic() + 60
    while _processor_time(run.pid) < AT_THE_SECOND and time.monotonic() < ended:
        time.sleep(0.1)
    run.send_signal(signal.SIGINT)
    out, err = run.communicate(timeout=60)
    assert run.returncode == 130
    assert "interrupted: 1 of 2 documents were checked" in err
    assert "wrong-factor" in out and "Traceback" not in err


class Screen(io.StringIO):
    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


def test_progress_is_for_a_terminal_and_for_what_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    from derive.cli import progress

    def shown(terminal: bool, after: float) -> str:
        monkeypatch.setattr(progress, "AFTER", after)
        screen = Screen(terminal)
        told = progress.Progress(screen)
        told.see(1, 2, None)
        told.end()
        return screen.getvalue()

    assert shown(True, 0.0).endswith("1/2 documents, 0 claims: 0 errors, 0 warnings\r\x1b[K")
    assert shown(True, 60.0) == shown(False, 0.0) == ""
