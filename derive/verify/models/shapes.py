"""Dimensions that nobody stated, made equal where a formula's products and sums need it.

A document says that W is a matrix and w a vector by the way it writes them; that W has as many columns as
w has entries is said by `Ww`. What an author declared, `x \\in \\mathbb{R}^n`, stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from derive.calculus.shapes import Clash, Shapes
from derive.classes import replace
from derive.term import nodes as t
from derive.term.scope import Definition


def fitted(
    types: Mapping[str, t.Type],
    terms: Iterable[t.Term],
    definitions: Mapping[str, Definition] | None = None,
) -> dict[str, t.Type]:
    """The types with the open dimensions named alike where the terms need them to agree.

    A term whose shapes fit by habits alone, `1 - A`, tells what the rest of it does; one whose shapes fit in
    no way leaves its dimensions as they were.
    """
    shapes = Shapes(types, definitions)
    for term in terms:
        kept = dict(shapes.parent)
        for habits in (False, True):
            shapes.habits = habits
            try:
                shapes.of(term)
                break
            except Clash:
                shapes.parent = dict(kept)
    return {
        name: type_ if not type_.shape else replace(type_, shape=shapes.rooted(type_.shape))
        for name, type_ in types.items()
    }
