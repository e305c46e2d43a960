"""`derive.read(latex)`: one formula as a term."""

from __future__ import annotations

from collections.abc import Sequence

from derive.meaning.elaborate import elaborate
from derive.model import Macro
from derive.notation import NotationError
from derive.notation import read as read_display
from derive.notation.alone import parts_of
from derive.notation.conventions import conventional
from derive.notation.syntax import Display, Syntax, Text
from derive.term.nodes import Term
from derive.term.scope import Reading, Scope


def read(latex: str, *, scope: Scope | None = None, macros: Sequence[Macro] = ()) -> Term:
    """The first reading of a formula: a term, or a Relation for `left = right` (a chain: their `and`).
    Commands that no macro declares have their conventional meaning.

    Raises `derive.notation.NotationError`, with the span that stopped the reader, for what cannot be
    read and for several statements in one.
    """
    return read_term(latex, scope, (*conventional([latex], macros), *macros))


def read_term(latex: str, scope: Scope | None = None, macros: Sequence[Macro] = ()) -> Term:
    """The same with these macros alone: what no macro declares and no table knows is not read."""
    return readings(latex, scope, macros)[0].terms[0]


def readings(latex: str, scope: Scope | None = None, macros: Sequence[Macro] = ()) -> tuple[Reading, ...]:
    """Every plausible reading of a formula, best first; one term in each. Raises as `read` does."""
    display = read_display(undelimited(latex), macros)
    return elaborate((statement(display),), scope if scope is not None else Scope())


def statement(display: Display) -> Syntax:
    """The only statement of a display; raises `NotationError` where there are none or several."""
    rows = [row for row in display.rows if row.parts]
    if not rows:
        raise NotationError(display.span, "an empty formula")
    if any(row.mark not in (None, "-") for row in rows):
        raise NotationError(rows[0].mark_span or rows[0].span, f"the mark {rows[0].mark} before the formula")
    parts = [p for row in rows for p in parts_of(row) if not isinstance(p, Text)]
    if len(parts) != 1:
        raise NotationError(parts[1].span if parts else display.span, "several statements in one formula")
    return parts[0]


def undelimited(latex: str) -> str:
    """Dollar signs around the whole formula replaced by spaces, so that offsets stay what they are."""
    text = latex.rstrip()
    lead = len(text) - len(text.lstrip())
    width = 2 if text[lead:].startswith("$$") else 1
    if (
        len(text) - lead > 2 * width
        and text[lead:].startswith("$")
        and text.endswith("$" * width)
        and not text.endswith("\\$")
    ):
        inside = text[lead + width : -width]
        if "$" not in inside:
            return " " * (lead + width) + inside + " " * width
    return latex
