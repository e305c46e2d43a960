"""Patterns of files: `*` within a folder's name, `**` through folders, a name alone anywhere."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase


def matches(path: str, patterns: Iterable[str], root: str) -> bool:
    """Whether a path is named by one of the patterns, which are relative to the folder `root`. What a pattern
    says of a folder it says of all that lies in it."""
    try:
        relative = os.path.relpath(os.path.abspath(path), os.path.abspath(root))
    except ValueError:  # another drive
        return False
    names = relative.split(os.sep)
    return any(_names(_parts(pattern), names) for pattern in patterns)


def _parts(pattern: str) -> list[str]:
    pattern = pattern.replace("\\", "/").removeprefix("./").rstrip("/")
    parts = pattern.removeprefix("/").split("/")
    return parts if "/" in pattern else ["**", *parts]


def _names(parts: Sequence[str], names: Sequence[str]) -> bool:
    """Whether the parts name the path or a folder above it. The set of parts that may come next is carried
    along, so that no pattern takes long."""
    waiting = _without_folders({0}, parts)
    for name in names:
        after = set()
        for k in waiting:
            if k == len(parts):
                continue
            if parts[k] == "**":
                after.add(k)
            elif fnmatchcase(name, parts[k]):
                after.add(k + 1)
        waiting = _without_folders(after, parts)
        if len(parts) in waiting:
            return True
    return False


def _without_folders(waiting: set[int], parts: Sequence[str]) -> set[int]:
    """`**` may stand for no folder at all."""
    found = set(waiting)
    for k in range(len(parts)):
        if k in found and parts[k] == "**":
            found.add(k + 1)
    return found
