"""The macros of a document expanded in a formula's text, so that another program can show it.

Text for text, as TeX does; nothing is run. What expands without end, or lacks an argument, is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from derive.documents.macros import braced
from derive.expressions import regex
from derive.model import Macro
from derive.report.formulas.spelling import spellings

LONGEST, MOST, DEEPEST = 8_000, 400, 20
"""Characters of a result, expansions, macros within macros."""
_COMMAND = regex(r"\\(?:([A-Za-z@]+)|(.))", re.DOTALL)
_ENSURE = regex(r"\\ensuremath(?![A-Za-z])\s*(?=\{)|\\xspace(?![A-Za-z])")
_OPTION = regex(r"\s*\[([^\]]*)\]")
_SINGLE = regex(r"\s*(\\[A-Za-z]+|\\.|[^\s{}])", re.DOTALL)


class _Endless(Exception):
    pass


def expanded(latex: str, macros: Iterable[Macro]) -> str:
    """The formula without commands of the document's own, and in those that every program draws; as it stands
    where they cannot be expanded."""
    if "\\" not in latex:
        return latex
    known = {macro.name: macro for macro in (*spellings(), *macros)}
    try:
        return _Expansion(known).text(latex, 0, frozenset())
    except _Endless:
        return latex


class _Expansion:
    def __init__(self, macros: Mapping[str, Macro]) -> None:
        self.macros = macros
        self.left = MOST

    def text(self, latex: str, depth: int, active: frozenset[str]) -> str:
        """Raises `_Endless`."""
        if depth > DEEPEST or len(latex) > LONGEST:
            raise _Endless
        out: list[str] = []
        at = 0
        while (m := _COMMAND.search(latex, at)) is not None:
            out.append(latex[at : m.start()])
            name = m[1] or m[2]
            macro = self.macros.get(name)
            # `\let\old\times \def\times{\old}`: what leads back to itself is expanded once
            called = None if macro is None or name in active else self._called(macro, latex, m, depth, active)
            if macro is None or called is None:
                out.append(m.group())
                at = m.end()
                continue
            body, at = called
            shown = self.text(body, depth + 1, active | {name})
            if re.search(r"\\[A-Za-z]+$", shown) and latex[at : at + 1].isalpha():
                shown += " "
            out.append(shown)
            if sum(map(len, out)) > LONGEST:
                raise _Endless
        return "".join([*out, latex[at:]])

    def _called(
        self, macro: Macro, latex: str, m: re.Match[str], depth: int, active: frozenset[str]
    ) -> tuple[str, int] | None:
        """The body with its arguments, and where the call ends; None where an argument is missing."""
        self.left -= 1
        if self.left < 0:
            raise _Endless
        at = m.end()
        if latex.startswith("*", at) and (
            macro.operator or (re.match(r"\*\s*[\[{]", latex[at:]) and macro.arity)
        ):
            at += 1  # `\\norm*{x}`: the size of the fences
        arguments: list[str] = []
        if macro.default is not None and macro.arity:
            option = _OPTION.match(latex, at)
            arguments.append(macro.default if option is None else option[1])
            at = at if option is None else option.end()
        while len(arguments) < macro.arity:
            found = _argument(latex, at)
            if found is None:
                return None
            arguments.append(found[0])
            at = found[1]
        # `\\sq{\\sq{x}}`: an argument is expanded where it stands
        arguments = [self.text(argument, depth + 1, active) for argument in arguments]
        body = _ENSURE.sub("", macro.body)
        if macro.operator:
            return f"\\operatorname{{{body}}}", at
        if not arguments and latex.startswith("{}", at):  # `\R{}`: only ends the name
            at += 2
        return re.sub(r"#([1-9])", lambda n: _put(arguments, int(n[1]), body, n.start()), body), at


def _put(arguments: list[str], number: int, body: str, at: int) -> str:
    """An argument in the place of `#n`, kept apart from a command right before it."""
    text = arguments[number - 1] if number <= len(arguments) else ""
    return f" {text}" if re.search(r"\\[A-Za-z]+$", body[:at]) else text


def _argument(latex: str, at: int) -> tuple[str, int] | None:
    start = at + len(latex[at:]) - len(latex[at:].lstrip())
    if latex.startswith("{", start):
        end = braced(latex, start)
        return None if end is None else (latex[start + 1 : end - 1], end)
    single = _SINGLE.match(latex, at)
    return None if single is None else (single[1], single.end())
