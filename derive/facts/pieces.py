"""The pieces of syntax, walked: the parts of a node, how deep they nest, what stands in a parenthesis."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from operator import attrgetter
from typing import Any

from derive.classes import fields
from derive.notation import syntax as s

# what holds no piece, by its annotation
_PLAIN = frozenset({"Span", "Span | None", "str", "str | None", "bool", "int", "tuple[str, ...]"})
_LEAVES = frozenset((s.Name, s.Number, s.Ellipsis, s.Missing))
_ONE = frozenset(("Syntax", "Syntax | None"))


@cache
def _reader(kind: type) -> Callable[[Any], Sequence[Any]]:
    """What gives the pieces of a node of this kind, by the annotations of its fields."""
    held = {f.name: f.type for f in fields(kind) if f.type not in _PLAIN}
    names = tuple(held)
    if not names:
        return lambda node: ()
    get: Callable[[Any], Any] = attrgetter(*names)
    if list(held.values()) == ["tuple[Syntax, ...]"]:
        return get
    if len(names) == 1 and set(held.values()) == {"Syntax"}:
        return lambda node: (get(node),)
    if len(names) > 1 and set(held.values()) <= _ONE:
        return lambda node: [piece for piece in get(node) if piece is not None]

    def mixed(node: Any) -> list[Any]:
        found: list[Any] = []
        for name in names:
            _collect(getattr(node, name), found)
        return found

    return mixed


def parts(node: Any) -> Sequence[Any]:
    """The direct pieces of a syntax node, in source order."""
    kind: type = type(node)
    return _reader(kind)(node)


def _collect(value: Any, found: list[Any]) -> None:
    if type(value) is tuple:
        for item in value:
            _collect(item, found)
    elif value is not None and type(value) is not str:
        found.append(value)


def walk(nodes: Sequence[Any]) -> Iterator[Any]:
    """Every piece below the nodes, themselves first. Iterative: depth is no limit."""
    stack = list(reversed(nodes))
    pop, extend = stack.pop, stack.extend
    while stack:
        node = pop()
        yield node
        kind: type = type(node)
        if kind not in _LEAVES:
            extend(_reader(kind)(node)[::-1])


def depth(nodes: Sequence[Any]) -> int:
    """How deep the pieces nest; a left-associative run of one operator counts once."""
    deepest = 0
    stack = [(n, 1) for n in nodes]
    while stack:
        node, level = stack.pop()
        if level > deepest:
            deepest = level
        for child in parts(node):
            if isinstance(child, s.Number | s.Name):
                continue
            spine = isinstance(node, s.Infix) and isinstance(child, s.Infix) and child is node.left
            stack.append((child, level if spine else level + 1))
    return deepest


INDEX_LETTERS = frozenset("ijklmnt")


def argument_kind(fence: s.Fence) -> str:
    body = fence.body
    match body:
        case None:
            return "empty"
        case s.Sequence():
            return "several"
        case s.Bar():
            return "bar"
        case s.Chain():
            return "relation"
        case s.Number() | s.Name() | s.Missing():
            return "plain"
        case s.Scripts(base=s.Name()) | s.Scripts(base=s.Number(), sub=None, sup=s.Name(name="+" | "-")):
            return "plain"
        case s.Juxtaposition(factors=(s.Name() | s.Scripts(), s.Fence(open="("))) | s.Apply():
            return "call"
        case s.Juxtaposition(factors=(s.Name(), s.Fence(open="[", body=inner))) if _sample(inner):
            return "plain"
        case s.Sum(parts=((("-" | "+"), s.Number() | s.Name() | s.Scripts(base=s.Name())),)):
            return "signed"
        case _:
            return "compound"


def _sample(body: Any) -> bool:
    """What stands in the brackets of a signal, `x[n]`, `x[n+1]`, `x[0]`."""
    if isinstance(body, s.Sum):
        return all(isinstance(p, s.Number | s.Name) for _, p in body.parts)
    return isinstance(body, s.Number) or (isinstance(body, s.Name) and body.name in INDEX_LETTERS)
