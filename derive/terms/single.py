"""One formula as one term: the way of `derive.read`."""

from __future__ import annotations

from collections.abc import Sequence

from derive.model import Macro, Span
from derive.notation.syntax import Chain, Display, NotationError, Row, Sum, Syntax
from derive.terms.elaborate import elaborate
from derive.terms.nodes import Term
from derive.terms.scope import Reading, Scope


def read_term(latex: str, scope: Scope | None = None, macros: Sequence[Macro] = ()) -> Term:
    """The preferred term of a single expression or relation; a longer chain is an `and` of its links.

    Raises `NotationError` for what cannot be read and for a formula that is several statements.
    """
    return read_terms(latex, scope, macros)[0].terms[0]


def read_terms(latex: str, scope: Scope | None = None, macros: Sequence[Macro] = ()) -> tuple[Reading, ...]:
    """Every plausible reading of a single expression or relation, best first; one term in each."""
    from derive.notation import read

    return elaborate((statement(read(undelimited(latex), macros)),), scope if scope is not None else Scope())


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


def statement(display: Display) -> Syntax:
    """The only statement of a display; raises `NotationError` where there are none or several."""
    rows = [row for row in display.rows if row.parts]
    if not rows:
        raise NotationError(display.span, "an empty formula")
    if len(rows) > 1:
        raise NotationError(rows[1].span, "a second row")
    row = rows[0]
    if row.mark == "-" and row.mark_span is not None and row.parts:
        row = Row(row.span, (negated(row.parts[0], row.mark_span), *row.parts[1:]))
    if row.mark is not None:
        raise NotationError(row.mark_span or row.span, f"the mark {row.mark} before the formula")
    if len(row.parts) > 1:
        raise NotationError(row.parts[1].span, "a second statement")
    return row.parts[0]


def negated(node: Syntax, minus: Span) -> Syntax:
    """The statement with the mark before it as the sign of its first term: one formula has no bullets."""
    span = minus.cover(node.span)
    match node:
        case Chain(first=first, links=links) if first is not None:
            return Chain(span, negated(first, minus), links)
        case Sum(parts=((sign, part), *rest)) if sign == "+":
            return Sum(span, (("-", part), *rest))
        case _:
            return Sum(span, (("-", node),))
