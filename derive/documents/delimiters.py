"""Where formulas, code and comments stand in a run of text: the delimiters of Markdown and HTML pages.

`regions` is one pass from left to right. What it does not know it leaves as prose. Dollars are the hard
part: the rules are pandoc's (no space inside, no digit after), widened for pages that MathJax renders,
where a space inside is common, and narrowed so that sums of money are not formulas.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from derive.classes import dataclass
from derive.expressions import regex

Kind = Literal["formula", "code", "hidden", "unclosed"]

ENVIRONMENTS = (
    "equation|align|gather|multline|eqnarray|alignat|flalign|displaymath|math|aligned|gathered|split|dmath"
    "|darray|subequations"
)
UNWRAPPED = frozenset({"equation", "displaymath", "math", "dmath", "subequations"})
BEGIN = regex(rf"\\begin\{{({ENVIRONMENTS})(\*?)\}}")

BESIDE = 300  # characters around a display that say whether it stands alone
_ROLE = "{math}"
_START = regex(r"\\|\$|`|<|\{(?:[%{]|/\*)|https?://")
_HIDDEN_TAGS = regex(r"<(script|style|pre|code|svg|textarea|kbd|samp)\b[^>]*>", re.IGNORECASE)
_TAG = regex(r"</?[A-Za-z][^<>]*>|<[a-z]+:[^ <>]*>")
_LIQUID = regex(r"\{%.*?%\}|\{\{.*?\}\}|\{/\*.{0,5000}?\*/\}", re.DOTALL)  # and comments of MDX
_WORDS_OPEN = regex(r"\\(?:text|textrm|textbf|textit|mbox|hbox|textnormal|intertext)\s*\{")
_TEXT_COMMAND = regex(
    r"\\(?:text|textrm|textbf|textit|mbox|hbox|textnormal|textsf|mathrm|mathit|mathsf|mathtt|texttt|operatorname"
    r"|intertext|tag|label|ref|eqref|hspace|vspace|begin|end|color|textcolor|href|url|cite|mathop|mathbf|class|cssId)"
    r"\*?\s*\{((?:[^{}]|\{[^{}]*\})*)\}"
)
_COMMAND = regex(r"\\[A-Za-z]+\*?|\\.")
_WORD = regex(r"[^\W\d_]{3,}")
_MATHY = regex(r"\\[A-Za-z]|[=^_<>]|[^\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class Region:
    """`start`, `end` hold the delimiters, `inner` the text between them.

    `escaped` marks `\\\\(…\\\\)`, where the page's Markdown takes one backslash off.
    """

    kind: Kind
    start: int
    end: int
    inner: tuple[int, int]
    display: bool = False
    escaped: bool = False


def words(latex: str) -> int:
    """How many plain words a would-be formula holds outside its text commands."""
    return len(_WORD.findall(_COMMAND.sub(" ", _TEXT_COMMAND.sub(" ", latex))))


def closing(text: str, closer: str, start: int, stop: int | None = None) -> int:
    """The offset of `closer` at or after `start` that no backslash escapes, or -1.

    For a single dollar, dollars inside a text command's braces are not the end.
    """
    at = start
    stop = len(text) if stop is None else stop
    while (at := text.find(closer, at, stop)) != -1:
        back = at
        while back > start and text[back - 1] == "\\":
            back -= 1
        if (at - back) % 2 == 0:  # of an odd run, the last backslash belongs to the closer
            return at
        at += 1
    return -1


def environment_end(text: str, name: str, start: int) -> tuple[int, int] | None:
    """Start and end of the `\\end{name}` that closes what was begun before `start`."""
    depth = 1
    for m in re.finditer(rf"\\(begin|end)\{{{re.escape(name)}\}}", text[start:]):
        depth += 1 if m.group(1) == "begin" else -1
        if depth == 0:
            return start + m.start(), start + m.end()
    return None


_BRACE = regex(r"\\(begin|end)\s*\{[^{}\n]*\}")


def stray_end(text: str, start: int, stop: int) -> int:
    """Where a display ends that nothing closes: before the first `\\end` whose `\\begin` stands before
    `start`, else at `stop`."""
    depth = 0
    for m in _BRACE.finditer(text, start, stop):
        depth += 1 if m.group(1) == "begin" else -1
        if depth < 0:
            return m.start()
    return stop


def regions(text: str, markdown: bool = True, ticks: bool = False) -> Iterator[Region]:
    """Formulas, code spans, comments and tags of a block of text, in order, not overlapping.

    With `ticks` double backticks hold mathematics, as in Julia's documentation.
    """
    at = 0
    missing: set[str] = set()  # what closes nothing from here on: not looked for again and again
    while (m := _START.search(text, at)) is not None:
        i = m.start()
        match m.group()[0]:
            case "\\":
                region = _backslash(text, i, missing)
            case "$":
                region = _dollar(text, i)
            case "`":
                region = _code(text, i, missing, ticks) if markdown else None
            case "<":
                region = _tag(text, i, missing) if markdown else None
            case "{":
                liquid = _LIQUID.match(text, i) if markdown else None
                region = _hidden(liquid.start(), liquid.end()) if liquid else None
            case _:
                url = re.compile(r"https?://[^\s<>)\]]*").match(text, i)
                region = Region("code", i, url.end() if url else i + 1, (i, i))
        if region is None:
            at = i + (2 if text[i] == "\\" else _run(text, i))
            continue
        yield region
        at = max(region.end, i + 1)


def _run(text: str, i: int) -> int:
    """Length of the run of the character at i (for backticks and dollars, else 1)."""
    if text[i] not in "`$":
        return 1
    run = _RUNS[text[i]].match(text, i)
    return run.end() - i if run is not None else 1


_RUNS = {"`": regex("`+"), "$": regex(r"\$+")}


def _hidden(start: int, end: int) -> Region:
    return Region("hidden", start, end, (start, end))


def _tag(text: str, i: int, missing: set[str]) -> Region | None:
    if text.startswith("<!--", i):
        end = text.find("-->", i)
        return _hidden(i, len(text) if end == -1 else end + 3)
    if (m := _HIDDEN_TAGS.match(text, i)) and (name := m.group(1).lower()) not in missing:
        close = re.compile(rf"</{m.group(1)}\s*>", re.IGNORECASE).search(text, m.end())
        if close:
            kind: Kind = "code" if name in ("code", "kbd", "samp") else "hidden"
            return Region(kind, i, close.end(), (m.end(), close.start()))
        missing.add(name)
    if m := _TAG.match(text, i):
        return _hidden(i, m.end())
    return None


def _code(text: str, i: int, missing: set[str], ticks: bool = False) -> Region | None:
    n = _run(text, i)
    closer = f"{n} backticks"
    close = re.compile(rf"(?<!`)`{{{n}}}(?!`)").search(text, i + n) if closer not in missing else None
    if close is None:
        missing.add(closer)
        return None
    inner = (i + n, close.start())
    if text.startswith(_ROLE, i - len(_ROLE)):  # MyST: {math}`x`
        return Region("formula", i - len(_ROLE), close.end(), inner)
    if ticks and n == 2 and text[inner[0] : inner[1]].strip():
        return Region("formula", i, close.end(), inner)
    return Region("code", i, close.end(), inner)


def _backslash(text: str, i: int, missing: set[str]) -> Region | None:
    for opener, closer in (("\\\\(", "\\\\)"), ("\\\\[", "\\\\]"), ("\\(", "\\)"), ("\\[", "\\]")):
        if not text.startswith(opener, i):
            continue
        start, display = i + len(opener), opener[-1] == "["
        end = closing(text, closer, start) if closer not in missing else -1
        if end == -1:
            missing.add(closer)
            lone = (
                display
                and not text[text.rfind("\n", 0, i) + 1 : i].strip()
                and _line_end(text, start) - start <= 2
            )
            return Region("unclosed", i, len(text), (start, len(text)), True) if lone else None
        inner = text[start:end]
        # `\[1\]` and `\(see above\)` are Markdown's escaped brackets
        alone = _alone(text, i, end + len(closer))
        if len(opener) == 2 and not (
            _MATHY.search(inner) or alone or (len(inner.strip()) == 1 and not display)
        ):
            return None
        if len(opener) == 2 and words(inner) > 3 and "\\" not in inner:
            return None
        return Region("formula", i, end + len(closer), (start, end), display, len(opener) == 3)
    if m := BEGIN.match(text, i):
        name = m.group(1) + m.group(2)
        found = environment_end(text, name, m.end()) if name not in missing else None
        if found is None:
            missing.add(name)
            stop = stray_end(text, m.end(), len(text))
            return Region("unclosed", i, stop, (m.end(), stop), True)
        # an equation's environment only says that it is one; a table of rows keeps its own
        inside = (m.end(), found[0]) if m.group(1) in UNWRAPPED else (i, found[1])
        return Region("formula", i, found[1], inside, m.group(1) != "math")
    return None


def _line_end(text: str, i: int) -> int:
    end = text.find("\n", i)
    return len(text) if end == -1 else end


def _alone(text: str, start: int, end: int) -> bool:
    """Nothing but punctuation stands beside it on its lines."""
    near = max(0, start - BESIDE)
    before = text[max(near, text.rfind("\n", near, start) + 1) : start]
    after = text[end : min(_line_end(text, end), end + BESIDE)]
    after = re.sub(r"^\s*(\{[^}]*\}|\([\w:.-]+\))", "", after)
    return not _WORD.search(before) and not re.search(r"[^\W_]", before + after)


def _dollar(text: str, i: int) -> Region | None:
    if text.startswith("$$", i):
        return _double(text, i)
    if text.startswith("$`", i) and (end := text.find("`$", i + 2)) != -1 and "\n\n" not in text[i:end]:
        return Region("formula", i, end + 2, (i + 2, end))
    start = i + 1
    end = _single_end(text, start)
    if end == -1:
        return None
    inner, after = text[start:end], text[end + 1 : end + 2]
    if not inner.strip():
        return None
    if inner[0].isspace() or inner[-1].isspace():
        fits = bool(_MATHY.search(inner)) or len(inner.strip()) <= 2
        if not fits or words(inner) > 2 or after.isdigit():
            return None
    elif after.isdigit() or (words(inner) > 3 and not _MATHY.search(inner)):
        return None
    elif re.fullmatch(r"[A-Z_]{2,}[^\\^={}]*", inner) and (after.isalpha() or "/" in inner):
        return None  # shell variables: $HOME/bin:$PATH
    return Region("formula", i, end + 1, (start, end))


def _double(text: str, i: int) -> Region:
    start = i + 2
    end = closing(text, "$$", start)
    line = _line_end(text, start)
    if end != -1 and "\n" in text[start:end]:
        # an odd dollar pair with prose behind it was never closed: it ends with its line
        odd = len(re.findall(r"(?<!\\)\$\$", text[i:])) % 2
        if odd and any(words(row) > 3 for row in text[start:end].split("\n")):
            end = -1
    if end == -1:
        stop = len(text)
        if any(words(row) > 3 for row in text[line:].split("\n")):
            stop = line
        return Region("unclosed", i, stop, (start, stop), True)
    return Region("formula", i, end + 2, (start, end), "\n" in text[start:end] or _alone(text, i, end + 2))


def _single_end(text: str, start: int) -> int:
    """The closing dollar of an inline formula that opens before `start`, or -1."""
    at = start
    while True:
        end = closing(text, "$", at)
        if end == -1:
            return -1
        # inside an open \text{…}, `$` starts mathematics of its own
        m = next(reversed(list(_WORDS_OPEN.finditer(text, start, end))), None)
        if m is not None:
            tail = text[m.end() : end]
            if tail.count("{") - tail.count("}") >= 0:
                inner_close = closing(text, "$", end + 1)
                brace = text.find("}", end)
                if inner_close != -1 and inner_close < brace:
                    at = inner_close + 1
                    continue
        if text.startswith("$$", end) and "\n" in text[start:end]:
            return -1
        return end
