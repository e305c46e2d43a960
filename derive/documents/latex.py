"""LaTeX sources: headings, paragraphs, lists, theorems and formulas, the preamble's macros.

One pass over the text. Commands that are no mathematics are left to `prose.from_latex`; nothing is executed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from derive.documents import cleaning, prose
from derive.documents.comments.met import noted
from derive.documents.delimiters import ENVIRONMENTS, UNWRAPPED, closing, environment_end, stray_end
from derive.documents.inline import Found, unclosed
from derive.documents.macros import braced, declaration_at, declarations
from derive.documents.mapped import Mapped
from derive.expressions import regex
from derive.model import Block, Formula, Macro, Problem, Prose, Span, Unit

_LEVELS = {
    "part": 1, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4, "paragraph": 5,
    "subparagraph": 6, "frametitle": 3,
}  # fmt: skip
_VERBATIM = (
    "verbatim|Verbatim|lstlisting|minted|comment|alltt|filecontents"
    r"|tikzpicture|picture|pgfpicture|algorithmic"
)
_THEOREMS = (
    "theorem|lemma|corollary|proposition|definition|example|exercise|proof|solution|remark|axiom"
    r"|conjecture|claim|problem|question"
)
_SHORT = {
    "thm": "theorem", "lem": "lemma", "cor": "corollary", "prop": "proposition", "defn": "definition",
    "def": "definition", "ex": "example", "rem": "remark", "rmk": "remark", "pf": "proof", "myproof": "proof",
    "prf": "proof", "exer": "exercise", "exr": "exercise", "sol": "solution", "conj": "conjecture",
    "prob": "problem", "homeworkproblem": "problem", "exm": "example", "exmp": "example",
}  # fmt: skip
_LISTS = frozenset({"list", "exercises"})
_TABLES = frozenset({"tabular", "tabularx", "longtable", "tabular*", "tabulary", "supertabular"})
_TOKEN = regex(
    r"(?P<comment>%[^\n]*)"
    r"|(?P<blank>\n[ \t\r]*\n)"
    r"|(?P<math>\$\$?|\\\[|\\\()"
    r"|\\(?P<environment>begin|end)\s*\{(?P<name>[^{}\n]*)\}"
    rf"|\\(?P<heading>{'|'.join(_LEVELS)})\*?(?![A-Za-z])"
    r"|\\(?P<verb>verb\*?|lstinline)(?P<mark>[^A-Za-z\s])"
    r"|\\(?P<item>item|bibitem)(?![A-Za-z])\s*(?P<tag>\[[^\]\n]*\])?"
    r"|\\(?P<false>iffalse)(?![A-Za-z])"
    r"|\\(?P<par>par|newpage|clearpage|maketitle)(?![A-Za-z])"
    r"|\\(?P<row>\\)"
    r"|(?P<command>\\(?:[A-Za-z@]+|.))",
    re.DOTALL,
)
_COMMENT = regex(r"(?<!\\)((?:\\\\)*)%[^\n]*(?:\n[ \t]*)?")


def read(text: Mapped, included: Sequence[Macro] = ()) -> Found:
    """Blocks, macros and problems of a LaTeX source. Never raises.

    `included` are the macros of the files that it inputs.
    """
    reader = _Reader(text)
    reader.found.macros += included
    reader.read()
    return reader.found


class _Reader:
    def __init__(self, text: Mapped) -> None:
        self.text = text
        self.found = Found()
        self.parts: list[Prose | Formula] = []
        self.kind: Literal["paragraph", "item"] = "paragraph"
        self.names: list[tuple[str, Unit | None]] = []  # open environments and what they are
        self.theorems = {name: name for name in _THEOREMS.split("|")} | _SHORT
        self.lists = 0
        self.begun = 0  # where the prose that is being read began

    def read(self) -> None:
        text = self.text.text
        at = self._preamble()
        self.begun = at
        while (m := _TOKEN.search(text, at)) is not None:
            at = self._token(m)
            if at < 0:
                break
        self._flush(len(text) if at >= 0 else self.begun)

    def _preamble(self) -> int:
        """Reads macros before `\\begin{document}` and gives the offset behind it."""
        text = self.text.text
        begin = re.search(r"^[^%\n]*\\begin\{document\}", text, re.MULTILINE)
        if begin is None:
            return 0
        for comment in _COMMENT.finditer(text, 0, begin.start()):
            noted(self.found.comments, self.text, comment.end(1), len(comment[0].rstrip()) + comment.start())
        head = _COMMENT.sub(r"\1", text[: begin.start()])
        self.found.macros += [macro for macro, _, _ in declarations(head) if macro is not None]
        self._newtheorems(head)
        return begin.end()

    def _newtheorems(self, text: str) -> None:
        for m in re.finditer(r"\\newtheorem\*?\{([^{}]+)\}(?:\[[^\]]*\])?\{([^{}]+)\}", text):
            title = m.group(2).strip().lower()
            self.theorems[m.group(1)] = next((t for t in _THEOREMS.split("|") if t in title), title)

    def _token(self, m: re.Match[str]) -> int:
        """Deals with one token; the offset to go on from, -1 at the document's end."""
        text, start = self.text.text, m.start()
        if m.group("comment"):
            noted(self.found.comments, self.text, start, m.end())
            return m.end()
        if m.group("blank"):
            self._flush(start)
            return m.end() - 1
        if opener := m.group("math"):
            return self._formula(start, opener)
        if m.group("environment"):
            return self._environment(m)
        if name := m.group("heading"):
            return self._heading(m, name)
        if m.group("verb"):
            close = text.find("}" if m.group("mark") == "{" else m.group("mark"), m.end())
            return m.end() if close == -1 or "\n" in text[m.end() : close] else close + 1
        if m.group("item"):
            self._flush(start)
            self.kind = "item"
            tag = m.group("tag")
            self.begun = m.end()
            if tag and ("$" in tag or "\\(" in tag):
                self.begun = m.start("tag") + 1
            elif tag and tag != "[]":
                words = prose.from_latex(tag[1:-1])
                self.parts.append(Prose(self.text.span(m.start("tag") + 1, m.end("tag") - 1), words))
            return self.begun
        if m.group("false"):
            close = text.find(r"\fi", m.end())
            self._prose(start)
            self.begun = len(text) if close == -1 else close + 3
            return self.begun
        if m.group("par"):
            self._flush(start)
            self.begun = m.end()
            return m.end()
        if m.group("row"):
            if any(name in _TABLES for name, _ in self.names):
                self._flush(start)
                self.begun = m.end()
            return m.end()
        declared = declaration_at(text, start)
        if declared is not None:
            macro, end = declared
            if macro is not None:
                self.found.macros.append(macro)
            self._prose(start)
            self.begun = end
            return end
        if m.group() == r"\newtheorem":
            self._newtheorems(text[start : start + 200])
        return m.end()

    def _formula(self, start: int, opener: str) -> int:
        text = self.text.text
        closer = {"$": "$", "$$": "$$", r"\[": r"\]", r"\(": r"\)"}[opener]
        begin = start + len(opener)
        end = self._closing(closer, begin)
        if end == -1:
            self.found.problems.append(Problem(self.text.span(start, begin), unclosed(opener)))
            paragraph = re.compile(r"\n[ \t\r]*\n|\\begin\{|\\item|\\(?:sub)*section").search(text, begin)
            end = stray_end(text, begin, paragraph.start() if paragraph else len(text))
            self._add(start, begin, end, end, opener in ("$$", r"\["))
            return end
        self._add(start, begin, end, end + len(closer), opener in ("$$", r"\["))
        return end + len(closer)

    def _closing(self, closer: str, begin: int) -> int:
        """The closer within the paragraph, dollars inside braces of text passed over."""
        text = self.text.text
        blank = re.compile(r"\n[ \t\r]*\n").search(text, begin)
        stop = blank.start() if blank else len(text)
        if closer != "$":
            end = closing(text, closer, begin, stop)
            if end == -1 and blank:
                # TeX forbids a blank line in a display, but authors leave one before the closer
                end = closing(text, closer, begin, min(len(text), begin + 5000))
                if end != -1 and (opened := re.search(r"\$\$|\\\[|\\section", text[begin:end])) and opened:
                    return -1
            return end
        depth, i = 0, begin
        while i < stop:
            c = text[i]
            if c == "\\":
                i += 2
                continue
            if c == "%":
                i = text.find("\n", i)
                if i == -1:
                    return -1
            depth += (c == "{") - (c == "}")
            if c == "$" and depth <= 0:
                return i
            i += 1
        return closing(text, closer, begin, stop)

    def _environment(self, m: re.Match[str]) -> int:
        text, start, name = self.text.text, m.start(), m.group("name").strip()
        bare = name.rstrip("*")
        if m.group("environment") == "end":
            if name == "document":
                self._flush(start)
                self.begun = start
                return -1
            if any(open_name == name for open_name, _ in self.names):
                self._flush(start)
                while self.names and self.names.pop()[0] != name:
                    pass
                self.lists = self._depth()
                self.kind = "paragraph"
                self.begun = m.end()
            return m.end()
        if re.fullmatch(ENVIRONMENTS, bare) and bare != "subequations":
            found = environment_end(text, name, m.end())
            if found is None:
                self.found.problems.append(Problem(self.text.span(start, m.end()), unclosed(m.group())))
                paragraph = re.compile(r"\n[ \t\r]*\n").search(text, m.end())
                end = stray_end(text, m.end(), paragraph.start() if paragraph else len(text))
                self._add(start, m.end(), end, end, True)
                return end
            inner, end = found
            if bare in UNWRAPPED:
                self._add(start, m.end(), inner, end, bare != "math")
            else:
                self._add(start, start, end, end, True)
            return end
        if re.fullmatch(_VERBATIM, bare):
            found = environment_end(text, name, m.end())
            self._prose(start)
            self.begun = found[1] if found else m.end()
            return self.begun
        called = self._called(name, bare)
        if called is not None:
            self._flush(start)
            self.names.append((name, Unit(called, self.text.span(start, m.end()).start) if called else None))
            self.lists = self._depth()
            self.begun = m.end()
        return m.end()

    def _called(self, name: str, bare: str) -> str | None:
        """What an environment is: `list`, a theorem's kind, empty where it ends a paragraph, else None."""
        if re.search(r"^(?:exercises|questions|problems)$", bare, re.IGNORECASE):
            return "exercises"
        if re.search(r"choice|selectall|checkboxes", bare, re.IGNORECASE):
            return "choices"
        if re.search(r"itemize|enumerate|description|list|parts|questions|exercises", bare):
            return "list"
        if bare.lower() in self.theorems or bare in self.theorems:
            return self.theorems.get(bare, self.theorems.get(bare.lower()))
        if name in _TABLES or bare in (
            "figure",
            "table",
            "frame",
            "abstract",
            "quote",
            "center",
            "minipage",
            "document",
        ):
            return ""
        return None

    def _depth(self) -> int:
        return sum(unit is not None and unit.kind in _LISTS for _, unit in self.names)

    def _heading(self, m: re.Match[str], name: str) -> int:
        text = self.text.text
        begin = re.compile(r"\s*(?:\[[^\]]*\])?\s*\{").match(text, m.end())
        end = braced(text, begin.end() - 1) if begin else None
        if begin is None or end is None:
            return m.end()
        self._flush(m.start())
        self.kind = "paragraph"
        inner = _Reader(self.text[begin.end() : end - 1])
        inner.theorems = self.theorems
        inner.read()
        self.found.problems += inner.found.problems
        self.found.comments += inner.found.comments
        parts = tuple(p for b in inner.found.blocks for p in b.parts)
        if parts:
            span = Span(parts[0].span.start, parts[-1].span.end)
            self.found.blocks.append(Block(span, "heading", parts, _LEVELS[name]))
        self.begun = end
        return end

    # -- the open block

    def _add(self, start: int, begin: int, stop: int, end: int, display: bool) -> None:
        self._prose(start)
        self.begun = end
        inner = self.text[begin:stop]
        cuts = [(c.end(1), c.end()) for c in _COMMENT.finditer(inner.text)]
        for comment, stop in cuts:
            noted(self.found.comments, inner, comment, comment + len(inner.text[comment:stop].rstrip()))
        formula = cleaning.formula(inner.without(cuts) if cuts else inner, display, self.found.macros)
        if formula is not None:
            self.parts.append(formula)

    def _prose(self, end: int) -> None:
        words = prose.from_latex(self.text.text[self.begun : end])
        if words.strip():
            self.parts.append(Prose(self.text.span(self.begun, end), words))
        self.begun = end

    def _flush(self, end: int) -> None:
        self._prose(end)
        if not self.parts:
            return
        within = tuple(unit for _, unit in self.names if unit is not None and unit.kind != "list")
        name = next((unit.kind for unit in reversed(within) if unit.kind not in _LISTS), None)
        span = Span(self.parts[0].span.start, self.parts[-1].span.end)
        self.found.blocks.append(Block(span, self.kind, tuple(self.parts), self.lists, name, within))
        self.parts = []
        self.kind = "paragraph"
