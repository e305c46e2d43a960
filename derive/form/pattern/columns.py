"""The columns of a family: which of them run, which are the same, and the one leaf that leaves its column.

A family speaks only where one template explains it but for one leaf: every column is the same throughout,
or it runs (1, 2, 3; x, y, z; 1, 2, n), or it goes with one that runs. A second irregular column
means that the siblings differ for reasons of their own, and nothing is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from derive.classes import dataclass
from derive.form.pattern.families import FACTORS, Family
from derive.form.pattern.leaves import PLAIN, SHIFT, SIGN, SUB, SUP, Leaf, bare_of
from derive.model import Span

ROWS = (
    "x y z", "i j k", "a b c", "u v w", "p q r", "X Y Z", "A B C", "U V W", "alpha beta gamma", "r s t",
    "i j k l m n", "a b c d", "x y z w", "P Q R", "1 2 n",
)  # fmt: skip
_KNOWN = tuple(tuple(row.split()) for row in ROWS)
_FEWEST_LETTERS = 4
"""Siblings that must stand side by side before a letter that all but one share says anything."""


@dataclass(frozen=True, slots=True)
class Odd:
    """The deviating leaf, what its siblings would have there, and the leaf that it should go with."""

    leaf: Leaf
    member: int
    meant: str | None
    with_leaf: Leaf | None
    what: str
    siblings: int

    def column(self, family: Family) -> tuple[Leaf, ...]:
        """The leaves of all siblings at this place."""
        at = next(k for k, leaf in enumerate(family.parts[self.member].leaves) if leaf is self.leaf)
        return tuple(p.leaves[at] for p in family.parts)


Column = tuple[Leaf, ...]
_COMMA = 2
"""Characters between two indices of an entry, `a_{1, 2}`."""
_OUTVOTE = 2
"""Columns that must run alike before the one that runs otherwise is odd."""


def odd(family: Family) -> Odd | None:
    """The one leaf that deviates, if there is just one."""
    columns: list[Column] = list(zip(*(p.leaves for p in family.parts), strict=True))
    values = [tuple(leaf.value for leaf in c) for c in columns]
    running = {v for c, v in zip(columns, values, strict=True) if _runs(c, v)}
    irregular = [(c, v) for c, v in zip(columns, values, strict=True) if len(set(v)) > 1 and v not in running]
    if not irregular:
        return _outvoted(family, columns, values, running)
    if len(irregular) != 1 or not running:
        return None
    column, value = irregular[0]
    if _beside_a_run(columns, column, running):
        return _alone(family, columns, column, value)
    return (
        _leaves_a_run(family, columns, column, value, running)
        or _breaks_a_row(family, column, value)
        or _alone(family, columns, column, value)
    )


def regular(members: Sequence[tuple[Leaf, ...]]) -> bool:
    """Whether one template with an index that counts explains all of them."""
    columns = list(zip(*members, strict=True))
    values = [tuple(leaf.value for leaf in c) for c in columns]
    moving = [(c, v) for c, v in zip(columns, values, strict=True) if len(set(v)) > 1]
    return bool(moving) and all(c[0].place == SUB and _counts(v) for c, v in moving)


def running(column: Column) -> bool:
    """Whether the leaves of a column go on in an order that every reader knows."""
    return _runs(column, [leaf.value for leaf in column])


def counting(column: Column) -> bool:
    """Whether the leaves of a column are numbers that count."""
    return _counts([leaf.value for leaf in column])


def _runs(column: Column, value: Sequence[str]) -> bool:
    """Whether the values go on in an order that every reader knows, none twice."""
    if len(set(value)) < len(value) or any(leaf.place in (SIGN, SHIFT) for leaf in column):
        return False
    if _counts(value):
        return True
    return any(_within(row, value) for row in _KNOWN)


def _counts(value: Sequence[str]) -> bool:
    """1, 2, 3 or 1, 2, …, n: numbers one apart, the last of them perhaps a letter."""
    numbers = [int(v) for v in value if v.isdigit()]
    if len(numbers) == len(value):
        steps = {b - a for a, b in pairwise(numbers)}
        return steps <= {1} or steps <= {-1}
    return (
        len(numbers) == len(value) - 1 >= 2 and not value[-1].isdigit()
        and {b - a for a, b in pairwise(numbers)} <= {1}
    )  # fmt: skip


def _within(row: Sequence[str], value: Sequence[str]) -> bool:
    """Whether the values stand side by side in the row, fonts and accents the same for all."""
    bare = [bare_of(v) for v in value]
    dress = {v.replace(b, "·", 1) for v, b in zip(value, bare, strict=True)}
    if len(dress) > 1 or bare[0] not in row:
        return False
    start = row.index(bare[0])
    return tuple(bare) == tuple(row[start : start + len(bare)])


def _leaves_a_run(
    family: Family,
    columns: Sequence[Column],
    column: Column,
    value: Sequence[str],
    running: set[tuple[str, ...]],
) -> Odd | None:
    """`x_1y_1 + x_2y_2 + x_3y_2`: the column goes with one that runs, but for one leaf."""
    for run in running:
        apart = [k for k, (a, b) in enumerate(zip(value, run, strict=True)) if a != b]
        if len(apart) != 1:
            continue
        k = apart[0]
        if value[k] in ("0", "1") and k == 0:
            return None  # what begins may begin otherwise
        beside = [c[k] for c in columns if tuple(leaf.value for leaf in c) == run]
        if column[k].place == PLAIN and column[k].number:
            return None
        near = min(beside, key=lambda leaf: abs(leaf.span.start - column[k].span.start))
        return Odd(column[k], k, run[k], near, family.what, len(value))
    return None


def _beside_a_run(columns: Sequence[Column], column: Column, running: set[tuple[str, ...]]) -> bool:
    """Whether it is the one index of an entry whose other index runs: `a_{21}, a_{22}, a_{33}`."""
    at = next(k for k, c in enumerate(columns) if c is column)
    return any(
        0 <= k < len(columns)
        and columns[k][0].place == column[0].place == SUB
        and tuple(leaf.value for leaf in columns[k]) in running
        and all(_touch(a.span, b.span) or _touch(b.span, a.span)
                for a, b in zip(column, columns[k], strict=True))
        for k in (at - 1, at + 1)
    )  # fmt: skip


def _touch(a: Span, b: Span) -> bool:
    """Whether one index comes right behind the other, or behind its comma."""
    return 0 <= b.start - a.end <= _COMMA


def _outvoted(
    family: Family,
    columns: Sequence[Column],
    values: Sequence[tuple[str, ...]],
    running: set[tuple[str, ...]],
) -> Odd | None:
    """`A_{m,1}x_1 + A_{m,2}x_2 = b_n` below rows with one index throughout: one column against three."""
    for lone in running:
        if sum(v == lone for v in values) != 1:
            continue
        for many in running:
            apart = [k for k, (a, b) in enumerate(zip(lone, many, strict=True)) if a != b]
            if len(apart) == 1 and sum(v == many for v in values) >= _OUTVOTE:
                k = apart[0]
                leaf = columns[values.index(lone)][k]
                return Odd(leaf, k, many[k], columns[values.index(many)][k], family.what, len(lone))
    return None


def _breaks_a_row(family: Family, column: Column, value: Sequence[str]) -> Odd | None:
    """`(x - a)^2 + (y - b)^2 + (z - b)^2`: letters in their order, one of them twice."""
    if any(leaf.place in (SIGN, SHIFT, SUP) or leaf.number for leaf in column):
        return None
    for k in range(1, len(value)):
        if value[k] != value[k - 1]:
            continue
        for row in _KNOWN[:-1]:
            if value[0] not in row:
                continue
            start = row.index(value[0])
            meant = row[start : start + len(value)]
            if len(meant) == len(value) and all(
                a == b for n, (a, b) in enumerate(zip(value, meant, strict=True)) if n != k
            ):
                return Odd(column[k], k, meant[k], None, family.what, len(value))
    return None


def _alone(family: Family, columns: Sequence[Column], column: Column, value: Sequence[str]) -> Odd | None:
    """`α_1^2 + α_2^3 + α_3^2`: all but one have the same."""
    rest = {v: sum(w == v for w in value) for v in value}
    if len(rest) != 2 or min(rest.values()) != 1 or len(value) < 3:
        return None
    k = next(k for k, v in enumerate(value) if rest[v] == 1)
    if rest[value[k - 1]] == 1:  # two of one and one of the other, of which the other is meant
        return None
    leaf, common = column[k], value[(k + 1) % len(value)]
    indexed = any(
        c[0].place == SUB and _counts([x.value for x in c]) for c in columns if len({x.value for x in c}) > 1
    )
    ends = k in (0, len(value) - 1)
    counting = {v for c in columns if _counts(v := tuple(x.value for x in c))}
    in_pair = _beside_a_run(columns, column, counting)
    match leaf.place:
        case "exponent" | "sign" | "operator" if len(value) >= 3 and indexed:
            told = True
        case "index":
            told = indexed and (in_pair or (len(value) >= _FEWEST_LETTERS and not ends))
        case "shift":
            told = False
        case _:
            many = len(value) >= _FEWEST_LETTERS and not ends
            # a product ends or begins with its coefficient, `x_1 x_2 b_3`, and where the last of three has a
            # letter for its index it may be another's, `f_1, f_2, x_i`
            numbered = indexed and all(f.value.isdigit() for c in columns for f in c if f.place == SUB)
            told = not leaf.number and (many or (numbered and family.what != FACTORS))
    return Odd(leaf, k, common, None, family.what, len(value)) if told else None
