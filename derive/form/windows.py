"""Pieces of formulas, and where a page has one of them with a single leaf another.

A piece is a node of the syntax, or two or three neighbouring factors or terms of one. All pieces of a page
are laid in a table once, with each leaf left out in turn, so that the time is linear in the page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from derive.classes import dataclass
from derive.facts.pieces import parts
from derive.form.page import Page, Written
from derive.form.pattern.leaves import PLAIN, SIGN, Leaf, part
from derive.model import Span
from derive.notation.syntax import Juxtaposition, Name, Number, Sum, Syntax, Text

_LEAST, _MOST = 2, 20
_BESIDE = (2, 3)
"""Neighbours that are taken together."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece at its place."""

    written: Written
    shape: str
    leaves: tuple[Leaf, ...]
    span: Span

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(leaf.value for leaf in self.leaves)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A piece that only one formula has, and the same with another leaf in other formulas, one place for
    each. `alone`: the leaves of the smallest piece around the leaf that no other formula has."""

    here: Piece
    at: int
    there: tuple[Piece, ...]
    alone: int

    @property
    def leaf(self) -> Leaf:
        return self.here.leaves[self.at]

    @property
    def other(self) -> Leaf:
        return self.there[0].leaves[self.at]


def given(written: Written) -> str | None:
    """The first letter of a formula: what it gives, `y` of `y = y_0 + c`."""
    return next(iter(all_given(written)), None)


def all_given(written: Written) -> list[str]:
    """The first letter of each row."""
    rows = ([x for p in row.parts for x in part(p).leaves] for row in written.display.rows)
    firsts = (next((x.value for x in row if x.place == PLAIN and not x.number), None) for row in rows)
    return [value for value in firsts if value is not None]


_Found = dict[tuple[str, ...], dict[int, Piece]]
_Place = tuple[int, int, int]


def exchanges(page: Page) -> Iterator[Exchange]:
    """Every leaf that another one stands for elsewhere, each with the largest piece that shows it."""
    seen: dict[tuple[str, tuple[str, ...]], dict[int, Piece]] = defaultdict(dict)
    for written in page.written:
        for row in written.display.rows:
            for piece in pieces(written, row.parts):
                seen[piece.shape, piece.values].setdefault(written.number, piece)
    alone = _alone(seen.values())
    masked: dict[tuple[str, int, int], _Found] = defaultdict(dict)
    for (shape, values), places in seen.items():
        for k in range(len(values)):
            masked[shape, k, hash(values[:k] + values[k + 1 :])][values] = places
    best: dict[_Place, Exchange] = {}
    for (_, k, _), variants in masked.items():
        if len(variants) < 2:
            continue
        for values, places in variants.items():
            if len(places) > 1:
                continue
            (here,) = places.values()
            others = max((p for v, p in variants.items() if v != values), key=len)
            if here.written.number in others:
                continue
            found = Exchange(here, k, tuple(others.values()), alone[_place(here.written, here.leaves[k])])
            apart = sum(a != b for a, b in zip(found.here.values, found.there[0].values, strict=True))
            key = _place(here.written, found.leaf)
            before = best.get(key)
            if apart == 1 and (before is None or len(before.here.leaves) < len(here.leaves)):
                best[key] = found
    yield from sorted(best.values(), key=lambda e: (e.alone, -len(e.there), -e.here.written.number))


def _place(written: Written, leaf: Leaf) -> _Place:
    return written.number, leaf.span.start, leaf.span.end


def _alone(seen: Iterable[dict[int, Piece]]) -> dict[_Place, int]:
    found: dict[_Place, int] = {}
    for places in seen:
        if len(places) == 1:
            (piece,) = places.values()
            for leaf in piece.leaves:
                key = _place(piece.written, leaf)
                found[key] = min(found.get(key, _MOST), len(piece.leaves))
    return found


def pieces(written: Written, nodes: Sequence[Syntax]) -> Iterator[Piece]:
    """All pieces of some nodes."""
    stack = list(nodes)
    while stack:
        node = stack.pop()
        if isinstance(node, Name | Number | Text):
            continue
        stack.extend(parts(node))
        taken = part(node)
        if _LEAST <= len(taken.leaves) <= _MOST:
            yield Piece(written, taken.shape, taken.leaves, node.span)
        match node:
            case Juxtaposition(factors=factors):
                yield from _beside(written, [("", f) for f in factors])
            case Sum(parts=terms):
                yield from _beside(written, terms)
            case _:
                pass


def _beside(written: Written, members: Sequence[tuple[str, Syntax]]) -> Iterator[Piece]:
    """Two or three neighbours of a row; a sign before the first is part of it unless it is a plus."""
    for count in _BESIDE:
        for start in range(max(0, len(members) - count + 1)):
            shape, leaves = ["sum" if members[0][0] else "product"], list[Leaf]()
            end = members[start][1].span.start
            for k, (sign, member) in enumerate(members[start : start + count]):
                if sign and (k or sign != "+"):
                    leaves.append(Leaf(sign, SIGN, Span(min(end, member.span.start), member.span.start)))
                    shape.append("·")
                taken = part(member)
                shape.append(taken.shape)
                leaves.extend(taken.leaves)
                end = member.span.end
            if _LEAST <= len(leaves) <= _MOST:
                last = members[start + count - 1][1]
                span = members[start][1].span.cover(last.span)
                yield Piece(written, " ".join(shape), tuple(leaves), span)
