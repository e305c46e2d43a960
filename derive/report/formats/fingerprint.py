"""What makes a finding the same from run to run: its file, its code and the step that it is about.

Not the line: text that is put in above moves it. Blanks and what only lays a formula out do not count.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256

from derive.model import Diagnostic, FileReport

NAME = "deriveStep/v1"
"""The number counts changes of what goes in."""
_LAYOUT = re.compile(
    r"\\(?:label|tag)\*?\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])|\\\\(?:\[[^\]]*\])?|\\[,;:! ]|[&\s]"
)


def step(d: Diagnostic, file: FileReport) -> str:
    """The claim that a finding is about, else the text of its place, without layout."""
    if d.claim is not None and 0 <= d.claim < len(file.decided):
        text = file.decided[d.claim].latex
    else:
        text = file.source.text[d.span.start : d.span.end]
    return _LAYOUT.sub("", text)


def fingerprints(
    found: Iterable[Diagnostic], file: FileReport, path: str
) -> Iterator[tuple[Diagnostic, str]]:
    """Each finding with its own: of two that are alike in all, the second is told apart by its number."""
    met: Counter[str] = Counter()
    for d in found:
        key = "\0".join((path, d.code, step(d, file)))
        met[key] += 1
        text = key if met[key] == 1 else f"{key}\0{met[key]}"
        yield d, sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
