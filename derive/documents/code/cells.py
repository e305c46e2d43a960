"""Text cells of scripts that are notebooks: `# %% [markdown]` of Jupytext, `# %%` of Sphinx-Gallery."""

from __future__ import annotations

import re
from collections.abc import Iterator

from derive.documents import markdown
from derive.documents.inline import Found
from derive.documents.mapped import Mapped, join
from derive.documents.restructured import reader
from derive.expressions import regex

_MARKER = regex(r"^#[ \t]*(?:%%+|\+)[ \t]*([^\n]*)$|^(#{20,})[ \t]*$", re.MULTILINE)
_TEXT = regex(r"\[(?:markdown|md)\]", re.IGNORECASE)
_COMMENT = regex(r"#[ \t]?")
_ROLES = regex(r":math:`|\.\. math::")
_STRING = regex(r"[ \t]*(?:[rR])?(\"\"\"|''')")


def read(text: Mapped) -> Iterator[tuple[int, Found]]:
    """What each text cell holds, with the offset where it begins."""
    for m in _MARKER.finditer(text.text):
        marked = bool(m.group(1) and _TEXT.search(m.group(1)))
        start = m.end() + 1
        if marked and (string := _STRING.match(text.text, start)):
            close = text.text.find(string.group(1), string.end())
            if close != -1:
                yield start, markdown.read(text[string.end() : close])
            continue
        cell = _comments(text, start)
        if cell is None:
            continue
        if marked:
            yield start, markdown.read(cell)
        elif _ROLES.search(cell.text):
            yield start, reader.read(cell)


def _comments(text: Mapped, at: int) -> Mapped | None:
    """The lines of comments from an offset on, without their marks."""
    pieces: list[Mapped] = []
    while at < len(text) and text.text[at] == "#" and not _MARKER.match(text.text, at):
        end = text.text.find("\n", at)
        end = len(text) if end == -1 else end + 1
        mark = _COMMENT.match(text.text, at, end)
        pieces.append(text[mark.end() if mark else at : end])
        at = end
    return join(pieces) if pieces else None
