"""A picture of which definitions feed which claims: definitions left, the claims that use them right."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from derive.classes import dataclass
from derive.model import Decided, FileReport, Span, Stance
from derive.report.formulas.mathml import escaped, mathematics
from derive.report.html.cards import SIGNS
from derive.report.places import Places
from derive.report.standing import outcome_of
from derive.report.words import one_line
from derive.term.traverse import free_symbols

MOST = 60
"""Nodes of a column."""
_ROW, _WIDTH, _GAP, _LEFT, _TOP = 30, 190, 190, 70, 24


@dataclass(frozen=True, slots=True)
class Feeding:
    """definitions: by entry, the name that is defined. uses: pairs (definition, claim or definition)."""

    definitions: dict[int, str]
    uses: tuple[tuple[int, int], ...]


def feeding(file: FileReport) -> Feeding:
    """Which entry defines what, and where that is used."""
    names: dict[int, str] = {}
    uses: dict[tuple[int, int], None] = {}
    homes: dict[Span, int | None] = {}
    for k, entry in enumerate(file.decided):
        claim = entry.claim
        if claim is None or claim.scope is None:  # a report from the cache has no scopes
            continue
        if not (claim.stance is Stance.DEFINES or outcome_of(entry.verdict) is not None):
            continue
        for name in {**free_symbols(claim.left), **free_symbols(claim.right)}:
            definition = claim.scope.definitions.get(name)
            if definition is None or definition.where is None:
                continue
            where = definition.where
            if where not in homes:
                homes[where] = _home(where, file)
            home = homes[where]
            if home is not None and home != k:
                names[home] = name
                uses[(home, k)] = None
    return Feeding(names, tuple(uses))


def _home(where: Span, file: FileReport) -> int | None:
    """The smallest entry that holds the place of a definition."""
    holding = [
        (e.span.end - e.span.start, k)
        for k, e in enumerate(file.decided)
        if e.claim is not None and e.span.start <= where.start < e.span.end
    ]
    return min(holding)[1] if holding else None


def draw(file: FileReport, places: Places, number: int) -> Iterator[str]:
    """Nothing for a document in which no definition is used."""
    found = feeding(file)
    if not found.uses:
        return
    left = sorted(found.definitions)[:MOST]
    right = sorted({k for _, k in found.uses if k not in found.definitions})[:MOST]
    height = {k: _TOP + _ROW * row for column in (left, right) for row, k in enumerate(column)}
    total = len(found.definitions) + len({k for _, k in found.uses if k not in found.definitions})
    tall = 2 * _TOP + _ROW * max(len(left), len(right), 1)
    wide = _LEFT + 2 * _WIDTH + _GAP + 10
    yield '<details class="picture"><summary>Which definitions feed which claims</summary>'
    if total > len(height):
        yield f"<p>The first {len(height)} of {total} formulas are drawn.</p>"
    yield f'<div class="scroll"><svg viewBox="0 0 {wide} {tall}" width="{wide}" height="{tall}" role="img">'
    yield f"<title>{len(left)} definitions and {len(right)} claims that use them</title>"
    for source, target in found.uses:
        if source in height and target in height:
            kind = file.decided[target].verdict.status.value
            curve = _path(height[source], height[target], target in found.definitions)
            yield f'<path class="edge {kind}" d="{curve}"/>'
    for k in left:
        line = places.place(file.decided[k].span.start).line
        yield _node(
            k, _LEFT, height[k], f"{plain(found.definitions[k])} (line {line})", file.decided[k], number
        )
    for k in right:
        line = places.place(file.decided[k].span.start).line
        status = file.decided[k].verdict.status
        yield _node(
            k, _LEFT + _WIDTH + _GAP, height[k], f"{SIGNS[status]} line {line}", file.decided[k], number
        )
    yield "</svg></div></details>"


def _path(start: int, end: int, within: bool) -> str:
    """A curve to the other column, or along the edge of the first to another definition."""
    if within:
        far = max(8, _LEFT - 14 - abs(end - start) // 8)
        return f"M{_LEFT} {start}C{far} {start} {far} {end} {_LEFT} {end}"
    x, y = _LEFT + _WIDTH, _LEFT + _WIDTH + _GAP
    middle = (x + y) // 2
    return f"M{x} {start}C{middle} {start} {middle} {end} {y} {end}"


def _node(k: int, x: int, y: int, text: str, entry: Decided, number: int) -> str:
    text = text if len(text) <= 24 else text[:23] + "\u2026"
    kind = f"node {entry.verdict.status.value}"
    return (
        f'<a href="#f{number}c{k + 1}"><title>{escaped(one_line(entry.latex))}</title>'
        f'<rect class="{kind}" x="{x}" y="{y - 11}" width="{_WIDTH}" height="22" rx="4"/>'
        f'<text x="{x + 8}" y="{y + 5}">{escaped(text)}</text></a>'
    )


def plain(name: str) -> str:
    """A symbol as text: `\\sigma` as its letter."""
    drawn = mathematics(name)
    if not drawn.startswith("<math"):
        return one_line(name)
    return one_line(html.unescape(re.sub(r"<[^>]*>", "", drawn))) or one_line(name)
