"""Findings as compilers show them: the line, the faulty part underlined, what is wrong and would be right."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection

from derive.model import Counterexample, Diagnostic, FileReport, Report, Severity, Span, Status
from derive.report import listing, summary
from derive.report.findings import findings
from derive.report.places import Places
from derive.report.reasons import why
from derive.report.words import one_line

WIDTH = 110  # of a source line; a longer one is shown around the span
SHOWN = 12  # unread and undecided claims listed a file

_COLOURS = {
    Severity.ERROR: "\x1b[1;31m",
    Severity.WARNING: "\x1b[1;33m",
    Severity.INFO: "\x1b[1;36m",
}
_PLAIN = "\x1b[0m"


def render(report: Report, colour: bool = False, listed: Collection[Status] = ()) -> str:
    """listed: the statuses of which every entry is told, instead of the first that were left open."""
    out: list[str] = []
    for file in report.files:
        places = Places.of(file.source.text, file.format)
        for d in findings(file):
            out += [*finding(d, file, places, colour), ""]
        out += [*listing.rows(file, listed, places), ""] if listed else _left_open(file, places)
        out += [
            row
            for note in file.notes
            for row in (f"{one_line(file.source.path)}: note: {one_line(note)}", "")
        ]
    out += [f"derive: {one_line(text)}" for text in report.notes]
    return "\n".join([*out, *summary.lines(report)]) + "\n"


def finding(d: Diagnostic, file: FileReport, places: Places, colour: bool = False) -> list[str]:
    """The lines that show one finding of a file."""
    on, off = (_COLOURS[d.severity], _PLAIN) if colour else ("", "")
    at = places.place(d.span.start)
    margin = " " * max(len(str(places.place(s.end).line)) for s in (d.span, *(x.span for x in d.labels)))
    rows = [
        f"{on}{d.severity.value}[{d.code}]{off} {d.name}: {one_line(d.message)}",
        f"{margin}--> {one_line(file.source.path)}:{at.line}:{at.column}{at.in_cell}",
        f"{margin} |",
        *_excerpt(d.span, places, len(margin), "^", "", on, off),
    ]
    for label in d.labels:
        rows += [f"{margin} :", *_excerpt(label.span, places, len(margin), "-", one_line(label.text), "", "")]
    rows.append(f"{margin} |")
    if d.counterexample is not None:
        rows.append(f"{margin} = counterexample: {counterexample(d.counterexample)}")
    rows += [f"{margin} = note: {one_line(note)}" for note in d.notes]
    if d.fix is not None:
        rows.append(f"{margin} = help: {one_line(d.fix.description)}: `{one_line(d.fix.latex)}`")
    return rows


def counterexample(found: Counterexample) -> str:
    """`at y = 0, m = 2 the left side is 1/2, the right side 1`."""
    point = ", ".join(f"{name} = {value}" for name, value in found.point)
    sides = f"the left side is {found.left}, the right side {found.right}"
    return one_line(f"at {point} {sides}" if point else sides)


def _wide(text: str) -> int:
    """Columns that a terminal gives the text."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def _visible(text: str) -> str:
    """One printable character for each character of the line."""
    return "".join(c if c.isprintable() else " " for c in text)


def _excerpt(span: Span, places: Places, margin: int, mark: str, text: str, on: str, off: str) -> list[str]:
    """The first and the last line of a span, the part that belongs to it underlined."""
    first = places.place(span.start).line
    last = places.place(max(span.start, span.end - 1)).line
    rows: list[str] = []
    shown = range(first, last + 1) if last - first < 4 else (first, first + 1, last)
    for number in shown:
        if number == last and last - first >= 4:
            rows.append(f"{'...'.rjust(margin)} |")
        line = places.line(number)
        start = max(0, span.start - places.starts[number - 1])
        end = min(len(line), span.end - places.starts[number - 1])
        if number != first:
            start = len(line) - len(line.lstrip())
        end = max(end, start + 1)
        left, line, start, end = _window(line, start, end)
        line = _visible(line)
        lead = " " * (_wide(left) + _wide(line[:start]))
        underline = mark * max(1, _wide(line[start:end]))
        said = f" {text}" if text and number == last else ""
        rows.append(f"{str(number).rjust(margin)} | {left}{line}")
        rows.append(f"{' ' * margin} | {lead}{on}{underline}{off}{said}")
    return rows


def _window(line: str, start: int, end: int) -> tuple[str, str, int, int]:
    """A long line cut down around [start, end): the mark in front, the rest, the new offsets."""
    if len(line) <= WIDTH:
        return "", line, start, end
    room = max(10, (WIDTH - min(end - start, WIDTH - 20)) // 2)
    low = max(0, start - room)
    high = min(len(line), max(low + WIDTH, min(end + room, low + 2 * WIDTH)))
    left = "…" if low else ""
    return left, line[low:high] + ("…" if high < len(line) else ""), start - low, min(end, high) - low


def _left_open(file: FileReport, places: Places) -> list[str]:
    """What could not be read or decided, and why: no formula is passed over in silence."""
    entries = [d for d in file.decided if d.verdict.status in (Status.UNREAD, Status.UNDECIDED)]
    rows = [listing.row(entry, file, places) for entry in entries[:SHOWN]]
    if len(entries) > SHOWN:
        reasons = Counter(f"{e.verdict.status.value}: {why(e.verdict)}" for e in entries[SHOWN:])
        rest = "; ".join(f"{one_line(reason)} ({n})" for reason, n in reasons.most_common(5))
        rows.append(f"{one_line(file.source.path)}: {len(entries) - SHOWN} more, among them {rest}")
    return [*rows, ""] if rows else []
