"""`a_{n+1} = a_n + n` among the hypotheses: a rule for the elements of a sequence, from its first ones on."""

from __future__ import annotations

from fractions import Fraction

from derive.classes import dataclass
from derive.term import nodes as t
from derive.term.traverse import free_symbols, substitute, walk

FURTHEST = 400


@dataclass(slots=True)
class Recurrence:
    """The element at `index` is `body`, which speaks of the `order` elements before it; valid from
    `first + order` on, where `first` is the least index that a hypothesis gives a value for, else 0."""

    index: t.Symbol
    body: t.Term
    order: int
    first: int = 0


def recurrence(left: t.Element, right: t.Term) -> Recurrence | None:
    """The rule that `a_{n+c} = …` states for every n, or None where the right side needs later elements."""
    if not isinstance(left.base, t.Symbol) or len(left.indices) != 1:
        return None
    place = _shifted(left.indices[0])
    if place is None:
        return None
    n, c = place
    back: list[int] = []
    for node in walk(right):
        if isinstance(node, t.Element) and node.base == left.base:
            at = _shifted(node.indices[0]) if len(node.indices) == 1 else None
            if at is None or at[0] != n or at[1] >= c:
                return None
            back.append(c - at[1])
    count = sum(s == left.base for s in walk(right))
    if not back or count != len(back) or max(back) > 8 or left.base.name in free_symbols(n):
        return None
    index = t.Symbol("\\#n", t.Type("integer"))
    shift: t.Term = index if c == 0 else t.Add((index, t.Number(Fraction(-c))))
    return Recurrence(index, substitute(right, {n: shift}), max(back))


def _shifted(term: t.Term) -> tuple[t.Symbol, int] | None:
    """n + c as (n, c)."""
    match term:
        case t.Symbol():
            return term, 0
        case t.Add(args=(t.Symbol() as n, t.Number(value=c))) if c.denominator == 1:
            return n, int(c)
        case t.Add(args=(t.Symbol() as n, t.Neg(arg=t.Number(value=c)))) if c.denominator == 1:
            return n, -int(c)
        case _:
            return None
