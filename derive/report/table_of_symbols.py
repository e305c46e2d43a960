"""The table of a document's notation: each symbol, what it is taken for, and where that comes from."""

from __future__ import annotations

import json
from collections.abc import Sequence

from derive.classes import dataclass
from derive.model import Decided, Source
from derive.report.places import Places
from derive.report.symbols import origin_words, type_words
from derive.report.words import one_line
from derive.term.traverse import free_symbols


@dataclass(frozen=True, slots=True)
class Row:
    """`line` is that of the place that says so, if one does; `definition` is what it stands for."""

    symbol: str
    meaning: str
    how: str
    line: int | None
    definition: str | None
    first_used: int


def rows(source: Source, format: str, entries: Sequence[Decided]) -> list[Row]:
    """One row a symbol and meaning, in the order in which they are first used."""
    places = Places.of(source.text, format)
    found: dict[tuple[str, str, str, int | None, str | None], Row] = {}
    for entry in entries:
        claim = entry.claim
        if claim is None or claim.scope is None:
            continue
        used = {**free_symbols(claim.left), **free_symbols(claim.right)}
        for name, symbol in used.items():
            how, where = origin_words(symbol, claim.scope, entry.span.start, entries)
            known = claim.scope.symbols.get(name, symbol.type)
            definition = claim.scope.definitions.get(name)
            body = None if definition is None or definition.law is not None else definition.body.to_latex()
            line = places.place(where.start).line if where is not None else None
            key = (name, type_words(known), how, line, body)
            if key not in found:
                found[key] = Row(*key, places.place(entry.span.start).line)
    return list(found.values())


def as_text(found: Sequence[Row]) -> str:
    width = min(24, max((len(row.symbol) for row in found), default=0))
    return "".join(f"{row.symbol.ljust(width)}  {_told(row)}\n" for row in found)


def _told(row: Row) -> str:
    meaning = f"{row.meaning}; {one_line(row.how)}"
    meaning += f" (line {row.line})" if row.line is not None else ""
    return meaning + (f": {one_line(row.definition)}" if row.definition is not None else "")


def as_data(found: Sequence[Row]) -> str:
    listed = [
        {
            "symbol": row.symbol,
            "meaning": row.meaning,
            "how": row.how,
            "line": row.line,
            "definition": row.definition,
            "first_used": row.first_used,
        }
        for row in found
    ]
    return json.dumps({"version": 1, "symbols": listed}, ensure_ascii=False, indent=1) + "\n"
