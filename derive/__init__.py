"""A type checker for mathematics in documents.

`derive.check(paths)` reads documents and decides every claim in them,
`derive.decide(latex, given=[…])` decides one claim, `derive.read(latex)` gives a term.
All of it is in `derive.api`.
Each is imported on first use: `import derive` alone costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from derive.version import VERSION as __version__

if TYPE_CHECKING:
    from derive.api import DeriveError as DeriveError
    from derive.api import Finding as Finding
    from derive.api import check as check
    from derive.api import check_text as check_text
    from derive.api import decide as decide
    from derive.api import differentiate as differentiate
    from derive.api import findings as findings
    from derive.api import read as read

_INTERFACE = ("DeriveError", "Finding", "check", "check_text", "decide", "differentiate", "findings", "read")

__all__ = ["__version__", *_INTERFACE]


def __getattr__(name: str) -> Any:
    if name in _INTERFACE:
        from derive import api

        return getattr(api, name)
    raise AttributeError(f"module 'derive' has no attribute {name!r}")
