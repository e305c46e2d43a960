"""Runs the command on a batch of cases, watched and limited, and says what went wrong."""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cases import FINE, Case

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
SECONDS, BYTES = 60, 10**9
"""What a run may cost."""


@dataclass(frozen=True)
class Run:
    status: int
    out: str
    err: str
    seconds: float
    """Processor time of all its processes."""
    most: int
    """The memory of its largest process, in bytes."""
    seen: str
    """What it opened outside, and what it started."""


def derive(folder: Path, *argv: str) -> Run:
    """`derive` run in a folder; a process that takes twice its time is killed."""
    log = folder.parent / "seen.txt"
    allowed = [
        folder,
        ROOT / "derive",
        sys.prefix,
        sys.base_prefix,
        "/usr/lib",
        "/usr/share/zoneinfo",
        "/dev/null",
        "/dev/urandom",
    ]
    env = {
        "PATH": os.environ["PATH"], "PYTHONPATH": f"{HERE / 'watch'}{os.pathsep}{ROOT}", "WATCH_LOG": str(log),
        "WATCH_ALLOWED": os.pathsep.join(map(str, allowed)), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8",
    }  # fmt: skip
    start = time.monotonic()
    with (folder.parent / "out").open("wb+") as out, (folder.parent / "err").open("wb+") as err:
        process = subprocess.Popen(
            [sys.executable, "-m", "derive", *argv], cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=err,
            preexec_fn=_limited, start_new_session=True,
        )  # fmt: skip
        usage = None
        while usage is None:
            pid, state, used = os.wait4(process.pid, os.WNOHANG)
            if pid:
                usage, process.returncode = used, os.waitstatus_to_exitcode(state)
            elif time.monotonic() - start > 5 * SECONDS:  # the machine may be busy
                os.killpg(process.pid, 9)
            else:
                time.sleep(0.02)
        out.seek(0), err.seek(0)
        told = out.read().decode("utf-8", "surrogateescape"), err.read().decode("utf-8", "surrogateescape")
    seconds = usage.ru_utime + usage.ru_stime
    seen = log.read_text(encoding="utf-8", errors="surrogateescape") if log.exists() else ""
    return Run(process.returncode, *told, seconds, usage.ru_maxrss * 1024, seen)


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (6 * BYTES, 6 * BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (2 * SECONDS, 2 * SECONDS))


def lay(folder: Path, cases: Sequence[Case]) -> Path:
    """The tree of a batch: a folder a case; beside the tree stands what must not be read."""
    outside = folder / "outside"
    outside.mkdir()
    for suffix in ("", ".tex", ".rst", ".md", ".sty"):
        (outside / f"secret{suffix}").write_text("\\newcommand{\\secret}{1 + 1}\n\n$1 + 1 = 3$\n")
    tree = folder / "tree"
    for case in cases:
        own = tree / case.name
        own.mkdir(parents=True)
        (own / "fine.md").write_text(FINE)
        case.write(own)
    return tree


def faults(folder: Path, cases: Sequence[Case], *argv: str) -> list[str]:
    """What is wrong with a run on a batch of cases; empty: nothing."""
    tree = lay(folder, cases)
    out = folder / "report.json"
    run = derive(tree, "check", ".", "--output-format", "json", "-o", f"../{out.name}", "--no-cache", *argv)
    found = [
        f"{what} in {name}"
        for what in ("Traceback", "internal fault", "CheckerFault")
        for name, text in (("out", run.out), ("err", run.err))
        if what in text
    ]
    found += [f"{run.seconds:.0f} s"] * (run.seconds > SECONDS)
    found += [f"{run.most / 1e9:.1f} GB"] * (run.most > BYTES)
    found += [row for row in run.seen.splitlines() if not row.endswith(out.name)]
    found += [f"made {path}" for path in tree.rglob("PWNED")]
    found += [
        f"a control character in the messages: {c!r}"
        for c in sorted({c for c in run.err if c < " " and c != "\n"})
    ]
    if run.status not in (1, 2):
        found.append(f"exit status {run.status}")
    if (run.status == 2) != bool(_told(run.err)):
        found.append(f"exit status {run.status} with the messages {run.err[-500:]!r}")
    try:
        report = json.loads(out.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        return [*found, f"no report: {error}", run.err[-1500:]]
    text = json.dumps(report)
    found += [f"{what} in the report" for what in ("internal fault", "root:x:0") if what in text]
    intact = {
        f["path"]
        for f in report["files"]
        for d in f["diagnostics"]
        if d["severity"] == "error" and Path(f["path"]).name == "fine.md"
    }
    lost = [
        case.name for case in cases if f"{case.name}/fine.md" not in {p.removeprefix("./") for p in intact}
    ]
    found += [f"the error beside {name} was lost" for name in lost]
    if found:
        found.append(run.err[-1500:])
    return found


def _told(err: str) -> list[str]:
    """Messages that are no notes."""
    notes = (
        "no formulas were found",
        "is not read: it lies outside",
        "not supported",
        "a link to",
        "no documents in",
        "was not followed",
        "no file",
    )
    return [
        row
        for row in err.splitlines()
        if row.startswith("derive: ") and not any(note in row for note in notes)
    ]
