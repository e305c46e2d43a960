"""The comments that readers meet: those are kept that are written for derive."""

from __future__ import annotations

from derive.classes import dataclass
from derive.documents.mapped import Mapped
from derive.expressions import regex

MARK = regex(r"(?:<!--|\{/\*|\.\.|//+|%+|#+)\s*derive:\s*(?P<verb>[A-Za-z-]+)?\s*(?P<names>\[[^\[\]\n]*\]?)?")
BESIDE = 1000  # characters of a line that are looked at on each side of a comment


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment with its marks; `alone`: nothing else stands on its lines."""

    text: Mapped
    alone: bool


_INSIDE = regex(r"(?<!\\)%+[ \t]*derive:[^\n]*")


def noted_inside(comments: list[Comment], latex: Mapped) -> None:
    """Keeps TeX's comments for derive within a formula: these stay TeX's in a document of any format."""
    if "derive:" not in latex.text:
        return
    for m in _INSIDE.finditer(latex.text):
        noted(comments, latex, m.start(), m.start() + len(m.group().rstrip()))


def noted(comments: list[Comment], text: Mapped, start: int, end: int) -> None:
    """Keeps the comment at `text[start:end]`, where it is one for derive."""
    if "derive:" not in text.text[start:end] or MARK.match(text.text, start, end) is None:
        return
    near, far = max(0, start - BESIDE), min(len(text), end + BESIDE)
    before = text.text[max(near, text.text.rfind("\n", near, start) + 1) : start]
    stop = text.text.find("\n", end, far)
    behind = text.text[end : far if stop == -1 else stop]
    whole = text.text[start:end].endswith("\n")
    comments.append(Comment(text[start:end], not before.strip() and (whole or not behind.strip())))
