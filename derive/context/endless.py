"""Macros of a document that expand without end: formulas that call one are dear to read, and may be many."""

from __future__ import annotations

import re

from derive.expressions import regex
from derive.model import Formula, Span
from derive.notation import EndlessMacro

_TRIES = 10
"""Formulas in which a document's macros may be found endless, before those that call them are believed so."""
_CALL = regex(r"\\(?:[A-Za-z@]+|.)", re.DOTALL)


class Endless:
    """The calls that were found endless so far, in source order."""

    def __init__(self) -> None:
        self._met = 0
        self._calls: dict[str, str] = {}

    def refuse(self, formula: Formula) -> None:
        """Raises EndlessMacro for a formula with such a call, once there were many."""
        if self._met < _TRIES:
            return
        for call in _CALL.finditer(formula.latex):
            if (what := self._calls.get(call.group())) is not None:
                raise EndlessMacro(Span(*call.span()), what)

    def learn(self, formula: Formula, error: EndlessMacro) -> None:
        self._met += 1
        if (call := _CALL.match(formula.latex, error.span.start)) is not None:
            self._calls[call.group()] = error.what
