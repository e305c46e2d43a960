"""The statements of one formula: the chains of its rows, each with the words before it."""

from __future__ import annotations

import re

from derive.classes import dataclass, field, replace
from derive.context.cues import says_null
from derive.context.stance.speech import Speech
from derive.context.statements import (
    Statement,
    goes_on_from,
    is_quantifier,
    is_side_condition,
)
from derive.model import Formula
from derive.notation.alone import parts_of
from derive.notation.syntax import Chain, Display, Row, Syntax, Text

Lone = tuple[Syntax, Formula] | None


@dataclass(slots=True)
class Rows:
    """What a display states. lone: what it, or its last row, gave without a relation; before it is read, what
    the display before gave."""

    formula: Formula
    display: Display
    speech: Speech
    lone: Lone
    found: list[Statement] = field(default_factory=list)

    def read(self, words: str) -> list[Statement]:
        """The statements in the order of the rows; `words` stand before the first."""
        found, formula, display = self.found, self.formula, self.display
        before = words
        listed = sum(row.mark is not None for row in display.rows) >= 2
        lone: Syntax | None = None
        before_it: Statement | None = None  # what the next row would go on from
        for r, row in enumerate(display.rows):
            if r:
                before = "\n" if row.mark else ""
            starts = True
            marked = row.mark is not None and (listed or row.mark != "-")
            for part in row.parts if marked or _speaks(row) else parts_of(row):
                if isinstance(part, Text):
                    if found and found[-1].formula is formula and not found[-1].after and not starts:
                        found[-1].after = part.text
                    before += " " + part.text
                    if says_null(part.text) is not None and found:
                        found[-1].null = formula.locate(part.span)
                    continue
                if isinstance(part, Chain) and part.links:
                    if part.first is None and lone is not None and is_quantifier(lone):
                        self.lone = lone, formula
                    elif part.first is None and lone is not None:
                        part = replace(part, first=lone, span=lone.span.cover(part.span))
                    lone = None
                    statement = Statement(
                        formula,
                        part,
                        before,
                        "",
                        row.mark if starts and marked else None,
                        row.mark_span if starts and marked else None,
                        starts,
                        listed,
                        self.speech.behind(before) if found else self.speech,
                    )
                    if formula.display:
                        statement.start, self.lone = self.lone, None
                    if part.first is None and statement.start is None and before_it is not None:
                        statement.start = goes_on_from(before_it, part)
                    if starts or not (re.search(r"[A-Za-z]", before) or is_side_condition(part)):
                        before_it = statement
                    found.append(statement)
                    before = ""
                    starts = False
                elif starts:
                    lone, starts = part, False
        if lone is not None and formula.display:
            self.lone = lone, formula
        return found


def _speaks(row: Row) -> bool:
    """Whether a row begins with words, before which a dash is no minus sign."""
    return bool(row.parts) and isinstance(row.parts[0], Text)
