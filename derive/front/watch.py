"""Who watches a run: told of each document as it is done."""

from __future__ import annotations

from typing import Protocol

from derive.model import FileReport


class Watch(Protocol):
    def see(self, done: int, of: int, report: FileReport | None) -> None:
        """One more document is done; None for one that gave no report."""
