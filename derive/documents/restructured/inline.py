"""A paragraph of reStructuredText as its parts: `:math:` roles, substitutions, dollars, words.

One pass from left to right. A closer that was sought once and is not there is not sought again, so that a
line of openers costs linear time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from derive.classes import dataclass, field
from derive.documents import cleaning
from derive.documents.delimiters import words
from derive.documents.inline import Found
from derive.documents.mapped import Mapped
from derive.expressions import regex
from derive.model import Formula, Problem, Prose

_TOKEN = regex(r"\\.|``|:(?P<role>[A-Za-z][\w:+.-]{0,80}):`|`|\|(?=\S)|\$\$?", re.DOTALL)
_SUFFIX = regex(r":([A-Za-z][\w:+.-]{0,80}):(?!`)")
_NAME = regex(r"\|([^|\s][^|\n]{0,80})\|")
_MATHY = regex(r"\\[A-Za-z]|[=^_<>+*]|[^\x00-\x7f]")
_LETTER = regex(r"[A-Za-z]'?|[A-Za-z]\([A-Za-z, ]+\)|-?\d+")
_LONGEST = 5000  # characters between two dollars

_READABLE = (
    (regex(r":(?:eq|numref|math:numref|cite|footcite|cite:\w{1,9}|label|index):`[^`]{0,300}`"), " "),
    (regex(r":[A-Za-z][\w:+.-]{0,80}:`~?([^`<]{0,300}?)\s*(?:<[^`>]{0,500}>)?`"), r"\1"),
    (regex(r"``([^`]{0,500})``"), r"\1"),
    (regex(r"`([^`<]{0,300}?)\s*(?:<[^`>]{0,500}>)?`_{0,2}"), r"\1"),
    (regex(r"\[[^\]\s]{1,60}\]_"), " "),
    (regex(r"\*{1,2}(?=\S)|(?<=\S)\*{1,2}"), ""),
    (regex(r"\\\s"), ""),
    (regex(r"\\(.)"), r"\1"),
    (regex(r"::\s*\Z"), ":"),
    (regex(r"^\s*\|(?=\s)|\|\s*\Z"), ""),
)
_SPACE = regex(r"\s+")


def readable(text: str) -> str:
    for pattern, replacement in _READABLE:
        text = pattern.sub(replacement, text)
    return _SPACE.sub(" ", text)


@dataclass(slots=True)
class Roles:
    """What the marks of a document mean: `mathematics` are roles that hold LaTeX, `default` the role of
    single backticks, `substitutions` what `|name|` stands for, `dollars` whether they are delimiters."""

    mathematics: set[str] = field(default_factory=lambda: {"math"})
    default: str = ""
    substitutions: Mapping[str, str] = field(default_factory=dict)
    dollars: bool = True


class Parts:
    """The parts of one block."""

    def __init__(self, block: Mapped, found: Found, roles: Roles) -> None:
        self.block = block
        self.found = found
        self.roles = roles
        self.parts: list[Prose | Formula] = []
        self.begun = 0
        self.missing: set[str] = set()  # closers that stand nowhere further on

    def read(self) -> list[Prose | Formula]:
        text, at = self.block.text, 0
        while (m := _TOKEN.search(text, at)) is not None:
            match m.group()[0]:
                case "\\":
                    at = m.end()
                case ":":
                    at = self._role(m, m.group("role"))
                case "`" if m.group() == "``":
                    close = self._find("``", m.end())
                    at = m.end() if close == -1 else close + 2
                case "`":
                    at = self._backtick(m)
                case "|":
                    at = self._substitution(m.start())
                case _:
                    at = self._dollar(m)
        self._prose(len(text))
        return self.parts

    def _find(self, closer: str, at: int) -> int:
        if closer in self.missing:
            return -1
        found = self.block.text.find(closer, at)
        if found == -1:
            self.missing.add(closer)
        return found

    def _role(self, m: re.Match[str], role: str) -> int:
        close = self._find("`", m.end())
        if role not in self.roles.mathematics:
            return m.end() if close == -1 else close + 1
        if close == -1:
            self._unclosed(m)
            return len(self.block)
        self._formula(m.start(), m.end(), close, close + 1, False)
        return close + 1

    def _unclosed(self, m: re.Match[str]) -> None:
        said = f"`{m.group()}` is never closed in its paragraph; what follows it was not read"
        self.found.problems.append(Problem(self.block.span(m.start(), m.end()), said, True))

    def _backtick(self, m: re.Match[str]) -> int:
        close = self._find("`", m.end())
        if close == -1:
            return m.end()
        suffix = _SUFFIX.match(self.block.text, close + 1)
        role = suffix.group(1) if suffix else self.roles.default
        end = suffix.end() if suffix else close + 1
        if role in self.roles.mathematics and self.block.text[end : end + 1] != "_":
            self._formula(m.start(), m.end(), close, end, False)
        return end

    def _substitution(self, at: int) -> int:
        m = _NAME.match(self.block.text, at)
        latex = self.roles.substitutions.get(" ".join(m.group(1).split()).lower()) if m else None
        if m is None or latex is None:
            return at + 1
        # the formula has its place where it is used; what it says stands in its definition
        span = self.block.span(m.start(), m.end())
        inner = Mapped(latex, (span.start,) * len(latex), (span.end,) * len(latex))
        self._prose(m.start())
        self.begun = m.end()
        if (formula := cleaning.formula(inner, False, self.found.macros)) is not None:
            self.parts.append(formula)
        return m.end()

    def _dollar(self, m: re.Match[str]) -> int:
        text, mark = self.block.text, m.group()
        if not self.roles.dollars:
            return m.end()
        close = text.find(mark, m.end(), m.end() + _LONGEST)
        while close != -1 and text[close - 1] == "\\":
            close = text.find(mark, close + 1, m.end() + _LONGEST)
        if close == -1:
            return m.end()
        inner = text[m.end() : close]
        if mark == "$":
            tight = bool(inner) and not inner[0].isspace() and not inner[-1].isspace()
            after = text[close + 1 : close + 2]
            before = text[max(0, m.start() - 1) : m.start()]
            mathematical = _MATHY.search(inner) or _LETTER.fullmatch(inner)
            if not tight or not mathematical or after.isalnum() or before.isalnum() or words(inner) > 3:
                return m.end()
        elif not inner.strip():
            return m.end()
        self._formula(m.start(), m.end(), close, close + len(mark), mark == "$$")
        return close + len(mark)

    def _formula(self, start: int, begin: int, stop: int, end: int, display: bool) -> None:
        self._prose(start)
        self.begun = end
        if (formula := cleaning.formula(self.block[begin:stop], display, self.found.macros)) is not None:
            self.parts.append(formula)

    def _prose(self, end: int) -> None:
        said = readable(self.block.text[self.begun : end])
        if said.strip():
            self.parts.append(Prose(self.block.span(self.begun, end), said))
        self.begun = end
