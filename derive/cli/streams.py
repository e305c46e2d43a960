"""Exit statuses, and what the command writes where."""

from __future__ import annotations

import os
import sys

OK, FOUND, TROUBLE, UNDECIDED, UNCHECKED = 0, 1, 2, 3, 4


def coloured(asked: str = "auto") -> bool:
    """Whether standard output gets colours: asked for, else on a terminal (https://no-color.org,
    https://force-color.org)."""
    if asked != "auto":
        return asked == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout.isatty() and os.environ.get("TERM") != "dumb")


def complain(text: str) -> None:
    print(f"derive: {text}", file=sys.stderr)


def show(text: str) -> None:
    """Write to standard output, whatever its encoding can hold."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
