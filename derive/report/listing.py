"""Entries of one status, one a line: what was given, left undecided, not read, or holds without a proof."""

from __future__ import annotations

from collections.abc import Collection

from derive.model import Decided, FileReport, Status
from derive.report.places import Places
from derive.report.reasons import why
from derive.report.standing import given_rule
from derive.report.words import one_line

LISTED = (Status.GIVEN, Status.UNDECIDED, Status.UNREAD, Status.HOLDS)
_SHOWN = 60
"""Characters of a formula."""


def rows(file: FileReport, wanted: Collection[Status], places: Places) -> list[str]:
    """All entries of these statuses, in source order."""
    return [row(entry, file, places) for entry in file.decided if entry.verdict.status in wanted]


def row(entry: Decided, file: FileReport, places: Places) -> str:
    at = places.place(entry.span.start)
    latex = one_line(entry.latex)
    latex = latex if len(latex) <= _SHOWN else latex[: _SHOWN - 1] + "…"
    where = f"{one_line(file.source.path)}:{at.line}:{at.column}{at.in_cell}"
    return f"{where}: {entry.verdict.status.value}: {_because(entry)}: {latex}"


def _because(entry: Decided) -> str:
    said = why(entry.verdict)
    rule = given_rule(entry)
    if rule is not None:
        return one_line(f"{said} [{rule}]" if said else f"[{rule}]")
    if said is None and entry.verdict.status is Status.HOLDS:
        return "no counterexample, and no proof"
    return one_line(said or "no reason given")
