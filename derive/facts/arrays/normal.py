"""`x \\sim \\mathcal{N}(\\mu, \\Sigma)`: what stands last in a normal distribution is a covariance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from derive.facts.naming import symbol_name
from derive.notation.syntax import Fence, Juxtaposition, Name, Scripts, Sequence, Syntax


def normals(nodes: Iterable[Any]) -> Iterator[tuple[str | None, str]]:
    """The capitals that stand last in the parentheses of normal distributions, each with the letter of the
    mean before it."""
    for node in nodes:
        factors = node.factors if isinstance(node, Juxtaposition) else ()
        for head, fence in pairwise(factors):
            if not _is_normal(head) or not isinstance(fence, Fence) or not isinstance(fence.body, Sequence):
                continue
            *_, mean, last = (None, *fence.body.items)
            if isinstance(last, Name) and last.name[:1].isupper() and last.name not in ("I", "T"):
                name = symbol_name(last)
                if name is not None:
                    yield symbol_name(mean) if isinstance(mean, Name) else None, name


def _is_normal(head: Syntax) -> bool:
    base = head.base if isinstance(head, Scripts) else head
    return isinstance(base, Name) and base.name == "N" and base.font in ("calligraphic", "script")
