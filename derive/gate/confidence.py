"""How sure a finding is, apart from how grave it is."""

from __future__ import annotations

from typing import Literal, assert_never

from derive.model import Decided, Diagnostic, Severity, Status

Confidence = Literal["low", "medium", "high"]
ORDER: tuple[Confidence, ...] = ("low", "medium", "high")


def confidence(diagnostic: Diagnostic, decided: tuple[Decided, ...]) -> Confidence:
    """High for an error whose claim is certainly false or ill formed."""
    match diagnostic.severity:
        case Severity.INFO:
            return "low"
        case Severity.WARNING:
            return "medium"
        case Severity.ERROR:
            if diagnostic.claim is None:
                return "medium"
            status = decided[diagnostic.claim].verdict.status
            return "high" if status in (Status.REFUTED, Status.ILL_FORMED) else "medium"
        case _:
            assert_never(diagnostic.severity)
