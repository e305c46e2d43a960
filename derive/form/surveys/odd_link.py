"""A side of a chain has one token another than the sides before and behind it have.

`m g (a - y) = V \\rho g (a + y) = A \\rho g (a - y)`: what stands in the sides around was to stand in this
one too. It is told of pieces of some length that the side between has not at all, where neither of the two
steps was proved. Bounds, digits that only count (`x_1`, `x_2`) and the next member of a sequence are left
alone, as an intermediate step may split a term off a sum or write one out.
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.facts.pieces import walk
from derive.form.cause import survey
from derive.form.page import Page, Written
from derive.form.pattern.leaves import PLAIN, SIGN, SUP, part
from derive.form.windows import Piece, pieces
from derive.model import Diagnostic, Label
from derive.notation.syntax import Big, Chain, Integral, Scripts, Syntax

CODE, NAME = "DRV050", "odd-link"
_LEAST, _LONG = 3, 5
"""Leaves of a sum, and of what is none: `\\kappa_2^3` and `\\kappa_2^2` are two quantities."""
_PLACES = frozenset({PLAIN, SIGN, SUP})


def look(page: Page) -> Iterator[Diagnostic]:
    for written in page.written:
        for chain in _chains(written):
            for before, here, behind in zip(chain, chain[1:], chain[2:], strict=False):
                if (odd := _odd(written, before, here, behind)) is None:
                    continue
                piece, at, other = odd
                leaf = piece.leaves[at]
                places = [written.formula.locate(n.span) for n in (here, behind)]
                if all(map(page.open, places)):
                    yield page.finding(
                        CODE,
                        NAME,
                        f"${written.text(piece.span)}$ stands between two sides that have "
                        f"${written.text(other.span)}$",
                        written,
                        leaf.span,
                        labels=(Label(written.formula.locate(other.span), "here it is so"),),
                    )


def _chains(written: Written) -> Iterator[list[Syntax]]:
    """The sides of each chain of equations, over the rows of a display."""
    sides: list[Syntax] = []
    for row in written.display.rows:
        for node in row.parts:
            if not isinstance(node, Chain):
                yield sides
                sides = []
                continue
            if node.first is not None:
                yield sides
                sides = [node.first]
            for link in node.links:
                if link.relation == "=":
                    sides = [*sides, link.right]
                else:
                    yield sides
                    sides = [link.right]
    yield sides


def _odd(written: Written, before: Syntax, here: Syntax, behind: Syntax) -> tuple[Piece, int, Piece] | None:
    """The shortest piece of the side between with one leaf another than both sides around have it."""
    first, own, last = (list(pieces(written, (side,))) for side in (before, here, behind))
    around = {p.values for p in first} & {p.values for p in last}
    inside = {p.values for p in own}
    known = {(p.shape, p.values) for p in (*first, *last)}
    bounds = {*_bounds(here), *_members(here, (before, behind))}
    meant = [p for p in last if p.values in around and p.values not in inside and len(p.leaves) >= _LEAST]
    if not meant:
        return None
    strange = [p for p in own if (p.shape, p.values) not in known]
    masked = {(p.shape, k, _without(p, k)): p for p in reversed(strange) for k in range(len(p.leaves))}
    for other in sorted(meant, key=lambda p: len(p.leaves)):
        for k in range(len(other.leaves)):
            piece = masked.get((other.shape, k, _without(other, k)))
            if piece is not None and _counts(piece, k, bounds):
                return piece, k, other
    return None


def _without(piece: Piece, k: int) -> tuple[str, ...]:
    return (*piece.values[:k], *piece.values[k + 1 :])


def _counts(piece: Piece, at: int, bounds: set[int]) -> bool:
    leaf = piece.leaves[at]
    joined = any(x.place == SIGN for x in piece.leaves) or len(piece.leaves) >= _LONG
    return joined and leaf.place in _PLACES and leaf.span.start not in bounds


def _bounds(side: Syntax) -> Iterator[int]:
    for node in walk((side,)):
        if isinstance(node, Big | Integral):
            for bound in (node.sub, node.sup):
                if bound is not None:
                    yield from (leaf.span.start for leaf in part(bound).leaves)


def _members(side: Syntax, others: tuple[Syntax, ...]) -> Iterator[int]:
    """The leaves of indices of what the other sides have at another index: `x_{k-1} = x_{k-2} + h` steps
    from one member of a sequence to the next."""
    heads = {part(n.base).values for n in walk(others) if isinstance(n, Scripts) and n.sub is not None}
    for node in walk((side,)):
        if isinstance(node, Scripts) and node.sub is not None and part(node.base).values in heads:
            yield from (leaf.span.start for leaf in part(node.sub).leaves)


CAUSE = survey(
    CODE,
    NAME,
    look,
    doc=__doc__,
    invalid=("The work is $$W = m g (a - y) = V \\rho g (a + y) = A h \\rho g (a - y).$$\n",),
    valid=(
        "The three are $$v = \\frac{2 k_2^2}{n} = 9 k_3 - k_2^3 = 3 k_2^2 k_4.$$\n",
        "The work is $$W = m g (a - y) = V \\rho g (a - y) = A h \\rho g (a - y).$$\n",
        "The ends are $$x_{k-1} = x_{k-2} + h = (k-1) h + c.$$\n",
        "The square is $$(a + b)^2 = (a + b)(a + b) = a (a + b) + b (a + b).$$\n",
        "The sum is $$s = \\sum_{k=0}^n a_k x^k = a_0 + \\sum_{k=1}^n a_k x^k = \\sum_{k=0}^n a_k x^k.$$\n",
    ),
)
