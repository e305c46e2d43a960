"""Why a formula was called what it was called, for a reader who knows no code: text, and the same as data."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Sequence
from typing import Any

from derive.model import Decided, FileReport
from derive.report.places import Places
from derive.report.telling import Explanation, explanation
from derive.report.words import one_line

__all__ = ["at", "explanation", "nothing_there", "render", "render_json"]

WIDTH = 110
_MARGIN = 13


def at(file: FileReport, line: int, column: int | None = None) -> tuple[Decided, ...]:
    """The entries of a file that stand on a line; with a column those at that character."""
    places = Places.of(file.source.text, file.format)
    if not 1 <= line <= len(places.starts):
        return ()
    start, end = places.starts[line - 1], places.ends[line - 1]
    if column is not None:
        start = start + column - 1
        end = start
    return tuple(e for e in file.decided if e.span.start <= end and start < max(e.span.end, e.span.start + 1))


def nothing_there(file: FileReport, line: int | None, column: int | None) -> str:
    """What to say where no formula stands: the lines around that have one."""
    where = file.source.path
    if line is not None:
        where += f":{line}" + (f":{column}" if column is not None else "")
    places = Places.of(file.source.text, file.format)
    lines = sorted({places.place(entry.span.start).line for entry in file.decided})
    before = [n for n in lines if line is not None and n <= line]
    after = [n for n in lines if line is not None and n > line]
    near = [*before[-1:], *after[:1]]
    hint = "; the nearest stand on " + " and ".join(f"line {n}" for n in near) if near else ""
    return f"{where}: no formula stands there{hint}"


def render(found: Sequence[Explanation], path: str) -> str:
    out: list[str] = []
    for one in found:
        out += [f"{one_line(path)}:{one.line}:{one.column}: {one.status.value}: {one.latex}", ""]
        out += _block("In short", one.short)
        for title, facts in one.sections:
            for k, fact in enumerate(facts):
                out += _block("" if k else title, fact.words())
        out.append("")
    return "\n".join(out)


def _block(title: str, text: str) -> list[str]:
    rows = textwrap.wrap(one_line(text), WIDTH - _MARGIN - 2, break_long_words=False, break_on_hyphens=False)
    lead = f"  {title}".ljust(_MARGIN)
    return [f"{lead if k == 0 else ' ' * _MARGIN}{'' if k == 0 else '  '}{row}" for k, row in enumerate(rows)]


def render_json(found: Sequence[Explanation], path: str) -> str:
    """The same as data."""
    data = {"path": path, "formulas": [_data(one) for one in found]}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _data(one: Explanation) -> dict[str, Any]:
    return {
        "line": one.line,
        "column": one.column,
        "latex": one.latex,
        "status": one.status.value,
        "short": one.short,
        **{
            title.lower().replace(" ", "_"): [
                {"text": fact.text, "line": fact.line, "rule": fact.rule} for fact in facts
            ]
            for title, facts in one.sections
        },
    }
