"""The matrices that a section transposes: who writes `A^\\top` does not take A for symmetric."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from derive.facts.document import is_transpose
from derive.facts.naming import symbol_name
from derive.facts.pieces import walk
from derive.notation.syntax import Chain, Fraction, Name, Number, Scripts


def derivatives(pieces: Sequence[Any]) -> Iterator[str]:
    """The letters that are set equal to a derivative: `\\delta_2 = \\frac{\\partial L}{\\partial Z_2}`."""
    for node in pieces:
        if isinstance(node, Chain) and any(_is_derivative(link.right) for link in node.links):
            match node.first:
                case Scripts(base=Name() as base, sub=Number(text=number), sup=None):
                    yield f"{symbol_name(base)}_{{{number}}}"
                case Name():
                    yield symbol_name(node.first) or ""
                case _:
                    pass


def _is_derivative(node: Any) -> bool:
    if not isinstance(node, Fraction):
        return False
    parts = (node.numerator, node.denominator)
    return all(any(isinstance(n, Name) and n.name == "partial" for n in walk((p,))) for p in parts)


def turned(pieces: Sequence[Any]) -> tuple[set[str], set[str]]:
    """The letters that the pieces of a formula transpose, and those that are equal to their transposes."""
    found: set[str] = set()
    same: set[str] = set()
    for node in pieces:
        match node:
            case Scripts(base=Name(), sup=sup, sub=None) if is_transpose(sup):
                found |= {name} if (name := symbol_name(node.base)) is not None else set()
            case Chain(first=first, links=links):
                sides = [first, *(link.right for link in links if link.relation == "=")]
                bare = {symbol_name(side) for side in sides if isinstance(side, Name)}
                for side in sides:
                    if isinstance(side, Scripts) and is_transpose(side.sup):
                        name = symbol_name(side.base)
                        same |= {name} if name is not None and name in bare else set()
            case _:
                pass
    return found, same
