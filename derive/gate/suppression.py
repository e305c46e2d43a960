"""Findings that comments in the document silence; comments that silence nothing, or say nothing."""

from __future__ import annotations

from derive.classes import dataclass, field, replace
from derive.documents.comments.reach import Lines, reach
from derive.gate.known import MISWRITTEN, UNUSED, Known, UnknownFinding, checked, names
from derive.model import Diagnostic, Directive, Document, FileReport, Severity, Span, Suppressed


@dataclass(slots=True)
class _Silence:
    """A comment with the part of the document that it reaches, and which of its names were met."""

    directive: Directive
    span: Span
    words: tuple[str, ...]
    met: set[str] = field(default_factory=set)

    def takes(self, d: Diagnostic) -> bool:
        if not (self.span.start <= d.span.start < self.span.end or _meet(self.span, d.span)):
            return False
        named = [word for word in self.words if names(word, d.code, d.name)]
        if self.words and not named:
            return False
        self.met.update(named or {""})
        return True


def followed(report: FileReport, document: Document) -> FileReport:
    """The report with what the document's comments silence set aside, and with notes of comments that silence
    nothing or cannot be followed."""
    if not document.directives:
        return report
    notes: list[Diagnostic] = []
    silences = _silences(document, notes)
    told: list[Diagnostic] = []
    held = list(report.suppressed)
    for d in report.diagnostics:
        takers = [silence for silence in silences if silence.takes(d)]
        if takers:
            by = min(takers, key=lambda s: s.span.end - s.span.start)
            held.append(Suppressed(d, "comment", by.directive.text, by.directive.span))
        else:
            told.append(d)
    notes += [note for silence in silences if (note := _unused(silence)) is not None]
    every = sorted([*told, *notes], key=lambda d: (d.span.start, d.span.end, d.code, d.name))
    return replace(report, diagnostics=tuple(every), suppressed=tuple(held))


def _silences(document: Document, notes: list[Diagnostic]) -> list[_Silence]:
    lines = Lines(document.source.text, document.format)
    found: list[_Silence] = []
    opened: list[Directive] = []
    for directive in document.directives:
        if directive.problem:
            notes.append(_note(MISWRITTEN, directive, directive.problem, Severity.WARNING))
            continue
        words = _words(directive, notes)
        match directive.verb:
            case "ignore":
                there = reach(directive, document.blocks, lines)
                found.append(
                    _Silence(directive, there or Span(directive.span.end, directive.span.end), words)
                )
            case "ignore-file":
                found.append(_Silence(directive, Span(0, len(document.source.text) + 1), words))
            case "ignore-start":
                opened.append(directive)
                end = _end_of(directive, document)
                found.append(_Silence(directive, Span(directive.span.start, end), words))
            case "ignore-end":
                if opened:
                    opened.pop()
                else:
                    said = "`ignore-end` without an `ignore-start` before it"
                    notes.append(_note(MISWRITTEN, directive, said, Severity.WARNING))
    for directive in opened:
        said = "`ignore-start` without an `ignore-end`: it reaches to the end of the file"
        notes.append(_note(MISWRITTEN, directive, said, Severity.WARNING))
    return found


def _end_of(start: Directive, document: Document) -> int:
    """Where the part ends that a comment opens, others within it passed over."""
    depth = 0
    for directive in document.directives:
        if directive.problem or directive.span.start < start.span.start:
            continue
        depth += (directive.verb == "ignore-start") - (directive.verb == "ignore-end")
        if depth == 0:
            return directive.span.end
    return len(document.source.text) + 1


def _words(directive: Directive, notes: list[Diagnostic]) -> tuple[str, ...]:
    """The names as they are written in the table; of those that there are not it is told."""
    found: list[str] = []
    for name in directive.names:
        try:
            found.append(checked(name))
        except UnknownFinding as error:
            notes.append(_note(MISWRITTEN, directive, str(error), Severity.WARNING))
            found.append(name)  # it silences nothing: the others of the comment stand
    return tuple(found)


def _unused(silence: _Silence) -> Diagnostic | None:
    words = [word for word in silence.words if word not in silence.met]
    if silence.met and not words:
        return None
    known = [word for word in words if _is_known(word)]
    if silence.words and not known:
        return None  # that there is no such name was told
    what = f"no {' and no '.join(known)} was" if known else "nothing was"
    whole = silence.directive.verb == "ignore-file"
    said = f"{what} found {'in this file' if whole else 'where this comment reaches'}"
    return _note(UNUSED, silence.directive, f"{said}: it can be taken out", Severity.INFO)


def _is_known(word: str) -> bool:
    try:
        checked(word)
    except UnknownFinding:
        return False
    return True


def _note(known: Known, directive: Directive, message: str, severity: Severity) -> Diagnostic:
    return Diagnostic(known.code, known.name, severity, directive.span, message)


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
