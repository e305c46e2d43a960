"""What is to be reported of a file, in source order: diagnostics, and problems of its text."""

from __future__ import annotations

from derive.gate.known import DOCUMENT
from derive.model import Diagnostic, FileReport, Severity

PROBLEM_CODE, PROBLEM_NAME, PROBLEM_MEANING = DOCUMENT.code, DOCUMENT.name, DOCUMENT.meaning


def findings(file: FileReport) -> tuple[Diagnostic, ...]:
    """Diagnostics and problems of the text (as notes: they say nothing about the mathematics)."""
    problems = (
        Diagnostic(PROBLEM_CODE, PROBLEM_NAME, Severity.INFO, p.span, p.message) for p in file.problems
    )
    both = [*file.diagnostics, *problems]
    return tuple(sorted(both, key=lambda d: (d.span.start, d.span.end, d.code, d.name)))
