"""Work that processes of a test can import by its name."""

from __future__ import annotations

import os
import sys
import time


def doubled(number: int) -> int:
    return 2 * number


def slow_when_small(number: int) -> int:
    time.sleep(0.2 if number == 0 else 0.0)
    return number


def deadly(name: str) -> str:
    if name == "b":
        os._exit(1)
    return f"{name}!"


def noisy(number: int) -> int:
    print("not an answer")
    sys.stdout.flush()
    os.write(1, b"nor is this")
    return number


def failing(number: int) -> int:
    if number == 1:
        raise ValueError("injected")
    return number


def unsendable(number: int) -> object:
    return lambda: number


def process(number: int) -> int:
    time.sleep(0.05)
    return os.getpid()


def patient(number: int) -> int:
    time.sleep(60)
    return number


def slow(number: int) -> int:
    time.sleep(0.3)
    return number


def patient_with_small(number: int) -> int:
    time.sleep(60 if number == 0 else 0)
    return number


def kills_whoever_asks(number: int) -> int:
    if number == 1:
        os.kill(os.getppid(), 9)
        time.sleep(60)
    return number
