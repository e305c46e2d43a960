"""Twins: a part that stands beside itself, so that it cancels or could be collected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from derive.classes import dataclass
from derive.facts.pieces import walk
from derive.form.pattern.leaves import Part, part
from derive.model import Span
from derive.notation.syntax import (
    Chain,
    Display,
    Fence,
    Fraction,
    Infix,
    Juxtaposition,
    Name,
    Number,
    Prefix,
    Sum,
    Syntax,
)
from derive.notation.syntax import Sequence as Items


@dataclass(frozen=True, slots=True)
class Twin:
    """`kind`: `quotient`, `difference`, `comparison`, `sum`. `beside` is the sibling that tells what was
    meant."""

    kind: str
    span: Span
    piece: Span
    beside: Span | None = None


def twins(display: Display) -> Iterator[Twin]:
    """Every part of a relation that stands beside itself and has no reason to."""
    for k, row in enumerate(display.rows):
        after = display.rows[k + 1].parts[:1] if k + 1 < len(display.rows) else ()
        goes_on = any(isinstance(p, Chain) and p.first is None for p in after)
        for chain in row.parts:
            if isinstance(chain, Chain):
                yield from _in_chain(chain, goes_on)


def _in_chain(chain: Chain, goes_on: bool) -> Iterator[Twin]:
    sides = [*([chain.first] if chain.first is not None else []), *(link.right for link in chain.links)]
    if any(isinstance(s, Number) or _of_the_same(s) for s in sides):
        return  # it says that it is nothing, or one
    yield from _compared(sides)
    for k, side in enumerate(sides):
        last = k == len(sides) - 1 and not goes_on and k > 0
        fractions: list[Fraction] = []
        for node in walk([side]):
            match node:
                case Sum(parts=((_, a), ("-", b))) if last and _same(a, b) and _letters(a):
                    yield Twin("difference", node.span, a.span)
                case Sum(parts=parts) if last and chain.links[-1].relation in ("=", ":="):
                    yield from _collectable(parts)
                case Fraction(kind="frac"):
                    fractions.append(node)
                case _:
                    continue
        if last and len(sides) == 2 and isinstance(side, Fraction) and _cancels(side):
            yield Twin("quotient", side.span, side.numerator.span)
        elif isinstance(side, Juxtaposition | Infix):
            yield from _beside(fractions)


def _compared(sides: Sequence[Syntax]) -> Iterator[Twin]:
    """`P(A > A)`: an event that a thing is what it is, or is not, beside one that compares two things."""
    for run in (n for n in walk(sides) if isinstance(n, Juxtaposition)):
        for head, bracket in pairwise(run.factors):
            if not isinstance(head, Name) or not isinstance(bracket, Fence):
                continue
            for event in walk([bracket]):
                match event:
                    case Chain(first=a, links=(link,)) if a is not None and _same(a, link.right):
                        if _letters(a):
                            yield Twin("comparison", event.span, a.span)
                    case _:
                        pass


def _beside(fractions: Sequence[Fraction]) -> Iterator[Twin]:
    """A quotient of a thing by itself beside one whose two parts differ in one token."""
    for lone in fractions:
        if not _cancels(lone):
            continue
        for other in fractions:
            above, below = part(other.numerator), part(other.denominator)
            alike = above.shape == below.shape and len(above.leaves) > 1
            if other is not lone and alike and _apart(above, below) == 1:
                yield Twin("quotient", lone.span, lone.numerator.span, other.span)
                break


def _cancels(node: Fraction) -> bool:
    return (
        _same(node.numerator, node.denominator)
        and _letters(node.numerator)
        and not any(
            isinstance(n, Prefix) or getattr(n, "name", "") in ("d", "partial", "infty")
            for n in walk([node.numerator])
        )
    )


def _collectable(parts: Sequence[tuple[str, Syntax]]) -> Iterator[Twin]:
    """Equal summands of one sign, side by side among others, that nobody collects."""
    if len(parts) < 3:
        return
    for (sign, a), (other, b) in pairwise(parts):
        if sign == other and sign in "+-" and _same(a, b) and len(part(a).leaves) >= 2 and _letters(a):
            yield Twin("sum", a.span.cover(b.span), a.span)


def _of_the_same(side: Syntax) -> bool:
    """`d(x, x)`: of the distance of a thing from itself."""
    return any(
        isinstance(n, Fence) and isinstance(n.body, Items) and len(n.body.items) == 2 and _same(*n.body.items)
        for n in walk([side])
    )


def _same(a: Syntax, b: Syntax) -> bool:
    if type(a) is not type(b):
        return False
    first, second = part(a), part(b)
    return first.shape == second.shape and first.values == second.values


def _letters(node: Syntax) -> bool:
    return any(not leaf.number for leaf in part(node).leaves)


def _apart(a: Part, b: Part) -> int:
    return sum(x != y for x, y in zip(a.values, b.values, strict=True))
