"""Work shared among processes, each result as it is done.

Each process is started anew and asked by a pipe, so that it does not matter what the caller's threads hold
or its main module does. One that dies costs the thing that it was working on, and another is started.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from derive.verify.processes import started

T = TypeVar("T")
R = TypeVar("R")
_HEADER = struct.Struct("<Q")


class Died(Exception):
    """What worked on this ended without an answer; the message says how."""


class NoCluster(ValueError):
    """Who is to work is none that can be asked; the message says why."""


class Gone(Exception):
    """Nobody is there any more to work on the rest; the message says why."""


def as_done(
    work: Callable[[T], R],
    asked: Sequence[T],
    jobs: int,
    sizes: Sequence[int] = (),
    died: Callable[[T, Died], R] | None = None,
) -> Generator[tuple[int, R], None, None]:
    """`work` of each with its number, the first done first. `work` is a function of a module, or a partial
    of one.

    `sizes`: what each costs about; the dearest are begun first. `died`: the answer about what killed its
    process; without it `Died` is raised. What `work` raises is raised here.
    """
    jobs = min(jobs, len(asked))
    if jobs < 2:
        yield from enumerate(map(work, asked))
        return
    order = sorted(range(len(asked)), key=lambda k: -sizes[k]) if sizes else list(range(len(asked)))
    waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
    for k in order:
        waiting.put(k)
    done: queue.SimpleQueue[tuple[int, bool, Any]] = queue.SimpleQueue()
    hands = [Hand(packed(work)) for _ in range(jobs)]
    threads = [
        threading.Thread(target=_keep_busy, args=(h, asked, waiting, done), daemon=True) for h in hands
    ]
    try:
        for thread in threads:
            thread.start()
        for _ in asked:
            k, good, value = done.get()
            if not good and isinstance(value, Died) and died is not None:
                yield k, died(asked[k], value)
            elif not good:
                raise value
            else:
                yield k, value
    finally:
        for hand in hands:
            hand.dismiss()


def _keep_busy(
    hand: Hand,
    asked: Sequence[Any],
    waiting: queue.SimpleQueue[int],
    done: queue.SimpleQueue[tuple[int, bool, Any]],
) -> None:
    """One thread: it hands its process one thing after another."""
    while not hand.dismissed:
        try:
            k = waiting.get_nowait()
        except queue.Empty:
            hand.dismiss()
            return
        try:
            good, value = unpacked(hand.ask(packed(asked[k])))
        except Exception as error:  # whatever it is, the caller is waiting for an answer
            good, value = False, error
        done.put((k, good, value))


def packed(value: Any) -> bytes:
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def unpacked(answer: bytes) -> tuple[bool, Any]:
    """Whether it went well, with the answer or what was raised."""
    good, value = pickle.loads(answer)
    return bool(good), value


class Hand:
    """One process that does a packed work, started on its first question, and again after it died."""

    def __init__(self, work: bytes) -> None:
        self._work = work
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self.dismissed = False

    def ask(self, one: bytes, seconds: float | None = None) -> bytes:
        """The packed answer to a packed question. Raises Died, also for what has no answer after so many
        seconds by the clock."""
        process = self._started()
        assert process.stdin is not None and process.stdout is not None
        overran = False

        def stop() -> None:
            nonlocal overran
            overran = True
            process.kill()

        late = threading.Timer(seconds, stop) if seconds is not None else None
        if late is not None:
            late.daemon = True
            late.start()
        try:
            _send(process.stdin, one)
            return _receive(process.stdout)
        except (OSError, EOFError, ValueError):
            self._end()
            raise Died(f"no answer in {seconds:.0f} s" if overran else "the process died") from None
        finally:
            if late is not None:
                late.cancel()
                late.join()
                if overran:  # it may have been too late for this answer: the next one is asked of another
                    self._end()

    def _started(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self.dismissed:
                raise Died("the process was dismissed")
            if self._process is None:
                self._process = started("derive.front.jobs")
                assert self._process.stdin is not None
                with suppress(OSError):  # it is dead already: the question will tell
                    _send(self._process.stdin, self._work)
            return self._process

    def _end(self) -> None:
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with suppress(OSError):
                        stream.close()

    def dismiss(self) -> None:
        self.dismissed = True
        self._end()


def serve() -> None:
    """The loop of a process: questions on stdin, answers on stdout, until stdin ends."""
    with suppress(ValueError, AttributeError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who asked hears of it and ends this process
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not go among the answers
    work = pickle.loads(_receive(requests))
    while True:
        try:
            one = pickle.loads(_receive(requests))
        except EOFError:
            return
        try:
            answer = (True, work(one))
        except Exception as error:  # sent to the one who asked
            answer = (False, error)
        try:
            data = packed(answer)
        except Exception as error:  # an answer of a kind that cannot be sent
            data = packed((False, RuntimeError(f"{type(error).__name__}: {error}")))
        _send(answers, data)


def _send(stream: Any, data: bytes) -> None:
    stream.write(_HEADER.pack(len(data)) + data)
    stream.flush()


def _receive(stream: Any) -> bytes:
    header = stream.read(_HEADER.size)
    if len(header) < _HEADER.size:
        raise EOFError
    (size,) = _HEADER.unpack(header)
    data: bytes = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data
