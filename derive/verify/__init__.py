"""From a claim to a verdict: `decide(claim)`. Imported on first use, so that reading needs no Arb."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from derive.verify.budget import CheckerFault as CheckerFault
    from derive.verify.ladder.tower import decide as decide

__all__ = ["CheckerFault", "decide"]


def __getattr__(name: str) -> Any:
    if name == "decide":
        from derive.verify.ladder.tower import decide

        return decide
    if name == "CheckerFault":
        from derive.verify.budget import CheckerFault

        return CheckerFault
    raise AttributeError(f"module 'derive.verify' has no attribute {name!r}")
