"""What an author struck out: `~~…~~` in Markdown, `<del>` in HTML, `\\sout{…}` and `\\st{…}` in LaTeX."""

from __future__ import annotations

import re

from derive.classes import replace
from derive.documents.macros import braced
from derive.expressions import regex
from derive.model import Block, Formula, Prose

_TILDES = regex(r"(?<![~\\])~~(?![~\s])(?:(?!~~|\n[ \t]*\n).)+?(?<!\s)~~(?!~)", re.DOTALL)
_TAGS = regex(r"<(del|s|strike)\b[^<>]*>(?:(?!</\1>|\n[ \t]*\n).)*</\1>", re.DOTALL | re.IGNORECASE)
_COMMANDS = regex(r"\\(?:sout|st|xout|strikeout)\s*(?=\{)")
_WHOLE = regex(r"\s*\\(?:sout|st|xout|cancel|bcancel|xcancel)\s*(?=\{)")


def ranges(text: str, format_: str) -> list[tuple[int, int]]:
    """Where a source's text is struck out, with the marks."""
    found = [(m.start(), m.end()) for m in _TAGS.finditer(text)] if format_ != "latex" else []
    if format_ in ("markdown", "jupyter"):
        found += [(m.start(), m.end()) for m in _TILDES.finditer(text)]
    for command in _COMMANDS.finditer(text):
        end = braced(text, command.end())
        if end is not None:
            found.append((command.start(), end))
    return found


def marked(blocks: list[Block], text: str, format_: str) -> list[Block]:
    """The blocks, their formulas marked that stand in struck out text or are struck out as a whole."""
    places = ranges(text, format_)

    def struck(part: Prose | Formula) -> bool:
        if not isinstance(part, Formula):
            return False
        inside = any(start <= part.span.start and part.span.end <= end for start, end in places)
        return inside or _whole(part.latex)

    found = []
    for block in blocks:
        if any(map(struck, block.parts)):
            parts = (
                replace(p, struck=True) if isinstance(p, Formula) and struck(p) else p for p in block.parts
            )
            block = replace(block, parts=tuple(parts))
        found.append(block)
    return found


def _whole(latex: str) -> bool:
    """`\\cancel{a = b}` alone: a line through all of it, rather than through a factor."""
    command = _WHOLE.match(latex)
    end = braced(latex, command.end()) if command is not None else None
    return end is not None and not latex[end:].strip(" .,;\n")
