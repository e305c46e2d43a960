"""What a letter does where it stands: it has an index, stands before a bracket, is an argument, is
what a step is of, or is in a font.

Each occurrence comes with its windows, the pieces of the formula around it from the smallest on, so that it
can be asked whether the page has the same piece with another letter at this place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum

from derive.classes import dataclass, field
from derive.facts.document import GREEK
from derive.facts.pieces import parts
from derive.facts.runs import spelled, typed_letter
from derive.form.applied import items_of
from derive.form.page import Page, Written
from derive.form.pattern.leaves import Leaf, Part, part
from derive.model import Span
from derive.notation.syntax import (
    Bar,
    Big,
    Chain,
    Fence,
    Integral,
    Juxtaposition,
    Name,
    Number,
    Scripts,
    Sum,
    Syntax,
)
from derive.notation.syntax import Sequence as Items

_STEP = "Delta"
_MOST = 14
"""Leaves of a window: what is longer stands nowhere else."""


class Kind(Enum):
    """What a letter does, in words that follow it."""

    INDEX = "has an index"
    HEAD = "stands before a bracket"
    ARGUMENT = "is the argument of a function"
    STEP = "is what a step is of"
    FONT = "is written so"
    BARE = "stands without an argument"
    ELEMENT = "is, with an index, the argument of a function"
    INSIDE = "stands in what is compared in the bracket of a function"


@dataclass(frozen=True, slots=True)
class Window:
    """A piece around a letter, or two factors that stand side by side; `at` is the letter's leaf."""

    shape: str
    leaves: tuple[Leaf, ...]
    at: int
    span: Span

    @property
    def key(self) -> tuple[str, tuple[str, ...]]:
        return self.shape, tuple(leaf.value for leaf in self.leaves)

    def put(self, old: str, new: str) -> tuple[str, tuple[str, ...]]:
        """The key of the same piece with another letter at the place; primes stay."""
        shape, values = self.key
        primes = values[self.at].removeprefix(old)
        return shape, (*values[: self.at], new + primes, *values[self.at + 1 :])


@dataclass(frozen=True, slots=True)
class Role:
    """A kind with what belongs to it: the index, the function and the slot, the operator, the font. `least`:
    the leaves of a window that tells more than the role itself."""

    kind: Kind
    detail: tuple[object, ...]
    least: int


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One letter at one place. `letter` tells fonts and accents apart, `bare` does not; `spelt`: it is part
    of a word of single letters in a script, `p^{exact}`."""

    written: Written
    node: Name
    letter: str
    roles: tuple[Role, ...]
    windows: tuple[Window, ...]
    spelt: bool

    @property
    def bare(self) -> str:
        return self.node.name

    @property
    def key(self) -> tuple[int, int]:
        return self.written.number, self.node.span.start


def occurrences(page: Page) -> Iterator[Occurrence]:
    """Every letter of the page, in source order; a command that nothing declares, `\\fhat`, is none."""
    for written in page.written:
        for row in written.display.rows:
            taken = _Taken()
            stack: list[tuple[Syntax, tuple[Syntax, ...]]] = [(p, ()) for p in reversed(row.parts)]
            while stack:
                node, above = stack.pop()
                if isinstance(node, Name):
                    if not node.word and (len(node.name) == 1 or node.name in GREEK):
                        yield _occurrence(written, node, above, taken)
                else:
                    stack.extend((child, (*above, node)) for child in reversed(parts(node)))


@dataclass(slots=True)
class _Taken:
    """The pieces of one row, each taken apart once: a product may have as many factors as letters."""

    known: dict[int, Part] = field(default_factory=dict)
    places: dict[int, dict[int, int]] = field(default_factory=dict)

    def apart(self, node: Syntax) -> Part:
        if id(node) not in self.known:
            self.known[id(node)] = part(node)
        return self.known[id(node)]

    def place(self, node: Syntax, run: Juxtaposition) -> int:
        """Which factor of a product it is."""
        if id(run) not in self.places:
            self.places[id(run)] = {id(f): n for n, f in reversed(list(enumerate(run.factors)))}
        return self.places[id(run)][id(node)]


def _occurrence(written: Written, node: Name, above: tuple[Syntax, ...], taken: _Taken) -> Occurrence:
    letter = part(node).values[0]
    windows = tuple(_windows(node, above, taken))
    return Occurrence(written, node, letter, tuple(_roles(node, above, taken)), windows, _spelt(node, above))


def _spelt(node: Name, above: Sequence[Syntax]) -> bool:
    match above:
        case [*_, Scripts() as holder, Juxtaposition() as run] if run is not holder.base:
            return bool(spelled(run))
        case _:
            return False


def _windows(node: Name, above: Sequence[Syntax], taken: _Taken) -> Iterator[Window]:
    inner: Syntax = node
    for outer in reversed(above):
        if isinstance(outer, Juxtaposition):
            k = taken.place(inner, outer)
            for pair in (outer.factors[k - 1 : k + 1] if k else (), outer.factors[k : k + 2]):
                if len(pair) == 2:
                    yield from _window(node, [taken.apart(p) for p in pair])
        if not isinstance(outer, Juxtaposition) or len(outer.factors) > 2:
            yield from _window(node, [taken.apart(outer)])
        if len(taken.apart(outer).leaves) > _MOST:
            return
        inner = outer


def _window(node: Name, pieces: Sequence[Part]) -> Iterator[Window]:
    if sum(len(p.leaves) for p in pieces) > _MOST:
        return
    leaves = tuple(leaf for p in pieces for leaf in p.leaves)
    at = [k for k, leaf in enumerate(leaves) if leaf.span.start == node.span.start]
    if len(at) == 1:
        span = pieces[0].span.cover(pieces[-1].span)
        yield Window(" | ".join(p.shape for p in pieces), leaves, at[0], span)


def _roles(node: Name, above: Sequence[Syntax], taken: _Taken) -> Iterator[Role]:
    whole: Syntax = node
    holders = list(above)
    index = 0
    if holders and isinstance(outer := holders[-1], Scripts) and outer.base is node:
        whole = holders.pop()
        if outer.sub is not None:
            values = part(outer.sub).values
            index = len(values)
            yield Role(Kind.INDEX, values, 2 + index)
    match holders:
        case [*_, Juxtaposition(factors=factors) as run]:
            k = taken.place(whole, run)
            ends = k and _goes_on(factors[k - 1], node)  # the last letter of `loss(x, y)`
            if not ends and k + 1 < len(factors) and (arguments := _called_with(factors[k + 1])):
                yield Role(Kind.HEAD, (len(arguments), _numbers(arguments)), 2 + index)
            if k and whole is node and isinstance(before := factors[k - 1], Name) and before.name == _STEP:
                yield Role(Kind.STEP, (before.name,), 3)
        case _:
            pass
    if whole is node and not node.accents and holders and isinstance(holders[-1], Sum | Chain):
        if not isinstance(holders[-2] if len(holders) > 1 else None, Big | Integral):  # `\sum_{l=1}` counts
            yield Role(Kind.BARE, (), 2)  # a number among numbers
    yield from _argument(whole, holders)
    if node.font and not node.accents:
        yield Role(Kind.FONT, (node.font,), 2)


def _goes_on(before: Syntax, node: Name) -> bool:
    return typed_letter(before) is not None and before.span.end == node.span.start


def _numbers(nodes: Sequence[Syntax]) -> bool:
    return all(isinstance(n, Number) for n in nodes)


def _called_with(node: Syntax) -> tuple[Syntax, ...]:
    """What stands in a bracket that no product needs: letters, or things with a bar or a relation."""
    if not isinstance(node, Fence) or node.open != "(":
        return ()
    items = tuple(items_of(node.body))
    if isinstance(node.body, Bar | Items) or all(isinstance(i, Name | Scripts | Number) for i in items):
        return items
    return items if any(isinstance(i, Chain) for i in items) else ()


def _argument(node: Syntax, holders: Sequence[Syntax]) -> Iterator[Role]:
    compared = False
    for k in range(len(holders) - 1, 0, -1):
        match holders[k - 1], holders[k]:
            case Juxtaposition(factors=factors), Fence(body=body) as fence:
                n = next(n for n, f in enumerate(factors) if f is fence)
                head = factors[n - 1] if n else None
                name = head.base if isinstance(head, Scripts) else head
                items = list(items_of(body))
                slot = next((i for i, item in enumerate(items) if item is node), None)
                if not isinstance(name, Name):
                    return
                detail = part(name).values[0], len(items), slot
                if slot is not None:
                    yield Role(Kind.ARGUMENT if isinstance(node, Name) else Kind.ELEMENT, detail, 2)
                elif compared:
                    yield Role(Kind.INSIDE, detail, 2)
                return
            case _, Chain():
                compared = True  # `P(X = x)`
            case _, Items() | Bar():
                continue
            case _:
                return
