"""Commands that a document does not declare, read by convention.

A convention holds for a whole document or not at all: one use of the command in another form shows that its
author means something else, and the command stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache

from derive.expressions import regex
from derive.model import Macro
from derive.notation.entries import Convention
from derive.notation.lexer import balanced

_COMMAND = regex(r"\\\\|\\([A-Za-z]+)")
_FENCE = regex(
    r"\s*(?:\\[,;:! ]|\\(?:left|[bB]ig+l?)(?![A-Za-z])|\s)*(?:[(\[|]|\\[{|]|\\lbrac[ek](?![A-Za-z]))"
)
#: a group that could be an argument: not an empty one, which ends a name, nor one that begins with a font
_ARGUMENT = regex(r"\s*\{(?!\}|\s*\\(?:bf|rm|it|cal|sf|tt|sl|boldmath|displaystyle|textstyle)(?![A-Za-z]))")
_OPTION = regex(r"\s*\[[^\[\]]*\]")
_SCRIPT = regex(r"\s*[_^]\s*")
_ATOM = regex(r"\\[A-Za-z]+|\\.|\S", re.DOTALL)


def conventional(
    formulas: Iterable[str], macros: Sequence[Macro] = (), refused: Collection[str] = ()
) -> tuple[Macro, ...]:
    """What the undeclared commands of some formulas mean by convention, in the order of their first use.

    `formulas` are all of a document; `refused` are commands that conventions may not give a meaning.
    """
    declared = {macro.name: macro for macro in macros}
    uses: dict[str, list[tuple[str, int, int]]] = {}
    waiting = list(dict.fromkeys(formulas))
    seen: set[str] = set()
    while waiting:
        again: list[str] = []
        for text in waiting:
            for m in _COMMAND.finditer(text):
                name = m[1]
                if name is None:
                    continue
                uses.setdefault(name, []).append((text, m.start(), m.end()))
                if name in declared and name not in seen:
                    seen.add(name)
                    again.append(declared[name].body)  # commands in the bodies of macros that are used
        waiting = again
    table = _by_command()
    found: list[Macro] = []
    for name, places in uses.items():
        if name in table and name not in declared and name not in refused:
            for entry in table[name]:
                if _holds(entry, places) and (not entry.beside or entry.beside & uses.keys()):
                    option = 1 if entry.option else 0
                    default = "" if entry.option else None
                    found.append(Macro(name, entry.body, entry.arity + option, default))
                    break
    return tuple(found)


@cache
def _by_command() -> dict[str, tuple[Convention, ...]]:
    from derive.notation.tables.conventions import CONVENTIONS

    table: dict[str, tuple[Convention, ...]] = {}
    for entry in CONVENTIONS:
        table[entry.command] = (*table.get(entry.command, ()), entry)
    return table


def _holds(entry: Convention, places: Sequence[tuple[str, int, int]]) -> bool:
    return all(_has_form(entry, text, start, end) for text, start, end in places)


def _has_form(entry: Convention, text: str, start: int, end: int) -> bool:
    if entry.before and re.search(entry.before, text[:start]) is None:
        return False
    if entry.after and re.compile(entry.after).match(text, end) is None:
        return False
    at = end
    if entry.option and (option := _OPTION.match(text, at)) is not None:
        at = option.end()
    for _ in range(entry.arity):
        group = re.compile(r"\s*(?=\{)").match(text, at)
        close = balanced(text, group.end()) if group else -1
        if close < 0:
            return False
        at = close + 1
    if _ARGUMENT.match(text, at):  # another group: it takes arguments that we do not know of
        return False
    if entry.arity == 0 and entry.argument:
        fence = _FENCE.match(text, _behind_scripts(text, at))
        return fence is not None and not is_option(text, fence.end() - 1)
    return True


def is_option(text: str, at: int) -> bool:
    """Whether a bracket holds an option, `\\E[Y]{X}`: an argument in braces follows it."""
    depth = 0
    for m in re.compile(r"\\.|[\[\]{}]", re.DOTALL).finditer(text, at):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(m.group(), 0)
        if depth == 0:
            return m.group() == "]" and _ARGUMENT.match(text, m.end()) is not None
    return False


def _behind_scripts(text: str, at: int) -> int:
    """The offset behind the scripts that follow a command."""
    while (m := _SCRIPT.match(text, at)) is not None:
        at = m.end()
        if text.startswith("{", at):
            close = balanced(text, at)
            if close < 0:
                return at
            at = close + 1
        elif (atom := _ATOM.match(text, at)) is not None:
            at = atom.end()
    return at
