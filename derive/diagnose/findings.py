"""The stage's entry point: every finding of a document, in source order."""

from __future__ import annotations

from collections.abc import Sequence

from derive.model import Decided, Diagnostic, Document, Severity, Status


def diagnose(decided: Sequence[Decided], document: Document) -> tuple[Diagnostic, ...]:
    """The findings about a document's decided claims."""
    return tuple(
        Diagnostic(
            "DRV199",
            "wrong-step",
            Severity.ERROR,
            d.span,
            "this does not follow",
            claim=k,
            counterexample=d.verdict.counterexample,
        )
        for k, d in enumerate(decided)
        if d.verdict.status is Status.REFUTED
    )
