"""`derive.read(latex)`: one formula as a term."""

from __future__ import annotations

from collections.abc import Sequence

from derive.given import parts_of
from derive.model import Macro
from derive.notation import NotationError
from derive.notation import read as read_display
from derive.notation.conventions import conventional
from derive.notation.syntax import Chain, Syntax, Text
from derive.terms import elaborate
from derive.terms.nodes import Apply, Relation, Term
from derive.terms.scope import Scope


def read(latex: str, *, scope: Scope | None = None, macros: Sequence[Macro] = ()) -> Term:
    """The first reading of a formula: a term, or a Relation for `left = right` (a chain: their `and`).
    Commands that no macro declares have their conventional meaning.

    Raises `derive.notation.NotationError`, with the span that stopped the reader, for what cannot be
    read and for several statements in one.
    """
    display = read_display(latex, (*conventional([latex], macros), *macros))
    parts = [p for row in display.rows for p in parts_of(row) if not isinstance(p, Text)]
    if len(parts) != 1:
        what = "several statements in one formula" if parts else "an empty formula"
        raise NotationError(display.span, what)
    pieces = sides(parts[0])
    terms = elaborate(pieces, scope if scope is not None else Scope())[0].terms
    part = parts[0]
    if not isinstance(part, Chain):
        return terms[0]
    relations = tuple(
        Relation(link.relation, terms[k], terms[k + 1], span=link.span) for k, link in enumerate(part.links)
    )
    return relations[0] if len(relations) == 1 else Apply("and", relations)


def sides(part: Syntax) -> tuple[Syntax, ...]:
    """The sides of a chain in order; anything else is one piece."""
    if not isinstance(part, Chain):
        return (part,)
    if part.first is None:
        raise NotationError(part.span, "a relation without a left side")
    return (part.first, *(link.right for link in part.links))
