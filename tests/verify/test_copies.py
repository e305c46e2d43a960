"""Copies of a process that work ahead of it: what they tell is there, and nothing hangs on it."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from derive.verify import copies
from derive.verify.copies import Ahead, Tell, _share
from derive.verify.processes import can_copy

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="no copies can be made here")


@pytest.fixture(autouse=True)
def alone(request: pytest.FixtureRequest) -> None:
    """A process with threads makes no copies: where other tests have left some, the test has one of its own."""
    if not can_copy():
        test = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", request.node.nodeid]
        done = subprocess.run(test, cwd=request.config.rootpath, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stdout
        pytest.skip("passed in a process of its own")


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "WORTH", 0.0)


def waited(ahead: Ahead, key: int) -> object:
    ended = time.monotonic() + 20
    while (found := ahead.get(key)) is None and time.monotonic() < ended:
        time.sleep(0.01)
    return found


def told(k: int, tell: Tell) -> None:
    tell(k, (os.getpid(), k * k))


@pytest.mark.usefixtures("at_once")
def test_what_copies_found_out_is_here() -> None:
    ahead = Ahead(2)
    try:
        ahead.offer(0, 20, lambda: told)
        assert ahead.working
        found = [waited(ahead, k) for k in range(1, 20)]
        assert [value for _, value in found] == [k * k for k in range(1, 20)]  # type: ignore[attr-defined]
        assert len({pid for pid, _ in found} - {os.getpid()}) == 2  # type: ignore[attr-defined]
        assert ahead.get(0) is None and ahead.get(99) is None
    finally:
        ahead.end()
    assert not ahead.working


@pytest.mark.usefixtures("at_once")
def test_much_is_told_while_nobody_listens() -> None:
    ahead = Ahead(1)
    try:
        ahead.offer(0, 100, lambda: lambda k, tell: tell(k, bytes(50_000)))
        time.sleep(0.3)
        assert all(waited(ahead, k) == bytes(50_000) for k in range(1, 100))
    finally:
        ahead.end()


@pytest.mark.usefixtures("at_once")
def test_a_copy_that_dies_has_told_what_it_has_told() -> None:
    def deadly(k: int, tell: Tell) -> None:
        if k == 5:
            os._exit(1)
        tell(k, k)

    ahead = Ahead(1)
    try:
        ahead.offer(0, 10, lambda: deadly)
        assert [waited(ahead, k) for k in (9, 8, 7, 6)] == [9, 8, 7, 6]
        assert ahead.get(5) is None and ahead.get(4) is None
    finally:
        ahead.end()


@pytest.mark.usefixtures("at_once")
def test_the_end_waits_for_nobody() -> None:
    started = time.monotonic()
    ahead = Ahead(2)
    ahead.offer(0, 10, lambda: lambda k, tell: time.sleep(60))
    ahead.end()
    assert time.monotonic() - started < 10


def test_none_are_made_where_it_is_not_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    ahead = Ahead(2)
    ahead.offer(0, 100, lambda: told)  # nothing was spent yet
    monkeypatch.setattr(copies, "WORTH", 0.0)
    ahead.offer(97, 100, lambda: told)  # little is left
    none = Ahead(0)
    none.offer(0, 100, lambda: told)
    assert not ahead.working and not none.working


@pytest.mark.usefixtures("at_once")
def test_none_are_made_beside_other_threads() -> None:
    ended = threading.Event()
    thread = threading.Thread(target=ended.wait)
    thread.start()
    try:
        ahead = Ahead(1)
        ahead.offer(0, 100, lambda: told)
        assert not ahead.working
    finally:
        ended.set()
        thread.join()


def shares(last: int, near: bool, moves: dict[int, int], copies: int = 1, j: int = 0) -> Iterator[int]:
    """What a copy does; `moves`: where the first process is, once the copy has done so many."""
    here = bytearray(8)
    for done, k in enumerate(_share(here, last, j, copies, near), 1):  # type: ignore[arg-type]
        yield k
        struct.pack_into("<q", here, 0, moves.get(done, struct.unpack_from("<q", here)[0]))


def test_they_begin_at_the_end() -> None:
    assert list(shares(6, False, {})) == [5, 4, 3, 2, 1]
    assert list(shares(6, False, {2: 3})) == [5, 4]
    assert [list(shares(7, False, {}, 2, j)) for j in (0, 1)] == [[5, 3, 1], [6, 4, 2]]


def test_or_a_little_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "LEAD", 3)
    assert list(shares(10, True, {})) == [3, 4, 5, 6, 7, 8, 9, 2, 1]
    assert list(shares(12, True, {2: 4})) == [3, 4, 7, 8, 9, 10, 11, 6, 5]
    assert list(shares(4, True, {})) == [2, 3, 1]
