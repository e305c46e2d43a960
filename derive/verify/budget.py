"""How much each level of the tower may spend, and what is raised when it is spent.

Steps, not seconds, decide: the verdict must not depend on the machine. The seconds are the
fence behind them, held by the worker process (`workers.py`).
"""

from __future__ import annotations

import math
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from derive.classes import dataclass


class CheckerFault(Exception):
    """The checker contradicts itself: a proof of a claim that a certified counterexample refutes.

    Says nothing about the author's text. `left` and `right` are both sides as LaTeX.
    """

    def __init__(self, left: str, right: str, detail: str) -> None:
        super().__init__(f"{left} against {right}: {detail}")
        self.left = left
        self.right = right
        self.detail = detail

    def __reduce__(self) -> tuple[Any, ...]:
        return (CheckerFault, (self.left, self.right, self.detail))


class StepsSpent(BaseException):
    """The step budget is spent. No `Exception`: what runs under it must not swallow it."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """steps: Python calls that a prover may make; seconds: of processor time, the fence in the worker."""

    steps: int
    seconds: float


FEW_MODELS = 4
MANY_MODELS = 40
PROVER = Allowance(steps=600_000, seconds=2.0)
EVALUATION = Allowance(steps=0, seconds=1.0)
"""Balls and the normal form count their own steps; here is only the fence."""
SHORT = Allowance(steps=10_000, seconds=math.inf)
"""What an answer may cost before a worker is asked for it."""


FREE = 0.25
"""Seconds of processor time before a worker starts to count steps: counting costs as much again, and most
answers come sooner."""


@contextmanager
def steps_at_most(limit: int) -> Iterator[None]:
    """Raises StepsSpent in the block once it has made `limit` Python calls.

    Counts by the trace hook, at about twice the cost of the calls: for provers, not for floors that
    count their own steps.
    """
    before = sys.gettrace()
    sys.settrace(_counter(limit))
    try:
        yield
    finally:
        sys.settrace(before)


def _counter(limit: int) -> Callable[[FrameType, str, Any], None]:
    made = 0

    def count(frame: FrameType, event: str, arg: Any) -> None:
        nonlocal made
        made += 1
        if made > limit:
            raise StepsSpent("steps")

    return count


@contextmanager
def within(allowance: Allowance) -> Iterator[None]:
    """Raises StepsSpent in the block once the allowance is spent: after `FREE` seconds of processor time the
    steps are counted; the seconds are the fence behind them.

    In the main thread, on systems that have the timer; a single long step outlasts it.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    counting = not allowance.steps

    def ring(number: int, frame: FrameType | None) -> None:
        nonlocal counting
        if counting:
            raise StepsSpent("time")
        counting = True
        sys.settrace(_counter(allowance.steps))
        signal.setitimer(signal.ITIMER_PROF, max(0.05, allowance.seconds - FREE))

    before, trace = signal.signal(signal.SIGPROF, ring), sys.gettrace()
    signal.setitimer(signal.ITIMER_PROF, allowance.seconds if counting else FREE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
        sys.settrace(trace)


A_SECOND = 500_000
"""Steps that stand for a second of processor time: an evaluation counts its own, other work is put at what it
costs beside one. A second makes 700,000 to 1,700,000 of them as measured, so that the count ends most of what
is too dear, on a slower machine too, and the seconds the rest."""
_AGAIN = 0.05
"""Seconds after which the fence rings again: what runs in a callback of a C library may swallow the first."""


@dataclass(slots=True)
class _Account:
    """What this process has spent, and how far it may go. `elsewhere` is the worker's processor time."""

    steps: int = 0
    elsewhere: float = 0.0
    last: int = sys.maxsize
    until: float = math.inf
    rang: bool = False
    cut: int = 0


_account = _Account()


def spend(steps: int) -> None:
    """Count steps. Raises StepsSpent where the work that is bounded here may make no more."""
    _account.steps += steps
    if _account.steps > _account.last:
        _account.steps = _account.last + 1  # one dear step is not charged to the claims behind it
        raise StepsSpent("steps")


def steps_made() -> int:
    """What this process has counted so far, over all of its claims."""
    return _account.steps


def clock() -> float:
    """Seconds of processor time of this process and of what the worker did for it."""
    return time.process_time() + _account.elsewhere


def seconds_left() -> float:
    """What is left for the work that is bounded here; no end where none is."""
    return _account.until - clock()


def spent_elsewhere(seconds: float) -> None:
    """Charge the worker's time. Raises StepsSpent where that was the last."""
    _account.elsewhere += seconds
    if _account.until < clock():
        _account.rang = True
        raise StepsSpent("time")


def steps_left() -> int:
    """What is left for the work that is bounded here."""
    return _account.last - _account.steps


def charge(steps: int, seconds: float) -> None:
    """Charge what another process did in the place of this one. Raises StepsSpent where that was the last."""
    spend(steps)
    spent_elsewhere(seconds)
    if _account.until < math.inf and signal.getsignal(signal.SIGPROF) is _ring:
        _wind()


def forget() -> None:
    """In a copy of a process: what it has spent, and its bounds, are the other's."""
    global _account
    _account = _Account()
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, 0)


def cut_short() -> None:
    """Note that an answer was not waited for: what rests on it is not to be remembered."""
    _account.cut += 1


def times_cut() -> int:
    """How often an answer was cut short so far, by time or memory."""
    return _account.cut


@contextmanager
def bounded(allowance: Allowance) -> Iterator[None]:
    """Raises StepsSpent in the block once its steps are counted or its seconds are over, those of a block
    around it included.

    The seconds need the main thread of a system that has the timer; elsewhere the steps stand alone.
    """
    steps, until, rang = _account.last, _account.until, _account.rang
    _account.last = min(steps, _account.steps + allowance.steps)
    _account.until = min(until, clock() + allowance.seconds)
    _account.rang = False
    timed = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGPROF, _ring) if timed else None
    try:
        if timed:
            _wind()
        yield
        if _account.rang:  # what ran swallowed the fence: its answer is none
            raise StepsSpent("time")
    finally:
        try:
            _account.until = until  # from here the timer may ring for the block around only
        finally:
            _account.last, _account.until, _account.rang = steps, until, rang
            if timed:
                signal.setitimer(signal.ITIMER_PROF, 0)
                signal.signal(signal.SIGPROF, before)
                if until < math.inf:
                    _wind()


def _wind() -> None:
    left = _account.until - clock()
    if left < math.inf:
        signal.setitimer(signal.ITIMER_PROF, max(left, 0.001), _AGAIN)


def _ring(number: int, frame: FrameType | None) -> None:
    if clock() >= _account.until:
        _account.rang = True
        cut_short()
        raise StepsSpent("time")


@dataclass(slots=True)
class Purse:
    """What the claims of one document may cost: each by itself, and all together, in their order.

    `seconds` and `steps` are what is left of the document's.
    """

    claim: Allowance
    seconds: float
    steps: int

    @property
    def empty(self) -> bool:
        return self.seconds <= 0 or self.steps <= 0

    @contextmanager
    def pay(self) -> Iterator[None]:
        """A block for one claim. Raises StepsSpent, as `bounded`."""
        started, made = clock(), _account.steps
        allowed = Allowance(min(self.claim.steps, self.steps), min(self.claim.seconds, self.seconds))
        try:
            with bounded(allowed):
                yield
        finally:
            self.seconds -= clock() - started
            self.steps -= _account.steps - made


CLAIM_SECONDS, DOCUMENT_SECONDS = 2.0, 30.0


def purse(claim: float = CLAIM_SECONDS, document: float = DOCUMENT_SECONDS) -> Purse:
    """The purse of a document, by seconds; the steps are as many as stand for them."""
    return Purse(Allowance(int(A_SECOND * claim), claim), document, int(A_SECOND * document))
