"""Jupyter notebooks: the Markdown cells, every place mapped into the raw JSON file."""

from __future__ import annotations

import re

from derive.classes import dataclass
from derive.documents import markdown
from derive.documents.delimiters import closing
from derive.documents.inline import Found
from derive.documents.mapped import Mapped, join
from derive.expressions import regex
from derive.model import Problem, Span

_TOKEN = regex(r'\s*(?:(")|([{}\[\]:,])|([^\s{}\[\]:,"]+))', re.DOTALL)
_ESCAPE = regex(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_CHARACTERS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "/": "/", "\\": "\\", '"': '"'}
DEPTH = 200
MOST_ESCAPES = 500_000


class NotJson(Exception):
    def __init__(self, at: int, what: str) -> None:
        super().__init__(what)
        self.at = at


@dataclass(frozen=True, slots=True)
class _String:
    """A string literal of the file: its content's range, escapes not undone."""

    start: int
    end: int


_Value = dict[str, "_Value"] | list["_Value"] | _String | str


def read(text: Mapped) -> Found:
    """Blocks of all Markdown cells in order. A file that is no notebook is a problem."""
    found = Found()
    try:
        value, _ = _value(text.text, 0, 0)
        cells = _cells(value)
    except NotJson as error:
        at = min(error.at, max(0, len(text) - 1))
        found.problems.append(
            Problem(Span(at, min(at + 1, len(text))), f"not a Jupyter notebook: {error}", True)
        )
        return found
    for cell in cells:
        if _plain(text, cell.get("cell_type")) != "markdown":
            continue
        if (escapes := _escapes(text.text, cell)) > MOST_ESCAPES:
            said = f"a cell with {escapes:,} escapes: not read"
            found.problems.append(Problem(Span(0, min(1, len(text))), said, True))
            continue
        inner = markdown.read(_source(text, cell.get("source")))
        found.blocks += inner.blocks
        found.macros += inner.macros
        found.problems += inner.problems
        found.comments += inner.comments
    return found


@dataclass(frozen=True, slots=True)
class CellLine:
    """Where in the file a line of a cell begins. Cells (code among them) and lines count from 1."""

    start: int
    cell: int
    line: int


def lines_of_cells(text: str) -> tuple[CellLine, ...]:
    """The lines of the cells that can be read, in the order of the file; empty for what is no notebook."""
    whole = Mapped.whole(text)
    try:
        cells = _cells(_value(text, 0, 0)[0])
    except NotJson:
        return ()
    found: list[CellLine] = []
    for number, cell in enumerate(cells, 1):
        if _escapes(text, cell) > MOST_ESCAPES:
            continue  # nothing of it is told
        source = _source(whole, cell.get("source"))
        if not source.text:
            continue
        begins = [0, *(m.end() for m in re.finditer("\n", source.text) if m.end() < len(source))]
        found += [CellLine(source.starts[at], number, k) for k, at in enumerate(begins, 1)]
    return tuple(sorted(found, key=lambda line: line.start))


def _cells(value: _Value) -> list[dict[str, _Value]]:
    if isinstance(value, dict):
        cells = value.get("cells")
        if cells is None and isinstance(sheets := value.get("worksheets"), list):  # nbformat 3
            cells = [c for sheet in sheets if isinstance(sheet, dict) for c in _cells(sheet)]
        if isinstance(cells, list):
            return [c for c in cells if isinstance(c, dict)]
    raise NotJson(0, "it has no cells")


def _escapes(text: str, cell: dict[str, _Value]) -> int:
    """How many escapes the source of a cell has: each keeps a place of its own."""
    source = cell.get("source")
    lines = source if isinstance(source, list) else [source]
    return sum(text.count("\\", s.start, s.end) for s in lines if isinstance(s, _String))


def _plain(text: Mapped, value: _Value | None) -> str | None:
    return _decoded(text, value).text if isinstance(value, _String) else None


def _source(text: Mapped, value: _Value | None) -> Mapped:
    lines = value if isinstance(value, list) else [value]
    pieces = [_decoded(text, line) for line in lines if isinstance(line, _String)]
    return join(pieces) if pieces else Mapped.whole("")


def _decoded(text: Mapped, string: _String) -> Mapped:
    """The string's characters, each with the place of its escape in the file."""
    pieces: list[Mapped] = []
    at = string.start
    for m in _ESCAPE.finditer(text.text, string.start, string.end):
        pieces.append(text[at : m.start()])
        at = m.end()
        character = chr(int(m.group(1), 16)) if m.group(1) else _CHARACTERS.get(m.group(2), m.group(2))
        pieces.append(Mapped(character, (text.starts[m.start()],), (text.ends[m.end() - 1],)))
    pieces.append(text[at : string.end])
    return join(pieces)


def _value(text: str, at: int, depth: int) -> tuple[_Value, int]:
    """The JSON value at an offset, and where it ends."""
    m = _TOKEN.match(text, at)
    if m is None:
        raise NotJson(at, "it ends early")
    if depth > DEPTH:
        raise NotJson(at, "it is nested too deep")
    string, mark, other = m.groups()
    if string is not None:
        # not by the expression: a string of 20 million escapes would fill the memory
        end = closing(text, '"', m.end())
        if end == -1:
            raise NotJson(m.start(1), "a string is never closed")
        return _String(m.end(), end), end + 1
    if other is not None:
        if not re.fullmatch(r"true|false|null|NaN|-?Infinity|-?\d[\d.eE+-]*", other):
            raise NotJson(m.start(3), f"`{other[:20]}` is no JSON")
        return other, m.end()
    if mark == "{":
        return _object(text, m.end(), depth)
    if mark == "[":
        return _array(text, m.end(), depth)
    raise NotJson(m.start(2), f"`{mark}` stands where a value should")


def _next(text: str, at: int, allowed: str) -> tuple[str, int]:
    m = _TOKEN.match(text, at)
    if m is None or m.group(2) is None or m.group(2) not in allowed:
        raise NotJson(at, f"one of `{allowed}` is missing")
    return m.group(2), m.end()


def _object(text: str, at: int, depth: int) -> tuple[_Value, int]:
    found: dict[str, _Value] = {}
    if (m := _TOKEN.match(text, at)) and m.group(2) == "}":
        return found, m.end()
    while True:
        key, at = _value(text, at, depth + 1)
        if not isinstance(key, _String):
            raise NotJson(at, "a key is no string")
        _, at = _next(text, at, ":")
        found[text[key.start : key.end]], at = _value(text, at, depth + 1)
        mark, at = _next(text, at, ",}")
        if mark == "}":
            return found, at


def _array(text: str, at: int, depth: int) -> tuple[_Value, int]:
    found: list[_Value] = []
    if (m := _TOKEN.match(text, at)) and m.group(2) == "]":
        return found, m.end()
    while True:
        item, at = _value(text, at, depth + 1)
        found.append(item)
        mark, at = _next(text, at, ",]")
        if mark == "]":
            return found, at
