"""Equations that say the same with their terms on other sides: `t - v = s` and `v = t - s`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from derive.term.nodes import Add, Neg, Term

Balance = frozenset[frozenset[tuple[Term, int]]]


def balance(left: Term, right: Term) -> Balance:
    """What the terms of an equation come to when all stand on one side, whichever that is: two equations
    with the same balance differ only in where their terms stand."""
    terms = Counter[Term]()
    for term, sign in (*_summands(left, 1), *_summands(right, -1)):
        terms[term] += sign
    kept = {t: n for t, n in terms.items() if n}
    return frozenset((frozenset(kept.items()), frozenset((t, -n) for t, n in kept.items())))


def _summands(term: Term, sign: int) -> Iterator[tuple[Term, int]]:
    match term:
        case Add(args=args):
            for arg in args:
                yield from _summands(arg, sign)
        case Neg(arg=arg):
            yield from _summands(arg, -sign)
        case _:
            yield term, sign
