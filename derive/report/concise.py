"""One line a finding, and the summary: for editors, logs and people in a hurry."""

from __future__ import annotations

from collections.abc import Collection

from derive.model import Report, Status
from derive.report import listing, summary
from derive.report.findings import findings
from derive.report.places import Places
from derive.report.words import one_line


def render(report: Report, listed: Collection[Status] = ()) -> str:
    """listed: the statuses of which every entry is told too."""
    rows: list[str] = []
    for file in report.files:
        places = Places.of(file.source.text, file.format)
        for d in findings(file):
            at = places.place(d.span.start)
            path = one_line(file.source.path)
            row = f"{path}:{at.line}:{at.column}: {d.severity.value} {d.code} {d.name}: {one_line(d.message)}"
            row += at.in_cell
            if d.fix is not None:
                row += f" [write {one_line(d.fix.latex)}]"
            rows.append(row)
        rows += listing.rows(file, listed, places)
        rows += [f"{one_line(file.source.path)}: note: {one_line(note)}" for note in file.notes]
    rows += [f"derive: {one_line(text)}" for text in report.notes]
    return "\n".join([*rows, *summary.lines(report)]) + "\n"
