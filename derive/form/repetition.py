"""Formulas that a document gives twice, and what of their second giving is another than of the first.

Two collections, each hashed once, so that the time is linear in the document: the relations by their
left side (`givings`), and larger pieces wherever they stand (`pieces`). Arguments and bound letters are
numbered in the order of their binding, so that `f(x) = x^2` and `f(t) = t^2` are the same formula.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from derive.classes import dataclass
from derive.facts.pieces import walk
from derive.form.page import Page, Written
from derive.form.pattern.leaves import Leaf, Part, part
from derive.model import Span
from derive.notation.syntax import (
    Big,
    Chain,
    Fence,
    Juxtaposition,
    Name,
    Number,
    Scripts,
    Syntax,
    Text,
)
from derive.notation.syntax import Sequence as Items

_EQUAL = frozenset({"=", ":=", "equiv"})
_LEAST, _MOST = 3, 60
"""Leaves of a piece that is long enough to be compared, and short enough to be compared leaf by leaf."""
LONG = 8
"""Leaves of a piece that nobody writes alike by accident."""
_LONGEST = 400
"""Characters of such a piece."""
_REMEMBERED = 6
"""Givings of one left side that a new one is compared with."""


@dataclass(frozen=True, slots=True)
class Place:
    """One occurrence: the piece, the relation around it and the formula that it stands in."""

    written: Written
    piece: Part
    values: tuple[str, ...]
    whole: Counter[str]
    left: Part | None = None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two places that differ in one leaf; `votes` counts the formulas that agree with the second. `settled`:
    wherever else a piece of this shape stands, the leaf is as in the second, whatever its other leaves are,
    and the first formula has no such piece. `beside`: one that agrees with the second is in the section of
    the first."""

    here: Place
    there: Place
    at: int
    votes: int
    settled: bool = False
    beside: bool = False

    @property
    def leaf(self) -> Leaf:
        return self.here.piece.leaves[self.at]

    @property
    def other(self) -> Leaf:
        return self.there.piece.leaves[self.at]


def givings(page: Page) -> Iterator[Disagreement]:
    """Relations with one left side whose right sides are one leaf apart, each with every earlier one."""
    by_left: dict[tuple[str, tuple[str, ...], str], list[Place]] = {}
    for written in page.written:
        for row in written.display.rows:
            alone = len(row.parts) == 1
            for chain in row.parts:
                if not isinstance(chain, Chain) or chain.first is None or not alone:
                    continue
                if chain.links[0].relation not in _EQUAL:
                    continue
                place, key = _giving(written, chain)
                if len(place.piece.leaves) > _MOST:
                    continue
                known = by_left.setdefault(key, [])
                yield from _against(place, known)
                if len(known) < _REMEMBERED:
                    known.append(place)


def _against(place: Place, known: Sequence[Place]) -> Iterator[Disagreement]:
    variants = {k.values for k in known}
    if place.values in variants:
        return
    for other in known:
        apart = [k for k, (a, b) in enumerate(zip(place.values, other.values, strict=True)) if a != b]
        if len(apart) == 1 and len(variants) == 1:
            yield Disagreement(place, other, apart[0], len(known))
            return


def _giving(written: Written, chain: Chain) -> tuple[Place, tuple[str, tuple[str, ...], str]]:
    assert chain.first is not None
    left, right = part(chain.first), part(chain.links[0].right)
    bound = {**_arguments(chain.first), **_bound(chain.links[0].right)}
    named = tuple(bound.get(v, v) for v in right.values)
    whole = Counter((*left.values, *right.values))
    place = Place(written, right, named, whole, left)
    return place, (left.shape, tuple(bound.get(v, v) for v in left.values), right.shape)


def _arguments(left: Syntax) -> dict[str, str]:
    """The letters that a function's head binds: `f(x, y)`."""
    match left:
        case Juxtaposition(factors=(_, Fence(open="(", body=body))):
            items = body.items if isinstance(body, Items) else (body,)
            names = [i.name for i in items if isinstance(i, Name) and not i.font and not i.accents]
            return {n: f"#{k}" for k, n in enumerate(names)} if len(names) == len(items) else {}
        case _:
            return {}


def _bound(right: Syntax) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in walk([right]):
        if isinstance(node, Big) and node.sub is not None:
            head = node.sub.first if isinstance(node.sub, Chain) else node.sub
            if isinstance(head, Name) and not head.font and not head.accents:
                found.setdefault(head.name, f"#b{len(found)}")
    return found


def pieces(page: Page, votes: int) -> Iterator[Disagreement]:
    """Pieces that stand alike in at least so many formulas and in one formula with one leaf another."""
    seen: dict[tuple[str, tuple[str, ...]], list[Place]] = {}
    for written in page.written:
        for row in written.display.rows:
            for chunk in row.parts:
                whole = Counter(part(chunk).values)
                for node in walk([chunk]):
                    if isinstance(node, Name | Number | Text | Chain) or _names(node):
                        continue
                    if node.span.end - node.span.start > _LONGEST:
                        continue
                    taken = part(node)
                    if _LEAST <= len(taken.leaves) <= _MOST:
                        place = Place(written, taken, taken.values, whole)
                        seen.setdefault((taken.shape, taken.values), []).append(place)
    often = _often(seen, votes)
    masked: dict[tuple[str, int, int], list[list[Place]]] = {}
    columns: dict[tuple[str, int], Counter[str]] = {}
    for (shape, values), places in seen.items():
        for k in range(len(values) if shape in often else 0):
            columns.setdefault((shape, k), Counter())[values[k]] += len(places)
            masked.setdefault((shape, k, hash(values[:k] + values[k + 1 :])), []).append(places)
    largest: dict[tuple[int, int, bool], Disagreement] = {}
    for (shape, k, _), variants in masked.items():
        if len(variants) != 2:
            continue
        few, many = sorted(variants, key=lambda v: (len({p.written.number for p in v}), -v[0].written.number))
        agree = len({p.written.number for p in many})
        apart = sum(a != b for a, b in zip(few[0].values, many[0].values, strict=True))
        enough = agree >= (1 if len(few[0].values) >= LONG else votes)
        if len(few) == 1 and enough and apart == 1:
            column = columns[shape, k]
            own = few[0].written.number
            settled = (
                len(column) == 2
                and column[few[0].values[k]] == 1
                and all(p.written.number != own for p in many)
            )
            beside = any(p.written.section == few[0].written.section for p in many)
            found = Disagreement(few[0], many[0], k, agree, settled, beside)
            key = (found.here.written.number, found.leaf.span.start, settled)
            before = largest.get(key)
            if before is None or _weight(before) < _weight(found):
                largest[key] = found
    yield from sorted(largest.values(), key=lambda f: -f.votes)


def _weight(found: Disagreement) -> tuple[bool, int]:
    return found.votes > 1, len(found.here.piece.leaves)


def _often(seen: Mapping[tuple[str, tuple[str, ...]], Sequence[Place]], votes: int) -> frozenset[str]:
    """The shapes of which so many formulas have one and the same piece; of long pieces, any two formulas."""
    formulas: dict[str, set[int]] = {}
    for (shape, _), places in seen.items():
        formulas.setdefault(shape, set()).update(p.written.number for p in places)
    return frozenset(
        shape
        for (shape, values), places in seen.items()
        if len({p.written.number for p in places}) >= votes
        or (len(values) >= LONG and len(formulas[shape]) > 1)
    )


def _names(node: Syntax) -> bool:
    """Whether it only names something: a list of letters, one function of its arguments."""
    match node:
        case Items():
            return True
        case Fence(body=body):
            return isinstance(body, Items)
        case Juxtaposition(factors=(Name() | Scripts(base=Name()), Fence())):
            return True
        case _:
            return False


def span_of(place: Place) -> Span:
    """The whole relation that the place gives."""
    return place.piece.span if place.left is None else place.left.span.cover(place.piece.span)
