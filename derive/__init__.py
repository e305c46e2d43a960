"""A type checker for mathematics in documents.

`derive.check(paths)` reads documents and decides every claim in them,
`derive.decide(latex, given=[…])` decides one claim, `derive.read(latex)` gives a term.
Each is imported on first use: `import derive` alone costs next to nothing.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from derive.version import VERSION as __version__

if TYPE_CHECKING:
    from derive.check import check as check
    from derive.decide import decide as decide
    from derive.read import read as read

__all__ = ["__version__", "check", "decide", "read"]


class _Package(ModuleType):
    """The functions bear the names of the modules that hold them. The import system binds a
    submodule to its name in the package, which would hide the function; here the function stays."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name in ("check", "decide", "read") and isinstance(value, ModuleType):
            return
        super().__setattr__(name, value)

    def __getattr__(self, name: str) -> Any:
        if name in ("check", "decide", "read"):
            return getattr(import_module(f"derive.{name}"), name)
        raise AttributeError(f"module 'derive' has no attribute {name!r}")


sys.modules[__name__].__class__ = _Package
