"""Answers of the tower, by the content of what it was asked: a claim with what its scope says.

An answer is the same wherever it is asked, and costs the same steps: a claim is decided, or ends for want of
steps, as if nothing had been known. Claims that are cheap are not kept: looking them up costs as much.
"""

from __future__ import annotations

from collections.abc import Callable

from derive.front.cache.asked import forget, key_of
from derive.front.cache.codec import Unstorable, dumps, loads
from derive.front.cache.store import Store
from derive.model import Claim, Status, Verdict
from derive.reasons import Reason, Why
from derive.verify.budget import clock, spend, steps_made, times_cut

_CHEAP = 0.003
"""Seconds of processor time."""
_PASSING = (Why.BUDGET, Why.TIME, Why.FAULT, Why.NOT_REACHED)
"""What another run may not meet again."""


class Questions:
    """Decides claims; remembers the answers in a store when it is told to `keep` them."""

    def __init__(self, decide: Callable[[Claim], Verdict], store: Store) -> None:
        self._decide = decide
        self._store = store
        self._new: dict[bytes, bytes] = {}

    def decide(self, claim: Claim) -> Verdict:
        """As the tower does. Raises what it raises."""
        key = key_of(claim)
        data = self._new.get(key) or self._store.get("questions", key)
        if data is not None and (answer := _answer(data)) is not None:
            steps, verdict = answer
            spend(steps)
            return verdict
        started, made, cut = clock(), steps_made(), times_cut()
        verdict = self._decide(claim)
        if clock() - started > _CHEAP and times_cut() == cut and _lasting(verdict):
            try:
                self._new[key] = dumps((steps_made() - made, verdict))
            except Unstorable:
                return verdict
        return verdict

    def keep(self) -> None:
        self._store.put("questions", self._new)
        self._new = {}
        forget()


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
