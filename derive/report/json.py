"""The JSON report, described by `schema.json` beside this module. Version 2 keeps every key of version 1."""

from __future__ import annotations

import json
from typing import Any

from derive.expressions import regex
from derive.model import (
    Claim,
    Counterexample,
    Decided,
    Diagnostic,
    FileReport,
    Fix,
    Report,
    Role,
    Span,
    Step,
    Suppressed,
)
from derive.report.findings import findings
from derive.report.places import Places
from derive.report.reasons import choice_text, plain, why
from derive.report.standing import confidence, given_rule, outcome_of
from derive.report.summary import counts
from derive.version import VERSION

REPORT_VERSION = 2


#: control characters that JSON lets stand in a string, and that a terminal obeys
_CONTROLS = regex(r"[\x7f-\x9f]")


def render(report: Report, trail: bool = False) -> str:
    """The same report gives the same bytes: nothing in it depends on time or machine."""
    text = json.dumps(data(report, trail), ensure_ascii=False, indent=1, default=str)
    return _CONTROLS.sub(lambda c: f"\\u{ord(c.group()):04x}", text) + "\n"


def data(report: Report, trail: bool = False) -> dict[str, Any]:
    """trail: with every decision on the way to each verdict."""
    return {
        "version": REPORT_VERSION,
        "tool": {"name": "derive", "version": VERSION},
        "files": [_file(file, trail) for file in report.files],
        "summary": counts(report),
    }


def claim_id(index: int) -> str:
    return f"c{index + 1}"


def _file(file: FileReport, trail: bool) -> dict[str, Any]:
    places = Places.of(file.source.text, file.format)
    return {
        "path": file.source.path,
        "format": file.format,
        "notes": list(file.notes),
        "claims": [_claim(k, entry, places, trail) for k, entry in enumerate(file.decided)],
        "diagnostics": [_diagnostic(d, file, places) for d in findings(file)],
        "suppressed": [_suppressed(s, file, places) for s in file.suppressed],
    }


def _span(span: Span, places: Places) -> dict[str, Any]:
    def end(offset: int) -> dict[str, int]:
        at = places.place(offset)
        found = {"line": at.line, "column": at.column, "offset": offset}
        if at.cell is not None and at.cell_line is not None:
            found |= {"cell": at.cell, "cell_line": at.cell_line}
        return found

    return {"start": end(span.start), "end": end(span.end)}


def _claim(index: int, entry: Decided, places: Places, trail: bool) -> dict[str, Any]:
    claim: Claim | None = entry.claim
    verdict = entry.verdict
    outcome = outcome_of(verdict)
    return {
        "id": claim_id(index),
        "span": _span(entry.span, places),
        "latex": entry.latex,
        # a formula that states no relation is an equation without one
        "role": (claim.role if claim is not None else Role.EQUATION).value,
        "relation": claim.relation if claim is not None else "",
        "stance": claim.stance.value if claim is not None else None,
        "verdict": verdict.status.value,
        "outcome": outcome.value if outcome is not None else None,
        "reason": why(verdict),
        "reason_code": verdict.reason.path if verdict.reason is not None else None,
        "given_rule": given_rule(entry),
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
        **({"trail": [_step(step, places) for step in verdict.trail]} if trail else {}),
    }


def _step(step: Step, places: Places) -> dict[str, Any]:
    return {
        "question": step.question,
        "answer": step.answer,
        "rule": step.rule,
        "because": step.because,
        "sure": step.sure,
        "span": _span(step.span, places) if step.span is not None else None,
    }


def _counterexample(found: Counterexample | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"point": dict(found.point), "left": found.left, "right": found.right}


def _fix(fix: Fix | None, places: Places) -> dict[str, Any] | None:
    if fix is None:
        return None
    return {"latex": fix.latex, "description": fix.description, "span": _span(fix.span, places)}


def _suppressed(found: Suppressed, file: FileReport, places: Places) -> dict[str, Any]:
    return {
        "by": found.by,
        "reason": found.reason,
        "comment": _span(found.span, places) if found.span is not None else None,
        "diagnostic": _diagnostic(found.diagnostic, file, places),
    }


def _diagnostic(d: Diagnostic, file: FileReport, places: Places) -> dict[str, Any]:
    return {
        "code": d.code,
        "name": d.name,
        "severity": d.severity.value,
        "confidence": confidence(d, file),
        "span": _span(d.span, places),
        "message": d.message,
        "claim": None if d.claim is None else claim_id(d.claim),
        "labels": [{"span": _span(label.span, places), "text": label.text} for label in d.labels],
        "notes": list(d.notes),
        "counterexample": _counterexample(d.counterexample),
        "fix": _fix(d.fix, places),
        "derivation": list(d.derivation),
    }
