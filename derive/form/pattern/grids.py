"""The entries of a matrix: what is the same in all of them but one, where the rest tells row and column."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from derive.classes import dataclass
from derive.facts.pieces import walk
from derive.form.pattern.columns import Odd
from derive.form.pattern.families import Family
from derive.form.pattern.leaves import PLAIN, SHIFT, SIGN, SUB, Leaf, Part, part
from derive.notation.syntax import Display, Matrix

_FEWEST = 4
"""Entries of one shape that make a pattern, in two rows and two columns at least."""

_Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Entry:
    cell: _Cell
    part: Part


def odd_entries(display: Display) -> Iterator[tuple[Family, Odd]]:
    """The one leaf of a matrix that its other entries have not: every other place of the entries is the same
    in all, or goes with the row, or with the column, and there are places of both kinds."""
    for node in walk((display,)):
        if isinstance(node, Matrix) and len(node.rows) > 1:
            for entries in _by_shape(node):
                if (found := _odd(entries)) is not None:
                    yield found


def marks_a_part(display: Display, leaf: Leaf) -> bool:
    """Whether an entry of another row in the same column of a matrix has the leaf in the same place, or two
    entries anywhere have it: then a column, a row or a triangle differs, and no entry."""
    for node in walk((display,)):
        if isinstance(node, Matrix) and node.span.start <= leaf.span.start < node.span.end:
            for r, row in enumerate(node.rows):
                for c, cell in enumerate(row):
                    if cell is not None and cell.span.start <= leaf.span.start < cell.span.end:
                        return _stands_elsewhere(node, (r, c), leaf)
    return False


def _stands_elsewhere(matrix: Matrix, cell: _Cell, leaf: Leaf) -> bool:
    own, column = cell
    entry = matrix.rows[own][column]
    assert entry is not None
    mine = part(entry)
    at = next((k for k, other in enumerate(mine.leaves) if other.span == leaf.span), None)
    if at is None:
        return False
    alike = 0
    for r, row in enumerate(matrix.rows):
        for c, other in enumerate(row):
            if (r, c) == cell or other is None:
                continue
            theirs = part(other)
            if theirs.shape == mine.shape and theirs.leaves[at].value == leaf.value:
                if c == column:
                    return True
                alike += 1
    return alike > 1


def _by_shape(matrix: Matrix) -> Iterator[list[_Entry]]:
    shapes: dict[str, list[_Entry]] = defaultdict(list)
    for r, row in enumerate(matrix.rows):
        for c, cell in enumerate(row):
            if cell is not None:
                taken = part(cell)
                shapes[taken.shape].append(_Entry((r, c), taken))
    for entries in shapes.values():
        rows, columns = ({e.cell[k] for e in entries} for k in (0, 1))
        if len(entries) >= _FEWEST and len(rows) > 1 and len(columns) > 1:
            yield entries


def _odd(entries: list[_Entry]) -> tuple[Family, Odd] | None:
    odd: list[tuple[Leaf, int, str]] = []
    kinds: set[int] = set()
    for leaves in zip(*(e.part.leaves for e in entries), strict=True):
        values = [leaf.value for leaf in leaves]
        if len(set(values)) == 1:
            continue
        lone, axis = _lone(leaves, values), _goes_with(entries, values)
        if lone is not None and (axis is None or lone[0].place != SUB):
            odd.append(lone)  # a letter that is alone in its column goes with it by chance
        elif axis is not None:
            kinds.add(axis)
        else:
            return None
    if len(odd) != 1 or kinds != {0, 1}:
        return None
    leaf, member, meant = odd[0]
    family = Family("entries", tuple(e.part for e in entries))
    return family, Odd(leaf, member, meant, None, "entries", len(entries))


def _goes_with(entries: list[_Entry], values: list[str]) -> int | None:
    """0 where the value is told by the row, 1 where by the column."""
    for axis in (0, 1):
        lines: dict[int, set[str]] = defaultdict(set)
        for entry, value in zip(entries, values, strict=True):
            lines[entry.cell[axis]].add(value)
        if all(len(found) == 1 for found in lines.values()):
            return axis
    return None


def _lone(leaves: tuple[Leaf, ...], values: list[str]) -> tuple[Leaf, int, str] | None:
    """The leaf that stands once where all others are the same, if it is no sign and no coefficient."""
    (common, times), *_ = Counter(values).most_common()
    if times != len(values) - 1:
        return None
    k = next(k for k, value in enumerate(values) if value != common)
    leaf = leaves[k]
    told = leaf.place not in (SIGN, SHIFT) and not (leaf.number and leaf.place == PLAIN)
    return (leaf, k, common) if told else None
