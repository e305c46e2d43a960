"""Signs of parallel terms: the one minus among pluses, or the one plus."""

from __future__ import annotations

from collections.abc import Iterator

from derive.classes import dataclass
from derive.facts.pieces import walk
from derive.form.pattern.columns import counting, running
from derive.form.pattern.leaves import part
from derive.model import Span
from derive.notation.syntax import Display, Sum

_FEWEST, _MANY = 3, 4
"""Terms of which the last may be odd, and any."""
_COLUMNS = 2
"""Columns that count in three terms before they are one list: `a_1 e_1 + a_2 e_2 + a_3 e_3`."""


@dataclass(frozen=True, slots=True)
class OddSign:
    """A sign that its siblings do not have: where it and its term stand."""

    span: Span
    term: Span
    has: str
    others: str
    siblings: int


def odd_signs(display: Display) -> Iterator[OddSign]:
    """Every term of a list that alone has another sign. What alternates is left alone."""
    for row in display.rows:
        for node in walk(row.parts):
            if isinstance(node, Sum) and len(node.parts) >= _FEWEST and (found := _odd(node)) is not None:
                yield found


def _odd(node: Sum) -> OddSign | None:
    signs = [sign for sign, _ in node.parts]
    lone = [k for k, sign in enumerate(signs) if signs.count(sign) == 1]
    if len(lone) != 1 or not lone[0] or len(set(signs)) != 2:
        return None
    k = lone[0]
    terms = [part(term) for _, term in node.parts]
    if len({t.shape for t in terms}) > 1:
        return None
    columns = [c for c in zip(*(t.leaves for t in terms), strict=True) if len({leaf.value for leaf in c}) > 1]
    if not columns or not all(running(c) for c in columns):
        return None
    many = len(terms) >= _MANY and any(counting(c) for c in columns)
    last = k == len(terms) - 1 and sum(counting(c) for c in columns) >= _COLUMNS
    if not many and not last:
        return None
    before, term = node.parts[k - 1][1].span, node.parts[k][1].span
    here = Span(min(before.end, term.start), term.start)
    return OddSign(here, term, signs[k], next(s for s in signs if s != signs[k]), len(terms))
