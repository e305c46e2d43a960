"""An interrupt inside a callback of a library in C is not lost."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from typing import Any

import pytest
from flint import acb

from derive.interrupts import calling_back, listen


@pytest.fixture(autouse=True)
def listening() -> Iterator[None]:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    listen()
    yield
    signal.signal(signal.SIGINT, signal.default_int_handler)
    listen()
    signal.signal(signal.SIGINT, before)


def test_nothing_is_raised_where_nothing_was_heard() -> None:
    with calling_back():
        assert acb.integral(lambda x, _: x, 0, 1).overlaps(acb(1) / 2)


def test_what_the_library_swallowed_is_raised_again() -> None:
    def f(x: Any, analytic: bool) -> Any:
        signal.raise_signal(signal.SIGINT)
        return x

    with pytest.raises(KeyboardInterrupt), calling_back():
        acb.integral(f, 0, 1)


def test_interrupts_that_are_ignored_stay_so() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    listen()
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
