"""HTML pages whose formulas MathJax or KaTeX show.

Delimiters in the text (`\\(…\\)`, `$…$`, environments), `<script type="math/tex">`, and the LaTeX that
rendered pages keep beside their MathML. Tags within a formula are no part of it, except that a
formula torn by markup other than a line break is left as it is, for the reader to refuse.
"""

from __future__ import annotations

import html as entities_of_html
import re
from typing import Literal

from derive.documents import cleaning
from derive.documents.comments.met import noted, noted_inside
from derive.documents.delimiters import Region
from derive.documents.inline import Found, cover, parts
from derive.documents.macros import configured, declarations
from derive.documents.mapped import Mapped, join
from derive.expressions import regex
from derive.model import Block, Formula, Prose, Unit

_TOKEN = regex(
    r"<!--.*?-->|<!\[CDATA\[|<![A-Za-z][^>]*>|<\?[^>]*>"
    r"|<(?P<close>/)?(?P<name>[A-Za-z][A-Za-z0-9:-]*)(?P<attributes>(?:\s(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)?)/?>",
    re.DOTALL,
)
_ENTITY = regex(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_SKIPPED = frozenset(
    [
        "script",
        "style",
        "pre",
        "code",
        "textarea",
        "svg",
        "kbd",
        "samp",
        "noscript",
        "template",
        "iframe",
        "button",
        "select",
        "title",
    ]
)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "section",
        "article",
        "aside",
        "header",
        "footer",
        "nav",
        "main",
        "blockquote",
        "figure",
        "figcaption",
        "hr",
        "body",
        "head",
        "html",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "center",
        "details",
        "summary",
        "address",
        "form",
        "theorem",
        "proof",
        "lemma",
        "example",
        "exercise",
        "subproblem",
        "algorithm",
        "chapter",
        "subsection",
    ]
)
_NAMED = regex(
    r"\b(theorem|lemma|corollary|proposition|definition|example|exercise|proof|solution|remark|axiom|conjecture|claim|problem|question)\b",
    re.IGNORECASE,
)
_MATH_SCRIPT = regex(r"""type\s*=\s*["']?math/tex(?:\s*;\s*mode\s*=\s*(display))?""", re.IGNORECASE)
_CDATA = regex(r"%?\s*<!\[CDATA\[|%?\s*\]\]>")
_ANNOTATION = regex(r"<annotation[^>]*application/x-tex[^>]*>(.*?)</annotation>", re.DOTALL)
_ALTTEXT = regex(r"""\balttext\s*=\s*(?:"([^"]*)"|'([^']*)')""")
MARK = "\ufffc"  # stands in a block's text for an inline tag, so that a formula torn by one shows it


def read(text: Mapped) -> Found:
    """Blocks, macros and problems of a page. Never raises."""
    reader = _Reader(text)
    reader.read()
    return reader.found


def unescaped(part: Mapped) -> Mapped:
    """Entities as the characters they stand for, each with the entity's place."""
    pieces: list[Mapped] = []
    at = 0
    for m in _ENTITY.finditer(part.text):
        character = entities_of_html.unescape(m.group()).replace("\xa0", " ")
        if len(character) == 1:
            pieces += [
                part[at : m.start()],
                Mapped(character, (part.starts[m.start()],), (part.ends[m.end() - 1],)),
            ]
            at = m.end()
    return join([*pieces, part[at:]]) if pieces else part


class _Reader:
    def __init__(self, text: Mapped) -> None:
        self.text = text
        self.found = Found()
        self.run: list[Mapped] = []
        self.parts: list[Prose | Formula] = []
        self.kind: Literal["heading", "paragraph", "item"] = "paragraph"
        self.level = 0
        self.open: list[tuple[str, Unit | None]] = []  # block elements and what their class calls them

    def read(self) -> None:
        text, at = self.text.text, 0
        while (m := _TOKEN.search(text, at)) is not None:
            if m.start() > at:
                self.run.append(self.text[at : m.start()])
            at = self._element(m)
        self.run.append(self.text[at:])
        self._flush()

    def _element(self, m: re.Match[str]) -> int:
        """Deals with a tag or comment; the offset to go on from."""
        name = (m.group("name") or "").lower()
        if not name:
            noted(self.found.comments, self.text, m.start(), m.end())
            return m.end()
        closing = bool(m.group("close"))
        if name in _SKIPPED and not closing:
            return self._skip(m, name)
        if name == "math" and not closing:
            return self._mathml(m)
        if name in _BLOCKS:
            self._flush()
            self._block(name, closing, m.group("attributes"), self.text.span(m.start(), m.end()).start)
        elif name == "br":
            self.run.append(Mapped(" ", (self.text.starts[m.start()],), (self.text.ends[m.end() - 1],)))
        elif not re.search(r"class=[\"']katex", m.group("attributes")):
            self.run.append(Mapped(MARK, (self.text.starts[m.start()],), (self.text.ends[m.end() - 1],)))
        else:
            return self._katex(m)
        return m.end()

    def _until(self, name: str, at: int) -> tuple[int, int]:
        """Where the next `</name>` begins and ends; the end of the text without one."""
        close = re.compile(rf"</{re.escape(name)}\s*>", re.IGNORECASE).search(self.text.text, at)
        return close.span() if close else (len(self.text), len(self.text))

    def _skip(self, m: re.Match[str], name: str) -> int:
        stop, end = self._until(name, m.end())
        if name == "script":
            if kind := _MATH_SCRIPT.search(m.group("attributes")):
                content = self.text[m.end() : stop]
                cuts = [c.span() for c in _CDATA.finditer(content.text)]
                self._formula(content.without(cuts) if cuts else content, bool(kind.group(1)))
            else:
                script = self.text.text[m.end() : stop]
                self.found.macros.extend(configured(script))
                if r"\newcommand" in script:
                    self.found.macros.extend(d for d, _, _ in declarations(script) if d is not None)
        else:
            self.run.append(Mapped(" ", (self.text.starts[m.start()],), (self.text.ends[m.end() - 1],)))
        return end

    def _mathml(self, m: re.Match[str]) -> int:
        """MathML with its LaTeX in an annotation (KaTeX, MathJax, Wikipedia) or in `alttext` (LaTeXML)."""
        stop, end = self._until("math", m.end())
        display = bool(re.search(r"""display\s*=\s*["']block""", m.group("attributes")))
        if annotation := _ANNOTATION.search(self.text.text, m.end(), stop):
            self._formula(unescaped(self.text[annotation.start(1) : annotation.end(1)]), display)
        elif alt := _ALTTEXT.search(self.text.text, m.start(), m.end()):
            k = 1 if alt.group(1) is not None else 2
            self._formula(unescaped(self.text[alt.start(k) : alt.end(k)]), display)
        return end

    def _katex(self, m: re.Match[str]) -> int:
        """`<span class="katex">`: its MathML is read, the boxes drawn beside it are passed over."""
        stop = re.compile(r"class=[\"']katex-html").search(self.text.text, m.end(), m.end() + 20_000)
        if stop is None:
            return m.end()
        depth = 1
        for tag in re.compile(r"<(/?)span\b[^>]*>").finditer(self.text.text, stop.end()):
            depth += -1 if tag.group(1) else 1
            if depth == 0:
                break
        else:
            return m.end()
        if math := re.compile(r"<(?P<name>math)\b(?P<attributes>[^>]*)>").search(
            self.text.text, m.end(), stop.start()
        ):
            self._mathml(math)
        return tag.end()

    def _formula(self, latex: Mapped, display: bool) -> None:
        self._text()
        noted_inside(self.found.comments, latex)
        formula = cleaning.formula(latex, display, self.found.macros)
        if formula is not None:
            self.parts.append(formula)

    def _block(self, name: str, closing: bool, attributes: str, start: int) -> None:
        if closing:
            if any(opened == name for opened, _ in self.open):
                while self.open.pop()[0] != name:
                    pass
        else:
            if (
                name in ("p", "li", "td", "th", "dt", "dd", "tr")
                and self.open
                and self.open[-1][0] in (name, "p")
            ):
                self.open.pop()  # `</p>` and `</li>` may be left out
            if name != "hr":
                found = _NAMED.search(name) or _NAMED.search(attributes)
                self.open.append((name, Unit(found.group(1).lower(), start) if found else None))
        self.kind, self.level = "paragraph", 0
        if not closing and name == "li":
            self.kind = "item"
        elif not closing and re.fullmatch(r"h[1-6]", name):
            self.kind, self.level = "heading", int(name[1])
        elif not closing and name == "p" and len(self.open) > 1 and self.open[-2][0] == "li":
            self.kind = "item"

    def _text(self) -> None:
        """The run of text so far as parts of the block."""
        if not self.run:
            return
        run, self.run = unescaped(join(self.run)), []
        if not run.text.strip(MARK + " \t\r\n"):
            return

        def readable(text: str) -> str:
            return re.sub(r"\s+", " ", text.replace(MARK, ""))

        def mathematics(inner: Mapped, _: Region) -> Mapped:
            return inner

        found = parts(run, self.found, readable, False, mathematics)
        self.parts += found

    def _flush(self) -> None:
        self._text()
        if self.parts:
            within = tuple(unit for _, unit in self.open if unit is not None)
            name = within[-1].kind if within else None
            level = self.level or sum(opened in ("ul", "ol") for opened, _ in self.open)
            block = Block(cover(self.parts), self.kind, tuple(self.parts), level, name, within)
            self.found.blocks.append(block)
        self.parts = []
