"""Exit statuses, and what the command writes where."""

from __future__ import annotations

import json
import os
import sys

OK, FOUND, TROUBLE, UNDECIDED, UNCHECKED = 0, 1, 2, 3, 4
INTERRUPTED = 130


def coloured(asked: str = "auto") -> bool:
    """Whether standard output gets colours: asked for, else on a terminal (https://no-color.org,
    https://force-color.org)."""
    if asked != "auto":
        return asked == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout.isatty() and os.environ.get("TERM") != "dumb")


def complain(text: str) -> None:
    """One line on standard error; a file's name in it may hold anything."""
    from derive.report.words import one_line

    print(f"derive: {one_line(text)}", file=sys.stderr)


def show(text: str) -> None:
    """Write to standard output, whatever its encoding can hold: the rest as JSON escapes it."""
    encoding = sys.stdout.encoding or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        text = "".join(c if _holds(encoding, c) else json.dumps(c)[1:-1] for c in text)
    sys.stdout.write(text)


def _holds(encoding: str, c: str) -> bool:
    try:
        c.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
