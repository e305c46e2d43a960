"""Markdown and its relatives (`.md`, `.markdown`, `.qmd`, `.rmd`, `.mdx`), as documents write it.

Line by line: fences, quotes, lists, headings, paragraphs; a display formula that is open swallows
lines until it closes. Within a block `inline.parts` tells prose from formulas.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Literal

from derive.classes import dataclass, field, replace
from derive.documents import cleaning, prose
from derive.documents.comments.met import noted, noted_inside
from derive.documents.delimiters import BEGIN, Region, words
from derive.documents.inline import Found, parts
from derive.documents.macros import configured, declarations
from derive.documents.mapped import Mapped, join
from derive.documents.restructured.directives import THEOREMS, TITLED, kind_of
from derive.expressions import regex
from derive.model import Block, Formula, Prose, Span, Unit

_FENCE = regex(r"\s*(`{3,}|~{3,}|:{3,}(?=\s*\{(?:math|code|eval-rst)))\s*(.*?)\s*$")
_CLOSER = regex(r"\s*(`{3,}|~{3,}|:{3,})\s*$")
_DIRECTIVE = regex(r"\{([\w:-]+)\}\s*(.*)")
_OPTION = regex(r"\s*:(?P<name>[\w-]+):(?:\s+(?P<value>\S.*)|\s*)$|\s*(?:label|name):\s*(?P<yaml>\S+)\s*$")
_MATH_FENCE = regex(r"\{?\s*\.?math\b")
_QUOTE = regex(r" {0,3}>[ ]?")
_ITEM = regex(r"(\s*)([-*+•–·◦‣]|\(?\d{1,3}[.)]|\([a-zA-Z]\)|[a-zA-Z]\))(\s+)(?=\S)")
_HEADING = regex(r" {0,3}(#{1,6})(?:\s+|(?=[^\s#\d!\[]))(.*?)\s*#*\s*$")
_RULE = regex(r"\s{0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})$")
_SETEXT = regex(r" {0,3}(=+|-{2,})\s*$")
_DIV = regex(r"\s*:{3,}\s*(.*?)\s*$")
_NAMED = {
    "thm": "theorem", "theorem": "theorem", "lem": "lemma", "lemma": "lemma", "cor": "corollary",
    "corollary": "corollary", "prp": "proposition", "proposition": "proposition", "def": "definition",
    "definition": "definition", "exm": "example", "example": "example", "exr": "exercise",
    "exercise": "exercise", "proof": "proof", "sol": "solution", "solution": "solution", "rem": "remark",
    "remark": "remark", "axiom": "axiom", "conjecture": "conjecture", "claim": "claim", "prob": "problem",
    "problem": "problem", "question": "question", "exercises": "exercises", "cnj": "conjecture",
}  # fmt: skip
_SKIPPED_HTML = regex(r"\s*<(script|style|pre|svg)\b", re.IGNORECASE)
_LIQUID_CODE = regex(r"\s*\{%-?\s*(highlight|comment|raw_code)\b")
_OPENER = regex(r"\\.|\$\$|`+|" + BEGIN.pattern, re.DOTALL)
DEEPEST = 20  # directives within directives
LOOKAHEAD = 100  # lines: a display with blank lines in it is no longer than this


def _prosy(line: str) -> bool:
    """Whether a line reads as words rather than as a row of mathematics."""
    found = words(line)
    return found > 5 or (found > 2 and not re.search(r"[\\=^_]", line))


def read(text: Mapped, ticks: bool = False) -> Found:
    """Blocks, macros and problems of a Markdown text; with `ticks` double backticks hold mathematics, as in
    Julia's documentation. Never raises."""
    reader = _Reader(text, ticks)
    reader.read()
    return reader.found


@dataclass(slots=True)
class _Open:
    """The block that lines are being added to."""

    kind: Literal["heading", "paragraph", "item"] = "paragraph"
    level: int = 0
    pieces: list[tuple[int, int, bool]] = field(default_factory=list)  # (start, end, is mathematics)
    closer: str = ""  # of the display that is open in it
    depth: int = 0
    promised: int = -1  # the line that closes it, once looked up


class _Reader:
    def __init__(self, text: Mapped, ticks: bool = False, depth: int = 0) -> None:
        self.text = text
        self.ticks = ticks
        self.depth = depth
        self.options = False  # whether the options of a directive may follow
        self.found = Found()
        self.block = _Open()
        self.indents: list[int] = []  # where the text of each open list item begins
        self.names: list[Unit | None] = []  # the open fenced divs
        self.lines: list[tuple[int, int]] = []  # without the line break
        at = 0
        for line in text.text.splitlines(keepends=True):
            self.lines.append((at, at + len(line.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"))))
            at += len(line)

    def read(self) -> None:
        n = self._front_matter()
        blank = True
        while n < len(self.lines):
            start, end = self.lines[n]
            start, quoted = self._unquoted(start, end)
            line = self.text.text[start:end]
            if self.options:
                self.options = bool(_OPTION.match(line))
                if self.options:
                    n += 1
                    continue
            if self.block.closer:
                if line.strip() or self._closes_later(n):
                    self._add(start, end, keep_joined=not quoted)
                    n += 1
                    continue
                self.block.closer = ""
            if not line.strip():
                self._flush()
                blank = True
            elif fence := _FENCE.match(line):
                n = self._fence(n, fence)
                blank = False
                continue
            elif skipped := (_SKIPPED_HTML.match(line) or _LIQUID_CODE.match(line)):
                n = self._skip_html(n, skipped)
                continue
            elif "<!--" in line and "-->" not in line.split("<!--", 1)[1] and "`<!--" not in line:
                n = self._skip_comment(n, start, end)
                continue
            else:
                self._line(start, end, line, blank, quoted)
                blank = False
            n += 1
        self._flush()

    def _unquoted(self, start: int, end: int) -> tuple[int, bool]:
        """Where the line's own text begins, behind the marks of block quotes."""
        quoted = False
        while m := _QUOTE.match(self.text.text, start, end):
            # within an open display `>` at a line's start is a relation, unless the block is a quote
            if self.block.closer and not self._in_quote:
                break
            start, quoted = m.end(), True
        if not self.block.closer:
            self._in_quote = quoted
        return start, quoted

    _in_quote = False

    def _front_matter(self) -> int:
        def line(n: int) -> str:
            return self.text.text[slice(*self.lines[n])].rstrip("\ufeff").lstrip("\ufeff").rstrip()

        if self.lines and (mark := line(0)) in ("---", "+++"):
            for n in range(1, len(self.lines)):
                if line(n) in (mark, "..." if mark == "---" else mark):
                    head = self.text.text[: self.lines[n][1]]
                    self.found.macros.extend(m for m, _, _ in declarations(head) if m is not None)
                    return n + 1
        return 0

    def _line(self, start: int, end: int, line: str, blank: bool, quoted: bool) -> None:
        if (m := _SETEXT.match(line)) and self.block.pieces and self.block.kind == "paragraph":
            if self.block.level == 0 and self.text.text[self.block.pieces[-1][0]] != "|":
                self.block.kind, self.block.level = "heading", 1 if m.group(1)[0] == "=" else 2
                self._flush()
                return
        if _RULE.match(line):
            self._flush()
            return
        if m := _HEADING.match(line):
            self._flush()
            self.indents.clear()
            self.block = _Open("heading", len(m.group(1)))
            self._add(start + m.start(2), start + m.end(2))
            self._flush()
            return
        if m := _DIV.match(line):
            self._flush()
            self._div(m.group(1), start)
            return
        if line.lstrip().startswith("|"):
            self._flush()
            self.block = _Open("paragraph")
            if not re.fullmatch(r"[\s|:-]*", line):
                self._add(start, end)
            self._flush()
            return
        if m := self._marker(line):
            self._flush()
            while m:
                indent = m.end() if not self.indents else len(m.group(1).expandtabs(4))
                indent = len(line[: m.start(2)].expandtabs(4)) if m.start(1) == 0 else m.start(2)
                while self.indents and self.indents[-1] > indent:
                    self.indents.pop()
                self.indents.append(len(line[: m.end()].expandtabs(4)))
                # `- 1) text` opens two levels, but an item that begins with a formula's sign does not
                after = _ITEM.match(line, m.end())
                if after is None or after.group(2) in "-*+" or line[m.start(2)] not in "-*+":
                    break
                m = after
            self.block = _Open("item", len(self.indents))
            start += m.end() if m else 0
            self._add(start, end)
            return
        indent = len(line) - len(line.lstrip())
        if blank and not self.block.pieces:
            while self.indents and indent < min(self.indents[-1], 2):
                self.indents.pop()
            if indent >= 4 and not self.indents and not re.search(r"\$\$|\\\\?[\[(]|\\begin|\$.*\$", line):
                self._flush()
                return  # indented code
            self.block = _Open("paragraph", len(self.indents))
        self._add(start, end, keep_joined=not quoted)

    def _marker(self, line: str) -> re.Match[str] | None:
        """A list marker; not `- x` within a paragraph's display, not the bold `**`."""
        m = _ITEM.match(line)
        if m is None or (self.block.pieces and m.group(2)[-1] in ".)" and not m.group(2).startswith("1")
                         and self.block.kind == "paragraph" and not m.group(1)):  # fmt: skip
            return None if m is None or self.block.pieces else m
        return m

    def _div(self, attributes: str, start: int) -> None:
        if not attributes:
            if self.names:
                self.names.pop()
            return
        name = None
        for word in re.findall(r"[#.]?([A-Za-z]+)", attributes):
            name = name or _NAMED.get(word.lower())
        self.options = attributes.startswith("{") and "}" in attributes and attributes[1:2] not in "#."
        self.names.append(self._unit(name, start))

    def _unit(self, kind: str | None, start: int) -> Unit | None:
        return None if kind is None else Unit(kind, self.text.span(start, start).start)

    def _fence(self, n: int, fence: re.Match[str]) -> int:
        """Passes over a fenced block; one of mathematics is a display of the open block."""
        mark, info = fence.group(1), fence.group(2)
        if mark[0] == "`" and "`" in info:  # ```x``` is a code span
            start, end = self.lines[n]
            self._add(self._unquoted(start, end)[0], end)
            return n + 1
        mathematics = bool(_MATH_FENCE.match(info))
        first = last = n + 1
        while last < len(self.lines):
            start, end = self.lines[last]
            start, _ = self._unquoted(start, end)
            close = _CLOSER.match(self.text.text[start:end])
            if close and close.group(1)[0] == mark[0] and len(close.group(1)) >= len(mark):
                break
            last += 1
        if mathematics:
            for k in range(first, min(last, len(self.lines))):
                start, end = self.lines[k]
                start, _ = self._unquoted(start, end)
                if option := _OPTION.match(self.text.text[start:end]):
                    if option.group("name") in ("label", "name", None):
                        self.label = option.group("value") or option.group("yaml")
                elif self.text.text[start:end].strip() != "---":
                    self.block.pieces.append((start, min(end + 1, len(self.text)), True))
        else:
            self._flush()
            if last > first:
                self._directive(n, first, last, info)
        return last + 1

    def _directive(self, n: int, first: int, last: int, info: str) -> None:
        """The content of a fence that is no code: MyST's directives, raw LaTeX."""
        if info.replace(" ", "") in ("{=latex}", "{=tex}"):
            from derive.documents import latex

            self._add_found(latex.read(self.text[self.lines[first][0] : self.lines[last - 1][1]]))
            return
        m = _DIRECTIVE.match(info)
        kind = kind_of(m.group(1)) if m else ""
        gate, _, side = kind.rpartition("-")
        if gate in _NAMED and side in ("start", "end"):  # `exercise-start` … `exercise-end`
            if side == "start":
                self.names.append(self._unit(_NAMED[gate], self.lines[n][0]))
            elif self.names:
                self.names.pop()
            return
        if m is None or self.depth > DEEPEST:
            return
        if m.group(1) == "eval-rst":
            from derive.documents.restructured import reader

            self._add_found(reader.read(self.text[self.lines[first][0] : self.lines[last - 1][1]]))
        elif kind in _NAMED or kind in TITLED or kind in THEOREMS:
            if title := m.group(2):
                at = self.text.text.index(title, self.lines[n][0])
                self.block = _Open("paragraph", len(self.indents))
                self._add(at, at + len(title))
                self._flush()
            called = _NAMED.get(kind) or THEOREMS.get(kind)
            if called is None and (word := re.match(r"[A-Za-z]+", m.group(2))) is not None:
                called = _NAMED.get(word.group().lower())  # `{admonition} Example 3`
            self._nested(first, last, self._unit(called, self.lines[n][0]))

    def _add_found(self, inner: Found) -> None:
        self.found.blocks += inner.blocks
        self.found.macros += inner.macros
        self.found.problems += inner.problems
        self.found.comments += inner.comments

    label: str | None = None  # of the display that a fence holds

    def _nested(self, first: int, last: int, unit: Unit | None) -> None:
        content = self.text[self.lines[first][0] : self.lines[last - 1][1]]
        inner = _Reader(content, self.ticks, self.depth + 1)
        inner.names = [*self.names, unit]
        inner.options = True
        inner.read()
        self._add_found(inner.found)

    def _skip_html(self, n: int, opened: re.Match[str]) -> int:
        """Passes over `<script>…</script>` and the like, taking macros from a configuration."""
        tag = opened.group(1).lower()
        liquid = opened.group().lstrip().startswith("{%")
        closer = re.compile(rf"\{{%-?\s*end{tag}" if liquid else rf"</{tag}\s*>", re.IGNORECASE)
        start = self.lines[n][0]
        last = n
        while last < len(self.lines) and not closer.search(self.text.text, *self.lines[last]):
            last += 1
            if last < len(self.lines) and tag == "pre" and last - n > 1000:
                break
        stop = self.lines[min(last, len(self.lines) - 1)][1]
        if tag == "script":
            self.found.macros.extend(configured(self.text.text[start:stop]))
            self.found.macros.extend(m for m, _, _ in declarations(self.text.text[start:stop]) if m)
        return last + 1

    def _skip_comment(self, n: int, start: int, end: int) -> int:
        at = self.text.text.find("<!--", start, end)
        close = self.text.text.find("-->", at)
        if self.text.text[start:at].strip():
            self._add(start, at)
        if close == -1:
            return len(self.lines)
        noted(self.found.comments, self.text, at, close + 3)
        while n < len(self.lines) and self.lines[n][1] < close + 3:
            n += 1
        if n < len(self.lines):
            self.lines[n] = (close + 3, self.lines[n][1])
        return n

    # -- the open block

    def _add(self, start: int, end: int, keep_joined: bool = True) -> None:
        """Adds a line; consecutive ones become one piece where nothing between them is cut out."""
        pieces = self.block.pieces
        stop = min(end + 1, len(self.text)) if end < len(self.text) else end
        if end + 1 < len(self.text) and self.text.text[end : end + 2] == "\r\n":
            stop = end + 2
        if pieces and keep_joined and not pieces[-1][2] and pieces[-1][1] == start:
            pieces[-1] = (pieces[-1][0], stop, False)
        else:
            pieces.append((start, stop, False))
        self._track(self.text.text[start:end])

    def _track(self, line: str) -> None:
        """Follows which display is open at the end of the line."""
        at = 0
        block = self.block
        while True:
            if block.closer:
                at = self._close(line, at)
                if at == -1:
                    return
                continue
            m = _OPENER.search(line, at)
            if m is None:
                return
            at = m.end()
            token = m.group()
            if token == "$$":
                block.closer = "$$"
            elif token == "\\[":
                escaped = line[max(0, m.start() - 1) : m.start()] == "\\"
                if re.search(r"\\\]", line[at:]) or not line[: m.start()].strip(" \\"):
                    block.closer = "\\]" if not escaped else "\\\\]"
            elif token == "\\\\" and line[at : at + 1] == "[":
                block.closer, at = "\\\\]", at + 1
            elif token[0] == "`":
                close = line.find(token, at)
                at = close + len(token) if close != -1 else at
            elif token.startswith("\\") and m.group(1):
                pass
            elif token == "\\b" and (begin := BEGIN.match(line, m.start())):
                block.closer, block.depth = begin.group(1) + begin.group(2), 1
                at = begin.end()

    def _close(self, line: str, at: int) -> int:
        """The offset after what closes the open display in this line, or -1."""
        block = self.block
        if block.closer[0] in "$\\":
            while (at := line.find(block.closer, at)) != -1:
                back = len(line[:at]) - len(line[:at].rstrip("\\"))
                if back % 2 == 0:
                    at += len(block.closer)
                    block.closer = ""
                    return at
                at += 1
            return -1
        for m in re.finditer(rf"\\(begin|end)\{{{re.escape(block.closer)}\}}", line[at:]):
            block.depth += 1 if m.group(1) == "begin" else -1
            if block.depth == 0:
                block.closer = ""
                return at + m.end()
        return -1

    def _closes_later(self, n: int) -> bool:
        """A blank line in an open display: does mathematics go on behind it up to the closer?"""
        if n <= self.block.promised:
            return True
        closer = self.block.closer
        mark = closer if closer[0] in "$\\" else rf"\end{{{closer}}}"
        for k in range(n, min(n + LOOKAHEAD, len(self.lines))):
            line = self.text.text[slice(*self.lines[k])]
            before, found, _ = line.partition(mark)
            if _prosy(before) or _HEADING.match(line) or _FENCE.match(line):
                return False
            if found:
                # `$$` on a line of its own might as well open the next display
                if before.strip() or self._only_mathematics(n, k):
                    self.block.promised = k
                    return True
                return False
        return False

    def _only_mathematics(self, n: int, k: int) -> bool:
        between = [self.text.text[slice(*self.lines[i])].strip() for i in range(n, k)]
        return all(not row or re.search(r"[\\=^_&{}]", row) for row in between) and (
            any(between) or self._begun_with_mathematics()
        )

    def _begun_with_mathematics(self) -> bool:
        """Whether the open display has said something since it opened."""
        start, end, _ = self.block.pieces[-1]
        return bool(self.text.text[start:end].rpartition(self.block.closer)[2].strip())

    def _flush(self) -> None:
        block, self.block = self.block, _Open("paragraph", len(self.indents))
        if not block.pieces:
            return
        content: list[Prose | Formula] = []
        run: list[Mapped] = []
        table = False

        def text_parts() -> None:
            if run:
                content.extend(
                    parts(join(run), self.found, prose.from_markdown, True, mathematics, self.ticks)
                )
                run.clear()

        def mathematics(inner: Mapped, region: Region) -> Mapped:
            if table:
                inner = inner.replaced(re.compile(r"\\(\|)"))
            return cleaning.from_markdown(inner, region.escaped)

        k = 0
        while k < len(block.pieces):
            start, end, is_math = block.pieces[k]
            if not is_math:
                table = self.text.text[start:end].lstrip().startswith("|")
                run.append(self.text[start:end])
                k += 1
                continue
            text_parts()
            rows: list[tuple[int, int]] = []
            while k < len(block.pieces) and block.pieces[k][2]:
                rows.append(block.pieces[k][:2])
                k += 1
            joined = all(a[1] == b[0] for a, b in pairwise(rows))
            fenced = (
                self.text[rows[0][0] : rows[-1][1]] if joined else join([self.text[a:b] for a, b in rows])
            )
            noted_inside(self.found.comments, fenced)
            formula = cleaning.formula(fenced, True, self.found.macros)
            if formula is not None:
                content.append(replace(formula, label=formula.label or self.label))
            self.label = None
        text_parts()
        if content:
            within = tuple(unit for unit in self.names if unit is not None)
            name = within[-1].kind if within else None
            span = Span(content[0].span.start, content[-1].span.end)
            self.found.blocks.append(Block(span, block.kind, tuple(content), block.level, name, within))
