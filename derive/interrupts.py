"""Ctrl-C where it would be lost: a library in C that calls back swallows what is raised there.

Python hears of an interrupt wherever it begins a function, so also there. It is remembered, and raised
again by whoever called the library.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_heard = False


def listen() -> None:
    """Remember interrupts from now on. Nothing changes where they are ignored or somebody else's."""
    global _heard
    _heard = False
    ours = signal.getsignal(signal.SIGINT) in (signal.default_int_handler, _interrupted)
    if ours and threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, _interrupted)


def _interrupted(number: int, frame: FrameType | None) -> None:
    global _heard
    _heard = True
    signal.default_int_handler(number, frame)


@contextmanager
def calling_back() -> Iterator[None]:
    """Around a call into such a library: raises KeyboardInterrupt behind it if there was an interrupt since
    `listen`, whatever became of it there."""
    try:
        yield
    finally:
        if _heard:
            raise KeyboardInterrupt
