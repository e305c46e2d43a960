"""One verdict in words, for `derive decide`."""

from __future__ import annotations

from derive.model import Verdict
from derive.report.full import counterexample
from derive.report.reasons import choice_text, why
from derive.report.words import one_line


def render(verdict: Verdict) -> str:
    """The status on the first line, then what it rests on, one thing a line."""
    rows = [verdict.status.value]
    if (reason := why(verdict)) is not None:
        rows.append(f"  reason: {one_line(reason)}")
    if verdict.conditions:
        rows.append("  conditions: " + "; ".join(one_line(c) for c in verdict.conditions))
    if verdict.counterexample is not None:
        rows.append(f"  counterexample: {counterexample(verdict.counterexample)}")
    rows += [f"  reading: {one_line(choice_text(choice))}" for choice in verdict.reading]
    method = verdict.evidence.get("method")
    if isinstance(method, str):
        rows.append(f"  method: {one_line(method)}")
    return "\n".join(rows) + "\n"
