"""The JSON report, described by `schema.json` beside this module; stable from version 1 on."""

from __future__ import annotations

import json
from typing import Any

from derive.model import Claim, Counterexample, Decided, Diagnostic, FileReport, Fix, Report, Role, Span
from derive.report.findings import findings
from derive.report.places import Places
from derive.report.reasons import choice_text, plain, why
from derive.report.summary import counts
from derive.version import VERSION

REPORT_VERSION = 1


def render(report: Report) -> str:
    """The same report gives the same bytes: nothing in it depends on time or machine."""
    return json.dumps(data(report), ensure_ascii=False, indent=1, default=str) + "\n"


def data(report: Report) -> dict[str, Any]:
    return {
        "version": REPORT_VERSION,
        "tool": {"name": "derive", "version": VERSION},
        "files": [_file(file) for file in report.files],
        "summary": counts(report),
    }


def claim_id(index: int) -> str:
    return f"c{index + 1}"


def _file(file: FileReport) -> dict[str, Any]:
    places = Places.of(file.source.text, file.format)
    return {
        "path": file.source.path,
        "format": file.format,
        "notes": list(file.notes),
        "claims": [_claim(k, entry, places) for k, entry in enumerate(file.decided)],
        "diagnostics": [_diagnostic(d, places) for d in findings(file)],
    }


def _span(span: Span, places: Places) -> dict[str, Any]:
    def end(offset: int) -> dict[str, int]:
        at = places.place(offset)
        found = {"line": at.line, "column": at.column, "offset": offset}
        if at.cell is not None and at.cell_line is not None:
            found |= {"cell": at.cell, "cell_line": at.cell_line}
        return found

    return {"start": end(span.start), "end": end(span.end)}


def _claim(index: int, entry: Decided, places: Places) -> dict[str, Any]:
    claim: Claim | None = entry.claim
    verdict = entry.verdict
    return {
        "id": claim_id(index),
        "span": _span(entry.span, places),
        "latex": entry.latex,
        # a formula that states no relation is an equation without one
        "role": (claim.role if claim is not None else Role.EQUATION).value,
        "relation": claim.relation if claim is not None else "",
        "verdict": verdict.status.value,
        "reason": why(verdict),
        "conditions": list(verdict.conditions),
        "evidence": {
            **plain(verdict.evidence),
            **({"reading": [choice_text(c) for c in verdict.reading]} if verdict.reading else {}),
            **(
                {"counterexample": _counterexample(verdict.counterexample)}
                if verdict.counterexample is not None
                else {}
            ),
        },
    }


def _counterexample(found: Counterexample | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"point": dict(found.point), "left": found.left, "right": found.right}


def _fix(fix: Fix | None, places: Places) -> dict[str, Any] | None:
    if fix is None:
        return None
    return {"latex": fix.latex, "description": fix.description, "span": _span(fix.span, places)}


def _diagnostic(d: Diagnostic, places: Places) -> dict[str, Any]:
    return {
        "code": d.code,
        "name": d.name,
        "severity": d.severity.value,
        "span": _span(d.span, places),
        "message": d.message,
        "claim": None if d.claim is None else claim_id(d.claim),
        "labels": [{"span": _span(label.span, places), "text": label.text} for label in d.labels],
        "notes": list(d.notes),
        "counterexample": _counterexample(d.counterexample),
        "fix": _fix(d.fix, places),
        "derivation": list(d.derivation),
    }
