"""Mends written into documents: only those of which it was found out that the document is right with them.

A mend is safe where the finding is an error, the mend is one edit within one formula, what stands there is
what was read, and, once it is written, the document checked again proves the step and tells nothing that it
did not tell before. Everything else of the file stays as it is, byte for byte. The mend of a
warning is looked at in the same way where it is asked for: it makes an identity of the step too, but the
text may not have meant one.
"""

from __future__ import annotations

import codecs
import json
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence

from derive.classes import dataclass
from derive.gate.steps import span_of_step, step_of
from derive.model import Diagnostic, FileReport, Formula, Severity, Span, Status

Recheck = Callable[[Mapping[str, bytes]], Mapping[str, FileReport]]
"""The reports on files in which other texts stand now."""


@dataclass(frozen=True, slots=True)
class Edit:
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Mended:
    """A file with the mends written, the report on it as it is then, and how many mends were not safe."""

    path: str
    before: bytes
    after: bytes
    edits: tuple[Edit, ...]
    report: FileReport
    refused: int


def mended(
    files: Sequence[FileReport], read: Callable[[str], bytes], recheck: Recheck, warnings: bool = False
) -> list[Mended]:
    """The files that safe mends change: those of errors, with `warnings` those of warnings as well.

    What a file holds is asked of `read`, which may raise OSError.
    """
    sure = _mended(files, read, recheck, (Severity.ERROR,))
    if not warnings:
        return sure
    # what a warning's mend brings to light costs no error its mend
    found = {m.path: m for m in sure}
    for m in _mended(files, read, recheck, (Severity.ERROR, Severity.WARNING)):
        if m.path not in found or len(m.edits) > len(found[m.path].edits):
            found[m.path] = m
    return [found[file.source.path] for file in files if file.source.path in found]


def _mended(
    files: Sequence[FileReport],
    read: Callable[[str], bytes],
    recheck: Recheck,
    severities: Collection[Severity],
) -> list[Mended]:
    candidates = {file.source.path: _candidates(file, severities) for file in files}
    offered = {path: len(edits) for path, edits in candidates.items()}
    before = {path: read(path) for path, edits in candidates.items() if edits}
    of = {file.source.path: file for file in files}
    edits = {path: _fitting(found, before[path]) for path, found in candidates.items() if found}
    for _ in range(3):
        edits = {path: found for path, found in edits.items() if found}
        after = {path: spliced(before[path], found) for path, found in edits.items()}
        reports = recheck(after) if after else {}
        kept = {path: _proved(edits[path], of[path], reports.get(path)) for path in edits}
        if kept == edits:
            return [
                Mended(path, before[path], after[path], found, reports[path], offered[path] - len(found))
                for path, found in edits.items()
            ]
        edits = kept
    return []


def _candidates(file: FileReport, severities: Collection[Severity]) -> tuple[Edit, ...]:
    """The mends of such findings, in order, none within another."""
    found: list[Edit] = []
    for d in sorted(file.diagnostics, key=lambda d: d.fix.span if d.fix is not None else d.span):
        edit = _edit(d, file) if d.severity in severities else None
        if edit is not None and (not found or found[-1].span.end <= edit.span.start):
            found.append(edit)
    return tuple(found)


def _edit(d: Diagnostic, file: FileReport) -> Edit | None:
    """The mend of a finding as it is to be written; None where what stands there is not what was read."""
    claim = file.decided[d.claim].claim if d.claim is not None else None
    if d.fix is None or claim is None or claim.formula is None:
        return None
    span, formula = d.fix.span, claim.formula
    if not formula.span.start <= span.start < span.end <= formula.span.end:
        return None
    written = _written(file.source.text[span.start : span.end], file.format)
    if written is None or written != _as_read(formula, span):
        return None
    text = d.fix.latex
    if "\n" in text or "\r" in text:
        return None
    return Edit(span, json.dumps(text, ensure_ascii=False)[1:-1] if file.format == "jupyter" else text)


def _written(text: str, format: str) -> str | None:
    """What the source says there; in a notebook the file's escapes are undone."""
    if format != "jupyter":
        return text
    try:
        value = json.loads(f'"{text}"')
    except ValueError:
        return None
    return value if isinstance(value, str) else None


def _as_read(formula: Formula, span: Span) -> str | None:
    """What was read there; None where the ends of the span are not places of the formula."""
    if formula.origins is None:
        at = span.shift(-formula.span.start)
        return formula.latex[at.start : at.end]
    starts = {place: k for k, place in reversed(list(enumerate(formula.origins)))}
    first, last = starts.get(span.start), starts.get(span.end)
    if first is None:
        return None
    if last is None:  # the characters behind were cut out
        last = next((k for k, place in enumerate(formula.origins) if place >= span.end), None)
    return formula.latex[first:last] if last is not None else None


def _fitting(edits: tuple[Edit, ...], raw: bytes) -> tuple[Edit, ...]:
    """Those that can be written in the file's encoding."""

    def fits(edit: Edit) -> bool:
        try:
            edit.text.encode(encoding(raw)[0])
        except UnicodeEncodeError:
            return False
        return True

    return tuple(filter(fits, edits))


def encoding(raw: bytes) -> tuple[str, bytes]:
    """A file's encoding and its mark, as `derive.documents.files` reads it."""
    for name, mark in (("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", codecs.BOM_UTF16_BE)):
        if raw.startswith(mark):
            try:
                raw[len(mark) :].decode(name)
            except UnicodeDecodeError:
                continue
            return name, mark
    mark = codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return "latin-1", b""
    return "utf-8", mark


def spliced(raw: bytes, edits: Sequence[Edit]) -> bytes:
    """The bytes with the edits, which are in order; nothing else is changed."""
    name, mark = encoding(raw)
    text = raw[len(mark) :].decode(name)
    found, at = [mark], 0
    for edit in edits:
        found += [text[at : edit.span.start].encode(name), edit.text.encode(name)]
        at = edit.span.end
    return b"".join([*found, text[at:].encode(name)])


def _proved(edits: tuple[Edit, ...], before: FileReport, after: FileReport | None) -> tuple[Edit, ...]:
    """The edits that the report on the changed file bears out; none where it tells something new."""
    if after is None:
        return ()
    old = Counter((d.code, step_of(d, before)) for d in before.diagnostics)
    moved = 0
    kept: list[Edit] = []
    places: list[Span] = []
    for edit in edits:
        place = Span(edit.span.start + moved, edit.span.start + moved + len(edit.text))
        moved += len(edit.text) - (edit.span.end - edit.span.start)
        places.append(place)
        if _bears_out(place, after):
            kept.append(edit)
    if len(kept) < len(edits):
        return tuple(kept)
    new = Counter((d.code, step_of(d, after)) for d in after.diagnostics)
    return tuple(kept) if new <= old and new.total() < old.total() else ()


def _bears_out(place: Span, report: FileReport) -> bool:
    """Whether every relation there is proved, and no finding is left in it."""
    there = [
        entry
        for entry in report.decided
        if entry.claim is not None
        and _meet(
            place, entry.span if entry.claim.left_span is None else entry.claim.left_span.cover(entry.span)
        )
    ]
    proved = [entry.verdict.status is Status.PROVED for entry in there]
    clean = not any(_meet(place, span_of_step(d, report)) for d in report.diagnostics)
    return bool(proved) and all(proved) and clean


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def write(path: str, before: bytes, after: bytes) -> None:
    """Replaces what a file holds, in one step, unless it holds something else by now. Raises OSError."""
    real = os.path.realpath(path)
    with open(real, "rb") as file:
        if file.read() != before:
            raise OSError("it was changed meanwhile: nothing written")
    handle, name = tempfile.mkstemp(prefix=".derive-", dir=os.path.dirname(real) or ".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(after)
        os.chmod(name, os.stat(real).st_mode & 0o7777)
        os.replace(name, real)
    except BaseException:
        os.unlink(name)
        raise
