"""Every single edit of a claim's two sides, smallest first.

Edits work on terms; the text that replaces a piece of the source is made in `mending.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, count, islice

from derive.classes import dataclass, replace
from derive.mend.array_rewrites import rewritten
from derive.mend.rewrites import Place, Vocabulary, evaluated, rewrites
from derive.model import Span
from derive.term.nodes import (
    Add,
    Apply,
    At,
    BigOp,
    Call,
    Derivative,
    Div,
    Element,
    Integral,
    Limit,
    Mul,
    Neg,
    Partial,
    Pow,
    Prime,
    Root,
    Term,
)
from derive.term.traverse import bound_here, children, map_children, walk

LEFT = 0.3
"""What an edit of the left side costs more: the right one is where a step's news stands."""
_NODES = 1_000_000
"""How many nodes are built anew for the edits of one side."""
_ORDER = 0.7
"""What an edit of the order of a remainder costs more."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One side of a claim with one node changed from `old` to `new`.

    side: 0 the left, 1 the right. `term` is the whole side after the edit, `path` leads to the
    node (child numbers as `traverse.children` counts them), `span` is the node's in the formula's LaTeX.
    """

    side: int
    term: Term
    old: Term
    new: Term
    path: tuple[int, ...]
    kind: str
    cost: float
    piece: Term | None = None

    @property
    def span(self) -> Span | None:
        return self.old.span

    @property
    def own_cost(self) -> float:
        """The cost where neither side is more likely to be wrong."""
        return self.cost if self.side else self.cost - LEFT


def with_child(node: Term, index: int, new: Term) -> Term:
    """The node with its child of that number (in the order of `children`) replaced."""
    number = count()
    return map_children(node, lambda child: new if next(number) == index else child)


def nodes_with_places(term: Term) -> Iterator[tuple[Term, Place, tuple[int, ...], Callable[[Term], Term]]]:
    """Every node with its place, its path and the way to put another in its stead."""
    stack: list[tuple[Term, Place, tuple[int, ...], Callable[[Term], Term]]] = [
        (term, Place(), (), lambda new: new)
    ]
    while stack:
        node, place, path, rebuild = stack.pop()
        yield node, place, path, rebuild
        if (pair := evaluated(node)) is not None:
            # [F]_a^b stands once in the source: an edit of F changes it at both ends
            upper, lower = pair

            def put_both(
                new: Term, upper: At = upper, lower: At = lower, rebuild: Callable[[Term], Term] = rebuild
            ) -> Term:
                ends = (replace(upper, body=new), Neg(replace(lower, body=new)))
                return rebuild(Add(ends))

            stack.append((upper.body, Place("body", place.bound), (*path, 0, 0), put_both))
            continue
        bound = place.bound | {s.name for s in bound_here(node)}
        for k, child in enumerate(children(node)):

            def put(
                new: Term, node: Term = node, k: int = k, rebuild: Callable[[Term], Term] = rebuild
            ) -> Term:
                return rebuild(with_child(node, k, new))

            role = _role_of_child(node, k, child, place)
            if role != "binding":
                stack.append((child, Place(role, bound), (*path, k), put))


def _at(term: Term, path: tuple[int, ...]) -> Term:
    for k in path:
        term = children(term)[k]
    return term


def _role_of_child(node: Term, k: int, child: Term, place: Place) -> str:
    match node:
        case Add():
            return "term"
        case Neg():
            return place.role if place.role in ("term", "exponent") else "factor"
        case Mul():
            return "factor"
        case Div():
            return "numerator" if k == 0 else "denominator"
        case Pow():
            return "base" if k == 0 else "exponent"
        case Root():
            return "argument" if k == 0 else "exponent"
        case Element():
            return "head" if k == 0 else "index"
        case Call() | Prime() | Partial():
            return "head" if k == 0 else "argument"
        case BigOp(body=body):
            if child is body:
                return "body"
            return "binding" if any(child is b.variable for b in node.binders) else "bound"
        case At(body=body, value=value):
            return "body" if child is body else "bound" if child is value else "binding"
        case Integral(body=body, variable=variable) | Limit(body=body, variable=variable):
            if child is body:
                return "body"
            return "binding" if child is variable else "bound"
        case Derivative(body=body):
            return "body" if child is body else "binding"
        case _:
            return "argument"


def edits(sides: tuple[Term, Term], words: Vocabulary, *, left: bool = True, limit: int = 600) -> list[Edit]:
    """All single edits of the right side and, with `left`, of the left one, smallest first.

    The right side is where a step's news stands, so an edit of the left costs more; so does one of the order
    of a remainder, which can always be coarser.
    `limit` bounds the number, the dearest going first. Each is a whole side built anew: of one with thousands
    of terms not all are.
    """
    found: list[Edit] = []
    for side, extra in ((1, 0.0), (0, LEFT)):
        if side == 0 and not left:
            continue
        orders: list[tuple[int, ...]] = []
        most = len(found) + _NODES // sum(1 for _ in walk(sides[side]))
        for node, place, path, rebuild in nodes_with_places(sides[side]):
            if isinstance(node, Apply) and node.head in ("big_o", "little_o"):
                orders.append(path)
            more = extra + (_ORDER if any(path[: len(o)] == o for o in orders) else 0.0)
            made = chain(rewrites(node, place, words), rewritten(node, place, words))
            for r in islice(made, max(0, most - len(found))):
                term = rebuild(r.new)
                near = 0.1 if path and _at(term, path[:-1]) in words.familiar else 0.0
                found.append(Edit(side, term, node, r.new, path, r.kind, r.cost + more - near, r.piece))
    found.sort(key=lambda e: e.cost)
    seen: set[tuple[int, Term]] = {(0, sides[0]), (1, sides[1])}
    kept: list[Edit] = []
    for e in found:
        if (e.side, e.term) not in seen:
            seen.add((e.side, e.term))
            kept.append(e)
            if len(kept) == limit:
                break
    return kept
