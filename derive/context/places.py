"""Which parts of a document a block stands in whose data are their own: exercises, examples, proofs, parts.

A part is marked off by its author (an environment, a directive, a class), or opens with its name
("Example 2."), or with a letter in brackets within such a part, or is an item of a list of exercises.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.expressions import regex
from derive.model import Block, Prose, Unit

_TASKS = frozenset({"exercise", "problem", "question", "example", "solution", "item", "part", "exercises"})
"""What they bring in is nobody else's."""
_STATED = frozenset(
    {"theorem", "lemma", "corollary", "proposition", "proof", "remark", "claim", "conjecture", "observation"}
)
"""What they suppose ends with them; a function that they alone define may be used behind them."""
_NEEDS = {
    "proof": frozenset({"theorem", "lemma", "corollary", "proposition", "claim", "conjecture"}),
    "solution": frozenset({"exercise", "problem", "question", "example"}),
}
"""A proof goes on with what its theorem supposes, a solution with the data of its problem."""

_KIND = r"(?P<kind>(?i:example|exercise|problem|question|case study|task|puzzle))s?"
_OPENS = regex(rf"\W*(?:\(\d{{1,2}}\)\s|{_KIND}\s*(?:$|[.:(–—]|\(?\d|\(?[A-Z][.:\d]|(?<=\s)[A-Z]))")
"""`Example 2.`, `Problem: …`, `Exercise Let …` (its markup is taken off), not `Problems arise where …`."""
_LETTERED = regex(r"\W*\(?(?:[a-h]|i{1,3}|iv|vi?)[).]\W*", re.IGNORECASE)
_NUMBERED = regex(r"\W*(?:\(?\d{1,3}[.)]|\\item)\W*")
_OF_TASKS = regex(
    r"\b(?:exercises?|problems?|questions?|homework|assignment|quiz|exam|practice|worksheet|puzzles?)\b",
    re.IGNORECASE,
)
_ONE_TASK = regex(rf"\W*(?:[\d.]+\s*)?{_KIND}\b")


def is_private(unit: Unit) -> bool:
    """Whether nothing that it brings in is of use behind it."""
    return unit.kind in _TASKS


def ends_assumptions(unit: Unit) -> bool:
    """Whether what is assumed in it ends with it."""
    return unit.kind in _TASKS | _STATED


def words_of(block: Block) -> str:
    """The words that a block begins with."""
    first = block.parts[0] if block.parts else None
    return first.text if isinstance(first, Prose) else ""


def is_task_heading(block: Block) -> bool:
    """`Exercise 3`, `Example: a pendulum`: what stands below it is a task of its own."""
    return block.kind == "heading" and _ONE_TASK.match(words_of(block)) is not None


class Places:
    """Follows the blocks of a document in order; `text` is its source, for the marks of its items."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._statement: tuple[Unit, ...] = ()
        """The unit that a proof or a solution would go on with."""
        self._opened: Unit | None = None
        """What a block opened with its name: it lasts to the next heading or the next of its like."""
        self._part: Unit | None = None
        self._item: Unit | None = None
        self._tasks = False
        """Whether the heading announces exercises."""

    def heading(self, block: Block) -> None:
        """A heading ends whatever opened without being marked off."""
        self._opened = self._part = self._item = None
        self._statement = ()
        self._tasks = _OF_TASKS.search(words_of(block)) is not None

    def path(self, block: Block) -> tuple[Unit, ...]:
        """The units that a block stands in, the outermost first."""
        path = self._marked(block)
        opening = _OPENS.match(words_of(block)) if block.kind != "item" else None
        if path:
            self._opened = None
        elif opening is not None:
            kind = (opening["kind"] or "example").lower()
            self._opened = Unit(kind if kind in _TASKS else "example", block.span.start)
            self._part = None
        if self._opened is not None:
            path = (*path, self._opened)
        listed = any(u.kind == "exercises" for u in block.within) or (self._tasks and not path)
        if listed and block.level == 1 and block.kind == "item":
            self._item, self._part = Unit("item", block.span.start), None
        elif block.level == 0:
            self._item = None
        if self._item is not None and listed:
            path = (*path, self._item)
        return self._with_part(block, path)

    def begins_part(self, block: Block) -> bool:
        """Whether it begins with `(a)`: written out, or the mark of an item."""
        return _LETTERED.match(self._mark(block) or words_of(block)) is not None

    def _mark(self, block: Block) -> str:
        """What stands before the text of an item in its line."""
        if block.kind != "item":
            return ""
        line = self._text.rfind("\n", 0, block.span.start) + 1
        return self._text[line : block.span.start][-20:]

    def _marked(self, block: Block) -> tuple[Unit, ...]:
        marked = tuple(u for u in block.within if ends_assumptions(u) and u.kind != "exercises")
        if not marked:
            return ()
        needs = _NEEDS.get(marked[0].kind)
        if needs is not None and self._statement and self._statement[-1].kind in needs:
            return (*self._statement, *marked)
        if needs is None:
            self._statement = marked[:1]
        return marked

    def _with_part(self, block: Block, path: tuple[Unit, ...]) -> tuple[Unit, ...]:
        """`(a)` within a task opens a part, to the next one or the end of the task."""
        if not path or not is_private(path[-1]):
            self._part = None
            return path
        asks = path[-1].kind in ("exercise", "problem", "question")
        if self.begins_part(block) or (asks and _NUMBERED.match(self._mark(block)) is not None):
            self._part = Unit("part", block.span.start)
        if self._part is None or self._part.start < path[-1].start:
            return path
        return (*path, self._part)


def shared(one: Sequence[Unit], other: Sequence[Unit]) -> int:
    """How many units two paths have in common, from the outermost."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
