"""Worker processes for what may take long: started on first need, killed when they overstep.

Two kinds. A fresh one imports what it is asked for and hashes strings the same way each time: for SymPy and
the second reader, whose answers hang on that. A copy of this process has everything at hand already: for what
is this package's own (`own=True`); where no copy can be made the fresh one does that too.

`call("derive.verify.provers.by_sympy:prove", left, right, scope, allowance=…)` runs the function in the
worker and returns what it returned. A function that overruns its steps, its seconds or its
memory costs the caller an `OutOfBudget`, never more; the next call starts a new worker.
The functions are named by the package itself, never by a document.
"""

from __future__ import annotations

import atexit
import os
import pickle
import select
import signal
import struct
import sys
import threading
import time
import warnings
from contextlib import suppress
from importlib import import_module
from typing import Any, BinaryIO

from derive.verify.budget import (
    Allowance,
    StepsSpent,
    cut_short,
    forget,
    seconds_left,
    spend,
    spent_elsewhere,
    within,
)
from derive.verify.processes import Process, can_copy, copied, started

MEMORY = 3 << 30
_STARTING = 20.0  # seconds for the first import in a new worker, beside the call's own
_SLACK = 4.0
_STEPS = 20_000
"""What a call is counted for in steps: what the worker does it counts for itself."""
_HEADER = struct.Struct("<Q")
_SPENT = struct.Struct("<d")  # seconds of processor time, before an answer


class OutOfBudget(Exception):
    """The worker was stopped: `what` is `steps`, `time` or `memory`."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class WorkerError(Exception):
    """The function raised something that cannot be sent back as it is; the message tells what."""


class _Worker:
    def __init__(self, own: bool) -> None:
        self.owner = os.getpid()
        self.process: Process = copied(_serve_copy) if own else started("derive.verify.workers")
        self.fresh = True

    def alive(self) -> bool:
        return self.owner == os.getpid() and self.process.poll() is None

    def ask(self, request: bytes, seconds: float) -> Any:
        assert self.process.stdin is not None and self.process.stdout is not None
        fence = _SLACK * seconds + 1.0  # the machine may be busy: the worker counts its own processor time
        deadline = time.monotonic() + fence + (_STARTING if self.fresh else 0.0)
        try:
            self.process.stdin.write(_HEADER.pack(len(request)) + request)
            self.process.stdin.flush()
            size = _HEADER.unpack(self._read(_HEADER.size, deadline))[0]
            if size == 0:  # the function's modules are imported: from here the call's own clock runs
                deadline = min(deadline, time.monotonic() + fence)
                size = _HEADER.unpack(self._read(_HEADER.size, deadline))[0]
            answer = self._read(size, deadline)
        except (BrokenPipeError, EOFError):
            self.kill()
            raise OutOfBudget("memory") from None
        except TimeoutError:
            self.kill()
            raise OutOfBudget("time") from None
        except BaseException:  # the caller's own budget is spent: the answer must not be there for the next
            self.kill()
            raise
        self.fresh = False
        (spent,) = _SPENT.unpack(answer[: _SPENT.size])
        return pickle.loads(answer[_SPENT.size :]), spent

    def _read(self, size: int, deadline: float) -> bytes:
        assert self.process.stdout is not None
        descriptor = self.process.stdout.fileno()
        parts: list[bytes] = []
        while size > 0:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([descriptor], [], [], left)[0]:
                raise TimeoutError
            part = os.read(descriptor, min(size, 1 << 20))
            if not part:
                raise EOFError
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def kill(self) -> None:
        if self.owner != os.getpid():  # a fork inherited the handle: the process is another's
            return
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except BrokenPipeError:
                    continue


_lock = threading.Lock()
_workers: dict[bool, _Worker] = {}
"""The fresh one under False, the copy under True."""
_serving: str = ""


def call(function: str, *arguments: Any, allowance: Allowance, own: bool = False) -> Any:
    """Run `module:function` with the arguments (all picklable) in the worker.

    own: nothing but this package's code runs there.
    Raises OutOfBudget; what the function itself raises is raised here too, if it can be pickled,
    else WorkerError.
    """
    spend(_STEPS)
    allowance = Allowance(allowance.steps, max(0.01, min(allowance.seconds, seconds_left())))
    request = pickle.dumps((function, arguments, allowance), pickle.HIGHEST_PROTOCOL)
    with _lock:
        worker = _ready(own)
        try:
            (kind, value), seconds = worker.ask(request, allowance.seconds)
        except OutOfBudget:
            cut_short()
            spent_elsewhere(allowance.seconds)
            raise
    spent_elsewhere(seconds)
    if kind == "value":
        return value
    if kind == "spent":
        if value != "steps":
            cut_short()
        raise OutOfBudget(value)
    raise value


def _ready(own: bool) -> _Worker:
    worker = _workers.get(own)
    if worker is not None and worker.alive():
        return worker
    if own and not can_copy():
        return _ready(False)
    worker = _workers[own] = _Worker(own)
    return worker


def processes() -> list[int]:
    """The workers that are alive, by their ids."""
    return [worker.process.pid for worker in _workers.values() if worker.alive()]


@atexit.register
def stop() -> None:
    """End the workers, if there are any. Registered for the end of the process."""
    for worker in _workers.values():
        if worker.alive():
            worker.kill()
    _workers.clear()


def inside(own: bool = False) -> bool:
    """Whether this process is the worker that such a call would go to."""
    return _serving == "fresh" or (own and _serving == "copy")


def warm() -> None:
    """Import in the worker what its first call would have to wait for."""
    import_module("sympy")
    import_module("derive.verify.ladder.equal")


def serve() -> None:
    """The loop of a fresh worker: requests on stdin, answers on stdout, until stdin ends."""
    global _serving
    _serving = "fresh"
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    _loop(requests, answers, 0)


def begin_anew() -> None:
    """In a copy of a process: workers, and what was spent, are the other's."""
    global _lock
    _lock = threading.Lock()  # the caller may hold the one that was copied
    _workers.clear()
    forget()


def _serve_copy(requests: BinaryIO, answers: BinaryIO) -> None:
    global _serving
    _serving = "copy"
    begin_anew()
    depth, frame = 0, sys._getframe()
    while frame.f_back is not None:
        depth, frame = depth + 1, frame.f_back
    _loop(requests, answers, depth)


def _loop(requests: BinaryIO, answers: BinaryIO, depth: int) -> None:
    """depth: of the frames that this process begins with."""
    with suppress(ValueError, AttributeError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who asked hears of it and ends this process
    _limit_memory()
    warnings.simplefilter("ignore")
    sys.unraisablehook = lambda _: None  # a budget that ends inside a finalizer is no news
    sys.setrecursionlimit(3000 + depth)
    os.dup2(2, 1)  # what a library prints must not go among the answers
    while True:
        header = requests.read(_HEADER.size)
        if len(header) < _HEADER.size:
            return
        function, arguments, allowance = pickle.loads(requests.read(_HEADER.unpack(header)[0]))
        module, name = function.split(":")
        target = getattr(import_module(module), name)
        try:
            _send(answers, b"")
            started = time.process_time()
            answer = _answer(target, arguments, allowance)
            _send(answers, _SPENT.pack(time.process_time() - started) + answer)
        except BrokenPipeError:  # who asked has ended
            os._exit(0)


def _send(stream: BinaryIO, data: bytes) -> None:
    stream.write(_HEADER.pack(len(data)) + data)
    stream.flush()


def _answer(target: Any, arguments: tuple[Any, ...], allowance: Allowance) -> bytes:
    try:
        with within(allowance):
            value = target(*arguments)
        return pickle.dumps(("value", value), pickle.HIGHEST_PROTOCOL)
    except StepsSpent as spent:
        return pickle.dumps(("spent", str(spent)))
    except SystemError as error:  # a budget that ended inside a callback of a C library
        if isinstance(error.__cause__ or error.__context__, StepsSpent):
            return pickle.dumps(("spent", "time"))
        return pickle.dumps(("error", WorkerError(f"SystemError: {error}")))
    except MemoryError:
        return pickle.dumps(("spent", "memory"))
    except RecursionError:
        return pickle.dumps(("spent", "depth"))
    except Exception as error:  # sent to the caller, who decides
        try:
            data = pickle.dumps(("error", error))
            pickle.loads(data)
            return data
        except Exception:
            return pickle.dumps(("error", WorkerError(f"{type(error).__name__}: {error}")))


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # no such limits on this system
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
