"""Vectors by their entries: `a = (1, 2, 2)` is a point until it is added, multiplied or measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, TypeAlias

from derive.facts.naming import spell
from derive.model import Span
from derive.notation import syntax as s

_Column: TypeAlias = tuple[str, Literal["vector"], Span]
_LETTERED = ("(", "⟨")
_PRODUCTS = frozenset(("cdot", "times"))


def written_out(nodes: Sequence[Any]) -> Iterator[tuple[str, int]]:
    """The letters that a formula sets equal to a list in parentheses, and how long it is."""
    for node in nodes:
        if isinstance(node, s.Chain) and isinstance(node.first, s.Name) and node.links:
            length = _length(node.links[0].right)
            if node.links[0].relation in ("=", ":=") and length > 1:
                yield spell(node.first), length


def columns(node: Any, lengths: Mapping[str, int]) -> Iterator[_Column]:
    """What makes vectors of them: a product or a sum of two of one length, the norm of one, or the bars
    around one with more than two entries, which is no interval."""
    match node:
        case s.Infix(op=op, left=left, right=right) if op in _PRODUCTS:
            yield from _alike((left, right), lengths, node.span)
        case s.Sum(parts=parts):
            yield from _alike([p for _, p in parts], lengths, node.span)
        case s.Fence(open="‖" | "|" as bar, body=s.Name() as name):
            if lengths.get(spell(name), 0) > (1 if bar == "‖" else 2):
                yield spell(name), "vector", node.span
        case _:
            pass


def _alike(sides: Sequence[Any], lengths: Mapping[str, int], span: Span) -> Iterator[_Column]:
    names = [n for n in map(_multiplied, sides) if n is not None]
    if len(names) == len(sides) > 1 and len({lengths.get(spell(n), 0) for n in names}) == 1:
        yield from ((spell(n), "vector", span) for n in names if spell(n) in lengths)


def _multiplied(node: Any) -> s.Name | None:
    """The letter of `a`, `2a`."""
    if isinstance(node, s.Juxtaposition) and all(isinstance(f, s.Number) for f in node.factors[:-1]):
        node = node.factors[-1]
    return node if isinstance(node, s.Name) and not node.word else None


def _length(node: Any) -> int:
    if not (isinstance(node, s.Fence) and node.open in _LETTERED and isinstance(node.body, s.Sequence)):
        return 0
    items = node.body.items
    if node.body.separator != "," or any(isinstance(i, s.Ellipsis | s.Sequence) for i in items):
        return 0
    return len(items)
