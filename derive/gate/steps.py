"""The step that a finding is about: what tells it from others wherever it stands."""

from __future__ import annotations

from derive.model import Diagnostic, FileReport, Span


def span_of_step(d: Diagnostic, report: FileReport) -> Span:
    """The relation that a finding is about, with both its sides; else the finding's own place."""
    if d.claim is None:
        return d.span
    entry = report.decided[d.claim]
    left = entry.claim.left_span if entry.claim is not None else None
    return entry.span if left is None else left.cover(entry.span)


def step_of(d: Diagnostic, report: FileReport) -> str:
    """Its source without white space: it stays the same where lines are moved or broken anew."""
    span = span_of_step(d, report)
    return "".join(report.source.text[span.start : span.end].split())
