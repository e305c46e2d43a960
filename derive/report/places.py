"""Offsets as lines and columns: the only place that computes them."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from derive.classes import dataclass, field
from derive.expressions import regex

if TYPE_CHECKING:
    from derive.documents.notebook import CellLine

_BREAK = regex(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Place:
    """All count from 1; a column counts characters. In a notebook also the cell, and the line in it."""

    line: int
    column: int
    cell: int | None = None
    cell_line: int | None = None

    @property
    def in_cell(self) -> str:
        """` (cell 3, line 2)`, empty outside notebooks."""
        return "" if self.cell is None else f" (cell {self.cell}, line {self.cell_line})"


@dataclass(frozen=True, slots=True)
class Places:
    """The lines of a text: `starts[k]` and `ends[k]` are the offsets around line k + 1, without its break."""

    text: str
    starts: tuple[int, ...] = field(default=())
    ends: tuple[int, ...] = field(default=())
    cells: tuple[CellLine, ...] = ()

    @staticmethod
    def of(text: str, format: str = "") -> Places:
        """The lines of a text; of a notebook (`format` as in a file's report) those of its cells too."""
        breaks = [m.span() for m in _BREAK.finditer(text)]
        cells: tuple[CellLine, ...] = ()
        if format == "jupyter":
            from derive.documents.notebook import lines_of_cells

            cells = lines_of_cells(text)
        starts = (0, *(end for _, end in breaks))
        return Places(text, starts, (*(start for start, _ in breaks), len(text)), cells)

    def place(self, offset: int) -> Place:
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self.starts, offset)
        column = offset - self.starts[line - 1] + 1
        before = bisect_right(self.cells, offset, key=lambda c: c.start)
        if before == 0:
            return Place(line, column)
        cell = self.cells[before - 1]
        return Place(line, column, cell.cell, cell.line)

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its break."""
        return self.text[self.starts[number - 1] : self.ends[number - 1]]
