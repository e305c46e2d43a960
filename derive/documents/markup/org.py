"""Org: LaTeX fragments and environments as Emacs exports them."""

from __future__ import annotations

import re

from derive.documents.comments.met import noted
from derive.documents.delimiters import environment_end
from derive.documents.inline import Found
from derive.documents.macros import declarations
from derive.documents.mapped import Mapped
from derive.documents.markup.blocks import Blocks, Mark
from derive.expressions import regex
from derive.model import Unit

_HEADING = regex(r"(\*{1,8})[ \t]+(?:(?:TODO|DONE|NEXT|WAITING)[ \t]+)?(?=\S)")
_ITEM = regex(
    r"([ \t]*)(?:[-+]|\d{1,3}[.)]|[A-Za-z][.)])[ \t]+(?:\[[ X-]\][ \t]+)?(?=\S)|([ \t]+)\*[ \t]+(?=\S)"
)
_BLOCK = regex(r"[ \t]*#\+begin_(\w+)", re.IGNORECASE)
_KEYWORD = regex(r"[ \t]*#\+(\w+)(?:\[[^\]\n]*\])?:[ \t]*", re.IGNORECASE)
_DRAWER = regex(r"[ \t]*:(\w+):[ \t]*$")
_BEGIN = regex(r"[ \t]*\\begin\{([A-Za-z]+\*?)\}")
_LONGEST = 20_000  # characters of an environment
_CODE = frozenset("src example comment export verse".split())
_NAMED = frozenset(
    "theorem lemma corollary proposition definition example exercise proof solution remark axiom".split()
)
_READABLE = (
    (regex(r"\[\[[^\[\]\n]{0,500}\]\[([^\[\]\n]{0,300})\]\]"), r"\1"),
    (regex(r"\[\[[^\[\]\n]{0,500}\]\]|\[fn:[^\]\n]{0,200}\]|<<[^<>\n]{0,200}>>"), " "),
    (regex(r"(?<![\w*/_=~+])[*/_=~+](?=\S)|(?<=\S)[*/_=~+](?![\w*/_=~+])"), ""),
)


def _dollar(before: str, inner: str, after: str) -> bool:
    """Org's rule for single dollars: tight inside, no more than two line breaks, no word behind."""
    tight = inner.strip() == inner and inner[:1] not in ("", ".", ",", ";") and inner[-1:] not in (".", ",")
    return tight and inner.count("\n") <= 2 and not after.isalnum() and before not in ("$", "\\")


def _verbatim(before: str, inner: str, after: str) -> bool:
    apart = not before.isalnum() and before not in ("\\", "{") and not after.isalnum()
    return apart and inner.strip() == inner and 0 < len(inner) < 300 and "\n" not in inner


_MARKS = (
    Mark("\\(", "\\)"),
    Mark("\\[", "\\]", display=True),
    Mark("$$", "$$", display=True),
    Mark("$", "$", fits=_dollar),
    Mark("=", "=", code=True, fits=_verbatim),
    Mark("~", "~", code=True, fits=_verbatim),
)


def readable(text: str) -> str:
    for pattern, replacement in _READABLE:
        text = pattern.sub(replacement, text)
    return re.sub(r"\s+", " ", text)


def read(text: Mapped) -> Found:
    """Blocks and macros of a document. Never raises."""
    blocks = Blocks(text, _MARKS, readable)
    n = 0
    while n < len(blocks.lines):
        n = _line(blocks, n, blocks.row(n), *blocks.lines[n])
    blocks.flush()
    return blocks.found


def _line(blocks: Blocks, n: int, row: str, start: int, end: int) -> int:
    if not row.strip():
        blocks.flush()
        return n + 1
    if m := _BLOCK.match(row):
        return _block(blocks, n, m.group(1).lower())
    if re.match(r"[ \t]*#\+end_", row, re.IGNORECASE):
        blocks.flush()
        if blocks.names:
            blocks.names.pop()
        return n + 1
    if m := _KEYWORD.match(row):
        blocks.flush()
        said = row[m.end() :]
        if m.group(1).lower() in ("latex_header", "latex_header_extra", "latex", "html_head"):
            blocks.found.macros += [macro for macro, _, _ in declarations(said) if macro is not None]
        elif m.group(1).lower() in ("title", "subtitle", "caption"):
            blocks.begin(start + m.end(), end)
            blocks.flush()
        return n + 1
    if row.lstrip().startswith(("# ", ": ")) or row.strip() in ("#", ":"):
        noted(blocks.found.comments, blocks.text, start + len(row) - len(row.lstrip()), end)
        return n + 1
    if _DRAWER.match(row):
        last = n + 1
        while last < len(blocks.lines) and last - n < 200 and not _DRAWER.match(blocks.row(last)):
            last += 1
        return last + 1 if blocks.row(last).strip().upper() == ":END:" else n + 1
    if m := _HEADING.match(row):
        blocks.names.clear()
        blocks.begin(start + m.end(), end, "heading", len(m.group(1)))
        blocks.flush()
        return n + 1
    if m := _BEGIN.match(row):
        return _environment(blocks, n, start + row.index("\\"), m.group(1), start + m.end())
    if row.lstrip().startswith("|"):
        blocks.begin(start, end)
        blocks.flush()
        return n + 1
    if m := _ITEM.match(row):
        blocks.begin(start + m.end(), end, "item", 1 + len(m.group(1) or m.group(2) or "") // 2)
        return n + 1
    blocks.extend(start + len(row) - len(row.lstrip()), end)
    return n + 1


def _block(blocks: Blocks, n: int, kind: str) -> int:
    blocks.flush()
    if kind not in _CODE or (kind == "export" and "latex" in blocks.row(n).lower()):
        start = blocks.text.span(blocks.lines[n][0], blocks.lines[n][0]).start
        blocks.names.append(Unit(kind, start) if kind in _NAMED else None)
        return n + 1
    closer = re.compile(rf"[ \t]*#\+end_{re.escape(kind)}", re.IGNORECASE)
    last = n + 1
    while last < len(blocks.lines) and not closer.match(blocks.row(last)):
        last += 1
    return last + 1


def _environment(blocks: Blocks, n: int, start: int, name: str, inner: int) -> int:
    text = blocks.text.text
    ends = text.find(f"\\end{{{name}}}", inner, inner + _LONGEST) != -1
    found = environment_end(text[: inner + _LONGEST], name, inner) if ends else None
    if found is None:
        blocks.unread(start, inner, f"`\\begin{{{name}}}` is never closed: not read")
        return n + 1
    stop, end = found
    if name in ("equation", "equation*", "displaymath"):
        blocks.display(inner, stop)
    else:
        blocks.display(start, end)
    while n < len(blocks.lines) and blocks.lines[n][1] < end:
        n += 1
    return n + 1
