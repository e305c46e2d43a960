"""Commands that nothing declares and no convention knows, read as names of their own.

What such a command stands for is not known; that it stands for one thing wherever it is written is. Where a
document writes it as an operand, with nothing beside it that it could belong to, it is a letter; where braces
always follow that hold one letter, it marks that letter, as a font does; where a bracket or as many groups
always follow, it is a function of what they hold. A command that is never met so (a relation, a sign that
follows its operand, one that binds letters) stays unknown, and its formula unread.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Literal

from derive.classes import dataclass
from derive.expressions import regex
from derive.model import Macro
from derive.notation.conventions import is_option
from derive.notation.lexer import balanced, is_known
from derive.notation.tables import SIGNS

_COMMAND = regex(r"\\([A-Za-z]+)|\\.", re.DOTALL)
_GAP = r"(?:\s|~|\\[,;:!> ]|\\(?:q?quad|left|right|[bB]igg?[lrm]?)(?![A-Za-z]))*"
_GAPS = regex(_GAP)
_BEHIND = regex(rf"(?:\\[A-Za-z]+|\\.|.)(?={_GAP}\Z)", re.DOTALL)
_GROUP = regex(r"\s*\{")
_SCRIPTS = regex(r"\s*(?:'+|[_^]\s*(?:(?=\{)|\\[A-Za-z]+|[^\\{]))")
_LETTER = regex(r"\s*(?:[A-Za-z]|\\[A-Za-z]+)\s*\Z")
_PARTS = frozenset("=<>+-*/,;&|.:([{)]}^_")
"""Signs beside which an operand ends or begins."""
_OPENING = frozenset("([|")
_FENCES = frozenset(
    ["\\{", "\\|", "\\lbrace", "\\lbrack", "\\Vert", "\\lVert", "\\vert", "\\lvert", "\\langle"]
)
_EDGES = ("relation", "operator", "looser", "sign", "quad", "implication", "logic", "mark")
_MOST_GROUPS = 3

Place = Literal["edge", "fence", "operand"]


@dataclass(frozen=True, slots=True)
class _Use:
    """One use: what stands before and behind it (scripts aside), how many groups follow it, and whether each
    holds one letter. `power`: it is all that stands in an exponent, as a transpose does."""

    before: Place
    behind: Place
    groups: int
    letters: bool
    power: bool


def undeclared(
    formulas: Iterable[str], macros: Sequence[Macro] = (), refused: Collection[str] = ()
) -> tuple[Macro, ...]:
    """The commands of a document's formulas that neither its macros nor the tables know, where their uses
    show what kind of name each is; in the order of their first use.

    None of `refused` is among them."""
    declared = {*(macro.name for macro in macros), *refused}
    uses: dict[str, list[_Use]] = {}
    for text in [*formulas, *(m.body for m in macros if "#" not in m.body and "\\" in m.body)]:
        for m in _COMMAND.finditer(text):
            name = m[1]
            if name is not None and name not in declared and not is_known(m[0]):
                uses.setdefault(name, []).append(_use(text, m.start(), m.end()))
    kinds = ((name, _kind(found)) for name, found in uses.items())
    return tuple(Macro(name, "", arity, stands_for=kind) for name, (kind, arity) in kinds if kind)


def _kind(uses: Collection[_Use]) -> tuple[str, int]:
    """`letter`, `mark` or `function`, and the number of groups; an empty kind where the uses show none."""
    groups = {u.groups for u in uses}
    if any(u.power for u in uses):
        return "", 0
    if groups == {0, 1} and all(u.groups or u.behind == "fence" for u in uses):
        groups = {1}  # `\\E[X]` and `\\E{X}`
    if len(groups) > 1:
        return "", 0
    (count,) = groups
    begins = any(u.before == "edge" for u in uses)
    if count == 0:
        if any(u.before == "edge" and u.behind == "edge" for u in uses):
            return "letter", 0
        return ("letter", 0) if begins and all(u.behind == "fence" for u in uses) else ("", 0)
    if not begins or count > _MOST_GROUPS:
        return "", 0
    return ("mark", 1) if count == 1 and all(u.letters and u.groups for u in uses) else ("function", count)


def _use(text: str, start: int, end: int) -> _Use:
    at, count, letters = end, 0, True
    while (group := _GROUP.match(text, at)) is not None:
        close = balanced(text, group.end() - 1)
        if close < 0 or close == group.end():  # `\\name{}`: the braces only end the name
            break
        letters = letters and _LETTER.match(text[group.end() : close]) is not None
        at, count = close + 1, count + 1
    power = re.search(r"\^\s*(?:\{\s*)?\Z", text[:start]) is not None and (
        re.match(r"\s*(?:\}|[^}]*\Z)", text[at:]) is not None or text[:start].rstrip().endswith("^")
    )
    power = power and not count
    if (bracket := re.compile(r"\s*\[").match(text, at)) is not None and is_option(text, bracket.end() - 1):
        count += 1 + _MOST_GROUPS  # `\\E[Y]{X}`: an option, which says who knows what
    return _Use(_before(text, start), _behind(text, _past_scripts(text, at)), count, letters, power)


def _past_scripts(text: str, at: int) -> int:
    while (m := _SCRIPTS.match(text, at)) is not None:
        at = m.end()
        if text.startswith("{", at):
            close = balanced(text, at)
            if close < 0:
                return at
            at = close + 1
    return at


def _before(text: str, start: int) -> Place:
    m = _BEHIND.search(text, 0, start) if text[:start].strip() else None
    if m is None or m[0].isspace():
        return "edge"
    sign = m[0]
    if sign in _PARTS:
        return "operand" if sign in ")]" else _behind_brace(text, m.start()) if sign == "}" else "edge"
    return "edge" if _is_edge(sign) or sign in ("\\\\", "\\{", "\\left", "\\langle") else "operand"


def _behind_brace(text: str, at: int) -> Place:
    """A brace closes an operand, or words and what sets a table's form."""
    opening = _opening(text, at)
    named = re.search(r"\\(?:text\w*|mbox|label|begin|end)\s*\Z", text[:opening])
    return "edge" if named else "operand"


def _opening(text: str, at: int) -> int:
    depth = 0
    for k in range(at, -1, -1):
        depth += {"}": 1, "{": -1}.get(text[k], 0)
        if depth == 0:
            return k
    return 0


def _behind(text: str, at: int) -> Place:
    gap = _GAPS.match(text, at)
    at = gap.end() if gap is not None else at
    if at >= len(text):
        return "edge"
    sign = m[0] if (m := _COMMAND.match(text, at)) is not None else text[at]
    if sign in _OPENING or sign in _FENCES:
        return "fence"
    if sign in _PARTS:
        return "operand" if sign == "{" else "edge"
    behind = (
        "\\\\",
        "\\}",
        "\\rangle",
        "\\end",
        "\\text",
        "\\mid",
        "\\middle",
        "\\label",
        "\\tag",
        "\\nonumber",
    )
    return "edge" if _is_edge(sign) or sign in behind else "operand"


def _is_edge(sign: str) -> bool:
    entry = SIGNS.get(sign)
    return entry is not None and entry.role in _EDGES
