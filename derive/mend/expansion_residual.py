"""The coefficient that makes an expansion right, read off its orders: `h^2 u''` lacks a half.

Of each summand the contribution to every order of the expansion is known, and so is what the sides differ
by in each; a summand whose contribution is a multiple of the difference in all may have the wrong factor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from derive.classes import dataclass
from derive.mend.edits import LEFT, Edit, nodes_with_places, with_child
from derive.mend.residual import coefficient, lost, numbers, ratio
from derive.mend.screening import Screen
from derive.term.construct import sub
from derive.term.nodes import ZERO, Add, Term
from derive.verify.ladder.series import Taylor, taylor

_Entries = list[tuple[complex, ...]]


@dataclass(frozen=True)
class _Orders:
    """What a term is worth in each order, in every model."""

    screen: Screen
    of: Taylor

    def entries(self, term: Term) -> _Entries | None:
        coefficients = self.of.coefficients(term)
        if coefficients is None:
            return None
        columns = [numbers(self.screen.values(c)) for c in coefficients]
        known = [c for c in columns if c is not None]
        if len(known) < len(columns) or any(len(v) != 1 for c in known for v in c):
            return None
        return [tuple(v for (v,) in row) for row in zip(*known, strict=True)]


_COST = 0.9
"""Of what every order agrees on, as of a sum that was done wrong."""


def of_an_expansion(screen: Screen) -> Iterator[Edit]:
    """Edits of one summand's factor, or that of a side, that every order of the expansion agrees on; none
    where the claim is no expansion."""
    found = taylor(screen.claim.left, screen.claim.right)
    if found is None:
        return
    orders = _Orders(screen, found)
    gap = orders.entries(sub(found.left, found.right))
    if gap is None:
        return
    for side, own in ((1, found.right), (0, found.left)):
        for arg, rebuild in _summands(own):
            part = orders.entries(sub(own, rebuild(ZERO)))
            share = ratio(gap, part) if part is not None else None
            if share is None:
                continue
            c = 1 + share if side else 1 - share
            if c not in (0, 1):
                new, kind = coefficient(arg, c)
                changed = found.with_remainder(side, rebuild(new))
                yield Edit(side, changed, arg, new, (), kind, _COST + (0 if side else LEFT), lost(kind, c))


def _summands(side: Term) -> Iterator[tuple[Term, Callable[[Term], Term]]]:
    """The side as a whole and what is added in it, with the way to put another term in its stead."""
    if not isinstance(side, Add):
        yield side, lambda new: new
    for node, _, _, rebuild in nodes_with_places(side):
        for k, arg in enumerate(node.args if isinstance(node, Add) else ()):

            def put(
                new: Term, node: Term = node, k: int = k, rebuild: Callable[[Term], Term] = rebuild
            ) -> Term:
                return rebuild(with_child(node, k, new))

            yield arg, put
