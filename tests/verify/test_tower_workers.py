"""What runs in the worker costs the caller an exception at most."""

import math
import subprocess
import sys
import threading
import time

import pytest

from derive.verify import workers
from derive.verify.budget import Allowance, StepsSpent, bounded, steps_at_most

SHORT = Allowance(steps=50_000, seconds=0.5)


@pytest.fixture(params=[False, True], ids=["fresh", "copy"])
def own(request):
    return request.param


def test_a_call_returns_its_value(own):
    assert workers.call("math:gcd", 12, 18, allowance=SHORT, own=own) == 6


def test_an_error_of_the_function_comes_back(own):
    with pytest.raises(ValueError):
        workers.call("math:sqrt", -1, allowance=SHORT, own=own)


def test_a_function_that_sleeps_too_long_is_killed_and_the_next_call_works(own):
    start = time.monotonic()
    with pytest.raises(workers.OutOfBudget) as stopped:
        workers.call("time:sleep", 60, allowance=SHORT, own=own)
    assert stopped.value.what == "time"
    assert time.monotonic() - start < 10
    assert workers.call("math:gcd", 12, 18, allowance=SHORT, own=own) == 6


def test_an_arithmetic_that_no_signal_interrupts_is_killed_too(own):
    with pytest.raises(workers.OutOfBudget):
        workers.call("builtins:pow", 10, 10**9, allowance=SHORT, own=own)


def test_memory_is_bounded(own):
    with pytest.raises(workers.OutOfBudget) as stopped:
        workers.call("builtins:bytes", 1 << 36, allowance=SHORT, own=own)
    assert stopped.value.what == "memory"


def test_a_copy_is_bound_by_nothing_that_binds_its_caller():
    workers.stop()
    with bounded(Allowance(steps=50_000, seconds=5.0)):
        for _ in range(2):
            assert workers.call("math:gcd", 12, 18, allowance=SHORT, own=True) == 6
    assert workers.call("derive.verify.budget:steps_made", allowance=SHORT, own=True) == 0
    assert workers.call("derive.verify.budget:seconds_left", allowance=SHORT, own=True) == math.inf


def test_beside_other_threads_no_copy_is_made():
    workers.stop()
    done = threading.Event()
    beside = threading.Thread(target=done.wait)
    beside.start()
    try:
        assert workers.call("math:gcd", 12, 18, allowance=SHORT, own=True) == 6
        assert list(workers._workers) == [False]
    finally:
        done.set()
        beside.join()


def test_a_copy_ends_with_its_caller():
    code = (
        "from derive.verify import workers; from derive.verify.budget import Allowance\n"
        "print(workers.call('os:getpid', allowance=Allowance(0, 1.0), own=True), flush=True)\n"
        "import os; os._exit(0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert int(done.stdout) > 0  # the pipes are closed: run() returns only when the copy is gone as well


def test_steps_are_counted_whatever_the_machine():
    def spin() -> None:
        for _ in range(10_000):
            abs_of(1)

    def abs_of(x: int) -> int:
        return x

    with pytest.raises(StepsSpent), steps_at_most(1000):
        spin()
    with steps_at_most(20_000):
        spin()
