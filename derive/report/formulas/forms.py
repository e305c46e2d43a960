"""The formula that a finding is about, as printed and as it would be right: the whole claim each time."""

from __future__ import annotations

import re

from derive.expressions import regex
from derive.model import Decided, Diagnostic, FileReport, Fix, Formula, Span
from derive.report.formulas.expanding import expanded

_LAYOUT = regex(
    r"\\(?:label|tag)\*?\s*\{[^{}]*\}|\\(?:nonumber|notag|displaystyle|allowbreak|limits|nolimits)(?![A-Za-z])"
    r"|(?<!\\)%[^\n]*(?:\n|$)"
)
_BEGIN = regex(r"\\(begin|end)\s*\{[^{}]*\}")
_BREAK = regex(r"\\\\\*?(?:\s*\[[^\]]*\])?|(?<!\\)&")
_ENDS = " \t\r\n.,;"


def in_one_row(latex: str) -> str:
    """The same without what only lays it out: numbers, alignment and line breaks outside of arrays."""
    latex = _LAYOUT.sub(" ", latex)
    out: list[str] = []
    depth = at = 0
    for m in re.finditer(f"{_BEGIN.pattern}|{_BREAK.pattern}", latex):
        out.append(latex[at : m.start()])
        at = m.end()
        if m[1] is not None:
            depth += 1 if m[1] == "begin" else -1
        if m[1] is not None or depth > 0:
            out.append(m.group())
        else:
            out.append(" ")
    return re.sub(r"\s+", " ", "".join([*out, latex[at:]])).strip()


def shown(latex: str, file: FileReport) -> str:
    """A formula of the document for another program to draw."""
    row = in_one_row(expanded(latex, file.macros)).rstrip(_ENDS)
    return row + " " if row.endswith("\\") else row


def printed(d: Diagnostic, file: FileReport) -> str:
    """The claim that a finding is about, whole; else the formula around its place, else the text there."""
    entry = _claimed(d, file) or _around(d.span, file)
    return entry.latex if entry is not None else file.source.text[d.span.start : d.span.end]


def mended(d: Diagnostic, file: FileReport) -> str | None:
    """The claim with the mend in it, whole; where it lies elsewhere, the formula there; else it alone."""
    if d.fix is None:
        return None
    for entry in (_claimed(d, file), _around(d.fix.span, file)):
        found = None if entry is None else _with(d.fix, entry)
        if found is not None:
            return found
    return d.fix.latex


def _claimed(d: Diagnostic, file: FileReport) -> Decided | None:
    if d.claim is not None and 0 <= d.claim < len(file.decided):
        return file.decided[d.claim]
    return None


def _around(span: Span, file: FileReport) -> Decided | None:
    """The smallest entry that holds the place."""
    holding = [e for e in file.decided if e.span.start <= span.start and span.end <= e.span.end]
    return min(holding, key=lambda e: e.span.end - e.span.start, default=None)


def _with(fix: Fix, entry: Decided) -> str | None:
    """The entry's text with the mend in its place; None where that lies outside."""
    claim = entry.claim
    pieces = [entry.span]
    if claim is not None and claim.left_span is not None and claim.left_span.end <= entry.span.start:
        pieces.insert(0, claim.left_span)  # a later link of a chain
    formula = claim.formula if claim is not None else None
    if not any(p.start <= fix.span.start and fix.span.end <= p.end for p in pieces):
        return None
    texts = []
    for piece in pieces:
        if piece.start <= fix.span.start and fix.span.end <= piece.end:
            before = text_of(formula, Span(piece.start, fix.span.start), entry)
            after = text_of(formula, Span(fix.span.end, piece.end), entry)
            if before is None or after is None:
                return None
            texts.append(before + fix.latex + after)
        else:
            text = text_of(formula, piece, entry)
            if text is None:
                return None
            texts.append(text)
    return " ".join(texts)


def text_of(formula: Formula | None, span: Span, entry: Decided) -> str | None:
    """What stands at a place of the source, as the formula has it: without the escapes of its format."""
    if formula is None:
        inside = entry.span.start <= span.start and span.end <= entry.span.end
        verbatim = entry.span.end - entry.span.start == len(entry.latex)
        if not (inside and verbatim):
            return None
        return entry.latex[span.start - entry.span.start : span.end - entry.span.start]
    if not (formula.span.start <= span.start and span.end <= formula.span.end):
        return None
    if formula.origins is None:
        return formula.latex[span.start - formula.span.start : span.end - formula.span.start]
    return "".join(
        c for c, at in zip(formula.latex, formula.origins, strict=False) if span.start <= at < span.end
    )
