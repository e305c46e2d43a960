"""How a formula was read: as SymPy code, as LaTeX, and as data."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from derive.classes import dataclass
from derive.report.reasons import choice_text
from derive.report.words import one_line
from derive.term.lower import NotExpressible
from derive.term.nodes import Term
from derive.term.scope import Reading
from derive.term.serial import dump
from derive.term.sympy_code import sympy_code


@dataclass(frozen=True, slots=True)
class Read:
    """The readings of one formula, best first; `place` is empty for one that stands in no file."""

    latex: str
    readings: tuple[Reading, ...]
    place: str = ""

    @property
    def term(self) -> Term:
        return self.readings[0].terms[0]


def as_sympy(found: Sequence[Read]) -> str:
    """Python that builds each. Raises `NotExpressible`."""
    return "\n".join(_titled(read, sympy_code(read.term).text, len(found)) for read in found)


def as_latex(found: Sequence[Read]) -> str:
    return "".join(f"{read.term.to_latex()}\n" for read in found)


def _titled(read: Read, code: str, many: int) -> str:
    return f"# {read.place}: {one_line(read.latex)}\n{code}" if many > 1 else code


def as_data(found: Sequence[Read]) -> str:
    data = {"version": 1, "formulas": [_data(read) for read in found]}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _data(read: Read) -> dict[str, Any]:
    sympy: str | None
    symbols: dict[str, str]
    why: str | None = None
    try:
        code = sympy_code(read.term)
        sympy, symbols = code.text, dict(code.symbols)
    except NotExpressible as error:
        sympy, symbols, why = None, {}, error.what
    return {
        "place": read.place or None,
        "latex": read.latex,
        "read_as": read.term.to_latex(),
        "term": dump(read.term),
        "sympy": sympy,
        "not_in_sympy": why,
        "symbols": symbols,
        "choices": [choice_text(choice) for choice in read.readings[0].choices],
        "other_readings": [
            {"read_as": r.terms[0].to_latex(), "choices": [choice_text(c) for c in r.choices]}
            for r in read.readings[1:]
        ],
    }
