"""A formula of the document as a card: its chain link by link, each with its verdict, findings and trail."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import groupby

from derive.model import Counterexample, Decided, Diagnostic, FileReport, Status
from derive.report.evidence import plainly
from derive.report.findings import findings
from derive.report.formulas import forms
from derive.report.formulas.mathml import escaped, mathematics
from derive.report.places import Places
from derive.report.standing import confidence
from derive.report.telling import Explanation, explanation
from derive.report.words import one_line

SIGNS = {
    Status.PROVED: "\u2713",
    Status.HOLDS: "\u2248",
    Status.REFUTED: "\u2717",
    Status.ILL_FORMED: "\u2717",
    Status.UNDECIDED: "?",
    Status.GIVEN: "\u00b7",
    Status.UNREAD: "\u2013",
}
"""A verdict is not told by its colour alone."""


def cards(file: FileReport, places: Places, number: int) -> Iterator[str]:
    """Every formula in the order of the document, findings beside what they are about."""
    told = findings(file)
    homes = [_home(d, file) for d in told]
    by_entry: dict[int, list[Diagnostic]] = {}
    for d, home in zip(told, homes, strict=True):
        if home is not None:
            by_entry.setdefault(home, []).append(d)
    loose = deque(
        sorted((d for d, home in zip(told, homes, strict=True) if home is None), key=lambda d: d.span.start)
    )
    for _, group in groupby(range(len(file.decided)), key=lambda k: _whole(file.decided[k], k)):
        links = list(group)
        while loose and loose[0].span.start <= file.decided[links[0]].span.start:
            yield from _loose(loose.popleft(), file, places)
        yield from _card(links, by_entry, file, places, number)
    for d in loose:
        yield from _loose(d, file, places)


def _loose(d: Diagnostic, file: FileReport, places: Places) -> Iterator[str]:
    """A finding that is about no formula."""
    at = places.place(d.span.start)
    yield '<article class="has-finding">'
    yield f'<p class="place">line {at.line}{at.in_cell}</p>'
    yield from _finding(d, file, places)
    yield "</article>"


def _home(d: Diagnostic, file: FileReport) -> int | None:
    """The entry that a finding is told beside."""
    if d.claim is not None and 0 <= d.claim < len(file.decided):
        return d.claim
    holding = (k for k, e in enumerate(file.decided) if e.span.start <= d.span.start < e.span.end)
    return next(holding, None)


def _whole(entry: Decided, number: int) -> tuple[int, int]:
    """What the links of one formula have in common."""
    if entry.claim is None or entry.claim.formula is None:
        return (-1, number)
    span = entry.claim.formula.span
    return (span.start, span.end)


def _card(
    group: Sequence[int],
    told: dict[int, list[Diagnostic]],
    file: FileReport,
    places: Places,
    number: int,
) -> Iterator[str]:
    entries = [file.decided[k] for k in group]
    kinds = dict.fromkeys(f"has-{e.verdict.status.value}" for e in entries)
    if any(k in told for k in group):
        kinds["has-finding"] = None
    at = places.place(entries[0].span.start)
    yield f'<article class="{" ".join(kinds)}">'
    yield f'<p class="place">line {at.line}{at.in_cell}</p>'
    for k, entry in zip(group, entries, strict=True):
        later, latex = _link(entry, first=k == group[0])
        yield f'<div class="link {entry.verdict.status.value}" id="f{number}c{k + 1}">'
        yield f'<div class="row{" later" if later else ""}">'
        yield f'<div class="math">{mathematics(forms.shown(latex, file), display=True)}</div>'
        yield badge(entry.verdict.status)
        yield "</div>"
        if entry.verdict.status in (Status.UNDECIDED, Status.UNREAD):
            yield f'<p class="reason">{escaped(one_line(plainly(entry.verdict.reason)))}</p>'
        if entry.verdict.conditions:
            shown = ", ".join(mathematics(c) for c in entry.verdict.conditions)
            yield f'<p class="reason">needs {shown}</p>'
        for d in told.get(k, ()):
            yield from _finding(d, file, places)
        if entry.claim is None or entry.claim.scope is not None:  # a report from the cache has no scopes
            yield from _trail(explanation(entry, file, places))
        yield "</div>"
    yield "</article>"


def badge(status: Status) -> str:
    return f'<span class="badge {status.value}">{SIGNS[status]} {status.value}</span>'


def _link(entry: Decided, first: bool) -> tuple[bool, str]:
    """Whether it goes on a chain, and what is drawn: then the relation and what follows it."""
    claim = entry.claim
    if claim is None or first or claim.left_span is None or claim.left_span.end > entry.span.start:
        return False, entry.latex
    text = forms.text_of(claim.formula, entry.span, entry)
    return (False, entry.latex) if text is None else (True, "{}" + text)


def _finding(d: Diagnostic, file: FileReport, places: Places) -> Iterator[str]:
    at = places.place(d.span.start)
    yield (
        f'<div class="finding {d.severity.value}" data-code="{escaped(d.code)}" data-line="{at.line}" '
        f'data-column="{at.column}">'
    )
    sure = confidence(d, file)
    place = f"line {at.line}, column {at.column}{at.in_cell}"
    yield f"<p><b>{d.severity.value}: {escaped(one_line(d.name))}</b>"
    yield f"<small>{escaped(d.code)}, {sure} confidence, {place}</small></p>"
    yield f"<p>{words(d.message)}</p>"
    if d.counterexample is not None:
        yield f'<p class="counterexample">Counterexample: {_counterexample(d.counterexample, file)}</p>'
    mended = forms.mended(d, file)
    if d.fix is not None and mended is not None:
        yield '<div class="mend">'
        for title, kind, latex in (
            ("printed", "old", forms.printed(d, file)),
            ("right would be", "new", mended),
        ):
            drawn = mathematics(forms.shown(latex, file), display=True)
            yield f'<div class="{kind}"><small>{title}</small><div class="math">{drawn}</div></div>'
        yield f"</div><p>{words(d.fix.description)}</p>"
    if d.derivation:
        steps = (f"<li>{mathematics(forms.shown(step, file))}</li>" for step in d.derivation)
        yield f"<ol>{''.join(steps)}</ol>"
    for label in d.labels:
        yield f"<p>line {places.place(label.span.start).line}: {words(label.text)}</p>"
    for note in d.notes:
        yield f"<p>{words(note)}</p>"
    yield "</div>"


def _counterexample(found: Counterexample, file: FileReport) -> str:
    point = (f"{mathematics(forms.shown(name, file))} = {escaped(value)}" for name, value in found.point)
    left, right = escaped(found.left), escaped(found.right)
    sides = f"the left side is <b>{left}</b>, the right side <b>{right}</b>"
    return f"at {', '.join(point)} {sides}" if found.point else sides


def _trail(told: Explanation) -> Iterator[str]:
    yield f"<details><summary>How this came about</summary><p>{words(told.short)}</p><dl>"
    for title, facts in told.sections:
        yield f"<dt>{escaped(title)}</dt>"
        yield from (f"<dd>{words(fact.words())}</dd>" for fact in facts)
    yield "</dl></details>"


def words(text: str) -> str:
    """A sentence of ours; what it quotes between dollars is drawn, between backticks it is source."""
    pieces = one_line(text).split("`")
    if len(pieces) % 2 == 0:
        return _drawn(one_line(text))
    return "".join(
        f'<code class="tex">{escaped(piece)}</code>' if k % 2 else _drawn(piece)
        for k, piece in enumerate(pieces)
    )


def _drawn(text: str) -> str:
    pieces = text.split("$")
    if len(pieces) % 2 == 0:
        return escaped(text)
    return "".join(mathematics(p) if k % 2 else escaped(p) for k, p in enumerate(pieces))
