"""LaTeX to a syntax tree with a span on every node; knows no meaning."""

from __future__ import annotations

from derive.notation.rows import read
from derive.notation.syntax import Display, EndlessMacro, NotationError

__all__ = ["Display", "EndlessMacro", "NotationError", "read"]
