"""Which letters multiply: beside other factors, applied to nothing, and nothing differentiates them."""

from __future__ import annotations

from typing import Any

from derive.facts.naming import spell
from derive.notation.syntax import Fence, Name, Scripts

_OPERATORS = frozenset({"d", "D", "partial", "nabla", "Delta"})


def factor(factors: tuple[Any, ...], k: int) -> str | None:
    """The letter at place k where it multiplies: applied to nothing, and no operator acts on it."""
    node = factors[k]
    if isinstance(node, Scripts):
        if node.sub is not None or node.primes or isinstance(node.sup, Fence):
            return None
        node = node.base
    if not isinstance(node, Name) or node.word or node.name in _OPERATORS:
        return None
    following = factors[k + 1] if k + 1 < len(factors) else None
    if isinstance(following, Scripts):
        following = following.base
    if isinstance(following, Fence):
        return None
    if k and (base := _base(factors[k - 1])) is not None and base in _OPERATORS:
        return None
    return spell(node)


def _base(node: Any) -> str | None:
    node = node.base if isinstance(node, Scripts) else node
    return node.name if isinstance(node, Name) else None
