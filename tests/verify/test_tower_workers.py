"""What runs in the worker costs the caller an exception at most."""

import time

import pytest

from derive.verify import workers
from derive.verify.budget import Allowance, StepsSpent, steps_at_most

SHORT = Allowance(steps=50_000, seconds=0.5)


def test_a_call_returns_its_value():
    assert workers.call("math:gcd", 12, 18, allowance=SHORT) == 6


def test_an_error_of_the_function_comes_back():
    with pytest.raises(ValueError):
        workers.call("math:sqrt", -1, allowance=SHORT)


def test_a_function_that_sleeps_too_long_is_killed_and_the_next_call_works():
    start = time.monotonic()
    with pytest.raises(workers.OutOfBudget) as stopped:
        workers.call("time:sleep", 60, allowance=SHORT)
    assert stopped.value.what == "time"
    assert time.monotonic() - start < 10
    assert workers.call("math:gcd", 12, 18, allowance=SHORT) == 6


def test_an_arithmetic_that_no_signal_interrupts_is_killed_too():
    with pytest.raises(workers.OutOfBudget):
        workers.call("builtins:pow", 10, 10**9, allowance=SHORT)


def test_memory_is_bounded():
    with pytest.raises(workers.OutOfBudget) as stopped:
        workers.call("builtins:bytes", 1 << 36, allowance=SHORT)
    assert stopped.value.what == "memory"


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
