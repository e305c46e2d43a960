"""Letters run together without a space, as they stand in the source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from derive.facts.pieces import argument_kind
from derive.notation import syntax as s


def run(factors: Sequence[Any], k: int) -> tuple[int, str]:
    """How many factors from k on are single italic letters set without a space, and what they spell.

    A script or prime on the last of them belongs to the whole.
    """
    spelled, end = "", None
    for n in range(len(factors) - k):
        factor = factors[k + n]
        last = isinstance(factor, s.Scripts)
        base = factor.base if isinstance(factor, s.Scripts) else factor
        found = typed_letter(base)
        if found is None or (end is not None and base.span.start != end):
            return n, spelled
        spelled, end = spelled + found, base.span.end
        if last:
            return n + 1, spelled
    return len(factors) - k, spelled


def run_together(factors: Sequence[Any], least: int = 2) -> Iterator[Any]:
    """The factors that are letters of a run of so many at least."""
    k = 0
    while k < len(factors):
        count = run(factors, k)[0]
        if count >= least:
            yield from factors[k : k + count]
        k += max(count, 1)


def spelled(script: Any) -> Sequence[Any]:
    """The letters of a script that spells a word, `train` of `n_{train}`: three at least, without a space."""
    if not isinstance(script, s.Juxtaposition) or run(script.factors, 0)[0] < max(3, len(script.factors)):
        return ()
    return script.factors


def typed_letter(node: Any) -> str | None:
    """A plain letter that the author typed here, no macro's."""
    if not isinstance(node, s.Name) or node.font or node.accents or node.span.end - node.span.start != 1:
        return None
    return node.name if len(node.name) == 1 and node.name.isascii() and node.name.isalpha() else None


def opens(node: Any) -> bool:
    """A parenthesis with one letter or number in it."""
    return isinstance(node, s.Fence) and node.open == "(" and argument_kind(node) == "plain"
