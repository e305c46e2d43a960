"""One verdict, for `derive decide`: in words and as data; of a derivation each step."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from derive.classes import dataclass
from derive.expressions import regex
from derive.model import Diagnostic, FileReport, Severity, Status, Verdict
from derive.report.full import counterexample
from derive.report.reasons import choice_text, why
from derive.report.words import one_line

_WORST = (
    Status.REFUTED,
    Status.ILL_FORMED,
    Status.UNREAD,
    Status.UNDECIDED,
    Status.GIVEN,
    Status.HOLDS,
    Status.PROVED,
)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a derivation: the line of it that the step ends on, from 1, and what was found out."""

    line: int
    latex: str
    verdict: Verdict
    finding: Diagnostic | None
    replaces: str = ""
    """What the mend stands in the place of."""


_LINES = regex(r"\\(?P<break>\\)|\\(?P<side>begin|end)\s*\{(?P<name>[A-Za-z]+)\*?\}")
_OF_LINES = frozenset(
    "align aligned alignat alignedat gather gathered split eqnarray flalign multline".split()
)


def row_of(latex: str, offset: int) -> int:
    """Which line of a derivation stands at an offset; what a matrix or cases break is no line of it."""
    row, within = 1, 0
    for m in _LINES.finditer(latex, 0, offset):
        if m["break"]:
            row += within == 0 and bool(latex[m.end() :].strip())
        elif m["name"] not in _OF_LINES:
            within += 1 if m["side"] == "begin" else -1
    return row


def steps_of(report: FileReport, start: int) -> tuple[Step, ...]:
    """The relations of a report on one derivation, which begins at `start`."""
    text = report.source.text
    found: list[Step] = []
    for k, entry in enumerate(report.decided):
        told = [d for d in report.diagnostics if d.claim == k and d.severity is not Severity.INFO]
        finding = min(told, key=lambda d: d.severity is not Severity.ERROR, default=None)
        fix = finding.fix if finding is not None else None
        replaces = text[fix.span.start : fix.span.end] if fix is not None else ""
        row = row_of(text[start:], max(entry.span.start, entry.span.end - 1) - start)
        found.append(Step(row, entry.latex, entry.verdict, finding, replaces))
    return tuple(found)


def worst(steps: Sequence[Step]) -> Verdict:
    """A derivation is what its worst step is."""
    verdicts = [step.verdict for step in steps]
    return min(verdicts, key=lambda v: _WORST.index(v.status), default=Verdict(Status.GIVEN))


def render(verdict: Verdict, steps: Sequence[Step] = ()) -> str:
    """The status on the first line, then what it rests on, one thing a line."""
    rows = [verdict.status.value]
    if not steps:
        return "\n".join([*rows, *_grounds(verdict, "  ")]) + "\n"
    many = len(steps) > 1
    for step in steps:
        inner = "  "
        if many:
            rows.append(f"  line {step.line}: {step.verdict.status.value}: {one_line(step.latex)}")
            inner = "    "
        if step.finding is not None:
            rows.append(f"{inner}{step.finding.name}: {one_line(step.finding.message)}")
            if step.finding.fix is not None:
                rows.append(f"{inner}write {one_line(step.finding.fix.latex)} for {one_line(step.replaces)}")
        rows += _grounds(step.verdict if many else verdict, inner)
    return "\n".join(rows) + "\n"


def _grounds(verdict: Verdict, inner: str) -> list[str]:
    rows = []
    if (reason := why(verdict)) is not None:
        rows.append(f"{inner}reason: {one_line(reason)}")
    if verdict.conditions:
        rows.append(f"{inner}conditions: " + "; ".join(one_line(c) for c in verdict.conditions))
    if verdict.counterexample is not None:
        rows.append(f"{inner}counterexample: {counterexample(verdict.counterexample)}")
    rows += [f"{inner}reading: {one_line(choice_text(choice))}" for choice in verdict.reading]
    method = verdict.evidence.get("method")
    if isinstance(method, str):
        rows.append(f"{inner}method: {one_line(method)}")
    return rows


def render_json(claim: str, given: Sequence[str], verdict: Verdict, steps: Sequence[Step] = ()) -> str:
    data = {
        "version": 1,
        "claim": claim,
        "given": list(given),
        **_data(verdict),
        "steps": [_step(step) for step in steps],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _data(verdict: Verdict) -> dict[str, Any]:
    found, method = verdict.counterexample, verdict.evidence.get("method")
    return {
        "verdict": verdict.status.value,
        "reason": why(verdict),
        "reason_code": verdict.reason.path if verdict.reason is not None else None,
        "conditions": list(verdict.conditions),
        "counterexample": found and {"point": dict(found.point), "left": found.left, "right": found.right},
        "reading": [choice_text(choice) for choice in verdict.reading],
        "method": method if isinstance(method, str) else None,
    }


def _step(step: Step) -> dict[str, Any]:
    d = step.finding
    finding = None
    if d is not None:
        fix = d.fix and {"latex": d.fix.latex, "replaces": step.replaces}
        finding = {"code": d.code, "name": d.name, "message": d.message, "fix": fix}
    return {"line": step.line, "latex": step.latex, **_data(step.verdict), "finding": finding}
