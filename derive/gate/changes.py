"""Lines that changed since a revision, as git tells them, and the findings that touch them."""

from __future__ import annotations

import os
import re
import subprocess
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from derive.classes import dataclass, replace
from derive.expressions import regex
from derive.gate.steps import span_of_step
from derive.model import Diagnostic, FileReport, Report, Span

_HUNK = regex(rb"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)
_SECONDS = 60


class GitError(ValueError):
    """What git says where it cannot tell what changed."""


@dataclass(frozen=True, slots=True)
class Changed:
    """Lines of a file that changed, both ends among them; `whole` for a file that is new."""

    ranges: tuple[tuple[int, int], ...] = ()
    whole: bool = False

    def touches(self, first: int, last: int) -> bool:
        return self.whole or any(first <= end and start <= last for start, end in self.ranges)


def changed_since(paths: Sequence[str], revision: str) -> dict[str, Changed]:
    """What changed in each of the files since a revision: since it parted from where we are, in what lies on
    the disk now. A file that git does not know is new.

    Raises `GitError`.
    """
    found: dict[str, Changed] = {}
    bases: dict[str, str] = {}
    for path in paths:
        real = os.path.realpath(path)
        folder = os.path.dirname(real)
        if folder not in bases:
            bases[folder] = _base(folder, revision)
        name = os.path.basename(real)
        if not _git(folder, "ls-files", "--", f":(literal){name}").strip():
            found[path] = Changed(whole=True)
            continue
        diff = _git(
            folder,
            "diff",
            "--no-ext-diff",
            "--no-textconv",
            "--no-color",
            "--unified=0",
            bases[folder],
            "--",
            f":(literal){name}",
        )
        found[path] = Changed(tuple(_range(m) for m in _HUNK.finditer(diff)))
    return found


def _range(hunk: re.Match[bytes]) -> tuple[int, int]:
    start, count = int(hunk[1]), int(hunk[2]) if hunk[2] is not None else 1
    # where lines were taken out, those beside the gap have changed
    return (start, start + count - 1) if count else (start, start + 1)


def _base(folder: str, revision: str) -> str:
    if revision.startswith("-"):
        raise GitError(f"{revision!r} is no revision")
    commit = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    parted = _git(folder, "merge-base", commit.decode().strip(), "HEAD")
    return parted.decode().strip()


def _git(folder: str, *arguments: str) -> bytes:
    try:
        done = subprocess.run(
            ["git", "-c", "core.fsmonitor=false", *arguments],
            cwd=folder or ".",
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GitError(f"git cannot be asked: {error}") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip() or "no such revision"
        raise GitError(f"git {arguments[0]}: {said.splitlines()[0]}")
    return done.stdout


def touched(report: Report, changed: Mapping[str, Changed]) -> tuple[Report, int]:
    """The report with the findings alone that touch changed lines, and how many others there are.

    A finding touches the lines of its step and of the places that it speaks of: a definition that was changed
    tells of the steps that it broke.
    """
    left_out = 0
    files: list[FileReport] = []
    for file in report.files:
        lines = changed.get(file.source.path, Changed(whole=True))
        starts = [0, *(m.end() for m in re.finditer("\n", file.source.text))]
        told = tuple(d for d in file.diagnostics if _touches(d, file, lines, starts))
        left_out += len(file.diagnostics) - len(told)
        files.append(replace(file, diagnostics=told))
    return replace(report, files=tuple(files)), left_out


def _touches(d: Diagnostic, file: FileReport, lines: Changed, starts: Sequence[int]) -> bool:
    def line(offset: int) -> int:
        return bisect_right(starts, offset)

    spans: tuple[Span, ...] = (d.span, span_of_step(d, file), *(label.span for label in d.labels))
    return any(lines.touches(line(s.start), line(max(s.start, s.end - 1))) for s in spans)
