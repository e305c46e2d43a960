"""A type checker for mathematics in documents.

`derive.check(paths)` reads documents and decides every claim in them,
`derive.decide(latex, given=[…])` decides one claim, `derive.read(latex)` gives a term.
Each is imported on first use: `import derive` alone costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from derive.version import VERSION as __version__

if TYPE_CHECKING:
    from derive.api import check as check
    from derive.api import decide as decide
    from derive.api import read as read

__all__ = ["__version__", "check", "decide", "read"]


def __getattr__(name: str) -> Any:
    if name in ("check", "decide", "read"):
        from derive import api

        return getattr(api, name)
    raise AttributeError(f"module 'derive' has no attribute {name!r}")
