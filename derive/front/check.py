"""Documents and folders: which of them, what was known of them before, and who checks the others."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from derive.documents.files import UnreadableFile, collect, open_source
from derive.documents.project import Project
from derive.front.cache.reports import Reports, folder_of, key_of, without_terms
from derive.front.cache.store import Store
from derive.front.jobs import in_order
from derive.installed import second_reader
from derive.model import FileReport, Macro, Problem, Report, Source
from derive.settings import Settings, SettingsError, macros_of_file, settings_for

_A_PROCESS = 15_000
"""Characters of text for which a process is worth starting."""


def check(
    paths: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    jobs: int = 1,
    macros: Sequence[str | os.PathLike[str]] = (),
    claim_seconds: float | None = None,
    document_seconds: float | None = None,
    cached: bool = False,
    terms: bool = True,
) -> Report:
    """Check documents: files as named, folders with all documents in them.

    Up to `jobs` processes share the documents; the report does not depend on it.
    `macros` are files that declare macros for all documents, besides the settings beside each and what
    the project around it declares. `claim_seconds` and `document_seconds` are what a claim and a document may
    cost, in processor time, instead of what the settings say.
    `cached`: what is known of an unchanged document is taken from the cache, what is found out goes into it.
    The claims of a cached report, and of one without `terms`, have no terms and no scope: nothing that is
    told of a document needs them.
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
    for path, own in settings.items():
        settings[path] = replace(
            own,
            claim_seconds=claim_seconds or own.claim_seconds,
            document_seconds=document_seconds or own.document_seconds,
        )
    project = Project([os.getcwd(), *(path for path in given if os.path.isdir(path))])
    for folder in dict.fromkeys(os.path.dirname(path) for path in collected.paths):
        project.prepare(os.path.join(folder, "-"))
    for found in _results(collected.paths, settings, project, jobs, cached, terms and not cached):
        if found.report is not None:
            files.append(found.report)
        problems += found.faults
    notes = (*collected.notes, *_empty(files, given))
    return Report(tuple(files), tuple(problems), notes, second_reader())


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


@dataclass(frozen=True, slots=True)
class Task:
    """A document to be checked: its text, and what was noticed as it was opened."""

    source: Source
    settings: Settings


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a task. `lasting`: the report would be the same on another day and another machine."""

    report: FileReport | None
    faults: tuple[str, ...] = ()
    lasting: bool = False


def _results(
    paths: Sequence[str],
    settings: Mapping[str, Settings],
    project: Project,
    jobs: int,
    cached: bool,
    terms: bool,
) -> Iterator[Outcome]:
    """What came of each document, in order: from the cache, or by one of the processes."""
    reports = Reports()
    known: dict[str, Outcome] = {}
    keys: dict[str, bytes] = {}
    tasks: list[Task] = []
    noticed: dict[str, tuple[Problem, ...]] = {}
    for path in paths:
        try:
            source, noticed[path] = open_source(path)
        except UnreadableFile as error:
            known[path] = Outcome(None, (str(error),))
            continue
        if cached:
            keys[path] = key_of(source, settings[path], project)
            if (report := reports.get(keys[path], source, settings[path])) is not None:
                known[path] = Outcome(report)
                continue
        tasks.append(Task(source, settings[path]))
    sizes = [len(task.source.text) for task in tasks]
    jobs = min(jobs, 1 + sum(sizes) // _A_PROCESS)
    fresh = in_order(partial(checked, project, terms, cached), tasks, jobs, sizes, _died)
    try:
        for path in paths:
            outcome = known.pop(path, None)
            if outcome is None:
                outcome = next(fresh)
                if cached and outcome.report is not None and outcome.lasting:
                    reports.put(keys[path], outcome.report, settings[path])
            if outcome.report is not None:
                problems = noticed[path] + outcome.report.problems
                outcome = replace(outcome, report=replace(outcome.report, problems=problems))
            yield outcome
    finally:
        fresh.close()
        reports.close()


def checked(project: Project, terms: bool, cached: bool, task: Task) -> Outcome:
    """Check one document. Never raises."""
    store = Store(folder_of(task.settings)) if cached else None
    try:
        from derive.front.document import check_source
        from derive.verify.budget import times_cut

        cut = times_cut()
        report, faults = check_source(task.source, task.settings, project, store)
    except Exception as error:  # the boundary of a file
        return Outcome(None, (f"{task.source.path}: internal fault: {type(error).__name__}: {error}",))
    finally:
        if store is not None:
            store.close()
    lasting = not faults and times_cut() == cut
    return Outcome(report if terms else without_terms(report), faults, lasting)


def _died(task: Task) -> Outcome:
    return Outcome(None, (f"{task.source.path}: internal fault: the process died",))
