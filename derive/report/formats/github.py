"""Annotations of a GitHub workflow: commands on standard output, one a line.

A step shows ten errors, ten warnings and ten notices, so the rest is told as plain lines, which any log has,
with one annotation that counts them. Nothing of a document can be a command of its own: what separates is
escaped, and the mark of the older commands is broken wherever it stands.
"""

from __future__ import annotations

from collections import Counter

from derive.model import Diagnostic, FileReport, Report, Severity
from derive.report import summary
from derive.report.findings import findings
from derive.report.formats.paths import relative
from derive.report.formats.sentences import sentences
from derive.report.places import Places
from derive.report.words import one_line, plural

SHOWN = 10
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report, root: str | None = None) -> str:
    rows: list[str] = []
    rest: list[str] = []
    met: Counter[Severity] = Counter()
    for file in report.files:
        places = Places.of(file.source.text, file.format)
        for d in findings(file):
            met[d.severity] += 1
            # the last place is kept for the line that counts the others
            full = met[d.severity] > SHOWN - (d.severity is Severity.INFO)
            (rest if full else rows).append(
                _plain(d, file, places, root) if full else _annotation(d, file, places, root)
            )
    for problem in report.problems:
        rows.append(f"::error title=derive::{_message(one_line(problem))}")
    if rest:
        more = {s: max(0, met[s] - SHOWN + (s is Severity.INFO)) for s in Severity}
        told = ", ".join(plural(n, s.value) for s, n in more.items() if n)
        rows.append(
            f"::notice title=derive::{_message(f'and {told} more: all of them are in the log of this step')}"
        )
        rows += ["::group::derive: the rest of the findings", *rest, "::endgroup::"]
    notes = [f"{file.source.path}: {note}" for file in report.files for note in file.notes]
    rows += [
        f"derive: {_harmless(one_line(text))}" for text in (*notes, *report.notes, *summary.lines(report))
    ]
    return "\n".join(rows) + "\n"


def _annotation(d: Diagnostic, file: FileReport, places: Places, root: str | None) -> str:
    start, end = places.place(d.span.start), places.place(max(d.span.start, d.span.end - 1))
    where = {"file": relative(file.source.path, root), "line": str(start.line), "endLine": str(end.line)}
    if start.line == end.line:  # columns of different lines are refused
        where |= {"col": str(start.column), "endColumn": str(end.column)}
    where["title"] = f"{d.code} {d.name}"
    properties = ",".join(f"{key}={_property(value)}" for key, value in where.items())
    told = "\n".join(sentences(d)) + start.in_cell
    return f"::{_COMMANDS[d.severity]} {properties}::{_message(told)}"


def _plain(d: Diagnostic, file: FileReport, places: Places, root: str | None) -> str:
    at = places.place(d.span.start)
    path = one_line(relative(file.source.path, root))
    told = f"{path}:{at.line}:{at.column}: {d.severity.value} {d.code} {d.name}: {one_line(d.message)}"
    return f"  {_harmless(told)}"


def _message(text: str) -> str:
    """What follows the double colon."""
    return _harmless(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    """The value of a property: there colons and commas separate."""
    return _message(text).replace(":", "%3A").replace(",", "%2C")


def _harmless(text: str) -> str:
    """Without characters that a log obeys; `##[` opens a command anywhere in a line."""
    shown = "".join(c if c.isprintable() else " " for c in text).replace("##[", "## [")
    return f" {shown}" if shown.startswith("::") else shown
