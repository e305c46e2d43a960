"""A baseline: the findings that were there when a project began to be checked, not told again.

An entry is known by its file, its code and its step (`derive.gate.steps`), never by its line: a step that
moved keeps its entry, one that was edited has lost it.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from derive.classes import dataclass, replace
from derive.gate.steps import step_of
from derive.model import Diagnostic, FileReport, Report, Severity, Suppressed

VERSION = 1
_LARGEST = 50_000_000  # bytes
REASON = "in the baseline"


class BaselineError(ValueError):
    """A baseline that cannot be used; the message names the file and says why."""


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """`file` is relative to the folder that the baseline lies in, with slashes."""

    file: str
    code: str
    name: str
    step: str


Baseline = Counter[Entry]
"""How often each entry may be met."""


def read(path: str) -> Baseline:
    """Raises `BaselineError`."""
    try:
        with open(path, "rb") as file:
            raw = file.read(_LARGEST + 1)
        if len(raw) > _LARGEST:
            raise BaselineError(f"{path}: larger than {_LARGEST} bytes")
        data = json.loads(raw.decode("utf-8"))
    except FileNotFoundError as error:
        raise BaselineError(f"{path}: no such baseline; --write-baseline {path} writes one") from error
    except OSError as error:
        raise BaselineError(f"{path}: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        if isinstance(error, BaselineError):
            raise
        raise BaselineError(f"{path}: no baseline: {error}") from error
    if (
        not isinstance(data, dict)
        or data.get("version") != VERSION
        or not isinstance(data.get("findings"), list)
    ):
        raise BaselineError(f"{path}: no baseline (what `derive check --write-baseline` writes)")
    return Counter(dict(_entry(path, item) for item in data["findings"]))


def _entry(path: str, item: Any) -> tuple[Entry, int]:
    match item:
        case {"file": str(file), "code": str(code), "name": str(name), "step": str(step)}:
            count = item.get("count", 1)
            if isinstance(count, int):
                return Entry(file, code, name, step), count
    raise BaselineError(f"{path}: an entry without file, code, name and step: {item!r:.80}")


def rendered(baseline: Mapping[Entry, int]) -> str:
    """One entry a line, in order: a change of one finding is a change of one line."""
    rows = []
    for entry in sorted(baseline):
        row = {"file": entry.file, "code": entry.code, "name": entry.name, "step": entry.step}
        rows.append(json.dumps({**row, "count": baseline[entry]}, ensure_ascii=False))
    inner = ",\n".join(f"  {row}" for row in rows)
    return f'{{"version": {VERSION}, "tool": "derive", "findings": [\n{inner}\n]}}\n'


def write(path: str, baseline: Mapping[Entry, int]) -> None:
    """Never over a file that is something else. Raises `BaselineError`."""
    if os.path.exists(path):
        read(path)
    try:
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(rendered(baseline))
    except OSError as error:
        raise BaselineError(f"{path}: {error.strerror or error}") from error


def entry_of(d: Diagnostic, report: FileReport, path: str) -> Entry:
    return Entry(_relative(report.source.path, path), d.code, d.name, step_of(d, report))


def _relative(file: str, baseline: str) -> str:
    folder = os.path.dirname(os.path.abspath(baseline))
    try:
        relative = os.path.relpath(os.path.abspath(file), folder)
    except ValueError:  # another drive
        relative = os.path.abspath(file)
    return relative.replace(os.sep, "/")


def known(d: Diagnostic) -> bool:
    """Whether a finding is one for a baseline: what is wrong, not what is merely said."""
    return d.severity is not Severity.INFO


def of_report(report: Report, path: str, before: Mapping[Entry, int] | None = None) -> Baseline:
    """The findings of a run, those that another baseline holds back among them; and of what stood in this
    one before, the entries of files that are there and were not checked now."""
    found: Baseline = Counter()
    for file in report.files:
        held = [s.diagnostic for s in file.suppressed if s.by == "baseline"]
        found.update(entry_of(d, file, path) for d in (*file.diagnostics, *held) if known(d))
    checked = _checked(report, path)
    folder = os.path.dirname(os.path.abspath(path))
    for entry, count in (before or {}).items():
        if entry.file not in checked and os.path.exists(os.path.join(folder, entry.file)):
            found[entry] = count
    return found


def _checked(report: Report, path: str) -> set[str]:
    return {_relative(file.source.path, path) for file in report.files}


def held_back(report: Report, baseline: Mapping[Entry, int], path: str) -> tuple[Report, Baseline]:
    """The report with what the baseline knows suppressed, and the stale entries: those of files that were
    checked, or are no more, which no finding answers to."""
    left: Baseline = Counter(baseline)
    files = tuple(_held_back(file, left, path) for file in report.files)
    checked = _checked(report, path)
    folder = os.path.dirname(os.path.abspath(path))
    stale = {
        entry: count
        for entry, count in left.items()
        if count > 0 and (entry.file in checked or not os.path.exists(os.path.join(folder, entry.file)))
    }
    return replace(report, files=files), Counter(stale)


def _held_back(file: FileReport, left: Baseline, path: str) -> FileReport:
    told: list[Diagnostic] = []
    held: list[Suppressed] = []
    for d in file.diagnostics:
        entry = entry_of(d, file, path)
        if known(d) and left[entry] > 0:
            left[entry] -= 1
            held.append(Suppressed(d, "baseline", REASON))
        else:
            told.append(d)
    return replace(file, diagnostics=tuple(told), suppressed=(*file.suppressed, *held)) if held else file


def told(stale: Iterable[Entry], many: int = 5) -> list[str]:
    """The stale entries, in words."""
    found = sorted(stale)
    rows = [f"stale in the baseline: {e.file}: {e.code} {e.name}: {e.step:.100}" for e in found[:many]]
    return rows + ([f"stale in the baseline: {len(found) - many} more"] if len(found) > many else [])
