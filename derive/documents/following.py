"""Documents that a named document inputs: a thesis is checked by naming its main file.

Nothing is read outside the project of the document that was named (its repository or the folder with a mark
of a project, else the working folder where that holds it, else its own) and the folders named beside it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from derive.documents import format_of, includes, references
from derive.documents.includes import text_of
from derive.documents.roots import root_of

DEEPEST = 20  # documents, each input by the one before
MOST = 1000  # that one document brings
_INPUT = ("latex", "rst", "markdown")


def followed(path: str, folders: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The documents that one inputs, in order, without itself; and notes of those that were left out.

    `folders` are those that may be read beside the document's project. Never raises.
    """
    own = os.path.dirname(path)
    folder = os.path.abspath(own)
    roots = [root_of(folder, [*folders, os.getcwd()]), folder, *folders]
    found: dict[str, str] = {}  # by where it lies, links followed
    notes: dict[str, None] = {}
    waiting = [(path, 0)]
    here = os.path.realpath(path)
    while waiting and len(found) < MOST:
        file, depth = waiting.pop()
        real = os.path.realpath(file)
        if depth:
            if real == here or real in found:
                continue
            found[real] = file
        if depth >= DEEPEST:
            notes[f"{file}: what it inputs was not followed: {DEEPEST} documents deep"] = None
            continue
        inside, outside, missing = _inputs(file, own, roots)
        for name in missing:
            notes[f"{file}: it inputs {name}, and there is no file of that name: not read"] = None
        for name in outside:
            notes[f"{file}: {name} is not read: it lies outside the project and the folders named"] = None
        waiting += [(other, depth + 1) for other in reversed(inside)]
    if waiting:
        notes[f"{path}: more than {MOST} documents are input: the rest was not followed"] = None
    return tuple(found.values()), tuple(notes)


def _inputs(file: str, own: str, roots: Sequence[str]) -> tuple[list[str], list[str], list[str]]:
    """The documents that a file inputs, those that lie outside the roots, and the names of those that there
    are not."""
    text = text_of(file)
    inside: list[str] = []
    outside: list[str] = []
    if text is None or format_of(file) not in _INPUT:
        return inside, outside, []
    missing: list[str] = []
    if format_of(file) == "latex":
        missing = includes.missing(includes.uncommented(text), _bases(file, own))
    for other in _named(file, text, own):
        if format_of(other) not in _INPUT:
            continue
        (inside if any(includes.within(root, other) for root in roots) else outside).append(other)
    return inside, outside, missing


def _bases(file: str, own: str) -> list[str]:
    """Where TeX looks for what a file inputs: first from where it was started."""
    folder = os.path.dirname(file)
    return [own] if folder == own else [own, folder]


def _named(file: str, text: str, own: str) -> Iterator[str]:
    """Files that stand where a document says, wherever that is; they are not opened here."""
    folder = os.path.dirname(file)
    if format_of(file) == "latex":
        at = includes.uncommented(text)
        yield from (other for _, other in includes.inputs(at, _bases(file, own)))
    else:
        yield from (other for _, other in references.named(text, folder or ".", os.sep) if other)
