"""What a letter has where it stands: scripts, primes, a bracket behind, a sign of a derivative before it."""

from __future__ import annotations

from collections.abc import Iterator

from derive.facts.pieces import parts
from derive.form.page import Page
from derive.notation.syntax import Fence, Juxtaposition, Name, Prefix, Scripts, Syntax

_DERIVED = frozenset({"d", "partial", "Delta", "nabla"})
"""Signs that say of what."""

Use = tuple[str, ...]
"""In words that follow a letter; empty where it stands bare."""


def uses(page: Page) -> dict[tuple[int, int], Use]:
    """The use of every letter of the page, by its formula's number and its start."""
    return {
        (written.number, node.span.start): _use(node, above)
        for written in page.written
        for row in written.display.rows
        for node, above in _letters(row.parts)
    }


def worded(use: Use) -> str:
    """A use for a reader."""
    return " and ".join(use) if use else "bare"


def _letters(nodes: tuple[Syntax, ...]) -> Iterator[tuple[Name, tuple[Syntax, ...]]]:
    stack: list[tuple[Syntax, tuple[Syntax, ...]]] = [(node, ()) for node in nodes]
    while stack:
        node, above = stack.pop()
        if not isinstance(node, Name):
            stack.extend((child, (*above[-1:], node)) for child in parts(node))
        elif not node.word:
            yield node, above


def _use(node: Name, above: tuple[Syntax, ...]) -> Use:
    held, unit, found = list(above), node, list[str]()
    whole: Syntax = unit
    if held and isinstance(outer := held[-1], Scripts) and outer.base is node:
        whole = held.pop()
        found += ["with an index"] * (outer.sub is not None) + ["with an exponent"] * (outer.sup is not None)
        found += [f"with {outer.primes} primes" if outer.primes > 1 else "with a prime"] * (outer.primes > 0)
    match held[-1] if held else None:
        case Juxtaposition(factors=factors):
            k = next(n for n, factor in enumerate(factors) if factor is whole)
            if k + 1 < len(factors) and _touches(whole, factors[k + 1]):
                found.append("before a bracket")
            if k and isinstance(before := factors[k - 1], Name) and before.name in _DERIVED:
                found.append(_behind(before.name))
        case Prefix(operator=Name(name=name)):
            found.append(_behind(name))
        case _:
            pass
    return tuple(found)


def _behind(name: str) -> str:
    return f"behind $\\{name}$" if len(name) > 1 else f"behind ${name}$"


def _touches(node: Syntax, behind: Syntax) -> bool:
    return isinstance(behind, Fence) and behind.open == "(" and behind.span.start == node.span.end
