"""Tables of reStructuredText, a row a paragraph.

A cell may go over several lines; such lines are rows of their own here, but for simple tables in which a role
is still open at the line's end.
"""

from __future__ import annotations

from typing import Protocol

from derive.expressions import regex

SIMPLE = regex(r"={2,}(?:[ \t]+={2,})+[ \t]*$")
_UNDER = regex(r"-{2,}(?:[ \t]+-{2,})*[ \t]*$")
_LONGEST = 20  # lines of a row


class _Lines(Protocol):
    starts: list[int]
    ends: list[int]
    indents: list[int]

    def row(self, n: int) -> str: ...

    def add_line(self, start: int, end: int) -> None: ...


def read(reader: _Lines, n: int) -> int:
    """The rows of the table whose upper border is line n; the line after it."""
    return _simple(reader, n) if SIMPLE.match(reader.row(n)) else _grid(reader, n)


def _grid(reader: _Lines, n: int) -> int:
    while (row := reader.row(n)) and row[0] in "+|":
        if row[0] == "|":
            reader.add_line(reader.starts[n], reader.ends[n])
        n += 1
    return n


def _simple(reader: _Lines, n: int) -> int:
    column = reader.indents[n]
    n += 1
    while n < len(reader.starts):
        row = reader.row(n)
        if SIMPLE.match(row):
            if not reader.row(n + 1):  # the lower border; within a table a border is followed by a row
                return n + 1
            n += 1
            continue
        if not row:
            if not reader.row(n + 1):
                return n
            n += 1
            continue
        if reader.indents[n] < column:
            return n
        if not _UNDER.match(row):
            last = n
            open_role = row.count("`") % 2
            while open_role and last - n < _LONGEST and reader.row(last + 1):
                last += 1
                open_role = (open_role + reader.row(last).count("`")) % 2
            reader.add_line(reader.starts[n], reader.ends[last])
            n = last
        n += 1
    return n
