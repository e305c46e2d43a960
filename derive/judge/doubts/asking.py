"""Asking the table: every reading of a refuted claim is doubted, by each doubt, then by two together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, islice
from typing import Any

from derive.classes import dataclass, field, replace
from derive.judge.doubts.doubt import (
    GOOD,
    Decide,
    Doubt,
    Falls,
    Open,
    Weaken,
    undecided,
    with_added,
)
from derive.model import Claim, Status, Step, Verdict
from derive.reasons import CONSTRAINT
from derive.term.scope import Reading
from derive.verify.budget import CheckerFault

PAIRS = 24
"""Decisions that a claim may cost for two doubts together."""
_OF_ONE = 2
"""Weakened claims of one doubt that are put together with another's."""


def examined(claim: Claim, verdict: Verdict, decide: Decide, table: Callable[[], Sequence[Doubt]]) -> Verdict:
    """The verdict after the doubts; each that was asked is a step of its trail.

    A refutation stands only where it stands for every reading that has a sense. Of a claim that is not
    refuted nothing is asked, and the table is not opened.
    """
    if verdict.status is not Status.REFUTED:
        return verdict
    asking = _Asking(decide, table())
    readings = claim.readings or (Reading((claim.left, claim.right)),)
    for reading in readings:
        left, right = reading.terms[:2]
        one = replace(claim, left=left, right=right, readings=(reading,))
        own = verdict if len(readings) == 1 else decide(one)
        if own.status is not Status.REFUTED:
            continue  # no sense under this reading, or the verdict would not be what it is
        answer = asking.singly(one, own) or asking.together(one, own)
        if answer is not None:
            reading_ = answer.reading or tuple(reading.choices)
            return replace(answer, reading=reading_, trail=(*verdict.trail, *asking.trail))
    evidence = {**verdict.evidence, **asking.evidence}
    return replace(verdict, evidence=evidence, trail=(*verdict.trail, *asking.trail))


@dataclass(slots=True)
class _Asking:
    """The questions about one claim, and what was answered."""

    decide: Decide
    table: Sequence[Doubt]
    pairs: int = PAIRS
    trail: list[Step] = field(default_factory=list)
    evidence: dict[str, Any] = field(default_factory=dict)

    def singly(self, claim: Claim, refuted: Verdict) -> Verdict | None:
        """The verdict of the first doubt before which the refutation falls."""
        for doubt in self.table:
            match doubt:
                case Open():
                    reason = doubt.reason(claim, refuted)
                    if reason is not None:
                        return self._told(doubt, undecided(reason, refuted))
                case Weaken():
                    answer = self._weakened(doubt, claim, refuted)
                    if answer is not None:
                        return self._told(doubt, answer)
        return None

    def _weakened(self, doubt: Weaken, claim: Claim, refuted: Verdict) -> Verdict | None:
        answers: list[tuple[Claim, Verdict]] = []
        for weakened in doubt.claims(claim, refuted):
            if any(_implied(weakened, c) for c, a in answers if a.status is Status.REFUTED):
                continue  # what fails in a model of more hypotheses fails in one of fewer
            answer = self._decided(replace(weakened, tried=_settles(doubt)), claim)
            answers.append((weakened, answer))
            if _falls(doubt.falls, answer):
                return doubt.becomes(weakened, answer, claim, refuted)
            if doubt.evidence is not None:
                self.evidence |= doubt.evidence(weakened, answer)
        left = doubt.rest(claim, tuple(answers)) if doubt.rest is not None else None
        if left is None and answers:
            self.trail.append(Step("doubt", "the refutation stands", doubt.name, doubt.because))
        return left and replace(left, evidence={"without": refuted.evidence, **left.evidence})

    def _decided(self, weakened: Claim, claim: Claim) -> Verdict:
        try:
            return self.decide(weakened)
        except CheckerFault:
            if weakened.scope.hypotheses == claim.scope.hypotheses:
                raise
            # equations that contradict one another prove anything: there is no model of them all
            return Verdict(Status.UNDECIDED, CONSTRAINT)

    def together(self, claim: Claim, refuted: Verdict) -> Verdict | None:
        """The verdict under two doubts at once: symmetric and in the other layout."""
        weak = [d for d in self.table if isinstance(d, Weaken) and d.paired]
        for first, second in combinations(weak, 2):
            for weakened in self._both(first, second, claim, refuted):
                if self.pairs <= 0:
                    return None
                self.pairs -= 1
                answer = self._decided(replace(weakened, tried=True), claim)
                if answer.status not in GOOD:
                    continue
                self.trail.append(Step("doubt", answer.status.value, first.name, first.because))
                becomes = {d.becomes(weakened, answer, claim, refuted).status for d in (first, second)}
                if becomes <= GOOD:
                    conditions = with_added(weakened, answer, claim)
                    return self._told(second, replace(answer, status=Status.HOLDS, conditions=conditions))
                return self._told(second, undecided(CONSTRAINT, refuted))
        return None

    def _both(self, first: Weaken, second: Weaken, claim: Claim, refuted: Verdict) -> Iterator[Claim]:
        for one in islice(first.claims(claim, refuted), _OF_ONE):
            yield from islice(second.claims(one, refuted), _OF_ONE)

    def _told(self, doubt: Doubt, answer: Verdict) -> Verdict:
        said = answer.status.value + (f": {answer.reason.code.value}" if answer.reason else "")
        self.trail.append(Step("doubt", said, doubt.name, doubt.because))
        return answer


def _settles(doubt: Weaken) -> bool:
    """Whether nothing is told of an answer before which the refutation stands."""
    return doubt.falls is Falls.IF_IT_HOLDS and doubt.evidence is None and doubt.rest is None


def _implied(weakened: Claim, refuted: Claim) -> bool:
    """Whether two claims are the same but for the first's hypotheses, which are some of the second's."""
    same = (weakened.left, weakened.relation, weakened.right) == (
        refuted.left,
        refuted.relation,
        refuted.right,
    )
    fewer = set(weakened.scope.hypotheses) <= set(refuted.scope.hypotheses)
    return same and fewer and weakened.scope.definitions is refuted.scope.definitions


def _falls(falls: Falls, answer: Verdict) -> bool:
    match falls:
        case Falls.IF_IT_HOLDS:
            return answer.status in GOOD
        case Falls.UNLESS_REFUTED:  # by a counterexample that takes nothing for granted
            return answer.status is not Status.REFUTED or "rests_on" in answer.evidence
        case Falls.UNLESS_IT_HOLDS:
            return answer.status not in GOOD
