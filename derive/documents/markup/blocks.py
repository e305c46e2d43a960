"""What line-based readers share: lines, the block that is open, its parts by a table of marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal

from derive.classes import dataclass, replace
from derive.documents import cleaning
from derive.documents.comments.met import noted_inside
from derive.documents.inline import Found
from derive.documents.mapped import Mapped
from derive.model import Block, Formula, Problem, Prose, Span, Unit

Kind = Literal["heading", "paragraph", "item"]


@dataclass(frozen=True, slots=True)
class Mark:
    """`opener` begins a formula (or, with `code`, what holds none) that `closer` ends.

    `fits` looks at what stands between and around: before, inside, behind.
    """

    opener: str
    closer: str
    display: bool = False
    code: bool = False
    fits: Callable[[str, str, str], bool] | None = None


class Blocks:
    """Blocks of a text in the making."""

    def __init__(self, text: Mapped, marks: Sequence[Mark], readable: Callable[[str], str]) -> None:
        self.text = text
        self.found = Found()
        self.marks = {mark.opener: mark for mark in marks}
        openers = sorted(self.marks, key=len, reverse=True)
        self.token = re.compile("|".join(re.escape(opener) for opener in openers))
        self.readable = readable
        self.kind: Kind = "paragraph"
        self.level = 0
        self.names: list[Unit | None] = []
        self.start = self.end = -1  # of the open paragraph
        self.lines: list[tuple[int, int]] = []
        at = 0
        for line in text.text.split("\n"):
            self.lines.append((at, at + len(line.rstrip())))
            at += len(line) + 1

    def row(self, n: int) -> str:
        return self.text.text[slice(*self.lines[n])] if n < len(self.lines) else ""

    def extend(self, start: int, end: int) -> None:
        self.start = start if self.start < 0 else self.start
        self.end = end

    def begin(self, start: int, end: int, kind: Kind = "paragraph", level: int = 0) -> None:
        self.flush()
        self.kind, self.level, self.start, self.end = kind, level, start, end

    def flush(self) -> None:
        start, end, kind, level = self.start, self.end, self.kind, self.level
        self.start, self.kind, self.level = -1, "paragraph", 0
        if 0 <= start < end:
            self.append(self.parts(self.text[start:end]), kind, level)

    def append(self, parts: Sequence[Prose | Formula], kind: Kind = "paragraph", level: int = 0) -> None:
        if parts:
            within = tuple(unit for unit in self.names if unit is not None)
            name = within[-1].kind if within else None
            span = Span(parts[0].span.start, parts[-1].span.end)
            self.found.blocks.append(Block(span, kind, tuple(parts), level, name, within))

    def display(self, start: int, end: int, label: str | None = None) -> None:
        """A display that stands between two offsets, a block of its own."""
        self.flush()
        noted_inside(self.found.comments, self.text[start:end])
        formula = cleaning.formula(self.text[start:end], True, self.found.macros)
        if formula is not None:
            self.append([replace(formula, label=formula.label or label)])

    def unread(self, start: int, end: int, message: str) -> None:
        self.found.problems.append(Problem(self.text.span(start, end), message, True))

    def parts(self, block: Mapped) -> list[Prose | Formula]:
        found: list[Prose | Formula] = []
        text, at, begun = block.text, 0, 0
        missing: set[str] = set()  # closers that stand nowhere further on

        def prose(end: int) -> None:
            said = self.readable(text[begun:end])
            if said.strip():
                found.append(Prose(block.span(begun, end), said))

        while (m := self.token.search(text, at)) is not None:
            mark, at = self.marks[m.group()], m.end()
            close = -1 if mark.closer in missing else text.find(mark.closer, at)
            while close > 0 and text[close - 1] == "\\" and mark.closer in ("]", "$"):
                close = text.find(mark.closer, close + 1)
            if close == -1:
                missing.add(mark.closer)
                continue
            end = close + len(mark.closer)
            inner = block[at:close]
            if mark.fits and not mark.fits(
                text[max(0, m.start() - 1) : m.start()], inner.text, text[end : end + 1]
            ):
                continue
            if mark.code:
                at = end
                continue
            prose(m.start())
            begun = at = end
            if mark.closer == "]":
                inner = inner.replaced(re.compile(r"\\(\])"))
                if inner.text.startswith("$") and inner.text.endswith("$"):
                    inner = inner[1:-1]
            if mark.opener.startswith("\\begin"):
                inner = block[m.start() : end]
            if (formula := cleaning.formula(inner, mark.display, self.found.macros)) is not None:
                found.append(formula)
        prose(len(text))
        return found
