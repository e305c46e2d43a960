"""Which files to read, and their text."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence

from derive.classes import dataclass
from derive.documents import FORMATS, format_of
from derive.documents.following import followed
from derive.documents.includes import text_of, within
from derive.documents.unsupported import mathematics_in, refusal
from derive.expressions import regex
from derive.model import Problem, Source, Span

PASSED_OVER = frozenset({"node_modules", "__pycache__", "site-packages", "_site", "build", "dist"})

#: formats most of whose files hold no mathematics: in a folder those are passed over that have none of this
_SPARSE = {
    ".jl": regex(r"``[^`\n]{1,300}``|```math|\$[^$\n]{1,300}\$"),
    ".xml": regex(r"<(?:pretext|mathbook|m|me|md|mdn|men)[ >]"),
    ".py": regex(r":math:`|`:math:|\.\. math ?::|\[(?:markdown|md)\]|\$[^$\n]{1,300}\$"),
}

#: what a report of ours begins with, in the formats that documents have too
_REPORT = {
    ".tex": regex(rb"\A% written by derive"),
    ".html": regex(rb'<meta name="generator" content="derive\b'),
}


#: bytes of a document; notebooks hold pictures besides
LARGEST, LARGEST_NOTEBOOK = 10_000_000, 100_000_000


class UnreadableFile(Exception):
    """A file or folder that was named and cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Collected:
    """Documents to read, in order, each once; `problems` are of what was named outright.

    `unchecked` are those of the notes that tell of something that was not looked into.
    """

    paths: tuple[str, ...]
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()


def collect(paths: Sequence[str], left_out: Callable[[str], bool] | None = None) -> Collected:
    """Files as named, folders walked in the order of names; hidden folders and environments are left out.

    A file of no supported format is passed over in a folder and is a problem when named. A document that is
    named is followed by those that it inputs. Nothing is taken from a folder, or input, of which `left_out`
    says so; a note tells how many.
    """
    found: dict[str, None] = {}
    folders = [path for path in paths if os.path.isdir(path)]
    seen: set[str] = set()  # where documents lie that were named, or that these input
    problems: list[str] = []
    notes: list[str] = []
    unchecked: list[str] = []
    omitted: list[str] = []

    def kept(file: str) -> bool:
        if left_out is None or not left_out(file):
            return True
        omitted.append(file)
        return False

    for path in paths:
        if os.path.isdir(path):
            wanted = left_out is not None and left_out(path)  # who names it means it
            inside, left, faults = _inside(path, _all if wanted else kept, folders)
            if not inside:
                unchecked.append(f"{path}: no documents in this folder ({_listed()})")
            unchecked += left
            # a folder within the one that was named is told; the rest of it was read
            problems += [said for file, said in faults if file == path]
            unchecked += [f"{said}: not looked into" for file, said in faults if file != path]
            found.update((file, None) for file in inside if os.path.realpath(file) not in seen)
        elif not os.path.exists(path):
            problems.append(f"{path}: no such file or folder")
        elif format_of(path) is None:
            problems.append(f"{path}: {refusal(path) or f'not a supported format ({_listed()})'}")
        elif (real := os.path.realpath(path)) not in seen:
            seen.add(real)
            found[path] = None
            others, told = followed(path, folders)
            unchecked += told
            reals = {os.path.realpath(file) for file in found}
            for other in filter(kept, others):
                if (real := os.path.realpath(other)) not in seen and real not in reals:
                    seen.add(real)
                    found[other] = None
    if omitted:
        more = f" and {len(omitted) - 1} more" if len(omitted) > 1 else ""
        notes.append(f"left out as the settings or the command say: {omitted[0]}{more}")
    return Collected(tuple(found), tuple(problems), (*unchecked, *notes), tuple(unchecked))


def _all(path: str) -> bool:
    return True


def _listed() -> str:
    return ", ".join(FORMATS)


def _inside(
    folder: str, kept: Callable[[str], bool], folders: Sequence[str]
) -> tuple[list[str], list[str], list[tuple[str, str]]]:
    """The documents of a folder, notes of those in other formats and of links that lead out of the folders
    named, and folders that cannot be read."""
    documents: list[str] = []
    out: list[str] = []
    left: dict[str, list[str]] = {}
    faults: list[tuple[str, str]] = []
    for path in _walk(folder, faults, kept):
        if os.path.islink(path) and not any(within(root, path) for root in folders):
            if format_of(path) is not None:
                out.append(path)
        elif os.path.splitext(path)[1].lower() in FORMATS:
            if is_document(path):
                documents.append(path)
        elif name := mathematics_in(path):
            left.setdefault(name, []).append(path)
    notes = [f"{path}: a link to outside of the folder: not read unless it is named" for path in out]
    for name, files in left.items():
        more = f" and {len(files) - 1} more" if len(files) > 1 else ""
        notes.append(f"{files[0]}{more}: mathematics in a format that is not supported ({name}): not read")
    return documents, notes, faults


def _walk(folder: str, faults: list[tuple[str, str]], kept: Callable[[str], bool]) -> Iterator[str]:
    """The files of a folder in the order of names; folders that cannot be read go to `faults`."""

    def refused(error: OSError) -> None:
        faults.append((error.filename, f"{error.filename}: {error.strerror or error}"))

    for here, folders, names in os.walk(folder, onerror=refused):
        folders[:] = sorted(
            f
            for f in folders
            if not f.startswith(".")
            and f not in PASSED_OVER
            and not os.path.exists(os.path.join(here, f, "pyvenv.cfg"))
            and kept(os.path.join(here, f))
        )
        for name in sorted(names):
            path = os.path.join(here, name)
            if not name.startswith(".") and os.path.isfile(path) and kept(path):
                yield path


def is_document(path: str) -> bool:
    """Whether a file of a folder is to be read: by its format, and where that says little, by its text.

    An earlier report is no document, whatever its format.
    """
    suffix = os.path.splitext(path)[1].lower()
    if suffix not in FORMATS or _is_report(path, suffix):
        return False
    marks = _SPARSE.get(suffix)
    text = text_of(path) if marks is not None else None
    return marks is None or text is None or marks.search(text) is not None


def _is_report(path: str, suffix: str) -> bool:
    mark = _REPORT.get(suffix)
    if mark is None:
        return False
    try:
        with open(path, "rb") as file:
            return mark.search(file.read(2000)) is not None
    except OSError:
        return False


def open_source(path: str) -> tuple[Source, tuple[Problem, ...]]:
    """The text of a file, line breaks as they are.

    UTF-8 with or without its mark, UTF-16 with one; anything else is read as Latin-1, with a problem
    that says so. Raises `UnreadableFile`.
    """
    try:
        if not os.path.isfile(path):
            os.stat(path)
            raise UnreadableFile(f"{path}: not a regular file")
        largest = LARGEST_NOTEBOOK if format_of(path) == "jupyter" else LARGEST
        with open(path, "rb") as file:
            raw = file.read(largest + 1)
        if len(raw) > largest:
            raise UnreadableFile(f"{path}: larger than {largest // 1_000_000} MB: not read")
        return decoded(path, raw)
    except OSError as error:
        raise UnreadableFile(f"{path}: {error.strerror or error}") from error


def decoded(path: str, raw: bytes) -> tuple[Source, tuple[Problem, ...]]:
    """The same of bytes that were read already. Raises `UnreadableFile`."""
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
