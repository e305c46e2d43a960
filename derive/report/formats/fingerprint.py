"""What makes a finding the same from run to run: its file, its code and the step that it is about.

Not the line: text that is put in above moves it. The step is the one by which a baseline knows a finding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256

from derive.gate.steps import step_of
from derive.model import Diagnostic, FileReport, Suppressed
from derive.report.findings import findings

NAME = "deriveStep/v1"
"""The number counts changes of what goes in."""


def fingerprints(file: FileReport, path: str) -> Iterator[tuple[Diagnostic, Suppressed | None, str]]:
    """Each finding in source order with its own, the suppressed among them: of two that are alike in all, the
    second is told apart by its number, and does not get another when the first is silenced."""
    silent = {id(s.diagnostic): s for s in file.suppressed}
    every = [*findings(file), *(s.diagnostic for s in file.suppressed)]
    met: Counter[str] = Counter()
    for d in sorted(every, key=lambda d: (d.span.start, d.span.end, d.code, d.name)):
        key = "\0".join((path, d.code, step_of(d, file)))
        met[key] += 1
        text = key if met[key] == 1 else f"{key}\0{met[key]}"
        yield d, silent.get(id(d)), sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
