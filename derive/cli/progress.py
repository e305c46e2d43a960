"""How far a run is, in one line of a terminal that is gone in the end; nothing where nobody looks."""

from __future__ import annotations

import sys
import time
from typing import TextIO

from derive.model import FileReport, Severity

AFTER = 1.0
"""Seconds before anything is shown: what is done by then needs no progress."""
_OFTEN = 0.1


class Progress:
    """Documents done, claims, and what was found so far."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream if stream is not None else sys.stderr
        self._seen = self._stream.isatty()
        self._started = time.monotonic()
        self._last = 0.0
        self._shown = False
        self._claims = self._errors = self._warnings = 0

    def see(self, done: int, of: int, report: FileReport | None) -> None:
        if report is not None:
            self._claims += len(report.decided)
            self._errors += sum(d.severity is Severity.ERROR for d in report.diagnostics)
            self._warnings += sum(d.severity is Severity.WARNING for d in report.diagnostics)
        now = time.monotonic()
        if not self._seen or now - self._started < AFTER or now - self._last < _OFTEN:
            return
        self._last = now
        self._shown = True
        found = f"{self._errors} errors, {self._warnings} warnings"
        self._stream.write(f"\r\x1b[K{done}/{of} documents, {self._claims} claims: {found}")
        self._stream.flush()

    def end(self) -> None:
        """Take the line away."""
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._shown = False
