"""Documents checked by the workers of a Dask cluster, whose scheduler answers at `dask://HOST:PORT`.

A document goes there with all that its report depends on: nothing is read from a disk there. Few are on their
way at a time. Dask gives to another worker what a lost one had, and each answer is taken once.
"""

from __future__ import annotations

import logging
import queue
import time
import uuid
import warnings
from asyncio import CancelledError
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import CancelledError as FutureCancelled
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from typing import Any, TypeVar
from urllib.parse import urlsplit

from derive.front.jobs import Died, Gone, NoCluster, packed, unpacked
from derive.front.serving import Answer, Code, code, served

T = TypeVar("T")
R = TypeVar("R")

SCHEME, PORT = "dask", 8786
CONNECT = 10.0
"""Seconds that a scheduler has to answer."""
AHEAD = 2
"""How many documents a thread of a worker has, the one that it works on included: no waiting for the next."""
CHARACTERS = 50_000_000
"""Of documents on their way at a time; one that is longer goes alone."""
LOST = Died("every worker that had it was lost")
"""Of a document that Dask gives to no further worker. It may have stood beside the one that kills them: asked
again in the end, alone, it is told of."""
_FETCH = 60.0
"""Seconds that an answer may take from the worker that has it."""
_LOOK = 2.0
"""Seconds without an answer before it is asked who is there, and between two such looks at least."""
ALONE = 60.0
"""Seconds without any worker before a run is given up: who restarts them may take some."""


def done_there(
    address: str,
    work: Callable[[T], R],
    asked: Sequence[T],
    sizes: Sequence[int],
    seconds: Callable[[T], float],
    died: Callable[[T, Died], R],
) -> Generator[tuple[int, R], None, None]:
    """As `derive.front.jobs.as_done`, by the workers of a cluster; `seconds` is how long each may take there
    by the clock.

    Raises NoCluster before anything is asked, and Gone where the cluster is lost on the way.
    """
    scheduler = scheduler_at(address)
    if not asked:
        return
    with _quiet(), _client(address, scheduler) as client:
        run = _Run(client, packed(work), _same_code(client, address))
        order = sorted(range(len(asked)), key=lambda k: -sizes[k])
        for k, answer in run.answers(order, asked, sizes, seconds):
            if isinstance(answer, Died):
                yield k, died(asked[k], answer)
            else:
                good, value = unpacked(answer)
                if not good:
                    raise value
                yield k, value


def scheduler_at(address: str) -> str:
    """The address by which Dask knows the scheduler. Raises NoCluster; asks nobody."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port or PORT
    except ValueError as error:
        raise NoCluster(f"{address}: {error}") from None
    if parts.scheme != SCHEME or not host or parts.path.strip("/") or parts.query or parts.fragment:
        raise NoCluster(f"{address}: no cluster is known by such an address; {SCHEME}://HOST:PORT is")
    if find_spec("distributed") is None:
        raise NoCluster(f"{address}: Dask is not installed here: pip install 'derive-check[cluster]'")
    import dask

    scheme = "tls" if dask.config.get("distributed.comm.require-encryption", False) else "tcp"
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"


@contextmanager
def _quiet() -> Iterator[None]:
    """What a run meets is told in its report: Dask's own log would stand between its lines."""
    import distributed  # it sets the levels of its log

    loggers = [logging.getLogger(name) for name in (distributed.__name__, "distributed.client")]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)


@contextmanager
def _client(address: str, scheduler: str) -> Iterator[Any]:
    """Raises NoCluster."""
    from distributed import Client

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # versions that differ: what matters of them is in the digest
            client = Client(scheduler, timeout=CONNECT, set_as_default=False, name="derive")
    except (OSError, ValueError, TypeError) as error:
        raise NoCluster(f"{address}: no scheduler answers there ({error})") from None
    try:
        yield client
    finally:
        with suppress(Exception, CancelledError):  # it may be gone; nothing of it is needed any more
            client.close(timeout=CONNECT)


def _same_code(client: Any, address: str) -> Code:
    """The code that all workers share with this process. Raises NoCluster."""
    own = code()
    found = client.run(code, on_error="return")
    if not found:
        raise NoCluster(f"{address}: the cluster has no workers")
    for worker, other in found.items():
        if not isinstance(other, Code):
            raise NoCluster(f"{address}: on the worker {worker} there is no derive of this version ({other})")
        if other.digest != own.digest:
            raise NoCluster(f"{address}: {_differs(worker, other, own)}")
    return own


def _differs(worker: str, other: Code, own: Code) -> str:
    if other.version != own.version:
        return f"the worker {worker} has derive {other.version}, and {own.version} asks"
    return (
        f"the worker {worker} has derive {other.version} too, but other sources, or other versions of Python "
        "or of the packages beside it: what it says may differ"
    )


@contextmanager
def _still_there(client: Any) -> Iterator[None]:
    """What Dask raises where nobody answers any more, as Gone."""
    try:
        yield
    except (OSError, TimeoutError, CancelledError, FutureCancelled):
        raise Gone("the connection was lost") from None
    except Gone:
        raise
    except Exception:
        if client.status == "running":
            raise
        raise Gone("the connection was lost") from None


class _Run:
    """The documents of one run on their way."""

    def __init__(self, client: Any, work: bytes, own: Code) -> None:
        self._client = client
        self._work = work
        self._own = own
        self._name = f"derive-{uuid.uuid4().hex}"
        self._begun = 0
        self._done: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._running: dict[str, tuple[int, Any]] = {}
        self._refused: dict[str, Code] = {}
        self._alone = False
        self._threads: dict[str, int] = client.nthreads()
        self._seen = time.monotonic()
        """When there was a worker last."""
        self._looked = self._seen

    def answers(
        self, order: Sequence[int], asked: Sequence[T], sizes: Sequence[int], seconds: Callable[[T], float]
    ) -> Iterator[tuple[int, bytes | Died]]:
        """Each number with its packed answer, the first done first. Raises Gone."""
        waiting = list(reversed(order))
        suspects: list[int] = []
        under_way = 0
        try:
            while waiting or suspects or self._running:
                if not waiting and not self._running:
                    waiting.append(suspects.pop())
                    self._alone = True
                while waiting and self._room(under_way + sizes[waiting[-1]]):
                    k = waiting.pop()
                    under_way += sizes[k]
                    self._begin(k, packed(asked[k]), seconds(asked[k]))
                with _still_there(self._client):
                    self._look()
                try:
                    future = self._done.get(timeout=_LOOK)
                except queue.Empty:
                    continue
                k, _ = self._running[future.key]
                with _still_there(self._client):
                    answer = self._answer(future)
                if answer is None:
                    future.add_done_callback(self._done.put)
                    continue
                del self._running[future.key]
                if isinstance(answer, Answer) and answer.other is not None:
                    self._refuse(answer.other, answer.code)
                    self._begin(k, packed(asked[k]), seconds(asked[k]))
                    continue
                under_way -= sizes[k]
                if answer is LOST and not self._alone:
                    suspects.append(k)  # another document may have done it
                    continue
                yield k, answer.value if isinstance(answer, Answer) else answer
        finally:
            with suppress(Exception, CancelledError):
                self._client.cancel([future for _, future in self._running.values()], force=True)

    def _room(self, characters: int) -> bool:
        if not self._running:
            return True
        return len(self._running) < AHEAD * sum(self._threads.values()) and characters <= CHARACTERS

    def _begin(self, k: int, one: bytes, seconds: float) -> None:
        self._begun += 1
        with _still_there(self._client):
            future = self._client.submit(
                served, self._work, one, seconds, self._own.digest,
                key=f"{self._name}-{self._begun}", pure=False,
                workers=list(self._threads) if self._refused else None,
            )  # fmt: skip
        self._running[future.key] = k, future
        future.add_done_callback(self._done.put)

    def _answer(self, future: Any) -> Answer | Died | None:
        """None where its worker was lost before it was fetched: Dask lets another make it anew."""
        from distributed import KilledWorker

        match future.status:
            case "finished":
                try:
                    found: Answer = future.result(timeout=_FETCH)
                except TimeoutError:
                    return None
                return found
            case "lost" | "pending":
                return None
            case "cancelled":
                raise Gone("the connection was lost")
        error = future.exception()
        if isinstance(error, KilledWorker):
            return LOST
        return Died(f"{type(error).__name__}: {error}")

    def _refuse(self, worker: str, other: Code) -> None:
        self._refused[worker] = other
        self._threads.pop(worker, None)
        if not self._threads:
            raise Gone(_differs(worker, other, self._own))

    def _look(self) -> None:
        """Who is there, now and then. Raises Gone where that is nobody."""
        now = time.monotonic()
        if now - self._looked < _LOOK:
            return
        self._looked = now
        if self._client.status != "running":
            raise Gone("the connection was lost")
        there = {w: n for w, n in self._client.nthreads().items() if w not in self._refused}
        if there:
            self._threads, self._seen = there, now
        elif now - self._seen > ALONE:
            raise Gone("there is no worker any more")
