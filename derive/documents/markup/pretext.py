"""PreTeXt: XML with `<m>`, `<me>`, `<men>`, and `<md>` whose rows are `<mrow>`.

The text is read as it stands, well formed or not; entities are undone with their places, nothing external is
resolved.
"""

from __future__ import annotations

import re
from typing import Literal

from derive.classes import replace
from derive.documents import cleaning
from derive.documents.comments.met import noted
from derive.documents.html import unescaped
from derive.documents.inline import Found
from derive.documents.macros import declarations
from derive.documents.mapped import Mapped, join
from derive.expressions import regex
from derive.model import Block, Formula, Problem, Prose, Span, Unit

_TOKEN = regex(
    r"<!--|<!\[CDATA\[|<[!?][^>]*>|<(?P<close>/?)(?P<name>[A-Za-z][\w:.-]*)(?P<attributes>[^<>]*?)(?P<empty>/?)>"
)
_MATHEMATICS = frozenset("m me men md mdn".split())
_SKIPPED = frozenset(
    "c pre cd program sage console latex-image asymptote code-display image webwork input output tests "
    "latex-image-preamble index idx notation url prefigure".split()
)
_TITLED = frozenset(
    "part chapter section subsection subsubsection paragraphs appendix introduction exercises".split()
)
_BLOCKS = frozenset(
    "p title subtitle li dt dd caption row cell statement proof solution hint answer ul ol dl "
    "blockquote objectives "
    "book article pretext mathbook docinfo frontmatter figure table tabular sidebyside conclusion".split()
)
_NAMED = {
    name: name
    for name in (
        "theorem lemma corollary proposition definition example exercise proof solution remark "
        "axiom conjecture "
        "claim problem algorithm"
    ).split()
} | {"identity": "theorem", "fact": "theorem", "case": "proof", "question": "exercise"}
_ID = regex(r"(?:xml:id|label)\s*=\s*[\"']([^\"'<>]*)[\"']")
_ROW = regex(r"<mrow\b[^<>]*>|</mrow\s*>|<intertext\b[^<>]*>.*?</intertext\s*>|<[^<>]*>", re.DOTALL)
_OWN = regex(r"\\(amp|lt|gt)(?![A-Za-z])\s?")
_LONGEST = 20_000  # characters of a formula


def read(text: Mapped) -> Found:
    """Blocks, macros and problems of a document. Never raises."""
    reader = _Reader(text)
    reader.read()
    return reader.found


class _Reader:
    def __init__(self, text: Mapped) -> None:
        self.text = text
        self.found = Found()
        self.parts: list[Prose | Formula] = []
        self.starts: list[int] = []  # where each open element begins
        self.open: list[str] = []
        self.begun = 0
        self.missing: set[str] = set()

    def read(self) -> None:
        text, at = self.text.text, 0
        while (m := _TOKEN.search(text, at)) is not None:
            at = self._token(m)
        self._flush(len(text))

    def _token(self, m: re.Match[str]) -> int:
        name = m.group("name")
        if name is None:
            closer = {"<!--": "-->", "<![CDATA[": "]]>"}.get(m.group())
            self._prose(m.start())
            end = self._after(closer, m.end()) if closer else m.end()
            noted(self.found.comments, self.text, m.start(), end)
            self.begun = end
            return end
        if m.group("close"):
            self._closed(m, name)
            return m.end()
        if m.group("empty"):
            self._prose(m.start())
            self.begun = m.end()
            return m.end()
        if name in _MATHEMATICS:
            return self._formula(m, name)
        if name == "macros" or name in _SKIPPED:
            end = self._after(f"</{name}>", m.end())
            if name == "macros":
                content = unescaped(self.text[m.end() : end])
                self.found.macros += [
                    macro for macro, _, _ in declarations(content.text) if macro is not None
                ]
            if name == "macros" or name in ("program", "sage", "pre", "image"):
                self._flush(m.start())
            self._prose(m.start())
            self.begun = end
            return end
        if name in _BLOCKS or name in _TITLED or name in _NAMED:
            self._flush(m.start())
            self.begun = m.end()
            if len(self.open) < 1000:
                self.open.append(name)
                self.starts.append(self.text.span(m.start(), m.end()).start)
            return m.end()
        self._prose(m.start())
        self.begun = m.end()
        return m.end()

    def _after(self, closer: str, at: int) -> int:
        """The offset behind a closer, or `at` where there is none."""
        found = -1 if closer in self.missing else self.text.text.find(closer, at)
        if found == -1:
            self.missing.add(closer)
            return at
        return found + len(closer)

    def _closed(self, m: re.Match[str], name: str) -> None:
        if name in _BLOCKS or name in _TITLED or name in _NAMED:
            self._flush(m.start())
            if name in self.open[-50:]:
                while self.open.pop() != name:
                    pass
                del self.starts[len(self.open) :]
        else:
            self._prose(m.start())
        self.begun = m.end()

    def _formula(self, m: re.Match[str], name: str) -> int:
        close = self.text.text.find(f"</{name}>", m.end(), m.end() + _LONGEST)
        self._prose(m.start())
        self.begun = m.end()
        if close == -1:
            if not self.found.problems:  # the first tells it: others follow from it
                span = self.text.span(m.start(), m.end())
                said = f"`<{name}>` is never closed: its formula was not read"
                self.found.problems.append(Problem(span, said, True))
            return m.end()
        end = close + len(name) + 3
        self.begun = end
        content = self.text[m.end() : close]
        inner = self._rows(content) if name in ("md", "mdn") else content
        inner = unescaped(inner)
        inner = _written(inner)
        formula = cleaning.formula(inner, name != "m", self.found.macros)
        if formula is not None:
            label = _ID.search(m.group("attributes"))
            self.parts.append(replace(formula, label=formula.label or (label.group(1) if label else None)))
        return end

    def _rows(self, content: Mapped) -> Mapped:
        """Rows one below the other, as they are shown: `\\\\` stands for what parts two of them."""
        pieces: list[Mapped] = []
        at = 0
        rows = 0
        for m in _ROW.finditer(content.text):
            opens = m.group().startswith("<mrow")
            if opens and rows:
                pieces.append(
                    Mapped("\\\\ ", (content.starts[m.start()],) * 3, (content.ends[m.end() - 1],) * 3)
                )
            elif not opens:
                pieces.append(content[at : m.start()])
            rows += opens
            at = m.end()
        return join([*pieces, content[at:]]) if rows else content

    def _prose(self, end: int) -> None:
        said = re.sub(r"\s+", " ", unescaped(self.text[self.begun : end]).text)
        if said.strip():
            self.parts.append(Prose(self.text.span(self.begun, end), said))
        elif (
            said
            and self.parts
            and isinstance(self.parts[-1], Prose)
            and not self.parts[-1].text.endswith(" ")
        ):
            self.parts[-1] = replace(self.parts[-1], text=self.parts[-1].text + " ")
        self.begun = end

    def _flush(self, end: int) -> None:
        self._prose(end)
        if not self.parts:
            return
        kind: Literal["heading", "paragraph", "item"] = "paragraph"
        depth = sum(name in _TITLED for name in self.open)
        level = sum(name in ("ul", "ol", "dl") for name in self.open)
        above = self.open[-2] if len(self.open) > 1 else ""
        if self.open and self.open[-1] == "title" and (above in _TITLED or above in ("book", "article")):
            kind, level = "heading", depth + 1 if above in _TITLED else 1
        elif level:
            kind = "item"
        name = (
            next((_NAMED[n] for n in reversed(self.open) if n in _NAMED), None) if kind != "heading" else None
        )
        within = tuple(
            Unit(_NAMED[n], at) for n, at in zip(self.open, self.starts, strict=True) if n in _NAMED
        )
        span = Span(self.parts[0].span.start, self.parts[-1].span.end)
        self.found.blocks.append(Block(span, kind, tuple(self.parts), level, name, within))
        self.parts = []


def _written(part: Mapped) -> Mapped:
    """PreTeXt's own commands for the signs that XML keeps for itself."""
    pieces: list[Mapped] = []
    at = 0
    for m in _OWN.finditer(part.text):
        sign = {"amp": "&", "lt": "<", "gt": ">"}[m.group(1)]
        pieces += [part[at : m.start()], Mapped(sign, (part.starts[m.start()],), (part.ends[m.end() - 1],))]
        at = m.end()
    return join([*pieces, part[at:]]) if pieces else part
