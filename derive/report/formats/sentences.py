"""A finding as a few plain sentences, for services that show text and nothing else."""

from __future__ import annotations

from derive.model import Diagnostic
from derive.report.full import counterexample
from derive.report.words import one_line


def sentences(d: Diagnostic) -> list[str]:
    """The message, then the counterexample, what would be right, the notes: one line each."""
    rows = [one_line(d.message)]
    if d.counterexample is not None:
        rows.append(f"counterexample: {counterexample(d.counterexample)}")
    if d.fix is not None:
        rows.append(f"{one_line(d.fix.description)}: {one_line(d.fix.latex)}")
    return [*rows, *(one_line(note) for note in d.notes)]
