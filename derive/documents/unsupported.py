"""Formats that hold mathematics and that no reader knows: told, never passed over in silence."""

from __future__ import annotations

import re
from os.path import splitext

from derive.documents.includes import text_of
from derive.expressions import regex

#: extension → the format's name, and what shows that a file holds mathematics (None: it cannot be looked
#: into)
_FORMATS: dict[str, tuple[str, re.Pattern[str] | None]] = {
    ".typ": ("Typst", regex(r"\$[^$\n]{1,500}\$|\$\s[^$]{1,2000}\s\$")),
    ".lyx": ("LyX", regex(r"^\\begin_inset Formula", re.MULTILINE)),
    ".tm": ("TeXmacs", regex(r"<math\||<equation")),
    ".mediawiki": ("MediaWiki", regex(r"<math\b")),
    ".wiki": ("MediaWiki", regex(r"<math\b")),
    ".textile": ("Textile", regex(r"\$\$?[^$\n]{1,500}\$")),
    ".rnw": ("Sweave", regex(r"\$[^$\n]{1,500}\$|\\begin\{(?:equation|align)")),
    ".lhs": ("literate Haskell", regex(r"\$[^$\n]{1,500}\$|\\begin\{(?:equation|align)")),
    ".nb": ("Mathematica notebook", regex(r"\bCell\[")),
    ".docx": ("Word", None),
    ".odt": ("OpenDocument", None),
    ".pdf": ("PDF", None),
}


def mathematics_in(path: str) -> str | None:
    """The name of the unsupported format of a file that holds mathematics, else None.

    A file that cannot be looked into counts only where it was named: a folder full of PDFs is no news.
    """
    name, marks = _FORMATS.get(splitext(path)[1].lower(), ("", None))
    if marks is None:
        return None
    text = text_of(path)
    return name if text is not None and marks.search(text) else None


def refusal(path: str) -> str | None:
    """What is said of a named file in a format that is known and not supported."""
    name, marks = _FORMATS.get(splitext(path)[1].lower(), ("", None))
    if not name:
        return None
    if marks is None:
        return f"{name} is not a supported format: whether it holds mathematics is not known"
    found = mathematics_in(path) is not None
    held = "it holds mathematics, which was not read" if found else "no mathematics was seen in it"
    return f"{name} is not a supported format: {held}"
