"""Python: docstrings, other strings that hold documentation, and the text cells of scripts.

The file is parsed, never run. Each docstring stands under a heading, the name of what it documents, so that
what one function calls `x` says nothing of the next one's.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
import warnings
from contextlib import suppress

from derive.classes import dataclass
from derive.documents.code import cells
from derive.documents.code.literals import Misplaced, decoded
from derive.documents.comments.met import noted
from derive.documents.inline import Found
from derive.documents.mapped import Mapped
from derive.documents.restructured.inline import Roles
from derive.documents.restructured.reader import read_docstring, roles_of
from derive.expressions import regex
from derive.model import Block, Problem, Prose, Span

_MATHEMATICS = regex(r":math:`|\.\. math::|`:math:")
_BREAK = regex(r"\r\n|\n|\r")
_Named = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef

_HOLDERS = (ast.stmt, ast.excepthandler, ast.match_case)


@dataclass(frozen=True, slots=True)
class _Text:
    """A string that holds documentation: where it stands, what it documents, how deep that lies."""

    node: ast.Constant
    name: Span | None
    title: str
    depth: int


def read(text: Mapped) -> Found:
    """Blocks, macros and problems of a Python file. Never raises: a file that does not parse is a problem."""
    found = Found()
    places = _Offsets(text.text)
    pieces: list[tuple[int, Found]] = [(at, inner) for at, inner in cells.read(text)]
    for documentation in _texts(text.text, places, found.problems):
        if (piece := _docstring(text, places, documentation)) is not None:
            pieces.append(piece)
    _comments(text, places, found)
    end = 0
    for _, inner in sorted(pieces, key=lambda piece: piece[0]):
        if inner.blocks and inner.blocks[0].span.start < end:
            continue  # a text cell that is a string was read as a cell
        found.blocks += inner.blocks
        found.macros += inner.macros
        found.problems += inner.problems
        found.comments += inner.comments
        end = max(end, inner.blocks[-1].span.end if inner.blocks else 0)
    return found


def _comments(text: Mapped, places: _Offsets, found: Found) -> None:
    if "derive:" not in text.text:
        return
    with suppress(tokenize.TokenError, SyntaxError):
        for token in tokenize.generate_tokens(io.StringIO(text.text.removeprefix("\ufeff")).readline):
            if token.type == tokenize.COMMENT:
                start = places.starts[token.start[0] - 1] + token.start[1]
                start += places.mark and token.start[0] == 1
                noted(found.comments, text, start, start + len(token.string))


def _docstring(text: Mapped, places: _Offsets, said: _Text) -> tuple[int, Found] | None:
    start, end = places.of_node(said.node)
    problems: list[Problem] = []
    value = said.node.value
    assert isinstance(value, str)
    try:
        content = decoded(text, start, end, value, problems)
    except Misplaced:
        if not _MATHEMATICS.search(value):
            return None
        found = Found()
        found.problems.append(
            Problem(Span(start, start + 1), "this string could not be followed: not read", True)
        )
        return start, found
    roles = roles_of(content.text) if ".. " in content.text else Roles()
    inner = read_docstring(content, roles, said.depth)
    inner.problems[:0] = problems
    if not any(block.parts for block in inner.blocks) and not inner.comments:
        return None
    if said.name is not None:
        heading = Block(said.name, "heading", (Prose(said.name, said.title),), said.depth)
        inner.blocks.insert(0, heading)
        return said.name.start, inner
    return start, inner


def _texts(source: str, places: _Offsets, problems: list[Problem]) -> list[_Text]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source.removeprefix("\ufeff"))
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = getattr(error, "lineno", None) or 1
        start = places.starts[min(line, len(places.starts)) - 1]
        what = getattr(error, "msg", None) or str(error) or type(error).__name__
        span = Span(start, min(start + 1, len(source)))
        said = f"this is no Python that can be parsed ({what}): its docstrings were not read"
        problems.append(Problem(span, said, True))
        return []
    found: list[_Text] = []
    taken: set[int] = set()
    _walk(tree, places, found, taken)
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            taken.update(id(value) for value in node.values)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in taken:
            if _MATHEMATICS.search(node.value):
                found.append(_Text(node, None, "", 1))
    return sorted(found, key=lambda text: (text.node.lineno, text.node.col_offset))


def _walk(tree: ast.Module, places: _Offsets, found: list[_Text], taken: set[int]) -> None:
    """Docstrings of the module, classes and functions; strings behind an assignment, as Sphinx does."""
    waiting: list[tuple[ast.AST, int]] = [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        body = getattr(node, "body", None)
        if isinstance(body, list):
            for k, statement in enumerate(body):
                value = statement.value if isinstance(statement, ast.Expr) else None
                if not isinstance(value, ast.Constant) or not isinstance(value.value, str):
                    continue
                documents = k == 0 and isinstance(node, ast.Module | _Named)
                if documents or (k and isinstance(body[k - 1], ast.Assign | ast.AnnAssign)):
                    taken.add(id(value))
                    named = documents and isinstance(node, _Named)
                    span = places.name_of(node) if named and isinstance(node, _Named) else None
                    found.append(_Text(value, span, getattr(node, "name", ""), depth))
        inside = depth + isinstance(node, ast.Module | _Named)
        waiting += [(child, inside) for child in ast.iter_child_nodes(node) if isinstance(child, _HOLDERS)]


class _Offsets:
    """Offsets of Python's places: lines from 1, columns in bytes of UTF-8."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(m.end() for m in _BREAK.finditer(text))]
        self.mark = text.startswith("\ufeff")

    def offset(self, line: int, column: int) -> int:
        start = self.starts[min(line, len(self.starts)) - 1] + (self.mark and line == 1)
        row = self.text[start : start + column]
        if row.isascii():
            return start + column
        return start + len(self.text[start : start + column].encode()[:column].decode(errors="ignore"))

    def of_node(self, node: ast.expr) -> tuple[int, int]:
        end_line, end_column = node.end_lineno or node.lineno, node.end_col_offset or node.col_offset
        return self.offset(node.lineno, node.col_offset), self.offset(end_line, end_column)

    def name_of(self, node: _Named) -> Span | None:
        """Where the name stands in a definition."""
        start = self.offset(node.lineno, node.col_offset)
        m = re.compile(rf"(?:async\s+)?(?:def|class)[\s\\]+({re.escape(node.name)})").match(self.text, start)
        return Span(m.start(1), m.end(1)) if m else None
