"""A relation in parentheses behind a relation, `w_i w_j = 0 (i \\neq j)`: a condition of it, no factor."""

from __future__ import annotations

from collections.abc import Iterable

from derive.classes import replace
from derive.model import Span
from derive.notation.syntax import (
    Apply,
    Chain,
    Fence,
    Fraction,
    Juxtaposition,
    Number,
    Postfix,
    Scripts,
    Syntax,
)


def apart(parts: Iterable[Syntax]) -> list[Syntax]:
    """The statements of a row, every condition in parentheses made a statement of its own."""
    found: list[Syntax] = []
    for part in parts:
        pair = _parted(part) if isinstance(part, Chain) and part.links else None
        found.extend((part,) if pair is None else pair)
    return found


def _parted(chain: Chain) -> tuple[Chain, Chain] | None:
    link = chain.links[-1]
    right = link.right
    if not isinstance(right, Juxtaposition) or len(right.factors) < 2:
        return None
    *kept, before, fence = right.factors
    if not isinstance(fence, Fence) or (fence.open, fence.close) != ("(", ")"):
        return None
    condition = fence.body
    if not isinstance(condition, Chain) or condition.first is None or not _closed(before):
        return None
    rest: Syntax = before
    if kept:
        rest = Juxtaposition(Span(right.span.start, before.span.end), (*kept, before))
    links = (*chain.links[:-1], replace(link, span=Span(link.span.start, rest.span.end), right=rest))
    return replace(chain, span=Span(chain.span.start, rest.span.end), links=links), condition


def _closed(node: Syntax) -> bool:
    """What is applied to nothing: a number, a value, a fraction, a power of a letter by a number."""
    if isinstance(node, Scripts):
        return isinstance(node.sup, Number) and node.sub is None
    return isinstance(node, (Number, Fence, Fraction, Apply, Postfix))
