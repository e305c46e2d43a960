"""A piece of syntax as its shape and its leaves: what two parallel parts are compared by.

The shape is everything but the letters, numbers and inner signs; those are the leaves, in the author's order,
each with its place. Two parts are siblings when their shapes are equal; their leaves then stand in columns.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from derive.classes import dataclass, fields
from derive.model import Span
from derive.notation.syntax import (
    Big,
    Display,
    Ellipsis,
    Fraction,
    Infix,
    Juxtaposition,
    Link,
    Missing,
    Name,
    Number,
    Prefix,
    Scripts,
    Sum,
    Syntax,
    Text,
)

SUB, SUP, PLAIN, SIGN = "index", "exponent", "plain", "sign"
BY = "variable"
"""The place of what a derivative is taken by."""
OPERATOR = "operator"
"""The place of the sign of a sum or a product."""
SHIFT = "shift"
"""The place of a sign within an index, `x_{i-1}`: neighbours of a grid differ by it."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A letter, a number or a sign; `value` tells fonts, accents and primes apart. `number`: a value,
    which no renaming changes."""

    value: str
    place: str
    span: Span
    number: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of syntax, taken apart."""

    shape: str
    leaves: tuple[Leaf, ...]
    span: Span

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(leaf.value for leaf in self.leaves)


def bare_of(value: str) -> str:
    """The letter of a leaf's value, without its font, accents and primes."""
    return value.rpartition(":")[2].rstrip("')").rpartition("(")[2]


_MOST = 20_000
_known: dict[int, tuple[Syntax, Part]] = {}
"""What was taken apart before, the node beside it so that it stays what it is: one survey of a document after
another asks for the same nodes."""


def part(node: Syntax) -> Part:
    """The shape and the leaves of a node."""
    known = _known.get(id(node))
    if known is None:
        if len(_known) >= _MOST:
            _known.clear()
        known = _known[id(node)] = node, _part(node)
    return known[1]


def _part(node: Syntax) -> Part:
    every = tokens(node)
    shape = " ".join("·" if isinstance(t, Leaf) else t for t in every)
    return Part(shape, tuple(t for t in every if isinstance(t, Leaf)), node.span)


def tokens(node: Syntax) -> list[str | Leaf]:
    """The marks of the shape of a node and its leaves, as they follow on one another. Iterative: depth is no
    limit."""
    found: list[str | Leaf] = []
    stack: list[tuple[object, str]] = [(node, PLAIN)]
    while stack:
        item, place = stack.pop()
        if isinstance(item, str | Leaf):
            found.append(item)
        else:
            stack.extend(reversed(list(_taken_apart(item, place))))
    return found


def _taken_apart(node: object, place: str) -> Iterator[tuple[object, str]]:
    match node:
        case Name(span=span):
            yield Leaf(_spelt(node), place, span, node.name == "infty"), place
        case Number(span=span, text=text) if place == SUB and len(text) > 1 and text.isdigit():
            for k, digit in enumerate(text):  # the entries of a matrix: `a_{12}`
                exact = span.end - span.start == len(text)
                where = Span(span.start + k, span.start + k + 1) if exact else span
                yield Leaf(digit, place, where, True), place
        case Number(span=span, text=text):
            yield Leaf(text, place, span, True), place
        case Scripts(base=Name() as base, sub=sub, sup=sup, primes=primes):
            yield f"scripts{sub is not None:d}{sup is not None:d}", place
            reach = Span(base.span.start, max(base.span.end, node.span.end if sub is sup is None else 0))
            yield Leaf(_spelt(base) + "'" * primes, place, reach), place
            if sub is not None:
                yield sub, SUB
            if sup is not None:
                yield sup, SUP
        case Scripts(base=inner, sub=sub, sup=sup, primes=primes):
            yield f"scripts{sub is not None:d}{sup is not None:d}{primes}", place
            yield inner, place
            if sub is not None:
                yield sub, SUB
            if sup is not None:
                yield sup, SUP
        case Sum(parts=parts):
            yield f"sum{len(parts)}", place
            end = parts[0][1].span.start
            for k, (sign, summand) in enumerate(parts):
                where = Span(min(end, summand.span.start), summand.span.start)
                if k or sign != "+":
                    yield Leaf(sign, SHIFT if place == SUB else SIGN, where), place
                yield summand, place
                end = summand.span.end
        case Big(op="sum" | "prod" as op, sub=sub, sup=sup, body=body, span=span):
            yield f"big{sub is not None:d}{sup is not None:d}", place
            command = Span(span.start, min(span.end, span.start + len(op) + 1))
            yield Leaf(op, OPERATOR, command), place
            if sub is not None:
                yield sub, SUB
            if sup is not None:
                yield sup, SUP
            yield body, place
        case Infix(op=op, left=left, right=right):
            yield f"infix:{op}", place
            yield left, place
            yield right, place
        case Link(relation=relation, right=right):
            yield f"link:{relation}", place
            yield right, place
        case Fraction(numerator=above, denominator=below) if _differential(above) and _differential(below):
            yield "derivative", place
            yield above, place
            yield below, BY
        case Text(text=text):
            yield f"text:{' '.join(text.split())}", place
        case Ellipsis() | Missing():
            yield type(node).__name__, place
        case _:
            yield type(node).__name__, place
            yield from _fields(node, place)
            yield "end", place


def differentiates(display: Display) -> bool:
    """Whether a formula has a slope in it: a derivative, a prime, a gradient. Its powers are others."""
    leaves = (leaf for row in display.rows for p in row.parts for leaf in part(p).leaves)
    return any(leaf.place == BY or leaf.value.endswith("'") or leaf.value == "nabla" for leaf in leaves)


def _differential(node: Syntax) -> bool:
    """`\\partial f`, `d x`: what a derivative is written with."""
    match node:
        case Prefix(operator=Name(name="partial" | "d")) | Name(name="partial" | "d"):
            return True
        case Juxtaposition(factors=(first, *_)) | Scripts(base=first) | Prefix(operator=first):
            return _differential(first)
        case _:
            return False


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind) if f.name != "note")


def _fields(node: object, place: str) -> Iterator[tuple[object, str]]:
    kind: Any = type(node)
    for name in _names(kind):
        value = getattr(node, name)
        if isinstance(value, (Span, bool)):
            continue
        inner = SUB if name == "sub" else SUP if name == "sup" else PLAIN
        yield from _flat(value, inner if inner != PLAIN else place)


def _flat(value: object, place: str) -> Iterator[tuple[object, str]]:
    if isinstance(value, (str, int)):
        yield str(value) or "-", place
    elif isinstance(value, tuple):
        yield f"({len(value)}", place
        for v in value:
            yield from _flat(v, place)
    elif value is None:
        yield "none", place
    else:
        yield value, place


def _spelt(name: Name) -> str:
    letters = name.name
    for accent in name.accents:
        letters = f"{accent}({letters})"
    return f"{name.font}:{letters}" if name.font else letters
