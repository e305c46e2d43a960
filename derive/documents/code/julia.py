"""Julia: docstrings, which are Markdown with mathematics between double backticks and in `math` fences.

The file is scanned for its strings and comments; nothing is executed.
"""

from __future__ import annotations

import re

from derive.documents import markdown
from derive.documents.inline import Found
from derive.documents.mapped import Mapped, join
from derive.expressions import regex

_TOKEN = regex(
    r"#=|#[^\n]*|(?P<prefix>(?:@doc[ \t]+)?(?:raw|doc|md)?)(?P<quote>\"\"\"|\")|'(?:\\.|[^'\\\n])'"
)
_STRING = regex(r"\\.|\"", re.DOTALL)
_TRIPLE = regex(r"\\.|\"\"\"", re.DOTALL)
_COMMENT = regex(r"#=|=#")
_ESCAPE = regex(r"\\([\\\"$])")


def read(text: Mapped) -> Found:
    """Blocks, macros and problems of a file's docstrings. Never raises."""
    found = Found()
    at = 0
    source = text.text
    while (m := _TOKEN.search(source, at)) is not None:
        at = m.end()
        if m.group().startswith("#="):
            at = _comment_end(source, at)
        elif quote := m.group("quote"):
            pattern = _TRIPLE if len(quote) == 3 else _STRING
            close = next((c for c in pattern.finditer(source, at) if c.group() == quote), None)
            if close is None:
                break
            if not source[source.rfind("\n", 0, m.start()) + 1 : m.start()].strip():
                inner = markdown.read(
                    _content(text, at, close.start(), "raw" in m.group("prefix")), ticks=True
                )
                found.blocks += inner.blocks
                found.macros += inner.macros
                found.problems += inner.problems
                found.comments += inner.comments
            at = close.end()
    return found


def _comment_end(text: str, at: int) -> int:
    """Behind a comment that may hold others."""
    depth = 1
    for m in _COMMENT.finditer(text, at):
        depth += 1 if m.group() == "#=" else -1
        if depth == 0:
            return m.end()
    return len(text)


def _content(text: Mapped, start: int, end: int, raw: bool) -> Mapped:
    """A docstring without the indentation that its lines share, escapes undone unless it is raw."""
    rows = re.split(r"(?<=\n)", text.text[start:end])
    margins = [len(row) - len(row.lstrip(" \t")) for row in rows[1:] if row.strip()]
    margin = min(margins, default=0)
    pieces: list[Mapped] = []
    at = start
    for k, row in enumerate(rows):
        cut = min(margin, len(row) - len(row.lstrip(" \t"))) if k else 0
        pieces.append(text[at + cut : at + len(row)])
        at += len(row)
    content = join(pieces) if margin else text[start:end]
    return content if raw else content.replaced(_ESCAPE)
