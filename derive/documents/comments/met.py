"""The comments that readers meet: those are kept that are written for derive."""

from __future__ import annotations

import re
from dataclasses import dataclass

from derive.documents.mapped import Mapped

MARK = re.compile(
    r"(?:<!--|\.\.|//+|%+|#+)\s*derive:\s*(?P<verb>[A-Za-z-]+)?\s*(?P<names>\[[^\[\]\n]*\]?)?"
    r"\s*(?P<rest>.*?)\s*(?:-->)?\s*\Z",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment with its marks; `alone`: nothing else stands on its lines."""

    text: Mapped
    alone: bool


def noted(comments: list[Comment], text: Mapped, start: int, end: int) -> None:
    """Keeps the comment at `text[start:end]`, where it is one for derive."""
    if "derive:" not in text.text[start:end] or MARK.match(text.text, start, end) is None:
        return
    before = text.text[text.text.rfind("\n", 0, start) + 1 : start]
    stop = text.text.find("\n", end)
    behind = text.text[end : len(text) if stop == -1 else stop]
    whole = text.text[start:end].endswith("\n")
    comments.append(Comment(text[start:end], not before.strip() and (whole or not behind.strip())))
