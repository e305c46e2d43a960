"""Paths as services want them: from the root of the repository, with slashes."""

from __future__ import annotations

import os
from urllib.parse import quote


def repository(start: str) -> str:
    """The nearest folder at or above `start` that is under version control, else `start`; absolute."""
    start = os.path.abspath(start)
    folder = start
    while not any(os.path.exists(os.path.join(folder, mark)) for mark in (".git", ".hg", ".jj", ".svn")):
        above = os.path.dirname(folder)
        if above == folder:
            return start
        folder = above
    return folder


def relative(path: str, root: str | None) -> str:
    """The path from the root; absolute where it lies elsewhere, and as given where no root is known."""
    if root is None:
        found = os.path.normpath(path)
    else:
        found = os.path.relpath(os.path.abspath(path), root)
        if found == os.pardir or found.startswith(os.pardir + os.sep):
            found = os.path.abspath(path)
    return found.replace(os.sep, "/")


def uri(path: str, root: str | None) -> str:
    """The same as a URI reference (RFC 3986): bytes that are no letters, digits or marks become %XX."""
    found = relative(path, root)
    try:
        name = os.fsencode(found)
    except UnicodeEncodeError:  # half a pair that stands for no byte: no file has such a name
        name = found.encode("utf-8", "surrogatepass")
    quoted = quote(name, safe="/-._~")
    return f"file://{quoted}" if found.startswith("/") else quoted
