"""JSON lines: one finding a line as the JSON report has it, with its path, and the summary on the last.

`type` tells what a line is: `finding`, `suppressed` (one that a comment or a baseline silenced), `note` (how
a document was read), `problem` (what could not be done), `summary`. A new type may be added: programs pass
over those that they do not know.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from derive.model import Report
from derive.report.json import data
from derive.report.summary import counts
from derive.version import VERSION


def render(report: Report) -> str:
    # no line separator of Unicode stands in a line: programs differ on whether it ends one
    rows = (json.dumps(row, ensure_ascii=True, default=str) for row in _rows(report))
    return "".join(f"{row}\n" for row in rows)


def _rows(report: Report) -> Iterator[dict[str, Any]]:
    for file in data(report)["files"]:
        for diagnostic in file["diagnostics"]:
            yield {"type": "finding", "path": file["path"], **diagnostic}
        for silent in file["suppressed"]:
            yield {"type": "suppressed", "path": file["path"], **silent}
        for note in file["notes"]:
            yield {"type": "note", "path": file["path"], "message": note}
    yield from ({"type": "note", "path": None, "message": note} for note in report.notes)
    yield from ({"type": "problem", "path": None, "message": problem} for problem in report.problems)
    yield {"type": "summary", "tool": {"name": "derive", "version": VERSION}, **counts(report)}
