"""What is to be reported of a file, in source order: diagnostics, and problems of its text."""

from __future__ import annotations

from derive.model import Diagnostic, FileReport, Severity

PROBLEM_CODE = "DRV000"
PROBLEM_NAME = "document"
PROBLEM_MEANING = (
    "Something in the document's text, not in its mathematics: a display that is never closed, "
    "an encoding other than UTF-8. The rest of the document was checked."
)


def findings(file: FileReport) -> tuple[Diagnostic, ...]:
    """Diagnostics and problems of the text (as notes: they say nothing about the mathematics)."""
    problems = (
        Diagnostic(PROBLEM_CODE, PROBLEM_NAME, Severity.INFO, p.span, p.message) for p in file.problems
    )
    both = [*file.diagnostics, *problems]
    return tuple(sorted(both, key=lambda d: (d.span.start, d.span.end, d.code, d.name)))
