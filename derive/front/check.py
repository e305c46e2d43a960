"""The whole way of a document: read, find its claims, decide them, say what went wrong."""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import accumulate

from derive.context.known_commands import advised, read_with
from derive.documents.files import UnreadableFile, collect, open_source
from derive.documents.project import Project
from derive.front.budget import Budget
from derive.front.jobs import in_order
from derive.meaning import second_reader
from derive.model import (
    Claim,
    Decided,
    Diagnostic,
    Document,
    FileReport,
    Formula,
    Macro,
    Problem,
    Report,
    Severity,
    Source,
    Status,
    Verdict,
)
from derive.reasons import Reason, Why
from derive.settings import Settings, SettingsError, macros_of_file, settings_for


def check(
    paths: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    jobs: int = 1,
    macros: Sequence[str | os.PathLike[str]] = (),
    claim_seconds: float | None = None,
    document_seconds: float | None = None,
) -> Report:
    """Check documents: files as named, folders with all documents in them.

    `jobs` processes share the files where the system can fork; the report does not depend on it.
    `macros` are files that declare macros for all documents, besides the settings beside each and what
    the project around it declares. `claim_seconds` and `document_seconds` are what a claim and a document may
    cost, in processor time, instead of what the settings say.
    Nothing that a document contains makes this raise: a file that cannot be opened is in the report's
    `problems`, as is an internal fault, which costs one claim or one file, never the rest.
    """
    named = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
    given = [os.fspath(path) for path in named]
    collected = collect(given)
    problems = list(collected.problems)
    files: list[FileReport] = []
    settings, troubles = _settings(collected.paths, [os.fspath(file) for file in macros])
    problems += troubles
    for path, found in settings.items():
        settings[path] = replace(
            found,
            claim_seconds=claim_seconds or found.claim_seconds,
            document_seconds=document_seconds or found.document_seconds,
        )
    project = Project([os.getcwd(), *(path for path in given if os.path.isdir(path))])
    for folder in dict.fromkeys(os.path.dirname(path) for path in collected.paths):
        project.prepare(os.path.join(folder, "-"))
    for report, faults in in_order(partial(_check_with, settings, project), collected.paths, jobs):
        if report is not None:
            files.append(report)
        problems += faults
    notes = (*collected.notes, *_empty(files, given))
    return Report(tuple(files), tuple(problems), notes, second_reader.present())


def _empty(files: Sequence[FileReport], named: Sequence[str]) -> tuple[str, ...]:
    """Notes that no formula was found: in all of the documents, or in one that was named.

    A document that brought others is what its author calls it: a frame.
    """
    if not files:
        return ()
    if not any(file.formulas for file in files):
        count = f"{len(files)} documents" if len(files) > 1 else files[0].source.path
        return (f"{count}: no formulas were found, nothing was checked",)
    if len(files) > len(named):
        return ()
    empty = [f.source.path for f in files if not f.formulas and f.source.path in named]
    return tuple(f"{path}: no formulas were found in it" for path in empty)


def _settings(paths: Sequence[str], files: Sequence[str]) -> tuple[dict[str, Settings], list[str]]:
    """The settings of each document, the files of macros for all among them, and what went wrong."""
    problems: dict[str, None] = {}
    common: list[Macro] = []
    for file in files:
        try:
            common += macros_of_file(file)
        except SettingsError as error:
            problems.setdefault(str(error))
    in_folder: dict[str, Settings] = {}
    for path in paths:
        folder = os.path.dirname(path)
        if folder not in in_folder:
            try:
                found = settings_for(path)
            except SettingsError as error:
                problems.setdefault(str(error))
                found = Settings()
            in_folder[folder] = replace(found, macros=(*found.macros, *common))
    return {path: in_folder[os.path.dirname(path)] for path in paths}, list(problems)


def _check_with(
    settings: Mapping[str, Settings], project: Project, path: str
) -> tuple[FileReport | None, tuple[str, ...]]:
    try:
        return check_file(path, settings[path], project)
    except Exception as error:  # the boundary of a file
        return None, (f"{path}: internal fault: {type(error).__name__}: {error}",)


def check_file(
    path: str, settings: Settings | None = None, project: Project | None = None
) -> tuple[FileReport | None, tuple[str, ...]]:
    """The report on one file, None for one that cannot be opened, and what went wrong with it."""
    try:
        source, notes = open_source(path)
    except UnreadableFile as error:
        return None, (str(error),)
    report, faults = check_source(source, settings, project)
    return replace(report, problems=notes + report.problems), faults


def check_source(
    source: Source, settings: Settings | None = None, project: Project | None = None
) -> tuple[FileReport, tuple[str, ...]]:
    """The report on one document's text, and the internal faults met on the way."""
    faults: list[str] = []
    settings = settings or Settings()
    document, known = read_with(source, settings, project)
    entries = tuple(
        advised(entry, known) if isinstance(entry, Decided) else entry for entry in _entries(document, faults)
    )
    budget = Budget(settings.claim_seconds, settings.document_seconds)
    decided = _settled(entries, source, faults, budget)
    tried: list[Problem] = []
    diagnostics = _diagnostics(decided, document, faults, tried, budget)
    report = FileReport(
        source,
        document.format,
        _confirmed(decided, diagnostics),
        diagnostics,
        document.problems + tuple(tried),
        len(document.formulas),
        (*known.notes, *_unknown_language(document), *budget.notes()),
    )
    return report, tuple(faults)


def read_entries(
    source: Source, settings: Settings | None = None, project: Project | None = None
) -> tuple[Claim | Decided, ...]:
    """The entries of a document's text in source order, none decided: those that `check_source` decides."""
    document, _ = read_with(source, settings or Settings(), project)
    return _entries(document, [])


def _unknown_language(document: Document) -> tuple[str, ...]:
    from derive.context.stance.language import is_english

    if is_english(document):
        return ()
    return (
        "the language of this document is not known: its words say nothing of a formula, its form alone does",
    )


def _fault(source: Source, offset: int, stage: str, error: Exception | str) -> str:
    line = source.text.count("\n", 0, offset) + 1
    told = error if isinstance(error, str) else f"{type(error).__name__}: {error}"
    return f"{source.path}:{line}: internal fault in {stage}: {told}"


def _entries(document: Document, faults: list[str]) -> tuple[Claim | Decided, ...]:
    """Claims in source order; every formula has at least one entry, whatever happens."""
    if not document.formulas:
        return ()
    try:
        from derive.context import read_claims

        met: list[Problem] = []
        entries = read_claims(document, met)
        faults += [_fault(document.source, p.span.start, "context", p.message) for p in met]
    except Exception as error:
        faults.append(_fault(document.source, document.formulas[0].span.start, "context", error))
        return tuple(_open(f, Reason(Why.FAULT, (type(error).__name__,))) for f in document.formulas)
    answered = _Covered(entries)
    missed = [f for f in document.formulas if f not in answered]
    if not missed:
        return entries
    # no silent skip: a formula that the context gave no entry for is reported as such
    rest = [_open(f, Reason(Why.NO_CLAIM)) for f in missed]
    return tuple(sorted([*entries, *rest], key=lambda e: (e.span.start, e.span.end)))


class _Covered:
    """The formulas that some entry overlaps."""

    def __init__(self, entries: tuple[Claim | Decided, ...]) -> None:
        spans = sorted((e.span.start, e.span.end) for e in entries)
        self._starts = [start for start, _ in spans]
        self._reach = list(accumulate((end for _, end in spans), max))

    def __contains__(self, formula: Formula) -> bool:
        before = bisect_left(self._starts, formula.span.end)  # those that start before its end
        return before > 0 and self._reach[before - 1] > formula.span.start


def _open(formula: Formula, reason: Reason) -> Decided:
    return Decided(formula.span, formula.latex, Verdict(Status.UNDECIDED, reason))


def _settled(
    entries: tuple[Claim | Decided, ...], source: Source, faults: list[str], budget: Budget
) -> tuple[Decided, ...]:
    """Every entry with its verdict; a fault costs one claim, and so does a claim that is too dear."""
    if not any(isinstance(entry, Claim) or entry.claim is not None for entry in entries):
        return tuple(entry for entry in entries if isinstance(entry, Decided))
    from derive.judge.court import Court
    from derive.judge.form import formed
    from derive.judge.learned import after, taught
    from derive.term.scope import Learned
    from derive.verify import decide

    court = Court(decide)
    learned = Learned()
    found: list[Decided] = []

    def judge(entry: Claim | Decided) -> None:
        nonlocal learned
        if isinstance(entry, Decided):
            found.append(formed(entry))
            return
        found.append(court.settle(taught(entry, learned)))
        learned = after(learned, found[-1])

    for k, entry in enumerate(entries):
        try:
            reason = budget.spent_in(partial(judge, entry))
        except Exception as error:
            faults.append(_fault(source, entry.span.start, "verify", error))
            reason = Reason(Why.FAULT, (type(error).__name__,))
        if reason is None:
            continue
        del found[k:]
        if isinstance(entry, Claim):
            found.append(
                Decided(entry.span, entry.latex, Verdict(Status.UNDECIDED, reason, trail=entry.trail), entry)
            )
        elif reason.code is Why.FAULT:
            found.append(replace(entry, verdict=Verdict(Status.UNDECIDED, reason)))
        else:
            found.append(entry)  # what is given stays so where nobody could look at its form
    return tuple(found)


def _confirmed(decided: tuple[Decided, ...], diagnostics: tuple[Diagnostic, ...]) -> tuple[Decided, ...]:
    """A claim that a name out of nowhere left open is refuted as it stands once an error was found in it:
    the finding says what the name should be."""
    found = list(decided)
    for diagnostic in diagnostics:
        k = diagnostic.claim
        if k is None or diagnostic.severity is not Severity.ERROR:
            continue
        verdict = found[k].verdict
        if verdict.status is Status.UNDECIDED:
            evidence = verdict.evidence.get("refuted_as_it_stands", {})
            found[k] = replace(found[k], verdict=replace(verdict, status=Status.REFUTED, evidence=evidence))
    return tuple(found)


def _diagnostics(
    decided: tuple[Decided, ...],
    document: Document,
    faults: list[str],
    tried: list[Problem],
    budget: Budget,
) -> tuple[Diagnostic, ...]:
    """The findings. A fault of the stage goes into `faults`, one that only cost an edit into `tried`."""
    if not decided:
        return ()
    try:
        from derive.diagnose import Trouble, diagnose

        trouble = Trouble()
        found = diagnose(decided, document, trouble=trouble, budget=budget.explaining())
    except Exception as error:
        faults.append(_fault(document.source, decided[0].span.start, "diagnose", error))
        return ()
    faults += [_fault(document.source, p.span.start, "diagnose", p.message) for p in trouble.faults]
    tried += trouble.tried
    budget.unsought = len(trouble.unsought)
    return tuple(sorted(found, key=lambda d: (d.span.start, d.span.end, d.code, d.name)))
