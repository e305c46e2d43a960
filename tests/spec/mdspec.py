"""Specifications written as prose: Markdown whose fenced blocks are documents to check.

A heading is a test, the fenced blocks below it (`markdown`, `latex` or `tex`) are its documents, and a
comment beside a formula says what is expected of it. `README.md` in this folder describes the format;
`test_spec.py` runs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from derive.model import Decided, Diagnostic, FileReport, Formula, Severity, Source, Span
from derive.report.reasons import why

SUFFIX = {
    "markdown": ".md", "latex": ".tex", "tex": ".tex", "rst": ".rst", "python": ".py", "asciidoc": ".adoc",
    "org": ".org", "xml": ".ptx", "julia": ".jl", "jmd": ".jmd", "quarto": ".qmd",
}  # fmt: skip
VERDICTS = ("proved", "holds", "refuted", "ill-formed", "undecided", "given", "unread", "flagged")
_BAD = ("refuted", "ill-formed", "unread")
_VERDICT = "(?:" + "|".join(VERDICTS) + ")"
_EXPECTATION = re.compile(
    rf"""(?P<verdicts>{_VERDICT}(?:\|{_VERDICT})*)      # proved, or proved|holds
         (?:\s*:\s*(?P<names>[a-z-]+(?:\s+and\s+[a-z-]+)*))?  # : missing-factor and sign
         (?:\s*"(?P<text>[^"]*)")?                      # "words of the message, a note or the mend"
         (?P<end>\s*(?:,|$))""",
    re.VERBOSE,
)
_PERCENT = re.compile(rf"(?<!\\)%[ \t]*({_VERDICT}\b[^\n]*)")
_EITHER = re.compile(rf"<!--(?!\s*derive:)(.*?)-->|{_PERCENT.pattern}", re.DOTALL)
_HEADING = re.compile(r"^(#+)\s+(.*?)\s*(?:<!--\s*xfail\b:?\s*(.*?)\s*-->)?\s*$")
_FENCE = re.compile(r"^(`{3,}|~{3,})\s*(\w+)(?:\s+([\w./-]+))?\s*$")


class SpecError(Exception):
    """A specification that does not follow the format."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What one claim should come out as. `flagged` is any verdict: the finding is what counts."""

    verdicts: tuple[str, ...]
    names: frozenset[str] = frozenset()
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment in a document: where it stands and what it expects, in order."""

    span: Span
    expected: tuple[Expected, ...]


@dataclass(frozen=True, slots=True)
class Specified:
    """A document with its expectations taken out (every comment is blanks of the same length)."""

    source: Source
    comments: tuple[Comment, ...]


@dataclass(frozen=True, slots=True)
class Spec:
    """`files` are those of the project around the documents, by their names in its root."""

    name: str
    documents: tuple[Specified, ...]
    xfail: str | None = None
    line: int = 0
    files: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class _Section:
    name: str
    xfail: str | None
    line: int
    documents: list[Specified] = field(default_factory=list)
    files: list[tuple[str, str]] = field(default_factory=list)


def read_expectations(text: str) -> tuple[Expected, ...]:
    """`proved, refuted: missing-factor "1/m was lost"` → two of them. Raises SpecError."""
    found: list[Expected] = []
    at = 0
    text = " ".join(text.split())
    while at < len(text):
        m = _EXPECTATION.match(text, at)
        if m is None:
            raise SpecError(f"not an expectation: {text[at:]!r}")
        names = frozenset(re.split(r"\s+and\s+", m["names"])) if m["names"] else frozenset()
        found.append(Expected(tuple(m["verdicts"].split("|")), names, m["text"]))
        at = m.end() + (len(text) > m.end() and text[m.end()] == " ")
    return tuple(found)


def read_document(path: str, text: str) -> Specified:
    """Take the expectations out of a document. Raises SpecError."""
    # inside a display of a Markdown document a TeX comment is the natural place
    matches = _PERCENT.finditer(text) if path.endswith(".tex") else _EITHER.finditer(text)
    comments = []
    clean = list(text)
    for m in matches:
        words = next(g for g in m.groups() if g is not None).strip()
        comments.append(Comment(Span(m.start(), m.end()), read_expectations(words)))
        for k in range(m.start(), m.end()):
            if clean[k] != "\n":
                clean[k] = " "
    return Specified(Source(path, "".join(clean)), tuple(comments))


def read_specs(path: Path) -> list[Spec]:
    """Every heading of a specification that has documents under it. Raises SpecError."""
    trail: list[str] = []
    sections = [_Section("", None, 1)]
    fence: str | None = None
    language, named, start = "", "", 0
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    for number, line in enumerate(lines, 1):
        if fence is not None:
            if line.strip() == fence:
                fence = None
                text = "".join(lines[start : number - 1])
                name = named or f"{path.stem}-{number}{SUFFIX.get(language, '')}"
                document = read_document(name, text) if language in SUFFIX else None
                if document is not None and (not named or document.comments):
                    sections[-1].documents.append(document)
                if named:
                    sections[-1].files.append((name, document.source.text if document else text))
            continue
        if m := _FENCE.match(line.rstrip()):
            fence, language, named, start = m[1], m[2], m[3] or "", number
        elif m := _HEADING.match(line):
            trail[len(m[1]) - 1 :] = [m[2]]
            sections.append(_Section(" > ".join(trail[1:]) or m[2], m[3], number))
    if fence is not None:
        raise SpecError(f"{path.name}: the block opened at line {start} is not closed")
    return [
        Spec(s.name, tuple(s.documents), s.xfail, s.line, tuple(s.files)) for s in sections if s.documents
    ]


def _reach(comment: Comment, before: int, text: str, decided: Sequence[Decided]) -> list[int]:
    """The entries that a comment speaks of: those that end on its line since the last comment, or,
    where it stands on a line of its own or after a closing delimiter, those of the formula before it."""
    line = max(before, text.rfind("\n", 0, comment.span.start) + 1)
    # what is said in words ends with its words, not with the blanks of the comment
    ends = [d.span.start + len(text[d.span.start : d.span.end].rstrip()) for d in decided]
    here = [k for k, end in enumerate(ends) if line < end <= comment.span.start]
    if here:
        return here
    earlier = [k for k, end in enumerate(ends) if before < end <= comment.span.start]
    if not earlier:
        return []
    last = _formula_span(decided[earlier[-1]])
    return [k for k in earlier if _formula_span(decided[k]) == last]


def _formula_span(entry: Decided) -> Span:
    formula: Formula | None = entry.claim.formula if entry.claim else None
    return formula.span if formula else entry.span


def _attached(diagnostics: Sequence[Diagnostic], decided: Sequence[Decided]) -> dict[int, list[Diagnostic]]:
    """Findings by the claim they are about; -1 for those that are about none."""
    found: dict[int, list[Diagnostic]] = {}
    for d in diagnostics:
        index = d.claim
        if index is None:
            inside = [
                k for k, e in enumerate(decided) if e.span.start <= d.span.start and d.span.end <= e.span.end
            ]
            index = inside[0] if inside else -1
        found.setdefault(index, []).append(d)
    return found


def failures(specified: Specified, report: FileReport) -> Iterator[str]:
    """Every way in which the report differs from what the document's comments say."""
    decided, text = report.decided, specified.source.text
    findings = _attached(report.diagnostics, decided)
    listed: dict[int, Expected | None] = {}
    before = 0
    for comment in specified.comments:
        line = text.count("\n", 0, comment.span.start) + 1
        entries = _reach(comment, before, text, decided)
        before = comment.span.end
        wants_given = any("given" in e.verdicts for e in comment.expected)
        kept = [
            k
            for k in entries
            if decided[k].verdict.status.value == "unread"
            or (decided[k].claim is not None and (wants_given or decided[k].verdict.status.value != "given"))
            or findings.get(k)
        ]
        if len(kept) != len(comment.expected):
            got = ", ".join(_describe(decided[k], findings.get(k, [])) for k in kept) or "no claim"
            yield f"line {line}: {len(comment.expected)} verdicts expected, got {got}"
            listed.update((k, None) for k in kept)
            continue
        for k, expected in zip(kept, comment.expected, strict=True):
            listed[k] = expected
            yield from (f"line {line}: {w}" for w in _compare(expected, decided[k], findings.get(k, [])))
    silenced = {s.diagnostic.claim for s in report.suppressed}
    for k, entry in enumerate(decided):
        if k in silenced and not findings.get(k):
            continue  # a comment for derive says so
        if k not in listed and (findings.get(k) or entry.verdict.status.value in _BAD):
            line = text.count("\n", 0, entry.span.start) + 1
            if any(d.severity is not Severity.INFO for d in findings.get(k, [])) or not findings.get(k):
                yield f"line {line}: nothing expected, got {_describe(entry, findings.get(k, []))}"
    for d in findings.get(-1, []):
        if d.severity is not Severity.INFO:
            yield f"line {text.count(chr(10), 0, d.span.start) + 1}: unexpected {d.name}: {d.message}"
    for problem in report.problems:
        yield f"line {text.count(chr(10), 0, problem.span.start) + 1}: {problem.message}"


def _compare(expected: Expected, entry: Decided, findings: Sequence[Diagnostic]) -> Iterator[str]:
    status = entry.verdict.status.value
    told = frozenset(d.name for d in findings if d.severity is not Severity.INFO or d.name in expected.names)
    if status not in expected.verdicts and "flagged" not in expected.verdicts:
        yield f"{'|'.join(expected.verdicts)} expected, got {_describe(entry, findings)}"
    elif told != expected.names:
        wanted = " and ".join(sorted(expected.names)) or "no finding"
        yield f"{wanted} expected, got {_describe(entry, findings)}"
    elif expected.text is not None:
        said = [t for d in findings for t in (d.message, *d.notes, d.fix.latex if d.fix else "")]
        if status in ("unread", "undecided"):
            said.append(why(entry.verdict) or "")
        if not any(expected.text in t for t in said):
            yield f"{expected.text!r} expected in {said}"


def _describe(entry: Decided, findings: Sequence[Diagnostic]) -> str:
    verdict = entry.verdict
    words = verdict.status.value + (f" ({why(verdict)})" if verdict.reason else "")
    if findings:
        words += ": " + " and ".join(f"{d.name} ({d.message})" for d in findings)
    return f"{words} for {entry.latex.strip()!r}"
