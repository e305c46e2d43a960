"""One line a finding, and the summary: for editors, logs and people in a hurry."""

from __future__ import annotations

from derive.model import Report
from derive.report import summary
from derive.report.findings import findings
from derive.report.places import Places


def one_line(text: str) -> str:
    """A message without line breaks or control characters."""
    return "".join(c if c.isprintable() else " " for c in " ".join(text.split()))


def render(report: Report) -> str:
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
        rows += [f"{one_line(file.source.path)}: note: {one_line(note)}" for note in file.notes]
    rows += [f"derive: {one_line(text)}" for text in report.notes]
    return "\n".join([*rows, *summary.lines(report)]) + "\n"
