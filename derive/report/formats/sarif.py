"""SARIF 2.1.0 (OASIS): one run, a result a finding, the rules that they refer to with their help.

Columns count Unicode characters (`columnKind`), paths are taken from the root of the repository. A result is
the same from run to run by its partial fingerprint. Nothing depends on the time or the machine.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from derive.model import Diagnostic, FileReport, Report, Severity, Span, Suppressed
from derive.report import rules, summary
from derive.report.findings import findings
from derive.report.formats import fingerprint
from derive.report.formats.paths import relative, uri
from derive.report.formats.replacing import replacement
from derive.report.formats.sentences import sentences
from derive.report.places import Places
from derive.report.standing import confidence
from derive.report.words import one_line
from derive.version import VERSION

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(report: Report, root: str | None = None) -> str:
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report, root)]}
    return json.dumps(log, ensure_ascii=True, indent=1) + "\n"


def _run(report: Report, root: str | None) -> dict[str, Any]:
    told = [d for file in report.files for d in (*findings(file), *(s.diagnostic for s in file.suppressed))]
    found = {(d.code, d.name) for d in told}
    codes = sorted({code for code, _ in found})
    names = dict(sorted(found))
    return {
        "tool": {
            "driver": {
                "name": "derive",
                "version": VERSION,
                "shortDescription": {"text": "A type checker for mathematics in documents."},
                "rules": [_rule(code, names[code]) for code in codes],
                "notifications": [
                    _notice("problem", "Something could not be read or done."),
                    _notice("note", "How a document was read."),
                ],
            }
        },
        "invocations": [_invocation(report, root)],
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the repository."}}},
        "artifacts": [
            {"location": _artifact(file, root), "roles": ["analysisTarget"]} for file in report.files
        ],
        "results": [
            row for index, file in enumerate(report.files) for row in _results(file, index, codes, root)
        ],
        "properties": {"summary": summary.counts(report)},
    }


def _invocation(report: Report, root: str | None) -> dict[str, Any]:
    """What could not be read is told here: the run as a whole was no success then."""
    told = [_notification("problem", "error", text) for text in report.problems]
    told += [_notification("note", "note", text) for text in report.notes]
    for file in report.files:
        place = [{"physicalLocation": {"artifactLocation": _artifact(file, root)}}]
        told += [_notification("note", "note", note, place) for note in file.notes]
    return {"executionSuccessful": not report.problems, "toolExecutionNotifications": told}


def _notice(id: str, text: str) -> dict[str, Any]:
    """A kind of notification, told in full: code scanning wants its help as well."""
    said = {"text": text}
    return {"id": id, "shortDescription": said, "fullDescription": said, "help": said}


def _notification(id: str, level: str, text: str, locations: Sequence[Any] = ()) -> dict[str, Any]:
    return {
        "descriptor": {"id": id},
        "level": level,
        "message": {"text": message(one_line(text))},
        **({"locations": list(locations)} if locations else {}),
    }


def _rule(code: str, name: str) -> dict[str, Any]:
    shown = rules.find(code)
    if shown is None:  # a finding of a newer checker, told by its name
        return {"id": code, "name": name}
    text = rules.render(shown)
    return {
        "id": code,
        "name": shown.name,
        "shortDescription": {"text": message(one_line(shown.because))},
        "fullDescription": {"text": message(one_line(f"{shown.because} {shown.prose}"))},
        "help": {"text": message(text), "markdown": message(_markdown(shown))},
    }


def _markdown(shown: rules.Shown) -> str:
    parts = [f"# {shown.name}", shown.because, *([shown.prose] if shown.prose else [])]
    for title, examples in (shown.yes, shown.no):
        for text in examples:
            fence = "~" * max(3, 1 + max((len(m) for m in re.findall("~+", text)), default=0))
            parts += [f"**{title}**", f"{fence}markdown\n{text.rstrip()}\n{fence}"]
    return "\n\n".join(parts) + "\n"


def _results(file: FileReport, index: int, codes: Sequence[str], root: str | None) -> list[dict[str, Any]]:
    places = Places.of(file.source.text, file.format)
    artifact = _artifact(file, root) | {"index": index}
    path = relative(file.source.path, root)
    return [
        _result(d, file, places, artifact, codes)
        | {"partialFingerprints": {fingerprint.NAME: mark}}
        | ({"suppressions": [_suppression(silent)]} if silent is not None else {})
        for d, silent, mark in fingerprint.fingerprints(file, path)
    ]


def _suppression(silent: Suppressed) -> dict[str, Any]:
    kind = "inSource" if silent.by == "comment" else "external"
    said = {"justification": one_line(silent.reason)} if silent.reason else {}
    return {"kind": kind, "status": "accepted", **said}


def _result(
    d: Diagnostic, file: FileReport, places: Places, artifact: dict[str, Any], codes: Sequence[str]
) -> dict[str, Any]:
    fix = replacement(d, file)
    related = [
        {
            "id": k,
            "message": {"text": message(one_line(label.text))},
            **_location(label.span, places, artifact),
        }
        for k, label in enumerate(d.labels, 1)
    ]
    at = places.place(d.span.start)
    return {
        "ruleId": d.code,
        "ruleIndex": codes.index(d.code),
        "level": _LEVELS[d.severity],
        "message": {"text": message("\n".join(sentences(d)))},
        "locations": [_location(d.span, places, artifact)],
        **({"relatedLocations": related} if related else {}),
        **(
            {"fixes": [_fix(fix.latex, fix.description, fix.span, places, artifact)]}
            if fix is not None
            else {}
        ),
        "properties": {
            "name": d.name,
            "confidence": confidence(d, file),
            **({} if at.cell is None else {"cell": at.cell, "cellLine": at.cell_line}),
        },
    }


def _artifact(file: FileReport, root: str | None) -> dict[str, Any]:
    found = uri(file.source.path, root)
    return {"uri": found} if found.startswith("file:") else {"uri": found, "uriBaseId": ROOT}


def _location(span: Span, places: Places, artifact: dict[str, Any]) -> dict[str, Any]:
    region = _region(span, places) | {"snippet": {"text": places.text[span.start : span.end]}}
    return {"physicalLocation": {"artifactLocation": artifact, "region": region}}


def _region(span: Span, places: Places) -> dict[str, Any]:
    start, end = places.place(span.start), places.place(span.end)
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "charOffset": span.start,
        "charLength": span.end - span.start,
    }


def _fix(
    latex: str, description: str, span: Span, places: Places, artifact: dict[str, Any]
) -> dict[str, Any]:
    replaced = {"deletedRegion": _region(span, places), "insertedContent": {"text": latex}}
    return {
        "description": {"text": message(one_line(description))},
        "artifactChanges": [{"artifactLocation": artifact, "replacements": [replaced]}],
    }


def message(text: str) -> str:
    """Text as a message string: what would be taken for a placeholder or a link is written so that it is not.

    The standard doubles braces (3.11.5). Where no brace of a text can be mistaken they are left single, since
    not every viewer undoes the doubling, and LaTeX means the same with twice as many.
    """
    if re.search(r"\{\d+\}|\{\{|\}\}", text):
        text = text.replace("{", "{{").replace("}", "}}")
    return text.replace("](", "] (")
