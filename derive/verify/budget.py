"""How much each level of the tower may spend, and what is raised when it is spent.

Steps, not seconds, decide: the verdict must not depend on the machine. The seconds are the
fence behind them, held by the worker process (`workers.py`).
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any


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
