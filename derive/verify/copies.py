"""Work of a document done ahead: copies of this process begin at its end, or a little ahead, while this one
goes on.

What a copy has worked out is told here by a key, with what it cost, and looked up before it is worked out
again. Nothing depends on whether it is there: it is what this process would have found, and is charged for.
"""

from __future__ import annotations

import mmap
import os
import pickle
import select
import signal
import struct
import sys
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import suppress
from typing import Any, BinaryIO

from derive.verify.processes import Process, can_copy, copied

Tell = Callable[[Hashable, Any], None]
"""Called in a copy with a key and what was worked out for it."""
Do = Callable[[int, Tell], None]

WORTH = 0.4
"""Seconds of processor time that this kind of work took before a copy is made: a page is done by then."""
FEW, MOST = 4, 15
"""As many things must be left for each copy; as many copies are made."""
LEAD = 40
"""So far ahead copies keep that are near. This process works on as many, and finds as many done."""
_PIPE = 1 << 20
"""Bytes that a copy may be ahead of who reads them."""
_HEADER = struct.Struct("<Q")
_PLACE = struct.Struct("<q")


class Ahead:
    """Up to so many copies for one kind of work on the things of one document, which are numbered.

    `near`: they keep a little ahead of this process, which may not come to the end; else they begin there.
    """

    def __init__(self, copies: int, near: bool = False) -> None:
        self._copies = copies
        self._near = near
        self._since: float | None = None
        self._hands: list[_Copy] = []
        self._known: dict[Hashable, Any] = {}
        self._here: mmap.mmap | None = None
        """Where this process is, for the copies to see."""

    @property
    def working(self) -> bool:
        return bool(self._hands)

    def offer(self, first: int, last: int, begun: Callable[[], Do]) -> None:
        """What is left to do, the last one excluded; told again and again. The copies are made once it is
        worth it; in each, `begun` gives what does one thing."""
        if self._here is not None:
            _PLACE.pack_into(self._here, 0, first)
        now = time.process_time()
        self._since = now if self._since is None else self._since
        if self._copies < 1 or last - first < FEW or now - self._since < WORTH:
            return
        copies, self._copies = min(self._copies, (last - first) // FEW, MOST), 0
        if not can_copy():
            return
        self._here = here = mmap.mmap(-1, _PLACE.size)
        _PLACE.pack_into(here, 0, first)
        depth = _depth()
        for j in range(copies):
            self._hands.append(_Copy(_share(here, last, j, copies, self._near), begun, depth))

    def get(self, key: Hashable) -> Any:
        """What a copy has told of this key by now, or None."""
        if key not in self._known:
            for hand in self._hands:
                self._known.update(hand.told())
        return self._known.get(key)

    def end(self) -> None:
        """The copies end, whatever they are at."""
        for hand in self._hands:
            hand.end()
        self._hands.clear()
        if self._here is not None:
            self._here.close()
            self._here = None


def _share(here: mmap.mmap, last: int, j: int, copies: int, near: bool) -> Iterator[int]:
    """What the j-th of the copies does, one after another, where the first process has not come to it."""
    left = set(range(_PLACE.unpack_from(here)[0] + 1 + j, last, copies))
    while left:
        first = _PLACE.unpack_from(here)[0]
        left = {k for k in left if k > first}
        ahead = first + min(LEAD, (last - first) // 2)
        found = min((k for k in left if k >= ahead), default=None) if near else None
        k = found if found is not None else max(left, default=None)
        if k is None:
            return
        left.discard(k)
        yield k


class _Copy:
    def __init__(self, share: Iterator[int], begun: Callable[[], Do], depth: int) -> None:
        first = os.getpid()

        def serve(questions: BinaryIO, answers: BinaryIO) -> None:
            from derive.verify import workers

            os.dup2(2, 1)  # what a library prints is no output of the program
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process hears of it and ends this one
            workers.begin_anew()
            sys.setrecursionlimit(sys.getrecursionlimit() + _depth() - depth)

            def tell(key: Hashable, value: Any) -> None:
                data = pickle.dumps((key, value), pickle.HIGHEST_PROTOCOL)
                answers.write(_HEADER.pack(len(data)) + data)
                answers.flush()

            do = begun()
            for one in share:
                if os.getppid() != first:  # nobody listens any more
                    return
                do(one, tell)

        self._process: Process = copied(serve)
        assert self._process.stdout is not None
        self._descriptor = self._process.stdout.fileno()
        self._read = b""
        with suppress(OSError, ImportError, AttributeError):
            import fcntl

            fcntl.fcntl(self._descriptor, fcntl.F_SETPIPE_SZ, _PIPE)

    def told(self) -> list[tuple[Hashable, Any]]:
        """What came since; a copy that died has told what it has told."""
        if self._descriptor < 0:
            return []
        parts = [self._read]
        while select.select([self._descriptor], [], [], 0)[0]:
            part = os.read(self._descriptor, _PIPE)
            if not part:
                self._descriptor = -1
                break
            parts.append(part)
        data, at = b"".join(parts), 0
        found: list[tuple[Hashable, Any]] = []
        while len(data) >= at + _HEADER.size:
            (size,) = _HEADER.unpack_from(data, at)
            if len(data) < at + _HEADER.size + size:
                break
            at += _HEADER.size
            found.append(pickle.loads(data[at : at + size]))
            at += size
        self._read = data[at:]
        return found

    def end(self) -> None:
        self._descriptor = -1
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()


def _depth() -> int:
    depth, frame = 0, sys._getframe()
    while frame.f_back is not None:
        depth, frame = depth + 1, frame.f_back
    return depth
