"""A formula that stands alone, in no list: its first dash is a minus sign, commas share a relation."""

from __future__ import annotations

from derive.classes import replace
from derive.model import Span
from derive.notation.syntax import Chain, Row, Sequence, Sum, Syntax


def parts_of(row: Row) -> tuple[Syntax, ...]:
    """The parts of a row that stands alone: a dash before it is a minus sign, not the mark of a list."""
    if row.mark != "-" or not row.parts:
        return row.parts
    first, *rest = row.parts
    span = row.mark_span if row.mark_span is not None else first.span
    if isinstance(first, Chain) and first.first is not None:
        left = _negated(first.first, span)
        return (replace(first, first=left, span=span.cover(first.span)), *rest)
    return (_negated(first, span), *rest)


def _negated(node: Syntax, minus: Span) -> Syntax:
    """The expression with the dash before it as the sign of its first term."""
    span = minus.cover(node.span)
    match node:
        case Sum(parts=((sign, part), *rest)) if sign == "+":
            return Sum(span, (("-", part), *rest))
        case _:
            return Sum(span, (("-", node),))


def shared(chain: Chain) -> list[Chain]:
    """`x, y > 0` read as a chain whose first side is a sequence."""
    if isinstance(chain.first, Sequence) and len(chain.links) == 1:
        if not isinstance(chain.links[0].right, Sequence):
            return [replace(chain, first=item) for item in chain.first.items]
    return [chain]
