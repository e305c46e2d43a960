"""reviewdog's diagnostic format (rdjson), with a mend as a suggestion where its text is known exactly.

Columns count bytes of UTF-8 there, from 1; an end is exclusive.
"""

from __future__ import annotations

import json
from typing import Any

from derive.model import Diagnostic, FileReport, Report, Severity, Span
from derive.report.findings import findings
from derive.report.formats.paths import relative
from derive.report.formats.replacing import replacement
from derive.report.formats.sentences import sentences
from derive.report.places import Places

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def render(report: Report, root: str | None = None) -> str:
    rows = [_diagnostic(d, file, root) for file in report.files for d in findings(file)]
    worst = "ERROR" if report.errors else "WARNING" if report.warnings else "INFO"
    data = {"source": {"name": "derive"}, "severity": worst, "diagnostics": rows}
    return json.dumps(data, ensure_ascii=True, indent=1) + "\n"


def _diagnostic(d: Diagnostic, file: FileReport, root: str | None) -> dict[str, Any]:
    places = Places.of(file.source.text, file.format)
    fix = replacement(d, file)
    suggestions = [] if fix is None else [{"range": _range(fix.span, places), "text": fix.latex}]
    return {
        "message": "\n".join([f"{d.name}: {sentences(d)[0]}", *sentences(d)[1:]]),
        "location": {"path": relative(file.source.path, root), "range": _range(d.span, places)},
        "severity": _SEVERITIES[d.severity],
        "code": {"value": d.code},
        **({"suggestions": suggestions} if suggestions else {}),
    }


def _range(span: Span, places: Places) -> dict[str, Any]:
    return {"start": _position(span.start, places), "end": _position(span.end, places)}


def _position(offset: int, places: Places) -> dict[str, int]:
    at = places.place(offset)
    before = places.line(at.line)[: at.column - 1]
    return {"line": at.line, "column": len(before.encode("utf-8", "surrogatepass")) + 1}
