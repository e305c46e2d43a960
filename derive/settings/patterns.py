"""Patterns of files: `*` within a folder's name, `**` through folders, a name alone anywhere."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from functools import lru_cache

_PART = re.compile(r"\*\*/|\*\*|\*|\?|\[[^\]/]+\]|[^*?\[]+|\[")


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    pattern = pattern.replace("\\", "/").removeprefix("./").rstrip("/")
    anywhere = "" if "/" in pattern else "(?:.*/)?"
    found = ""
    for part in _PART.findall(pattern.removeprefix("/")):
        match part[0]:
            case "*":
                found += {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*"}[part]
            case "?":
                found += "[^/]"
            case "[" if len(part) > 1:
                inner = part[1:-1]
                found += f"[{'^' if inner[0] == '!' else ''}{re.escape(inner.lstrip('!'))}]".replace(
                    "\\-", "-"
                )
            case _:
                found += re.escape(part)
    # what a pattern says of a folder it says of all that lies in it
    return re.compile(f"{anywhere}{found}(?:/.*)?", re.DOTALL)


def matches(path: str, patterns: Iterable[str], root: str) -> bool:
    """Whether a path is named by one of the patterns, which are relative to the folder `root`."""
    try:
        relative = os.path.relpath(os.path.abspath(path), os.path.abspath(root))
    except ValueError:  # another drive
        return False
    posix = relative.replace(os.sep, "/")
    return any(_compiled(pattern).fullmatch(posix) for pattern in patterns)
