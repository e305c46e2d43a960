"""Which files to read, and their text."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from derive.documents import FORMATS, format_of
from derive.documents.includes import text_of
from derive.model import Problem, Source, Span

PASSED_OVER = frozenset({"node_modules", "__pycache__", "site-packages", "_site", "build", "dist"})

#: formats most of whose files hold no mathematics: in a folder those are passed over that have none of this
_SPARSE = {".py": re.compile(r":math:`|`:math:|\.\. math ?::|\[(?:markdown|md)\]|\$[^$\n]{1,300}\$")}


class UnreadableFile(Exception):
    """A file or folder that was named and cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Collected:
    """Documents to read, in order, each once; `problems` are of what was named outright."""

    paths: tuple[str, ...]
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def collect(paths: Sequence[str]) -> Collected:
    """Files as named, folders walked in the order of names; hidden folders and environments are left out.

    A file of no supported format is passed over in a folder and is a problem when named.
    """
    found: dict[str, None] = {}
    problems: list[str] = []
    notes: list[str] = []
    for path in paths:
        if os.path.isdir(path):
            inside = list(_walk(path))
            if not inside:
                notes.append(f"{path}: no documents in this folder ({', '.join(FORMATS)})")
            found.update(dict.fromkeys(inside))
        elif not os.path.exists(path):
            problems.append(f"{path}: no such file or folder")
        elif format_of(path) is None:
            problems.append(f"{path}: not a supported format ({', '.join(FORMATS)})")
        else:
            found[path] = None
    return Collected(tuple(found), tuple(problems), tuple(notes))


def _walk(folder: str) -> Iterator[str]:
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(
            f
            for f in folders
            if not f.startswith(".")
            and f not in PASSED_OVER
            and not os.path.exists(os.path.join(here, f, "pyvenv.cfg"))
        )
        for name in sorted(names):
            path = os.path.join(here, name)
            if not name.startswith(".") and _is_document(path) and os.path.isfile(path):
                yield path


def _is_document(path: str) -> bool:
    """Whether a file of a folder is to be read: by its extension and, where that says little, by its text."""
    suffix = PurePath(path).suffix.lower()
    if suffix not in FORMATS:
        return False
    marks = _SPARSE.get(suffix)
    text = text_of(path) if marks is not None else None
    return marks is None or text is None or marks.search(text) is not None


def open_source(path: str) -> tuple[Source, tuple[Problem, ...]]:
    """The text of a file, line breaks as they are.

    UTF-8 with or without its mark, UTF-16 with one; anything else is read as Latin-1, with a problem
    that says so. Raises `UnreadableFile`.
    """
    try:
        with open(path, "rb") as file:
            raw = file.read()
    except OSError as error:
        raise UnreadableFile(f"{path}: {error.strerror or error}") from error
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return Source(path, raw.decode("utf-16")), ()
        except UnicodeDecodeError:
            pass  # the mark was chance: Latin-1 below says so
    try:
        return Source(path, raw.decode("utf-8-sig")), ()
    except UnicodeDecodeError as error:
        if b"\0" in raw:
            raise UnreadableFile(f"{path}: not a text file") from error
        text = raw.decode("latin-1")
        message = f"not UTF-8 (byte {error.start} is {raw[error.start]:#04x}); read as Latin-1"
        return Source(path, text), (Problem(Span(error.start, error.start + 1), message),)
