"""Python's string literals as text, each character with its place in the file.

In a plain string `\\theta` is a tab and `heta`: what the author wrote is read as LaTeX where a command of
that name exists, and told, for the documentation that is built from it is broken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from derive.documents.mapped import Mapped, join
from derive.expressions import regex
from derive.model import Problem, Span

_OPENER = regex(r"(?P<prefix>[rRbBuU]{0,2})(?P<quote>\"\"\"|'''|\"|')")
_BETWEEN = regex(r"(?:[ \t\f\r\n]|\\\r?\n|#[^\n]*)*")
_ESCAPE = regex(
    r"\\(?:(?P<newline>\r\n|\n|\r)|(?P<octal>[0-7]{1,3})|x(?P<x>[0-9A-Fa-f]{2})|u(?P<u>[0-9A-Fa-f]{4})"
    r"|U(?P<U>[0-9A-Fa-f]{8})|N\{(?P<name>[^{}\n]{1,100})\}|(?P<other>.))|\r\n?",
    re.DOTALL,
)
_CONTROLS = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_PLAIN = {"\\": "\\", "'": "'", '"': '"'}
#: commands of LaTeX whose first letters a plain string reads as an escape: what tells the one from the other
_COMMANDS = regex(
    r"\\(?:a(?:lpha|pprox|rcsin|rccos|rctan|rg|leph|st|ngle|symp|cute)|b(?:eta|ar|egin|inom|igl?|igr|iggl?|iggr"
    r"|f|oldsymbol|mod|ullet|ot|ackslash|ecause|mathbf|reve|igcup|igcap|igoplus)|f(?:rac|orall|lat|ootnotesize|box)"
    r"|n(?:abla|eq|e|u|ot|otin|onumber|i|leq|geq|ewcommand|mid|ormalsize)|r(?:ho|angle|ight|ightarrow|m|vert|Vert"
    r"|ceil|floor|brace|brack|moustache)|t(?:heta|imes|ext|extbf|extrm|extit|extsc|o|au|ilde|frac|op|anh?|riangle|ag"
    r"|herefore|riangleq|hetasym)|v(?:ec|ar[a-z]+|ert|dots|ee|arnothing|phantom|dash|space))(?![A-Za-z])"
)


class Misplaced(Exception):
    """A literal whose text could not be followed."""


def decoded(source: Mapped, start: int, end: int, value: str, problems: list[Problem]) -> Mapped:
    """The text of the adjacent literals between two offsets. Raises `Misplaced` where it is not `value`."""
    lost: list[Span] = []
    literals = list(_literals(source, start, end))
    mended = [_unbroken(piece) if raw else _unescaped(piece, lost) for piece, raw in literals]
    read = [
        _unescaped(piece, None) if lost and not raw else m
        for (piece, raw), m in zip(literals, mended, strict=True)
    ]
    if not literals or "".join(piece.text for piece in read) != value:
        raise Misplaced
    if lost:
        command = source.text[lost[0].start : lost[0].end]
        said = f"in a string that is not raw `{command[:2]}` is an escape, so `{command}` is lost: "
        said += 'write r"""…""" (read here as it was meant)'
        problems.append(Problem(lost[0], said))
    return join(mended)


def _literals(source: Mapped, start: int, end: int) -> Iterator[tuple[Mapped, bool]]:
    """The contents of the literals of one string, and whether each is raw."""
    at = start
    while at < end:
        m = _OPENER.match(source.text, at)
        if m is None:
            raise Misplaced
        quote = m.group("quote")
        close = _close(source.text, quote, m.end(), end)
        yield source[m.end() : close], "r" in m.group("prefix").lower()
        between = _BETWEEN.match(source.text, close + len(quote), end)
        at = between.end() if between else end


def _close(text: str, quote: str, at: int, end: int) -> int:
    closer = re.compile(r"\\.|" + quote, re.DOTALL)
    for m in closer.finditer(text, at, end):
        if m.group() == quote:
            return m.start()
    raise Misplaced


def _unbroken(piece: Mapped) -> Mapped:
    """Line breaks as Python reads them."""
    if "\r" not in piece.text:
        return piece
    pieces, at = [], 0
    for m in re.finditer(r"\r\n?", piece.text):
        pieces += [piece[at : m.start()], _one("\n", piece, m.start(), m.end())]
        at = m.end()
    return join([*pieces, piece[at:]])


def _one(character: str, piece: Mapped, start: int, end: int) -> Mapped:
    return Mapped(character, (piece.starts[start],), (piece.ends[end - 1],))


def _unescaped(piece: Mapped, lost: list[Span] | None) -> Mapped:
    """The text with escapes undone; with `lost`, commands of LaTeX are left as written and noted there."""
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0

    def keep(stop: int) -> None:
        text.append(piece.text[at:stop])
        starts.extend(piece.starts[at:stop])
        ends.extend(piece.ends[at:stop])

    for m in _ESCAPE.finditer(piece.text):
        character = _character(m)
        if character is None:
            continue
        if (
            lost is not None
            and m.group("other") in _CONTROLS
            and (c := _COMMANDS.match(piece.text, m.start()))
        ):
            lost.append(piece.span(c.start(), c.end()))
            continue
        keep(m.start())
        at = m.end()
        if character:
            text.append(character)
            starts.append(piece.starts[m.start()])
            ends.append(piece.ends[m.end() - 1])
    if not text and at == 0:
        return piece
    keep(len(piece))
    return Mapped("".join(text), tuple(starts), tuple(ends))


def _character(m: re.Match[str]) -> str | None:
    """What an escape stands for, empty for a line that goes on, None for what is no escape."""
    if not m.group().startswith("\\"):
        return "\n"
    if m.group("newline"):
        return ""
    if m.group("octal"):
        return chr(int(m.group("octal"), 8))
    for key in ("x", "u", "U"):
        if digits := m.group(key):
            number = int(digits, 16)
            if number > 0x10FFFF:
                raise Misplaced
            return chr(number)
    if name := m.group("name"):
        try:
            return unicodedata.lookup(name)
        except KeyError as error:
            raise Misplaced from error
    other = m.group("other")
    return _CONTROLS.get(other) or _PLAIN.get(other)
