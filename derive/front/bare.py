"""Reports without the terms of their claims."""

from __future__ import annotations

from derive.classes import replace
from derive.model import Claim, Decided, FileReport


def without_terms(report: FileReport) -> FileReport:
    """The report with claims that are bare of terms and scopes: what most formats tell needs none."""
    return replace(report, decided=tuple(map(_bare, report.decided)))


def _bare(entry: Decided) -> Decided:
    claim: Claim | None = entry.claim
    if claim is None:
        return entry
    bare = replace(claim, left=None, right=None, scope=None, readings=(), cases=())
    return replace(entry, claim=bare)
