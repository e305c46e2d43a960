"""A derivation by itself: a document of one formula, of which every line is asserted under what is given."""

from __future__ import annotations

from collections.abc import Sequence

from derive.front.decide import DeriveError
from derive.front.document import check_source
from derive.meaning.formula import undelimited
from derive.model import FileReport, Source
from derive.settings import Settings

_BEFORE, _BEHIND = "% derive: assert\n\\[\n", "\n\\]\n"
OFFSET = len(_BEFORE)
"""Where the formula begins in the report's text."""


def derivation(
    latex: str,
    given: Sequence[str] = (),
    claim_seconds: float | None = None,
    document_seconds: float | None = None,
) -> FileReport:
    """The report on it. Raises DeriveError for a given that cannot be read or states nothing."""
    source = Source("claim.tex", f"{_BEFORE}{undelimited(latex)}{_BEHIND}")
    settings = Settings(
        assume=(("**", tuple(given)),),
        claim_seconds=claim_seconds,
        document_seconds=document_seconds,
    )
    report, faults = check_source(source, settings)
    if faults:
        raise DeriveError("; ".join(fault.removeprefix("claim.tex: ") for fault in faults))
    return report
