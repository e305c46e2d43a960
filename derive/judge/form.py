"""What is ill formed needs no stance: a definition whose shapes cannot fit defines nothing."""

from __future__ import annotations

from derive.classes import replace
from derive.model import Decided, Status
from derive.verify.ladder.ill_formed import ill_formed


def formed(entry: Decided) -> Decided:
    """The entry as it is, or as ill formed where it was given and its shapes cannot fit."""
    if entry.claim is None or entry.verdict.status is not Status.GIVEN:
        return entry
    verdict = ill_formed(entry.claim)
    return entry if verdict is None else replace(entry, verdict=verdict)
