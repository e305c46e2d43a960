"""What is told beside its status: stance, outcome, the rule that gave it; how sure a finding is."""

from __future__ import annotations

from typing import assert_never

from derive.gate.confidence import Confidence
from derive.gate.confidence import confidence as confidence_of
from derive.model import Decided, Diagnostic, FileReport, Status, Verdict
from derive.reasons import Why

DECIDED = (Status.PROVED, Status.HOLDS, Status.REFUTED, Status.ILL_FORMED)


def outcome_of(verdict: Verdict) -> Status | None:
    """What was found out, whatever the stance; None where nothing was tried."""
    if verdict.outcome is not None:
        return verdict.outcome
    if verdict.reason is not None and verdict.reason.code is Why.NOT_REACHED:
        return None
    match verdict.status:
        case Status.PROVED | Status.HOLDS | Status.REFUTED | Status.ILL_FORMED | Status.UNDECIDED:
            return verdict.status
        case Status.GIVEN:
            # a condition is an equation that was tried: it is no identity, or nothing was found out
            condition = verdict.reason is not None and verdict.reason.code is Why.CONDITION
            if not condition:
                return None
            return Status.REFUTED if verdict.reason and verdict.reason.inner is None else Status.UNDECIDED
        case Status.UNREAD:
            return None
        case _:
            assert_never(verdict.status)


def given_rule(entry: Decided) -> str | None:
    """The rule by which there is nothing to check; None for an entry that is not given."""
    verdict = entry.verdict
    if verdict.status is not Status.GIVEN:
        return None
    by_stance = [step.rule for step in verdict.trail if step.question == "stance"]
    if by_stance:
        return by_stance[-1]
    if verdict.reason is not None:
        return f"given/{verdict.reason.code.value}"
    return f"given/{entry.claim.stance.value}" if entry.claim is not None else "given/states-nothing"


def confidence(diagnostic: Diagnostic, file: FileReport) -> Confidence:
    """How sure a finding is: high for an error whose claim is certainly false or ill formed."""
    return confidence_of(diagnostic, file.decided)
