"""On a worker of a cluster: each document is given to a process of its own kind, as on the asker's machine.

The worker itself only carries bytes. What a document does to its process costs that process; the worker and
whatever else it does stay as they are.
"""

from __future__ import annotations

import threading

from derive.classes import dataclass
from derive.front.jobs import Died, Hand
from derive.installed import digest
from derive.version import VERSION

_lock = threading.Lock()
_idle: list[tuple[bytes, Hand]] = []
"""Processes with the work that they do, one a thread of the worker at most."""


@dataclass(frozen=True, slots=True)
class Code:
    """What decides here: the version, and a digest of the sources and of what stands beside them."""

    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a question, packed or how its process died; nothing where the worker `other` was asked,
    which has other code."""

    code: Code
    value: bytes | Died = b""
    other: str | None = None


def code() -> Code:
    return Code(VERSION, digest())


def served(work: bytes, one: bytes, seconds: float, asker: str) -> Answer:
    """The answer to one packed question, within so many seconds by the clock. `asker` is the digest of the
    code that asks."""
    own = code()
    if own.digest != asker:
        from distributed import get_worker

        return Answer(own, other=get_worker().address)
    hand = _taken(work)
    try:
        answer = Answer(own, hand.ask(one, seconds))
    except Died as died:
        answer = Answer(own, died)
    with _lock:
        _idle.append((work, hand))
    return answer


def _taken(work: bytes) -> Hand:
    """A process that does this work; those of another run are of no use any more."""
    with _lock:
        others = [hand for done, hand in _idle if done != work]
        own = [hand for done, hand in _idle if done == work]
        _idle[:] = [(work, hand) for hand in own[1:]]
    for hand in others:
        hand.dismiss()
    return own[0] if own else Hand(work)
