"""What `derive check` makes of a report: the gate, mends, and the exit status."""

from __future__ import annotations

import argparse
import difflib
import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from derive.classes import dataclass, replace
from derive.cli.formats import needs_terms
from derive.cli.streams import FOUND, OK, UNCHECKED, complain, show

if TYPE_CHECKING:
    from derive.model import FileReport, Report
    from derive.settings import Settings


class Usage(ValueError):
    """The command was not used as it can be; the message says why."""


def _cores() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Checker:
    options: argparse.Namespace
    given: Settings
    texts: Mapping[str, bytes]

    def check(self, paths: Sequence[str], texts: Mapping[str, bytes] | None = None) -> Report:
        from derive.cli.progress import Progress
        from derive.front.check import check
        from derive.front.jobs import NoCluster

        # a mend is looked for in formulas as they were read, which no cached report has
        whole = self.options.fix or self.options.diff or needs_terms(self.options.output_format)
        progress = Progress()
        try:
            return check(
                paths,
                jobs=self.options.jobs or _cores(),
                macros=self.options.macros,
                cached=not (self.options.no_cache or whole),
                terms=whole,
                given=self.given,
                alone=self.options.isolated,
                texts=self.texts if texts is None else texts,
                watch=progress,
                on=self.options.on,
            )
        except NoCluster as error:
            raise Usage(f"--on {error}") from None
        finally:
            progress.end()


def format_named(name: str, settings: Settings, formats: Sequence[str]) -> str:
    """Raises `Usage` for a format that there is not, in settings."""
    if name not in formats:
        near = difflib.get_close_matches(name, formats, 1, 0.4)
        hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(formats)}"
        raise Usage(f"{settings.path}: output-format: no format is called {name!r}; {hint}")
    return name


def fitting(options: argparse.Namespace) -> None:
    """Raises `Usage` for options that do not go together."""
    name = options.output_format
    if options.list and name not in ("full", "concise"):
        raise Usage(f"--list is for the formats full and concise, not for {name}")
    if options.trail and name != "json":
        raise Usage(f"--trail is for the format json, not for {name}")
    if options.diff and options.fix:
        raise Usage("--diff shows what --fix would write: one of them")
    if options.watch and (options.fix or options.write_baseline is not None or options.prune_baseline):
        raise Usage("--watch tells what there is: not with --fix, --write-baseline or --prune-baseline")
    if options.write_baseline is not None and (options.since is not None or options.diff or options.fix):
        raise Usage("--write-baseline is of all findings as they are: not with --since, --diff or --fix")


def reachable(options: argparse.Namespace) -> None:
    """Raises `Usage` for an address that can be none of a cluster; nobody is asked yet."""
    if options.on is None:
        return
    if options.jobs is not None:
        raise Usage("--jobs shares the documents on this machine, --on gives them to a cluster: one of them")
    from derive.front.cluster import scheduler_at
    from derive.front.jobs import NoCluster

    try:
        scheduler_at(options.on)
    except NoCluster as error:
        raise Usage(f"--on {error}") from None


def guarded(options: argparse.Namespace) -> None:
    """Raises `Usage` where the report would be written over a document or over what the run reads."""
    from derive.documents.files import is_document

    if options.output is None or not os.path.exists(options.output):
        return
    read = [*options.macros, options.baseline, *options.paths, "derive.toml", "pyproject.toml"]
    if any(path and os.path.exists(path) and os.path.samefile(path, options.output) for path in read):
        raise Usage(f"{options.output}: it is read by this run: the report is not written over it")
    if is_document(options.output):
        raise Usage(f"{options.output}: it is a document and no report: the report is not written over it")


def through_the_gate(report: Report, options: argparse.Namespace, settings: Settings) -> tuple[Report, bool]:
    """What is told of a report, by baseline and changed lines; whether a baseline was written.

    Raises `Usage`.
    """
    asked = (settings.baseline, options.write_baseline, options.since, options.prune_baseline or None)
    if asked == (None,) * 4:
        return report, False
    from derive.gate import baseline, changes

    notes: list[str] = []
    try:
        report = _held_back(report, options, settings, notes)
        if options.write_baseline is not None:
            path = options.write_baseline
            before = baseline.read(path) if os.path.exists(path) else None
            entries = baseline.of_report(report, path, before)
            baseline.write(path, entries)
            notes.append(f"{path}: {entries.total()} findings written")
    except baseline.BaselineError as error:
        raise Usage(str(error)) from None
    if options.since is not None:
        paths = [file.source.path for file in report.files if os.path.exists(file.source.path)]
        try:
            report, others = changes.touched(report, changes.changed_since(paths, options.since))
        except changes.GitError as error:
            raise Usage(f"--since {options.since}: {error}") from None
        if others:
            notes.append(f"{others} findings on lines that did not change since {options.since} are not told")
    return replace(report, notes=(*report.notes, *notes)), options.write_baseline is not None


def _held_back(report: Report, options: argparse.Namespace, settings: Settings, notes: list[str]) -> Report:
    """Raises `BaselineError`."""
    from derive.gate import baseline

    path = settings.baseline
    if path is None:
        if options.prune_baseline:
            raise Usage("--prune-baseline wants a --baseline")
        return report
    if options.baseline is None and settings.path is not None:
        path = os.path.join(os.path.dirname(settings.path), path)
    if options.write_baseline is not None and not os.path.exists(path):
        return report  # the first one is being written
    known = baseline.read(path)
    report, stale = baseline.held_back(report, known, path)
    # what was not asked for now may still be there
    stale = baseline.Baseline({e: n for e, n in stale.items() if _asked(e.code, e.name, settings)})
    if options.prune_baseline and stale:
        baseline.write(path, known - stale)
        notes.append(f"{path}: {stale.total()} stale entries taken out")
    else:
        notes += baseline.told(stale)
    return report


def _asked(code: str, name: str, settings: Settings) -> bool:
    from derive.gate.known import names

    if settings.min_confidence not in (None, "low"):
        return False
    chosen = not settings.select or any(names(word, code, name) for word in settings.select)
    return chosen and not any(names(word, code, name) for word in settings.ignore)


def with_mends(
    report: Report, options: argparse.Namespace, checker: Checker, settings: Settings
) -> tuple[Report, int]:
    """The report with those files as they are once mended, and how many mends were written or shown."""
    from derive.front import mending

    def read(path: str) -> bytes:
        if path in checker.texts:
            return checker.texts[path]
        with open(path, "rb") as file:
            return file.read()

    def recheck(texts: Mapping[str, bytes]) -> dict[str, FileReport]:
        again = checker.check(list(texts), texts)
        again, _ = through_the_gate(again, argparse.Namespace(**{**vars(options), "since": None}), settings)
        return {file.source.path: file for file in again.files}

    done = mending.mended(report.files, read, recheck, options.fix_on == "warning")
    changed = {found.path: found for found in done}
    count = sum(len(found.edits) for found in done)
    if options.diff:
        for found in done:
            show(_diff(found.path, found.before, found.after))
        return report, count
    for found in done:
        try:
            mending.write(found.path, found.before, found.after)
        except OSError as error:
            complain(f"{found.path}: {error.strerror or error}")
            del changed[found.path]
    written = sum(len(found.edits) for found in changed.values())
    files = tuple(changed[f.source.path].report if f.source.path in changed else f for f in report.files)
    note = f"{written} mend{'s' * (written > 1)} written" if written else "no mend was safe to write"
    return replace(report, files=files, notes=(*report.notes, note)), written


def _diff(path: str, before: bytes, after: bytes) -> str:
    from derive.front.mending import encoding

    name, mark = encoding(before)
    old, new = (
        raw[len(mark) :].decode(name).splitlines(keepends=True) if raw else [] for raw in (before, after)
    )
    rows = []
    for row in difflib.unified_diff(old, new, path, path):
        rows.append(row if row.endswith("\n") else f"{row}\n\\ No newline at end of file\n")
    return "".join(rows)


def status(report: Report, settings: Settings) -> int:
    """The exit status for what was found; errors go before what was not checked."""
    from derive.report.summary import counts

    fails = {"warning": report.errors + report.warnings, "never": 0}.get(
        settings.fail_on or "error", report.errors
    )
    if fails:
        return FOUND
    n = counts(report)
    read = 100 * (n["claims"] - n["unread"]) / n["claims"] if n["claims"] else 0.0
    if settings.fail_under is not None and read < settings.fail_under:
        print(f"derive: {read:.4g} % were read, fewer than {settings.fail_under:g} %", file=sys.stderr)
        return UNCHECKED
    if settings.strict and (report.unchecked or n["unread"] or not n["formulas"]):
        return UNCHECKED
    return OK
