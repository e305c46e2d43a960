"""Other processes of this program: Python that imports the package as this one does, or a copy of it."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import IO, BinaryIO, Protocol

import derive


class Process(Protocol):
    """What the one who started a process needs of it."""

    @property
    def pid(self) -> int: ...
    @property
    def stdin(self) -> IO[bytes] | None: ...
    @property
    def stdout(self) -> IO[bytes] | None: ...
    def poll(self) -> int | None: ...
    def kill(self) -> None: ...
    def wait(self) -> int: ...


def can_copy() -> bool:
    """Whether a copy of this process is safe to run on: no thread of it may hold a lock that nobody releases
    in the copy, and no library of the system may mind."""
    return sys.platform == "linux" and threading.active_count() == 1


def copied(serve: Callable[[BinaryIO, BinaryIO], None]) -> Process:
    """A copy of this process, with all that it has imported and worked out, that runs `serve` on two pipes:
    its questions and its answers. It ends when `serve` returns; nothing is unwound or flushed there.

    Strings hash there as they do here: what depends on the order of another library's sets is no work for it.
    """
    questions, ask = os.pipe()
    answers, answer = os.pipe()
    pid = os.fork()
    if pid:
        os.close(questions)
        os.close(answer)
        return _Copy(pid, os.fdopen(ask, "wb"), os.fdopen(answers, "rb", buffering=0))
    try:
        sys.settrace(None)
        gc.freeze()  # what is the parent's is not looked through, so that its pages stay shared
        os.close(ask)
        os.close(answers)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        serve(os.fdopen(questions, "rb"), os.fdopen(answer, "wb"))
    finally:
        os._exit(0)


class _Copy:
    def __init__(self, pid: int, stdin: BinaryIO, stdout: BinaryIO) -> None:
        self.pid, self.stdin, self.stdout = pid, stdin, stdout
        self._ended: int | None = None

    def poll(self) -> int | None:
        return self._ended if self._ended is not None else self._look(os.WNOHANG)

    def wait(self) -> int:
        return self._ended if self._ended is not None else self._look(0) or 0

    def _look(self, how: int) -> int | None:
        try:
            found, status = os.waitpid(self.pid, how)
        except ChildProcessError:  # someone else waited for it
            found, status = self.pid, 0
        if found:
            self._ended = os.waitstatus_to_exitcode(status)
        return self._ended

    def kill(self) -> None:
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)


def started(module: str) -> subprocess.Popen[bytes]:
    """A process that runs `serve()` of a module of the package, with pipes for its questions and answers.

    It looks for modules where this one does, and never in the folder that it happens to stand in (`-P`): a
    folder of documents is no place to import from.
    """
    home = os.path.dirname(os.path.dirname(os.path.abspath(derive.__file__)))
    path = dict.fromkeys([*(p for p in sys.path if p), home])
    return subprocess.Popen(
        [sys.executable, "-P", "-c", f"from {module} import serve; serve()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONHASHSEED": "0", "PYTHONPATH": os.pathsep.join(path)},
        close_fds=True,
    )
