"""The families of a formula: parts that stand side by side and have the same shape."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from derive.classes import dataclass
from derive.facts.pieces import walk
from derive.form.pattern.leaves import Part, part
from derive.notation.syntax import (
    Chain,
    Display,
    Infix,
    Juxtaposition,
    Matrix,
    Sum,
    Syntax,
)
from derive.notation.syntax import Sequence as Items

FACTORS = "factors"
FEWEST = 3
MOST_LEAVES = 200
"""Longer parts are read by nobody leaf by leaf."""


@dataclass(frozen=True, slots=True)
class Family:
    """Siblings in their order; `what` names them for a reader: terms, factors, entries, rows, sides."""

    what: str
    parts: tuple[Part, ...]


def families(display: Display) -> Iterator[Family]:
    """Every family of at least three siblings."""
    rows = [r.parts[0] for r in display.rows if len(r.parts) == 1]
    yield from _alike("rows", rows)
    for row in display.rows:
        yield from _alike("relations", row.parts)
        inner: set[int] = set()  # factors of a longer product: seen with the whole of it
        for node in walk(row.parts):
            if isinstance(node, Infix):
                if isinstance(node.left, Infix) and node.left.op == node.op:
                    inner.add(id(node.left))
                if id(node) in inner:
                    continue
            for what, parts in _side_by_side(node):
                yield from _alike(what, parts)


def _side_by_side(node: Syntax) -> Iterator[tuple[str, Sequence[Syntax]]]:
    match node:
        case Sum(parts=parts):
            yield "terms", [p for _, p in parts]
        case Juxtaposition(factors=factors):
            yield FACTORS, factors
        case Items(items=items):
            yield "entries", items
        case Infix(op="cdot" | "times"):
            yield FACTORS, _factors(node)
        case Chain(first=first, links=links):
            yield "sides", [*([first] if first is not None else []), *(link.right for link in links)]
        case Matrix(rows=rows):
            for row in (*rows, *(zip(*rows, strict=False))):
                yield "entries", [cell for cell in row if cell is not None]
        case _:
            return


def _factors(node: Infix) -> list[Syntax]:
    found: list[Syntax] = []
    here: Syntax = node
    while isinstance(here, Infix) and here.op == node.op:
        found.append(here.right)
        here = here.left
    return [here, *reversed(found)]


def _alike(what: str, nodes: Sequence[Syntax]) -> Iterator[Family]:
    if len(nodes) < FEWEST:
        return
    by_shape: dict[str, list[Part]] = {}
    for node in nodes:
        taken = part(node)
        by_shape.setdefault(taken.shape, []).append(taken)
    for parts in by_shape.values():
        if len(parts) >= FEWEST and len(parts[0].leaves) <= MOST_LEAVES:
            yield Family(what, tuple(parts))
