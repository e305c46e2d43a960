"""AsciiDoc: `stem:[…]` and `latexmath:[…]`, blocks of mathematics between rows of plus signs.

What `stem` holds is AsciiMath unless the document says `:stem: latexmath`; AsciiMath is not read, and told.
"""

from __future__ import annotations

import re

from derive.documents.comments.met import noted
from derive.documents.inline import Found
from derive.documents.mapped import Mapped
from derive.documents.markup.blocks import Blocks, Mark
from derive.expressions import regex
from derive.model import Unit

_HEADING = regex(r"(={1,6})[ \t]+(?=\S)")
_ITEM = regex(r"[ \t]*(\*{1,5}|\.{1,5}|-|\d{1,3}\.|[a-z]\.)[ \t]+(?=\S)|[^\n:]{1,100}::[ \t]+(?=\S)")
_FENCE = regex(r"(-{4,}|\.{4,}|\+{4,}|/{4,}|={4,}|_{4,}|\*{4,}|-{2}|```)\s*$")
_ATTRIBUTES = regex(r"\[([^\[\]\n]*)\]\s*$")
_STEM = regex(r"^:stem:[ \t]*(\w*)", re.MULTILINE)
_KIND = regex(r"[#.%]?([A-Za-z]+)")
_NAMED = regex(r"(theorem|lemma|corollary|proposition|definition|example|exercise|proof|remark)s?$", re.I)
_READABLE = (
    (regex(r"<<[^<>,\n]{0,200}(?:,([^<>\n]{0,200}))?>>"), r"\1"),
    (regex(r"(?:link:|https?:)\S{0,500}?\[([^\]\n]{0,300})\]"), r"\1"),
    (regex(r"\[\[[^\]\n]{0,200}\]\]|\[#[^\]\n]{0,200}\]"), ""),
    (regex(r"(?<!\w)[*_`#]{1,2}(?=\S)|(?<=\S)[*_`#]{1,2}(?!\w)"), ""),
)
_CODE = frozenset({"source", "listing", "literal", "verse"})


def readable(text: str) -> str:
    for pattern, replacement in _READABLE:
        text = pattern.sub(replacement, text)
    return re.sub(r"\s+", " ", text)


def read(text: Mapped) -> Found:
    """Blocks and problems of a document. Never raises."""
    stem = _STEM.search(text.text)
    latex = stem is not None and stem.group(1).lower() in ("latexmath", "tex", "latex")
    marks = [
        Mark("latexmath:[", "]"),
        Mark("stem:[", "]", code=not latex),
        Mark("asciimath:[", "]", code=True),
    ]
    marks += [Mark("$$", "$$", code=True), Mark("`", "`", code=True), Mark("+++", "+++", code=True)]
    reader = _Reader(text, marks, latex)
    reader.read()
    return reader.blocks.found


class _Reader:
    def __init__(self, text: Mapped, marks: list[Mark], latex: bool) -> None:
        self.blocks = Blocks(text, marks, readable)
        self.latex = latex
        self.attribute = ""  # of the block that follows
        self.open: list[str] = []  # fences whose content is text

    def read(self) -> None:
        blocks, n = self.blocks, 0
        self._untold()
        while n < len(blocks.lines):
            n = self._line(n, blocks.row(n), *blocks.lines[n])
        blocks.flush()

    def _untold(self) -> None:
        """Tells of AsciiMath, once."""
        text = self.blocks.text.text
        pattern = (
            r"asciimath:\[|\[asciimath\b" if self.latex else r"(?:stem|asciimath):\[|\[(?:stem|asciimath)\b"
        )
        found = list(re.finditer(pattern, text))
        if found:
            count = f"{len(found)} formulas are" if len(found) > 1 else "a formula is"
            said = f"{count} in AsciiMath, which is not read (`:stem: latexmath` makes LaTeX of `stem`)"
            self.blocks.unread(found[0].start(), found[0].end(), said)

    def _line(self, n: int, row: str, start: int, end: int) -> int:
        blocks = self.blocks
        if not row.strip():
            blocks.flush()
            return n + 1
        if m := _FENCE.match(row):
            return self._fence(n, m.group(1))
        if m := _ATTRIBUTES.match(row):
            blocks.flush()
            self.attribute = m.group(1)
            return n + 1
        if row.startswith("//"):
            noted(blocks.found.comments, blocks.text, start, end)
            return n + 1
        if row.startswith("|"):
            blocks.begin(start, end)
            blocks.flush()
            return n + 1
        if re.match(r":[\w-]+:|(?:include|image|toc|video)::", row):
            blocks.flush()
            return n + 1
        if (m := _HEADING.match(row)) and blocks.start < 0:
            blocks.begin(start + m.end(), end, "heading", len(m.group(1)))
            blocks.flush()
        elif m := _ITEM.match(row):
            depth = len(m.group(1)) if m.group(1) and m.group(1)[0] in "*." else 1
            blocks.begin(start + (m.end() if m.group(1) else 0), end, "item", depth)
        elif row == "+":
            blocks.flush()
        else:
            shift = re.match(r"\.(?=[A-Za-z])|[A-Z]{3,9}:[ \t]+", row) if blocks.start < 0 else None
            blocks.extend(start + (shift.end() if shift else 0), end)
        return n + 1

    def _fence(self, n: int, fence: str) -> int:
        blocks = self.blocks
        kind = _KIND.match(self.attribute)
        name = kind.group(1).lower() if kind else ""
        label = re.search(r"#([\w:.-]+)", self.attribute)
        self.attribute = ""
        blocks.flush()
        if fence in self.open:
            while self.open.pop() != fence:
                blocks.names.pop()
            blocks.names.pop()
            return n + 1
        if fence[0] in "=_*" or fence == "--":
            if len(self.open) < 50:
                named = _NAMED.match(name)
                self.open.append(fence)
                start = blocks.text.span(blocks.lines[n][0], blocks.lines[n][0]).start
                blocks.names.append(Unit(named.group(1).lower(), start) if named else None)
            return n + 1
        last = n + 1
        while last < len(blocks.lines) and blocks.row(last) != fence:
            last += 1
        if fence[0] == "+" and last > n + 1 and (name == "latexmath" or (name == "stem" and self.latex)):
            blocks.display(
                blocks.lines[n + 1][0], blocks.lines[last - 1][1], label.group(1) if label else None
            )
        return last + 1
