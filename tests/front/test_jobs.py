"""Work shared among processes: the same answers in the same order, and a death costs one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from derive.front.check import check
from derive.front.jobs import Died, in_order
from derive.report import json as json_report

sys.path.insert(0, str(Path(__file__).parent))

import work_for_jobs as work

ROOT = Path(__file__).parents[2]
WRONG = "We have\n\n$$(a+b)^2 = a^2 + ab + ab + b^2 = a^2 + 3ab + b^2.$$\n\n"


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_the_answers_come_in_order(jobs: int) -> None:
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
    found = list(in_order(work.deadly, ["a", "b", "c", "b", "d"], 2, died=lambda name: f"{name} died"))
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


def test_nobody_goes_on_working_for_one_who_left() -> None:
    started = time.monotonic()
    found = in_order(work.patient, range(3), 2)
    threading.Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        next(found)
    assert time.monotonic() - started < 20


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
