"""What the hosts of builds have in common: a check of named files, each finding as text with its place."""

from __future__ import annotations

import os
from collections.abc import Sequence

from derive.classes import dataclass
from derive.model import Diagnostic, Severity
from derive.report.findings import findings
from derive.report.full import counterexample
from derive.report.places import Places
from derive.report.summary import lines
from derive.report.words import one_line

FAIL_ON = ("error", "warning")


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding as one text; `path` is absolute, `line` counts from 1; `advice`: no error."""

    path: str
    line: int
    name: str
    text: str
    severity: Severity

    @property
    def advice(self) -> bool:
        return self.severity is not Severity.ERROR


@dataclass(frozen=True, slots=True)
class Told:
    """What a check found: `problems` are of files that could not be checked."""

    findings: tuple[Finding, ...]
    problems: tuple[str, ...]
    summary: tuple[str, ...]


def told(paths: Sequence[str], folder: str, macros: Sequence[str] = ()) -> Told:
    """The findings of files, in order; paths are shown from `folder` on."""
    from derive.front.check import check

    report = check([_near(path, folder) for path in paths], jobs=os.cpu_count() or 1, macros=macros)
    found = []
    for file in report.files:
        places = Places.of(file.source.text, file.format)
        for d in findings(file):
            at = places.place(d.span.start)
            text = _text(d, at.column, at.in_cell)
            found.append(Finding(os.path.abspath(file.source.path), at.line, d.name, text, d.severity))
    return Told(tuple(found), report.problems, tuple(lines(report)))


def failing(found: Told, severity: str | None) -> int:
    """How many findings and problems fail a build; `severity` as the setting has it, None: none does."""
    if severity is None:
        return 0
    grave = {Severity.ERROR} if severity == "error" else {Severity.ERROR, Severity.WARNING}
    return sum(entry.severity in grave for entry in found.findings) + len(found.problems)


def _text(d: Diagnostic, column: int, in_cell: str) -> str:
    said = f"[{d.code}] {d.name}: {one_line(d.message)} (column {column}){in_cell}"
    if d.counterexample is not None:
        said += f"; {counterexample(d.counterexample)}"
    if d.fix is not None:
        said += f"; write {one_line(d.fix.latex)}"
    return said


def _near(path: str, folder: str) -> str:
    """A path from a folder on, where it lies in it."""
    relative = os.path.relpath(path, folder)
    return path if relative.startswith(os.pardir) else relative
