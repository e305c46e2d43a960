"""Answers of the tower, by the content of what it was asked: a claim with what its scope says.

An answer is the same wherever it is asked, and costs the same steps: a claim is decided, or ends for want of
steps, as if nothing had been known. Claims that are cheap are not kept: looking them up costs as much. What a
copy of this process found out is charged with its seconds too: the document may cost no more for it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from derive.classes import dataclass
from derive.front.cache.asked import forget, key_of
from derive.front.cache.codec import Unstorable, dumps, loads
from derive.model import Claim, Status, Verdict
from derive.reasons import Reason, Why
from derive.verify.budget import (
    StepsSpent,
    charge,
    clock,
    cut_short,
    seconds_left,
    spend,
    steps_left,
    steps_made,
    times_cut,
)
from derive.verify.copies import Ahead, Tell

if TYPE_CHECKING:
    from derive.front.cache.store import Store

_A_TICK = 1.02
_CHEAP = 0.003
"""Seconds of processor time."""
_PASSING = (Why.BUDGET, Why.TIME, Why.FAULT, Why.NOT_REACHED)
"""What another run may not meet again."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a copy found out, and what it cost; without a verdict, of what it was `short` (as StepsSpent says
    it), and how much it had been allowed."""

    steps: int
    seconds: float
    verdict: Verdict | None
    short: str = ""
    allowed_steps: int = 0
    allowed_seconds: float = 0.0


class Questions:
    """Decides claims. Remembers the answers in a store, where there is one, when it is told to `keep` them;
    looks at what copies of this process found out `ahead`; in such a copy tells them by `tell`."""

    def __init__(
        self,
        decide: Callable[[Claim], Verdict],
        store: Store | None = None,
        ahead: Ahead | None = None,
        tell: Tell | None = None,
    ) -> None:
        self._decide = decide
        self._store = store
        self._ahead = ahead
        self._tell = tell
        self._new: dict[bytes, bytes] = {}

    def decide(self, claim: Claim) -> Verdict:
        """As the tower does. Raises what it raises."""
        ahead = self._ahead if self._ahead is not None and self._ahead.working else None
        if self._store is None and ahead is None and self._tell is None:
            return self._decide(claim)
        key = key_of(claim)
        if self._store is not None:
            data = self._new.get(key) or self._store.get("questions", key)
            if data is not None and (answer := _answer(data)) is not None:
                steps, verdict = answer
                spend(steps)
                return verdict
        found: Found | None = ahead.get(key) if ahead is not None else None
        if found is not None and _fits(found):
            if found.short == "time":
                cut_short()
            charge(found.steps, found.seconds)
            if found.verdict is None:
                raise StepsSpent(found.short)  # a tick of the clock more or less
            self._note(key, found.steps, found.verdict)
            return found.verdict
        return self._decided(claim, key)

    def _decided(self, claim: Claim, key: bytes) -> Verdict:
        started, made, cut = clock(), steps_made(), times_cut()
        allowed = steps_left(), seconds_left()
        try:
            verdict = self._decide(claim)
        except StepsSpent as spent:
            if self._tell is not None:
                self._tell(key, Found(steps_made() - made, clock() - started, None, str(spent), *allowed))
            raise
        seconds, steps = clock() - started, steps_made() - made
        if seconds > _CHEAP and times_cut() == cut and _lasting(verdict):
            if self._tell is not None:
                self._tell(key, Found(steps, seconds, verdict))
            self._note(key, steps, verdict)
        return verdict

    def _note(self, key: bytes, steps: int, verdict: Verdict) -> None:
        if self._store is not None:
            with suppress(Unstorable):
                self._new[key] = dumps((steps, verdict))

    def keep(self) -> None:
        if self._store is not None:
            self._store.put("questions", self._new)
        self._new = {}
        forget()


def _fits(found: Found) -> bool:
    """Whether it would have come to the same here: what was short of something has no more of it here."""
    if found.verdict is not None:
        return True
    return steps_left() <= found.allowed_steps and seconds_left() <= _A_TICK * found.allowed_seconds


def _answer(data: bytes) -> tuple[int, Verdict] | None:
    try:
        match loads(data):
            case (int(steps), Verdict() as verdict) if steps >= 0:
                return steps, verdict
    except Unstorable:
        pass
    return None


def _lasting(verdict: Verdict) -> bool:
    """What is ill formed tells where shapes are declared, and places are not part of a question."""
    reason: Reason | None = verdict.reason
    while reason is not None:
        if reason.code in _PASSING:
            return False
        reason = reason.inner
    return Status.ILL_FORMED not in (verdict.status, verdict.outcome)
