"""Lengths that sums tell: with `\\sum_{i=1}^m (h_i - y_i)^2` "the vector of targets $y$" has m entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from derive.facts.document import Evidence
from derive.facts.naming import symbol_name
from derive.facts.pieces import walk
from derive.notation.syntax import Big, Chain, Fence, Name, Number, Scripts, Syntax


def summed(
    pieces: Sequence[Sequence[Any]], evidence: Evidence, collects: set[str]
) -> Iterator[tuple[str, str]]:
    """The vectors to whose entries words give a name, but no length, each with the one letter to which every
    sum over its entries runs. Of each formula all its pieces are given."""
    named = {
        name
        for name, kinds in evidence.declarations.items()
        if name in collects and {kind.shape for _, kind in kinds} == {(f"n_{name}",)}
    }
    ends: dict[str, set[str]] = {}
    for node in (n for nodes in pieces if named for n in nodes if isinstance(n, Big)):
        index, end = _range(node)
        if index is None or end is None:
            continue
        for name in _entries(node.body, index) & named:
            ends.setdefault(name, set()).add(end)
    for name, found in ends.items():
        (end, *others) = found
        if end and not others:
            yield name, end


def _range(node: Big) -> tuple[str | None, str | None]:
    """What a sum or a product counts by, and the letter to which it counts from 1: "" where it counts
    otherwise, None where it does not say."""
    match node:
        case Big(op="sum" | "prod", sub=Chain(first=Name(name=index), links=(link,)), sup=sup):
            from_one = isinstance(link.right, Number) and link.right.text == "1"
            return index, sup.name if from_one and isinstance(sup, Name) else ""
        case Big(op="sum" | "prod", sub=Name(name=index)):
            return index, None
        case _:
            return None, None


def _entries(body: Syntax, index: str) -> set[str]:
    """The letters that stand in a sum with its index, `y_i` or `y^{(i)}`, and with nothing else."""
    found: set[str] = set()
    for node in walk((body,)):
        if not isinstance(node, Scripts):
            continue
        raised = node.sup.body if isinstance(node.sup, Fence) and node.sup.open == "(" else None
        marks = [m for m in (node.sub, raised) if m is not None]
        if len(marks) == 1 and isinstance(marks[0], Name) and marks[0].name == index:
            name = symbol_name(node.base)
            if name is not None:
                found.add(name)
    return found
