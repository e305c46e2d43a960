"""An archive of small papers checked by a cluster of this machine, with one, two and four workers.

`python -m tests.bench.archive [--documents 5000] [--workers 1 2 4] [--folder DIR]` writes the papers, starts a
cluster with so many workers, and prints documents a second by the clock, processor seconds a document (those of
the workers, and of the command itself) and the most memory that the command and a process of a worker had. The
reports must be the same byte for byte, unless the machine is so busy that a process does not get a quarter of
the time that it asked for: then an answer of SymPy may be given up.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.papers import paper


@dataclass(frozen=True)
class Run:
    workers: int
    documents: int
    clock: float
    """Seconds from the connection to the report."""
    spent: float
    """Processor seconds of the workers and of their processes."""
    own: float
    """Processor seconds of this process."""
    memory: int
    """The most bytes that one process of a worker had in memory."""
    errors: int
    problems: int
    reports: Mapping[str, str]
    """A digest of the report on each document."""


class Processes:
    """The processes below this one: processor time, and the most memory, looked at every second."""

    def __init__(self) -> None:
        import psutil

        self._psutil = psutil
        self._spent: dict[int, float] = {}
        self.memory = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        for process in self._psutil.Process().children(recursive=True):
            try:
                times = process.cpu_times()
                self._spent[process.pid] = times.user + times.system
                self.memory = max(self.memory, process.memory_info().rss)
            except self._psutil.Error:
                continue  # it ended meanwhile

    def _watch(self) -> None:
        while not self._ended.wait(1.0):
            self._look()

    def spent(self) -> float:
        self._look()
        return sum(self._spent.values())

    def end(self) -> None:
        self._ended.set()
        self._thread.join()


def written(folder: Path, documents: int) -> tuple[int, int, int]:
    """Write the papers; how many bytes they have, and how many are false and broken."""
    size = planted = broken = 0
    for seed in range(documents):
        made = paper(seed)
        file = folder / f"{seed // 1000:03d}" / made.name  # as archives have them: not all in one folder
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(made.data)
        size, planted, broken = (
            size + len(made.data),
            planted + made.planted,
            broken + (made.broken is not None),
        )
    return size, planted, broken


def run(folder: Path, documents: int, workers: int) -> Run:
    from distributed import LocalCluster

    from derive.front.check import check
    from derive.report import json as json_report

    with LocalCluster(
        n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        processes = Processes()
        before, own, start = processes.spent(), time.process_time(), time.monotonic()
        report = check(
            str(folder), on=cluster.scheduler_address.replace("tcp:", "dask:"), terms=False, alone=True
        )
        clock, own, spent = time.monotonic() - start, time.process_time() - own, processes.spent() - before
        processes.end()
    told = json.loads(json_report.render(report, True))["files"]
    reports = {one["path"]: hashlib.sha256(json.dumps(one).encode()).hexdigest() for one in told}
    problems = len(report.problems)
    return Run(workers, documents, clock, spent, own, processes.memory, report.errors, problems, reports)


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=5000)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(exist_ok=True)
        size, planted, broken = written(folder, options.documents)
        print(
            f"{options.documents} documents, {size:,} bytes, {planted} with a planted error, {broken} broken"
        )
        found: list[Run] = []
        for workers in options.workers:
            load = os.getloadavg()[0]
            found.append(one := run(folder, options.documents, workers))
            print(
                f"{workers} workers: {one.clock:.0f} s, {one.documents / one.clock:.1f} documents a second, "
                f"{one.spent / one.documents:.3f} + {one.own / one.documents:.4f} processor seconds a document, "
                f"{one.memory >> 20} MiB a process at most, {one.errors} errors, {one.problems} problems "
                f"(load before {load:.1f} on {os.cpu_count()} cores)",
                flush=True,
            )
        mine = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
        first, *others = found
        differ = {
            path for one in others for path, told in one.reports.items() if told != first.reports.get(path)
        }
        print(f"the command itself: {mine} MiB at most; reports that differ: {sorted(differ)}")


if __name__ == "__main__":
    main()
