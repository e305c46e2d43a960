"""The names of all findings, and the nearest to one that there is not."""

from __future__ import annotations

import difflib
import re
from functools import cache

from derive.classes import dataclass
from derive.expressions import regex

PREFIX = regex(r"DRV\d{0,3}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Known:
    """A finding that is no cause and no slip of form: it speaks of the document's text or of its comments."""

    code: str
    name: str
    meaning: str


DOCUMENT = Known(
    "DRV000",
    "document",
    "Something in the document's text, not in its mathematics: a display that is never closed, "
    "an encoding other than UTF-8. The rest of the document was checked.",
)
UNUSED = Known(
    "DRV900",
    "unused-ignore",
    "A comment says that a finding is to be ignored, and there is none where it reaches: the formula was "
    "mended, or the comment has moved away from it.",
)
MISWRITTEN = Known(
    "DRV901",
    "unknown-comment",
    "A comment is written for derive and cannot be followed: no such word, no such finding, or something "
    "is missing.",
)
OWN = (DOCUMENT, UNUSED, MISWRITTEN)


class UnknownFinding(ValueError):
    """No finding has this code or name; the message names what is near."""


@cache
def all_findings() -> dict[str, str]:
    """The code of every finding by its name."""
    from derive.diagnose.reference import causes

    return {known.name: known.code for known in (*OWN, *causes())}


def checked(word: str) -> str:
    """A code, the beginning of one, or a name, as it is written. Raises `UnknownFinding`."""
    found = all_findings()
    if word.lower() in found:
        return word.lower()
    if PREFIX.fullmatch(word) and any(code.startswith(word.upper()) for code in found.values()):
        return word.upper()
    near = nearest(word)
    hint = f"did you mean {near!r}?" if near else "`derive rule --list` names all"
    raise UnknownFinding(f"no finding has the code or name {word!r}; {hint}")


def nearest(word: str) -> str | None:
    found = all_findings()
    if PREFIX.match(word):
        near = difflib.get_close_matches(word.upper(), sorted(found.values()), 1, 0.5)
    else:
        near = difflib.get_close_matches(word.lower().replace("_", "-"), found, 1, 0.5)
    return near[0] if near else None


def names(word: str, code: str, name: str) -> bool:
    """Whether a word that was `checked` names the finding of this code and name."""
    return word == name or code.startswith(word)
