"""The surroundings of a leaf on its page, and the leaf that stands in the same surroundings elsewhere.

A formula is the line of its tokens: the leaves in the author's order, with the marks of its shape between
them. Two places are near one another by the leaves that follow alike on both sides of them; what a nearest
place has is what a reader expects. All places of a page are laid in a table once, and only those that are
asked about are compared, so that the time is linear in the page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from derive.classes import dataclass
from derive.facts.pieces import parts
from derive.form.page import Page, Written
from derive.form.pattern.leaves import Leaf, part, tokens
from derive.model import Span
from derive.notation.syntax import Chain, Sum, Syntax

_START, _END = "^", "$"
_DOTS = 6
"""Tokens between dots and the index of what comes behind them."""
_SHOWN = 3
"""Leaves of the least piece that a reader is shown."""
_MOST = 40
"""Places of one surrounding that are compared, the first and the last of the page."""

Token = str | Leaf
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A leaf in the line of its formula."""

    written: Written
    node: Syntax
    line: Sequence[Token]
    keys: Sequence[str]
    at: int

    @property
    def leaf(self) -> Leaf:
        leaf = self.line[self.at]
        assert isinstance(leaf, Leaf)
        return leaf

    @property
    def place(self) -> tuple[int, int]:
        """The formula's number and where the leaf starts in it."""
        return self.written.number, self.leaf.span.start

    def text(self) -> str:
        """The leaf as it is written."""
        return self.written.text(self.leaf.span)

    def beside(self) -> tuple[str, str]:
        """The values of the leaves before and behind it, in whatever shape; empty at an end."""
        before = next((t.value for t in reversed(self.line[: self.at]) if isinstance(t, Leaf)), "")
        behind = next((t.value for t in self.line[self.at + 1 :] if isinstance(t, Leaf)), "")
        return before, behind

    @property
    def ends_a_list(self) -> bool:
        """Whether it stands right behind dots: `x_1 + \\dots + x_n`."""
        before = self.line[max(0, self.at - _DOTS) : self.at]
        return any(isinstance(t, str) and t in ("Ellipsis", "dots") for t in before)

    @property
    def terms(self) -> tuple[tuple[str, Syntax], tuple[str, Syntax]] | None:
        """The two terms beside a sign of a sum, each with its own sign."""
        span = self.leaf.span
        stack = [self.node]
        while stack:
            node = stack.pop()
            if isinstance(node, Sum):
                for (before, a), (sign, b) in pairwise(node.parts):
                    if a.span.end <= span.start and span.end <= b.span.start:
                        return (before or "+", a), (sign or "+", b)
            stack.extend(p for p in parts(node) if _within(span, p.span))
        return None

    def around(self) -> str:
        """The smallest piece around the leaf that tells something; of a sum, the two terms beside a sign."""
        span, piece = self.leaf.span, self.node
        while (inner := next((p for p in parts(piece) if _within(span, p.span)), None)) is not None:
            if len(part(inner).leaves) < _SHOWN:
                break
            piece = inner
        if isinstance(piece, Sum):
            for (_, a), (_, b) in pairwise(piece.parts):
                if a.span.end <= span.start and span.end <= b.span.start:
                    return self.written.text(a.span.cover(b.span))
        return self.written.text(piece.span)


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


@dataclass(frozen=True, slots=True)
class Lone:
    """A spot and the nearest one with another leaf. `agree`: the leaves alike around both, `own`: around it
    and the nearest one with its own leaf. `votes`: the formulas with that other leaf in the surroundings,
    `kinds`: the different leaves there.
    """

    here: Spot
    there: Spot
    agree: int
    own: int
    votes: int
    closest: int
    kinds: int

    @property
    def same(self) -> bool:
        """Whether both stand in one formula."""
        return self.here.written.number == self.there.written.number


def spots(page: Page) -> list[Spot]:
    """Every leaf of the page, in source order."""
    found: list[Spot] = []
    for written in page.written:
        for row in written.display.rows:
            for node in row.parts:
                line = [_START, *tokens(node), _END]
                keys = [f"{t.value}|{t.place}" if isinstance(t, Leaf) else t for t in line]
                found += [
                    Spot(written, node, line, keys, k) for k, t in enumerate(line) if isinstance(t, Leaf)
                ]
    return found


def lone(every: Sequence[Spot], asked: Callable[[Spot], bool]) -> Iterator[Lone]:
    """What stands nearest to the spots that are asked about."""
    near = [tuple((spot.written.thing, *key) for key in _keys(spot)) for spot in every]
    table: dict[Key, list[Spot]] = defaultdict(list)
    for spot, keys in zip(every, near, strict=True):
        for key in keys:
            table[key].append(spot)
    for spot, keys in zip(every, near, strict=True):
        if asked(spot) and (found := _nearest(spot, [table[k] for k in keys])) is not None:
            yield found


def _nearest(spot: Spot, buckets: Sequence[Sequence[Spot]]) -> Lone | None:
    others: dict[str, list[tuple[int, Spot]]] = {}
    own, seen = 0, {id(spot)}
    for bucket in buckets:
        few = bucket if len(bucket) <= 2 * _MOST else [*bucket[:_MOST], *bucket[-_MOST:]]
        for other in few:
            if id(other) in seen:
                continue
            seen.add(id(other))
            agree = _alike(spot, other)
            if other.leaf.value == spot.leaf.value:
                own = max(own, agree)
            else:
                others.setdefault(other.leaf.value, []).append((agree, other))
    if not others:
        return None
    most = max(others.values(), key=lambda found: (max(a for a, _ in found), len(found)))
    agree, there = max(most, key=lambda pair: (pair[0], pair[1].written.number == spot.written.number))
    votes = len({other.written.number for _, other in most})
    closest = len({other.written.number for a, other in most if a >= agree - 1})
    return Lone(spot, there, agree, own, votes, closest, len(others))


def _keys(spot: Spot) -> Iterator[Key]:
    """One leaf on both sides, two before, two behind."""
    place, before, behind = spot.leaf.place, spot.keys[spot.at - 1], spot.keys[spot.at + 1]
    yield "beside", place, _before(spot, 1), _behind(spot, 1)
    yield "before", place, _before(spot, 2), behind
    yield "behind", place, before, _behind(spot, 2)


def _before(spot: Spot, leaves: int) -> tuple[str, ...]:
    k = spot.at - 1
    while k > 0:
        leaves -= isinstance(spot.line[k], Leaf)
        if not leaves:
            break
        k -= 1
    return tuple(spot.keys[max(k, 0) : spot.at])


def _behind(spot: Spot, leaves: int) -> tuple[str, ...]:
    k, last = spot.at + 1, len(spot.line) - 1
    while k < last:
        leaves -= isinstance(spot.line[k], Leaf)
        if not leaves:
            break
        k += 1
    return tuple(spot.keys[spot.at + 1 : k + 1])


def _alike(one: Spot, other: Spot) -> int:
    """The leaves that follow alike on both sides of two spots."""
    return _run(one, other, -1) + _run(one, other, 1)


def _run(one: Spot, other: Spot, step: int) -> int:
    k, m, leaves = one.at + step, other.at + step, 0
    while 0 <= k < len(one.keys) and 0 <= m < len(other.keys) and one.keys[k] == other.keys[m]:
        leaves += isinstance(one.line[k], Leaf)
        k, m = k + step, m + step
    return leaves


def says(written: Written) -> bool:
    """Whether a formula says something: a display, or a relation."""
    return written.formula.display or any(isinstance(p, Chain) for r in written.display.rows for p in r.parts)
