"""The blocks of reStructuredText.

Line by line with a stack of what is open: lines that stand further to the left close it. Lines are those of
the source, nothing is cut out, so that places are exact.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from derive.classes import dataclass, replace
from derive.documents import cleaning
from derive.documents.comments.met import noted, noted_inside
from derive.documents.inline import Found
from derive.documents.macros import configured, declarations
from derive.documents.mapped import Mapped
from derive.documents.restructured import directives, tables
from derive.documents.restructured.inline import Parts, Roles
from derive.expressions import regex
from derive.model import Block, Formula, Problem, Prose, Span, Unit

_PUNCTUATION = regex(r"([!-/:-@\[-`{-~])\1{1,}\s*$")
_BULLET = regex(r"[-*+•‣⁃](?:[ \t]+|$)")
_NUMBER = regex(r"(?:\(?(?:\d{1,4}|[A-Za-z]|[ivxlcIVXLC]{1,6}|#)[.)])(?:[ \t]+(?=\S)|$)")
_FIELD = regex(r":(?![:\s])((?:[^:\\`\n]|\\.){1,200}):(?:[ \t]+|$)")
_LAST_WORD = regex(r"\S+$")
_GOOGLE = regex(
    r"(?P<items>Args|Arguments|Parameters|Params|Other Parameters|Keyword Args|Keyword Arguments|Attributes"
    r"|Raises|Methods|Warns|Properties|Fields)\s*:\s*$"
    r"|(?:Returns?|Yields?|Examples?|Notes?|References|See Also|Warnings?|Todo|Shape|Math|Details|Usage)"
    r"\s*:\s*$"
)
_SUBSTITUTION = regex(
    r"^[ \t]*\.\.[ \t]+\|([^|\n]+)\|[ \t]+replace::[ \t]*([^\n]*(?:\n[ \t]+\S[^\n]*)*)", re.MULTILINE
)
_ONE_ROLE = regex(r"\s*(?::math:`([^`]+)`|`([^`]+)`:math:|\$([^$]+)\$)\s*$")
_ROLE = regex(r"^[ \t]*\.\.[ \t]+(?:role::[ \t]*([\w-]+)\(math\)|default-role::[ \t]*([\w-]*))", re.MULTILINE)
_DOCTEST = regex(r">>>(?:\s|$)|In \[\d+\]:")
_BEGIN_END = regex(r"\\(begin|end)\s*\{")


def read(text: Mapped) -> Found:
    """Blocks, macros and problems of a document. Never raises."""
    reader = Reader(text, roles_of(text.text))
    reader.read()
    return reader.found


def read_docstring(text: Mapped, roles: Roles, level: int) -> Found:
    """Those of a docstring, whose first line has no indentation; `level` is that of the heading above it."""
    reader = Reader(text, roles, level, docstring=True)
    reader.read()
    return reader.found


def roles_of(text: str) -> Roles:
    """What a document's own directives say of roles and substitutions."""
    roles = Roles()
    for m in _ROLE.finditer(text):
        if m.group(1):
            roles.mathematics.add(m.group(1))
        else:
            roles.default = m.group(2) or ""
    substitutions: dict[str, str] = {}
    for m in _SUBSTITUTION.finditer(text):
        if one := _ONE_ROLE.match(m.group(2)):
            latex = next(g for g in one.groups() if g is not None)
            substitutions[" ".join(m.group(1).split()).lower()] = latex.strip()
    return replace(roles, substitutions=substitutions)


@dataclass(slots=True)
class _Open:
    """What lines from the column `indent` on belong to; for an item, `marker` is the column of its mark."""

    indent: int
    kind: Literal["item", "directive", "arguments"]
    unit: Unit | None = None
    marker: int = -1


@dataclass(slots=True)
class _Paragraph:
    start: int
    end: int
    indent: int  # of lines that go on with it
    lines: int = 1
    kind: Literal["heading", "paragraph", "item"] = "paragraph"
    hangs: bool = False  # further lines may stand anywhere to the right: it is no term


class Reader:
    def __init__(self, text: Mapped, roles: Roles, level: int = 0, docstring: bool = False) -> None:
        self.text = text
        self.roles = roles
        self.found = Found()
        self.docstring = docstring
        self.level = level
        self.starts: list[int] = []  # of each line, behind its indentation
        self.ends: list[int] = []
        self.indents: list[int] = []
        at = 0
        for line in text.text.split("\n"):
            inner = line.strip()
            start = at + len(line) - len(line.lstrip())
            self.starts.append(start)
            self.ends.append(start + len(inner))
            self.indents.append(len(line[: start - at].expandtabs(8)))
            at += len(line) + 1
        if docstring and len(self.indents) > 1:
            rest = [i for k, i in enumerate(self.indents) if k and not self._blank(k)]
            self.indents[0] = min(rest, default=0)
        self.open: list[_Open] = []
        self.paragraph: _Paragraph | None = None
        self.literal: int | None = None  # the column of a paragraph that announced a literal block
        self.styles: list[tuple[str, bool]] = []  # of titles, from the outermost

    def read(self) -> None:
        n = 0
        while n < len(self.starts):
            n = self._line(n)
        self._flush()

    # -- lines

    def _blank(self, n: int) -> bool:
        return n >= len(self.starts) or self.starts[n] >= self.ends[n]

    def row(self, n: int) -> str:
        return self.text.text[self.starts[n] : self.ends[n]] if n < len(self.starts) else ""

    def block_end(self, n: int, column: int) -> int:
        """The line after the last one from `n` on that is blank or stands right of a column."""
        last = n
        while n < len(self.starts) and (self._blank(n) or self.indents[n] > column):
            n += 1
            if not self._blank(n - 1):
                last = n
        return last

    def _line(self, n: int) -> int:
        """Deals with one line, or with those of a block; the line to go on with."""
        if self._blank(n):
            self._flush()
            return n + 1
        indent, row = self.indents[n], self.row(n)
        if self.literal is not None and self.paragraph is None:
            column, self.literal = self.literal, None
            if indent > column:
                return self.block_end(n, column)
            if indent == column and re.match(r"[!-/:-@\[-`{-~]", row):
                while not self._blank(n) and self.row(n)[0] == row[0]:
                    n += 1
                return n
        if self.paragraph is not None:
            if self._goes_on(n, indent, row):
                self.paragraph.end = self.ends[n]
                self.paragraph.lines += 1
                return n + 1
            if self._is_term(n, indent):
                self.paragraph.kind = "item"
                self._flush()
                self.open.append(_Open(indent, "item", marker=indent))
            else:
                self._flush()
        while self.open and indent < self.open[-1].indent:
            self.open.pop()
        return self._begin(n, self.starts[n], indent, row)

    def _goes_on(self, n: int, indent: int, row: str) -> bool:
        """Whether a line belongs to the open paragraph."""
        paragraph = self.paragraph
        assert paragraph is not None
        if row.startswith("..") and directives.EXPLICIT.match(row):
            return False
        top = self.open[-1] if self.open else None
        if top is not None and top.kind == "item" and top.marker <= indent < top.indent:
            marked = _BULLET.match(row) or _NUMBER.match(row) or _FIELD.match(row)
            if indent == top.marker or marked:
                return False
            top.indent = paragraph.indent = indent  # a line that is not indented far enough
        if indent == paragraph.indent:
            return not (self.docstring and (_GOOGLE.match(row) or _FIELD.match(row) or self._title(n)))
        return indent > paragraph.indent and not self._is_term(n, indent)

    def _is_term(self, n: int, indent: int) -> bool:
        """A single line, followed at once by one that stands further right, is a term with its definition,
        unless a role or a dollar is still open in it."""
        paragraph = self.paragraph
        if paragraph is None or paragraph.hangs or paragraph.lines > 1 or indent <= paragraph.indent:
            return False
        said = self.text.text[paragraph.start : paragraph.end]
        return said.count("`") % 2 == 0 and said.count("$") % 2 == 0

    def _begin(self, n: int, start: int, indent: int, row: str) -> int:
        """A line that begins something, at an offset behind its marks."""
        if row[0] in ".:_" and (after := self._explicit(n, start, indent, row)) is not None:
            return after
        if row.startswith(("+-", "+=")) or tables.SIMPLE.match(row):
            return tables.read(self, n)
        if row.startswith("|") and (len(row) == 1 or row[1] in " |"):
            self.add_line(start, self.ends[n])
            return n + 1
        if _DOCTEST.match(row):
            while not self._blank(n):
                n += 1
            return n
        if start == self.starts[n] and (after := self._title(n)):
            return self._heading(n, after)
        if self.docstring and (m := _GOOGLE.match(row)) and not self._blank(n + 1):
            return self._section(n, indent, bool(m.group("items")))
        if (m := _BULLET.match(row)) or (m := _NUMBER.match(row)):
            return self._item(n, start, indent, indent + m.end(), m.end())
        if m := _FIELD.match(row):
            word = _LAST_WORD.search(m.group(1))
            skipped = m.start(1) + word.start() if word and " " in m.group(1) else m.end()
            return self._item(n, start, indent, indent + 1, skipped)
        top = self.open[-1] if self.open else None
        if top is not None and top.kind == "arguments" and indent == top.indent:
            self.paragraph = _Paragraph(start, self.ends[n], indent + 1, kind="item", hangs=True)
            return n + 1
        kind: Literal["item", "paragraph"] = "item" if top and top.kind == "item" else "paragraph"
        self.paragraph = _Paragraph(start, self.ends[n], indent, kind=kind)
        return n + 1

    def _item(self, n: int, start: int, indent: int, column: int, skipped: int) -> int:
        """An item whose text begins `skipped` characters behind its mark; it may begin with another mark."""
        self.open.append(_Open(column, "item", marker=indent))
        start += skipped
        if start >= self.ends[n]:
            self.open[-1].indent = indent + 1
            return n + 1
        row = self.text.text[start : self.ends[n]].lstrip()
        start = self.ends[n] - len(row)
        if len(self.open) < 100 and column > indent + 1 and (_BULLET.match(row) or row.startswith("..")):
            return self._begin(n, start, column, row)
        self.paragraph = _Paragraph(start, self.ends[n], column, kind="item", hangs=column == indent + 1)
        return n + 1

    # -- titles and sections

    def _title(self, n: int) -> int:
        """The line after a title that begins at line n, 0 where there is none."""
        row = self.row(n)
        if m := _PUNCTUATION.match(row):
            over = not self._blank(n + 1) and not self._blank(n + 2) and self.row(n + 2)[:1] == m.group(1)
            return n + 3 if over and _PUNCTUATION.match(self.row(n + 2)) else n + 1 if len(row) >= 4 else 0
        if self._blank(n + 1) or self.indents[n + 1] != self.indents[n]:
            return 0
        below = self.row(n + 1)
        if below in ("::", "..") or not _PUNCTUATION.match(below):
            return 0
        return n + 2 if len(below) >= min(len(row), 4) else 0

    def _heading(self, n: int, after: int) -> int:
        if after == n + 1:  # a rule between paragraphs
            return after
        title, mark = (n + 1, n) if after == n + 3 else (n, n + 1)
        style = (self.row(mark)[0], after == n + 3)
        if style not in self.styles:
            self.styles.append(style)
        level = self.level + self.styles.index(style) + 1
        self.open = [o for o in self.open if o.kind != "item"] if self.docstring else []
        self.add(self.starts[title], self.ends[title], "heading", level)
        return after

    def _section(self, n: int, indent: int, items: bool) -> int:
        """A section of a docstring in Google's style: what is indented below its name."""
        self.add(self.starts[n], self.ends[n] - 1, "heading", self.level + 1)
        if self.indents[n + 1] > indent:
            self.open.append(_Open(self.indents[n + 1], "arguments" if items else "directive"))
        return n + 1

    # -- explicit markup

    def _explicit(self, n: int, start: int, indent: int, row: str) -> int | None:
        """Directives, footnotes, targets and comments; None for a line that is none of them."""
        if m := directives.DIRECTIVE.match(row):
            kind = directives.kind_of(m.group("kind"))
            if m.group("name") and kind == "replace":
                return self._substitution(n, start, indent, m)
            if kind == "math":
                return self._mathematics(n, start, indent, m.end())
            if kind in directives.SKIPPED or m.group("name") or kind.startswith("auto"):
                end = self.block_end(n + 1, indent)
                if kind == "raw":
                    self._raw(start, self.ends[end - 1])
                return end
            return self._content(n, start, indent, kind, m.end())
        if m := directives.FOOTNOTE.match(row):
            return self._item(n, start, indent, indent + 1, m.end())
        if directives.TARGET.match(row):
            return n + 1
        if directives.EXPLICIT.match(row):
            noted(self.found.comments, self.text, start, self.ends[n])
            # an empty comment in front of a blank line ends what stood before it, and holds nothing
            return n + 1 if row == ".." and self._blank(n + 1) else self.block_end(n + 1, indent)
        return None

    def _raw(self, start: int, end: int) -> None:
        raw = self.text.text[start:end]
        self.found.macros += [m for m, _, _ in declarations(raw) if m is not None]
        self.found.macros += configured(raw)

    def _substitution(self, n: int, start: int, indent: int, m: re.Match[str]) -> int:
        name = " ".join(m.group("name").split()).lower()
        end = self.block_end(n + 1, indent)
        if name not in self.roles.substitutions and start + m.end() < self.ends[end - 1]:
            self.add(start + m.end(), self.ends[end - 1])
        return end

    def _content(self, n: int, start: int, indent: int, kind: str, skipped: int) -> int:
        """A directive whose content is text: its lines are read as they come."""
        end = self.block_end(n + 1, indent)
        first = n + 1
        titled = kind in directives.TITLED or kind in directives.THEOREMS
        if titled and start + skipped < self.ends[n]:
            while first < end and not self._blank(first) and not directives.OPTION.match(self.row(first)):
                first += 1
            self.add(start + skipped, self.ends[first - 1], unit=self._unit(kind, start))
        else:
            while not titled and start + skipped < self.ends[n] and first < end and not self._blank(first):
                if directives.OPTION.match(self.row(first)) or self.row(first).startswith(".."):
                    break
                first += 1
        while first < end and directives.OPTION.match(self.row(first)):
            first += 1
        if first < end:
            content = next(k for k in range(first, end) if not self._blank(k))
            column = min(self.indents[k] for k in (content, end - 1))
            self.open.append(_Open(max(indent + 1, column), "directive", self._unit(kind, start)))
        return first

    def _unit(self, kind: str, start: int) -> Unit | None:
        called = directives.THEOREMS.get(kind)
        return None if called is None else Unit(called, self.text.span(start, start).start)

    def _mathematics(self, n: int, start: int, indent: int, skipped: int) -> int:
        """`.. math::`: argument, options and content; blank lines part its formulas."""
        end = next(
            (
                k
                for k in range(n + 1, self.block_end(n + 1, indent))
                if directives.DIRECTIVE.match(self.row(k))
            ),
            self.block_end(n + 1, indent),
        )
        label: str | None = None
        groups: list[tuple[int, int]] = []
        line, first = n + 1, start + skipped
        if first < self.ends[n]:
            while line < end and not self._blank(line) and not directives.OPTION.match(self.row(line)):
                line += 1
            if not directives.MATH_OPTION.match(self.text.text, first):
                groups.append((first, self.ends[line - 1]))
        for k in range(line, end):  # authors put options behind the formula too
            m = directives.OPTION.match(self.row(k))
            if m and m.group("name") in ("label", "name"):
                label = m.group("value").strip() or label
        equations, end = self._equations(line, end)
        groups += equations
        if not groups:
            said = "`.. math::` without a formula: its content must stand further right than the directive"
            self.found.problems.append(Problem(self.text.span(start, start + skipped), said))
        for begin, stop in groups:
            inner = self.text[begin:stop]
            noted_inside(self.found.comments, inner)
            formula = cleaning.formula(inner, True, self.found.macros)
            if formula is not None:
                if label is not None and formula.label is None:
                    formula = replace(formula, label=label)
                label = None
                self.append([formula], "item" if self._in_item() else "paragraph")
        return max(end, n + 1)

    def _equations(self, line: int, end: int) -> tuple[list[tuple[int, int]], int]:
        """Ranges of the formulas between two lines, and the line after the last: an environment may have
        blank lines in it."""
        found: list[tuple[int, int]] = []
        depth, open_at, column = 0, -1, 0
        for k in range(line, end):
            if self._blank(k):
                if depth <= 0:
                    open_at = -1
                continue
            if directives.MATH_OPTION.match(self.row(k)):
                continue
            if open_at < 0:
                if found and self.indents[k] < column:
                    return (
                        found,
                        k,
                    )  # words that stand further left than the formula, though right of the directive
                open_at, depth, column = self.starts[k], 0, self.indents[k]
                found.append((open_at, self.ends[k]))
            found[-1] = (open_at, self.ends[k])
            for m in _BEGIN_END.finditer(self.row(k)):
                depth += 1 if m.group(1) == "begin" else -1
        return found, end

    # -- blocks

    def _in_item(self) -> bool:
        return bool(self.open) and self.open[-1].kind == "item"

    def _flush(self) -> None:
        paragraph, self.paragraph = self.paragraph, None
        if paragraph is None:
            return
        if self.text.text.endswith("::", paragraph.start, paragraph.end):
            marker = self.open[-1].marker if self._in_item() and paragraph.kind == "item" else -1
            self.literal = marker if marker >= 0 else paragraph.indent
        self.add(paragraph.start, paragraph.end, paragraph.kind)

    def add_line(self, start: int, end: int) -> None:
        self.add(start, end)

    def add(
        self,
        start: int,
        end: int,
        kind: Literal["heading", "paragraph", "item"] = "paragraph",
        level: int | None = None,
        unit: Unit | None = None,
    ) -> None:
        """A block of the text between two offsets."""
        parts = Parts(self.text[start:end], self.found, self.roles).read()
        self.append(parts, kind, level, unit)

    def append(
        self,
        parts: Sequence[Prose | Formula],
        kind: Literal["heading", "paragraph", "item"],
        level: int | None = None,
        unit: Unit | None = None,
    ) -> None:
        if not parts:
            return
        if level is None:
            level = sum(o.kind in ("item", "arguments") for o in self.open)
            level = max(level, 1) if kind == "item" else level
        within = tuple(o.unit for o in self.open if o.unit is not None)
        within = (*within, unit) if unit is not None else within
        name = within[-1].kind if within and kind != "heading" else None
        span = Span(parts[0].span.start, parts[-1].span.end)
        self.found.blocks.append(Block(span, kind, tuple(parts), level, name, within))
