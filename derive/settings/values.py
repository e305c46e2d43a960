"""Values of settings: each is what its key wants, or an error that says what is wanted."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

Globbed = tuple[tuple[str, tuple[str, ...]], ...]
"""Words for the files that a pattern names."""


class SettingsError(ValueError):
    """Settings that cannot be read; each of its faults names the file, the key and what is expected."""

    def __init__(self, *faults: str) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


class Unfit(ValueError):
    """A value of another kind; the message says what is expected."""


def boolean(value: object) -> bool:
    if not isinstance(value, bool):
        raise Unfit("true or false is expected")
    return value


def text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise Unfit("a text in quotes is expected")
    return value


def seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < math.inf:
        raise Unfit("a number of seconds above 0 is expected")
    return float(value)


def percentage(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 100:
        raise Unfit("a number from 0 to 100 is expected")
    return float(value)


def words(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
        raise Unfit("a list of texts in quotes is expected")
    return tuple(word.strip() for word in value)


def one_of(*allowed: str) -> Callable[[object], str]:
    def value_of(value: object) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise Unfit(f"one of {', '.join(repr(word) for word in allowed)} is expected")
        return value

    return value_of


def words_by_file(value: object) -> Globbed:
    """A table of patterns of files, each with its list."""
    if not isinstance(value, dict):
        raise Unfit("a table of patterns of files, each with a list of texts, is expected")
    return tuple((pattern, _words_of(pattern, listed)) for pattern, listed in value.items())


def _words_of(pattern: str, value: Any) -> tuple[str, ...]:
    try:
        return words(value)
    except Unfit as error:
        raise Unfit(f"{pattern!r}: {error}") from None


def words_for_files(value: object) -> Globbed:
    """A list for all files, or a table of patterns of files."""
    return (("**", words(value)),) if isinstance(value, list) else words_by_file(value)
