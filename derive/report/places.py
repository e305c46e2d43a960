"""Offsets as lines and columns: the only place that computes them."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

_BREAK = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Place:
    """Both count from 1; a column counts characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Places:
    """The lines of a text: `starts[k]` and `ends[k]` are the offsets around line k + 1, without its break."""

    text: str
    starts: tuple[int, ...] = field(default=())
    ends: tuple[int, ...] = field(default=())

    @staticmethod
    def of(text: str) -> Places:
        breaks = [m.span() for m in _BREAK.finditer(text)]
        return Places(text, (0, *(end for _, end in breaks)), (*(start for start, _ in breaks), len(text)))

    def place(self, offset: int) -> Place:
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self.starts, offset)
        return Place(line, offset - self.starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its break."""
        return self.text[self.starts[number - 1] : self.ends[number - 1]]
