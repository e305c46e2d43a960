"""A cluster of two workers on this machine: the same report, whatever befalls a worker or a document."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

distributed = pytest.importorskip("distributed")

from derive.cli import main  # noqa: E402
from derive.front import cluster  # noqa: E402
from derive.front.check import check  # noqa: E402
from derive.front.cluster import done_there, scheduler_at  # noqa: E402
from derive.front.jobs import Gone, NoCluster, packed  # noqa: E402
from derive.front.serving import Answer, code  # noqa: E402
from derive.report import json as json_report  # noqa: E402

sys.path.insert(0, str(Path(__file__).parent))

import work_for_jobs as work  # noqa: E402

ROOT = Path(__file__).parents[2]
HERE = str(Path(__file__).parent)
WRONG = "We have\n\n$$(a+b)^2 = a^2 + ab + ab + b^2 = a^2 + 3ab + b^2.$$\n\n"


def environment(*more: str) -> dict[str, str]:
    quiet = {"DASK_LOGGING__DISTRIBUTED": "critical", "DASK_DISTRIBUTED__LOGGING__DISTRIBUTED": "critical"}
    return {**os.environ, **quiet, "PYTHONPATH": os.pathsep.join([str(ROOT), HERE, *more])}


class Cluster:
    """A scheduler and workers, each a process that can be killed by itself."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.workers: list[subprocess.Popen[bytes]] = []
        file = folder / "scheduler.json"
        once = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
        self.scheduler = self._started(
            "scheduler",
            "--port",
            "0",
            "--no-dashboard",
            "--scheduler-file",
            str(file),
            env=once,
        )
        ended = time.monotonic() + 60
        while not (file.exists() and file.read_text()):
            assert time.monotonic() < ended and self.scheduler.poll() is None
            time.sleep(0.05)
        self.tcp: str = json.loads(file.read_text())["address"]
        self.address = self.tcp.replace("tcp", "dask")

    def add(self, **env: str) -> subprocess.Popen[bytes]:
        worker = self._started(
            "worker", self.tcp, "--nthreads", "1", "--no-nanny", "--no-dashboard",
            "--local-directory", str(self.folder), env=env,
        )  # fmt: skip
        self.workers.append(worker)
        return worker

    def wait(self, workers: int) -> None:
        with distributed.Client(self.tcp, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=60)

    def _started(
        self, kind: str, *arguments: str, env: dict[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_" + kind, *arguments],
            env={**environment(), **(env or {})},
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def end(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    found = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        found.add()
        found.add()
        found.wait(2)
        yield found
    finally:
        found.end()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Cluster]:
    """One that a test may break."""
    folder = tmp_path / "cluster"
    folder.mkdir()
    found = Cluster(folder)
    try:
        yield found
    finally:
        found.end()


def documents(folder: Path, count: int) -> None:
    for k in range(count):
        (folder / f"{k}.md").write_text(WRONG.replace("b", "bcd"[k % 3]) + 1000 * "word " + "\n")


def numbered(address: str, does: Any, asked: list[Any], seconds: float = 60.0) -> list[Any]:
    done = done_there(
        address, does, asked, [1] * len(asked), lambda _: seconds, lambda one, how: f"{one}: {how}"
    )
    found = list(done)
    assert len(found) == len({k for k, _ in found}) == len(asked)  # none twice, none lost
    return [value for _, value in sorted(found, key=lambda one: one[0])]


def test_the_report_is_that_of_this_machine(two: Cluster, tmp_path: Path) -> None:
    documents(tmp_path, 5)
    (tmp_path / "d.md").write_bytes(b"\0\xff")
    (tmp_path / "e.md").write_bytes(b"$x = x$ caf\xe9")
    here, there = (json_report.render(check(tmp_path, on=on), True) for on in (None, two.address))
    assert here == there
    assert len(json.loads(there)["files"]) == 6


def test_and_so_is_what_the_command_prints(two: Cluster, tmp_path: Path) -> None:
    documents(tmp_path, 3)
    command = [sys.executable, "-m", "derive", "check", ".", "--no-cache"]
    done = [
        subprocess.run([*command, *more], capture_output=True, cwd=tmp_path, env=environment())
        for more in (["--jobs", "1"], ["--on", two.address])
    ]
    assert done[0].stdout == done[1].stdout and done[0].stdout.count(b"error[") == 3
    assert done[1].stderr == b"" and done[1].returncode == 1


def test_workers_look_into_no_file(two: Cluster, tmp_path: Path) -> None:
    """Macros of input files, of the main file of a chapter and of settings go with the document; so does what
    is assumed of files by their names. The files are gone when the workers begin."""
    book = tmp_path / "book"
    book.mkdir()
    (book / "derive.toml").write_text(
        '[assume]\n"b*.tex" = ["y > 0"]\n"c*.tex" = ["y < 0"]\n\n[macros]\n"\\\\two" = "2"\n'
    )
    (book / "main.tex").write_text(
        "\\documentclass{book}\\input{defs}\\newcommand{\\four}{4}\\begin{document}\\input{b}\\end{document}"
    )
    (book / "defs.tex").write_text("\\newcommand{\\three}{3}\n")
    (book / "a.tex").write_text("\\input{defs}\n$x + \\two x = \\three x$\n")
    (book / "b.tex").write_text("$\\four x - \\three x = x$ and $\\sqrt{y^2} = y$\n")
    paths = [str(book / name) for name in ("a.tex", "b.tex")]
    here = check(paths)
    assert [d.verdict.status.value for f in here.files for d in f.decided][-2:] == ["proved", "proved"]

    def emptied(address: str, *rest: Any) -> Iterator[Any]:
        for file in book.iterdir():
            file.unlink()
        return inner(address, *rest)

    inner = cluster.done_there
    try:
        cluster.done_there = emptied  # type: ignore[assignment]
        there = check(paths, on=two.address)
    finally:
        cluster.done_there = inner
    assert json_report.render(here, True) == json_report.render(there, True)


def test_what_is_known_is_not_asked_again(two: Cluster, tmp_path: Path) -> None:
    documents(tmp_path, 2)
    first = check(tmp_path, on=two.address, cached=True, terms=False)
    closed = "dask://127.0.0.1:9"
    again = check(tmp_path, on=closed, cached=True, terms=False)
    assert json_report.render(first, True) == json_report.render(again, True)


def test_what_kills_its_process_or_overruns_costs_itself_only(two: Cluster) -> None:
    assert numbered(two.address, work.deadly, ["a", "b", "c", "b", "d"]) == [
        "a!", "b: the process died", "c!", "b: the process died", "d!",
    ]  # fmt: skip
    found = numbered(two.address, work.patient_with_small, [5, 0, 7], 3.0)
    assert found == [5, "0: no answer in 3 s", 7]


def test_what_is_raised_there_is_raised_here(two: Cluster) -> None:
    with pytest.raises(ValueError, match="injected"):
        numbered(two.address, work.failing, [0, 1, 2])


def test_few_are_on_their_way_at_a_time(two: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    under_way: list[int] = []
    begin = cluster._Run._begin

    def seen(run: Any, *rest: Any) -> None:
        begin(run, *rest)
        under_way.append(len(run._running))

    monkeypatch.setattr(cluster._Run, "_begin", seen)
    assert numbered(two.address, work.doubled, list(range(60))) == [2 * k for k in range(60)]
    assert max(under_way) == 2 * cluster.AHEAD
    under_way.clear()
    monkeypatch.setattr(cluster, "CHARACTERS", 2)
    numbered(two.address, work.doubled, list(range(10)))
    assert max(under_way) == 2


def test_a_lost_worker_costs_a_retry(own: Cluster) -> None:
    own.add()
    own.add()
    own.wait(2)
    done = done_there(
        own.address, work.slow, list(range(12)), [1] * 12, lambda _: 60.0, lambda one, how: f"{one}: {how}"
    )
    found = [next(done), next(done)]
    own.workers[0].kill()
    found += done
    assert sorted(found) == [(k, k) for k in range(12)]


class Forgetful:
    """Stands for Dask: the worker that has the first answer is lost before it is fetched, twice."""

    status = "running"

    def __init__(self) -> None:
        self.submitted = 0

    def nthreads(self) -> dict[str, int]:
        return {"worker": 1}

    def submit(self, does: Any, work: bytes, one: bytes, *rest: Any, key: str, **named: Any) -> Any:
        self.submitted += 1
        return Promised(key, Answer(code(), one), ["lost", "pending"] if self.submitted == 1 else [])

    def cancel(self, futures: list[Any], force: bool) -> None:
        assert futures == []


class Promised:
    def __init__(self, key: str, answer: Answer, before: list[str]) -> None:
        self.key, self.answer, self.before, self.status = key, answer, before, "pending"

    def add_done_callback(self, then: Any) -> None:
        self.status = self.before.pop(0) if self.before else "finished"
        then(self)

    def result(self, timeout: float) -> Answer:
        return self.answer


def test_an_answer_that_was_lost_is_waited_for_again() -> None:
    client = Forgetful()
    found = cluster._Run(client, b"", code()).answers([0, 1, 2], "abc", [1, 1, 1], lambda _: 1.0)
    assert sorted(found) == [(k, packed("abc"[k])) for k in range(3)]
    assert client.submitted == 3


def test_what_kills_every_worker_is_told_and_the_rest_is_done(own: Cluster) -> None:
    """Dask gives a document up with its second worker here: so are those that were to follow it there."""
    for _ in range(6):
        own.add()
    own.wait(6)
    found = numbered(own.address, work.kills_whoever_asks, list(range(12)))
    assert found == [0, "1: every worker that had it was lost", *range(2, 12)]


def test_a_cluster_that_is_lost_leaves_what_was_done(
    own: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.add()
    own.wait(1)
    documents(tmp_path, 6)

    class Breaking:
        def see(self, done: int, of: int, report: object) -> None:
            own.scheduler.kill()

    report = check(tmp_path, on=own.address, watch=Breaking())
    (problem,) = report.problems
    assert re.fullmatch(rf"{own.address}: the connection was lost: (\d) of 6 documents were checked", problem)
    assert 1 <= len(report.files) < 6 and not report.interrupted


def test_so_does_one_whose_workers_are_gone(own: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "ALONE", 1.0)
    own.add()
    own.wait(1)
    done = done_there(own.address, work.slow, [0, 1, 2, 3], [1] * 4, lambda _: 60.0, lambda one, how: one)
    next(done)
    own.workers[0].kill()
    with pytest.raises(Gone, match="there is no worker any more"):
        list(done)


def other_code(folder: Path, version: str) -> str:
    """A copy of the package that says it is another version."""
    shutil.copytree(ROOT / "derive", folder / "derive", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "derive" / "version.py").write_text(f'VERSION = "{version}"\n')
    return str(folder)


@pytest.mark.parametrize(
    ("version", "said"),
    [("9.9", "has derive 9.9, and "), ("0.1.0", "too, but other sources")],
)
def test_other_code_is_refused(own: Cluster, tmp_path: Path, version: str, said: str) -> None:
    own.add(PYTHONPATH=os.pathsep.join([other_code(tmp_path / "cluster", version), HERE]))
    own.wait(1)
    with pytest.raises(NoCluster, match=re.escape(said)):
        numbered(own.address, work.doubled, [1])


def test_also_where_it_comes_later(own: Cluster, tmp_path: Path) -> None:
    own.add()
    own.wait(1)
    done = done_there(
        own.address, work.slow, list(range(30)), [1] * 30, lambda _: 60.0, lambda one, how: f"{one}: {how}"
    )
    found = [next(done)]
    own.add(PYTHONPATH=os.pathsep.join([other_code(tmp_path / "cluster", "9.9"), HERE]))
    own.wait(2)
    found += done
    assert sorted(found) == [(k, k) for k in range(30)]


def test_a_cluster_without_workers_is_told(own: Cluster) -> None:
    with pytest.raises(NoCluster, match="the cluster has no workers"):
        numbered(own.address, work.doubled, [1])


@pytest.mark.parametrize(
    "address",
    ["ray://host:1", "host:8786", "dask://", "dask://host:many", "dask://host:99999999", "tcp://host:1",
     "dask://host:1/path", "dask://[::1", ""],
)  # fmt: skip
def test_an_address_of_another_kind_is_wrong_usage(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--on", address, str(tmp_path)]) == 2
    assert f"derive: --on {address}: " in capsys.readouterr().err


def test_the_schedulers_address() -> None:
    assert scheduler_at("dask://host:1234") == "tcp://host:1234"
    assert scheduler_at("dask://host") == "tcp://host:8786"
    assert scheduler_at("dask://[::1]:3") == "tcp://[::1]:3"


def test_nobody_answers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "CONNECT", 1.0)
    documents(tmp_path, 1)
    assert main(["check", "--no-cache", "--on", "dask://127.0.0.1:9", str(tmp_path)]) == 2
    told = capsys.readouterr()
    assert told.out == "" and "derive: --on dask://127.0.0.1:9: no scheduler answers there" in told.err
    assert "Traceback" not in told.err


def test_processes_here_and_a_cluster_are_one_too_many(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--jobs", "2", "--on", "dask://host:1", str(tmp_path)]) == 2
    assert "one of them" in capsys.readouterr().err


def test_without_dask_it_is_said_how_to_install_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "find_spec", lambda name: None)
    assert main(["check", "--on", "dask://host:1", str(tmp_path)]) == 2
    assert "pip install 'derive-check[cluster]'" in capsys.readouterr().err


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Where the tests were started in the background they ignore interrupts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_ends_it_at_once(two: Cluster) -> None:
    started = time.monotonic()
    threading.Timer(1.5, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        numbered(two.address, work.patient, [0, 1, 2], 3.0)
    assert time.monotonic() - started < 20


class Impatient:
    def see(self, done: int, of: int, report: object) -> None:
        raise KeyboardInterrupt


def test_and_leaves_the_report_on_what_was_done(two: Cluster, tmp_path: Path) -> None:
    documents(tmp_path, 4)
    report = check(tmp_path, on=two.address, watch=Impatient())
    assert report.interrupted and len(report.files) == 1
    assert report.problems == ("interrupted: 1 of 4 documents were checked",)
