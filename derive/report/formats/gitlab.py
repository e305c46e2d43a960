"""GitLab's code quality report: a list of findings, each with a fingerprint that no other has."""

from __future__ import annotations

import json
from typing import Any

from derive.model import Diagnostic, FileReport, Report, Severity
from derive.report.formats.fingerprint import fingerprints
from derive.report.formats.paths import relative
from derive.report.formats.sentences import sentences
from derive.report.places import Places
from derive.report.standing import confidence


def render(report: Report, root: str | None = None) -> str:
    return (
        json.dumps([row for f in report.files for row in _rows(f, root)], ensure_ascii=True, indent=1) + "\n"
    )


def _rows(file: FileReport, root: str | None) -> list[dict[str, Any]]:
    places = Places.of(file.source.text, file.format)
    path = relative(file.source.path, root)
    return [
        {
            "description": f"{d.code} {d.name}: {'; '.join(sentences(d))}",
            "check_name": d.code,
            "fingerprint": mark,
            "severity": _severity(d, file),
            "location": {
                "path": path,
                "lines": {
                    "begin": places.place(d.span.start).line,
                    "end": places.place(max(d.span.start, d.span.end - 1)).line,
                },
            },
        }
        for d, silent, mark in fingerprints(file, path)
        if silent is None
    ]


def _severity(d: Diagnostic, file: FileReport) -> str:
    match d.severity:
        case Severity.ERROR:
            return "critical" if confidence(d, file) == "high" else "major"
        case Severity.WARNING:
            return "minor"
        case Severity.INFO:
            return "info"
