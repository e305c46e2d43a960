"""Exit statuses, and what the command writes where."""

from __future__ import annotations

import sys

OK, FOUND, TROUBLE = 0, 1, 2


def complain(text: str) -> None:
    print(f"derive: {text}", file=sys.stderr)


def show(text: str) -> None:
    """Write to standard output, whatever its encoding can hold."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
