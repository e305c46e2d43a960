"""What a comment for derive speaks of: its line, the next formula, a block, the file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from derive.classes import replace
from derive.expressions import regex
from derive.model import Block, Directive, Formula, Span

_BREAK = regex(r"\r\n|\n|\r")


class Lines:
    """The lines of a text; of a notebook those of its cells."""

    def __init__(self, text: str, format: str) -> None:
        self._starts = _cells(text) if format == "jupyter" else []
        self._starts = self._starts or [0, *(m.end() for m in _BREAK.finditer(text))]
        self._end = len(text)

    def around(self, offset: int) -> Span:
        k = max(1, bisect_right(self._starts, offset))
        return Span(self._starts[k - 1], self._starts[k] if k < len(self._starts) else self._end)

    def behind(self, offset: int) -> Span:
        """The line after the one of an offset; an empty one at the end."""
        return self.around(self.around(offset).end)


def _cells(text: str) -> list[int]:
    from derive.documents.notebook import lines_of_cells

    return [c.start for c in lines_of_cells(text)]


def reach(directive: Directive, blocks: Sequence[Block], lines: Lines) -> Span | None:
    """Where a comment about a line or a formula reaches; None where nothing stands there.

    Beside something: its line, and displays that stand or end there. Alone on its line: the next formula with
    its line, within the next paragraph, or in the one that it leads to. Inside a display: one row of the
    source.
    """
    at = directive.span
    formulas = [part for block in blocks for part in block.parts if isinstance(part, Formula)]
    if any(f.span.start <= at.start and at.end <= f.span.end for f in formulas):
        return lines.behind(at.end - 1) if directive.alone else lines.around(at.start)
    if directive.alone:
        following = _next(at.end, blocks)
        return None if following is None else _with_line(following, formulas, lines)
    line = lines.around(at.start)
    there = [f for f in formulas if _meet(f.span, line)]
    if not there:
        there = [f for f in _before(at.start, blocks)]
    return _cover([line, *(f.span for f in there)])


def asserted(blocks: Sequence[Block], directives: Sequence[Directive], lines: Lines) -> list[Block]:
    """The blocks, those formulas marked of which a comment says that they are asserted."""
    places = [reach(d, blocks, lines) for d in directives if d.verb == "assert" and not d.problem]
    spans = [place for place in places if place is not None]
    if not spans:
        return list(blocks)
    found = []
    for block in blocks:
        parts = tuple(
            replace(p, said="asserted")
            if isinstance(p, Formula) and any(_meet(p.span, span) for span in spans)
            else p
            for p in block.parts
        )
        found.append(replace(block, parts=parts))
    return found


def _next(at: int, blocks: Sequence[Block]) -> Formula | None:
    passed = 0
    for block in blocks:
        if block.span.end <= at or block.kind == "heading":
            continue
        for part in block.parts:
            if isinstance(part, Formula) and part.span.start >= at:
                return part
        passed += 1
        if passed > 1:
            return None
    return None


def _before(at: int, blocks: Sequence[Block]) -> Iterator[Formula]:
    """The formula right before an offset, no words between."""
    parts = [p for block in blocks for p in block.parts if p.span.start < at]
    last = max(parts, key=lambda p: p.span.end, default=None)
    if isinstance(last, Formula):
        yield last


def _with_line(formula: Formula, formulas: Sequence[Formula], lines: Lines) -> Span:
    line = lines.around(formula.span.start)
    line = Span(formula.span.start, max(line.end, formula.span.end))
    return _cover([line, *(f.span for f in formulas if f.span.start >= line.start and _meet(f.span, line))])


def _cover(spans: Sequence[Span]) -> Span:
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
