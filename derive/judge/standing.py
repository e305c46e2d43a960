"""What is done with an outcome: a small table of what was found out and what the text does with the relation.

A false relation is an error where the text asserts it. Where it may state, define or suppose it, a false one
is a condition, unless no value of its letters makes it true; almost an identity is told by `diagnose`. What
the text makes so, denies, asks or quotes is no error by itself. Ill-formed is ill-formed whatever the stance.
"""

from __future__ import annotations

from collections.abc import Callable

from derive.classes import dataclass, replace
from derive.model import Claim, Stance, Status, Step, Verdict
from derive.reasons import Reason, Why
from derive.rules import Rule, first
from derive.term.undeclared import of_undeclared


@dataclass(frozen=True)
class Found:
    """The outcome of a claim; `nowhere` asks whether no value of its letters makes it true."""

    claim: Claim
    verdict: Verdict
    nowhere: Callable[[], bool]

    @property
    def status(self) -> Status:
        return self.verdict.status


_GOOD = (Status.PROVED, Status.HOLDS)
_AS_FOUND = (Status.ILL_FORMED, *_GOOD)


def _undeclared(f: Found) -> Status | None:
    if f.status in _GOOD or not of_undeclared(f.claim.scope, f.claim.left, f.claim.right):
        return None
    return Status.UNDECIDED if f.status is Status.UNDECIDED else Status.GIVEN


def _asserted(f: Found) -> Status | None:
    return f.status if f.claim.stance is Stance.ASSERTED else None


def _found_right(f: Found) -> Status | None:
    return f.status if f.status in _AS_FOUND else None


def _nowhere(f: Found) -> Status | None:
    if f.claim.stance is Stance.OPEN and f.status is Status.REFUTED and f.nowhere():
        return Status.REFUTED
    return None


def _approximation(f: Found) -> Status | None:
    if f.claim.stance is Stance.OPEN and f.status is Status.UNDECIDED and f.claim.relation == "approx":
        return Status.UNDECIDED
    return None


STANDING: tuple[Rule[Found, Status], ...] = (
    Rule("standing/undeclared", "a command that nothing declares may say something else", _undeclared),
    Rule("standing/asserted", "the text states it: it is what it was found to be", _asserted),
    Rule("standing/right", "it was found right, or ill formed, whatever the text does with it", _found_right),
    Rule("standing/true-nowhere", "no value of its letters makes a condition of it", _nowhere),
    Rule("standing/approximation", "what is only approximate is no condition", _approximation),
    Rule(
        "standing/condition",
        "the text does not assert it, and it is no identity: a condition, a definition or a model",
        lambda f: Status.GIVEN,
    ),
)


def standing(claim: Claim, verdict: Verdict, nowhere: Callable[[], bool]) -> Verdict:
    """The verdict as the document is told it, with what was found out beside it and the way in its trail."""
    answer = first(STANDING, Found(claim, verdict, nowhere))
    assert answer is not None  # the last rule of the table always answers
    trail = (*claim.trail, *verdict.trail, answer.step("standing"))
    if answer.value is not Status.GIVEN:
        return replace(verdict, status=answer.value, outcome=verdict.status, trail=trail)
    if verdict.status is Status.REFUTED:
        evidence = {"not_an_identity": verdict.evidence}
        return replace(
            verdict,
            status=Status.GIVEN,
            reason=Reason(Why.CONDITION),
            evidence=evidence,
            outcome=Status.REFUTED,
            trail=trail,
        )
    return replace(
        verdict,
        status=Status.GIVEN,
        reason=Reason(Why.CONDITION, inner=verdict.reason),
        outcome=verdict.status,
        trail=trail,
    )


def given(claim: Claim) -> Verdict:
    """The verdict on a relation in which there is nothing to check."""
    last: tuple[Step, ...] = claim.trail
    return Verdict(Status.GIVEN, trail=last)
