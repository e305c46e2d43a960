"""Documents and folders: which of them, what was known of them before, and who checks the others."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from derive.classes import dataclass, replace
from derive.documents.files import UnreadableFile, decoded, open_source
from derive.documents.project import Project, Surroundings
from derive.front.bare import without_terms
from derive.front.gathering import gather
from derive.front.jobs import Died, Gone, as_done
from derive.gate.selection import selected
from derive.installed import second_reader
from derive.model import FileReport, Problem, Report, Source
from derive.settings import Settings

if TYPE_CHECKING:
    from derive.front.watch import Watch

_A_PROCESS = 15_000
"""Characters of text for which a process is worth starting."""
_A_COPY = 2_000
"""Characters of a document that may be dear enough for a copy of its process."""
_PATIENCE, _STARTING = 10, 120.0
"""How often its processor time, and seconds more, a document may take by the clock on a cluster."""


def check(
    paths: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    jobs: int = 1,
    macros: Sequence[str | os.PathLike[str]] = (),
    claim_seconds: float | None = None,
    document_seconds: float | None = None,
    cached: bool = False,
    terms: bool = True,
    given: Settings | None = None,
    alone: bool = False,
    texts: Mapping[str, bytes] | None = None,
    watch: Watch | None = None,
    on: str | None = None,
) -> Report:
    """Check documents: files as named, folders with all documents in them.

    Up to `jobs` processes share the documents; the report does not depend on it. `on` is the address of a
    cluster that checks them in their place: `derive.front.cluster`.
    `macros` are files that declare macros for all documents, besides the settings beside each and what
    the project around it declares. `claim_seconds` and `document_seconds` are what a claim and a document may
    cost, in processor time, instead of what the settings say.
    `cached`: what is known of an unchanged document is taken from the cache, what is found out goes into it.
    The claims of a cached report, and of one without `terms`, have no terms and no scope: nothing that is
    told of a document needs them.
    `given` goes before the settings found beside the documents; with `alone` none are looked for. `texts` are
    what stands in some of the files named, instead of what lies on the disk.
    `watch` is told of each document as it is done. Where somebody watches, an interrupt (Ctrl-C) ends the run
    with the report on what was done by then; else KeyboardInterrupt is raised.
    Nothing that a document contains makes this raise: a file that cannot be opened is in the report's
    `problems`, as is an internal fault, which costs one claim or one file, never the rest. Raises
    `derive.front.jobs.NoCluster` where `on` is no cluster that can be asked.
    """
    named = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
    asked = [os.fspath(path) for path in named]
    before = given or Settings()
    gathered = gather(
        asked,
        [os.fspath(file) for file in macros],
        replace(
            before,
            claim_seconds=claim_seconds or before.claim_seconds,
            document_seconds=document_seconds or before.document_seconds,
        ),
        alone,
        texts or {},
    )
    problems = list(gathered.problems)
    settings = gathered.settings
    project = Project([os.getcwd(), *(path for path in asked if os.path.isdir(path))])
    terms = terms and not cached
    results: dict[str, Outcome] = {}
    interrupted = False
    try:
        for path, found in _results(gathered.paths, settings, project, jobs, on, cached, terms, texts or {}):
            results[path] = found
            if watch is not None:
                watch.see(len(results), len(gathered.paths), found.report)
    except KeyboardInterrupt:
        if watch is None:
            raise
        interrupted = True
    except Gone as error:
        problems.append(f"{on}: {error}: {len(results)} of {len(gathered.paths)} documents were checked")
    files: list[FileReport] = []
    for path in gathered.paths:
        if path not in results:
            continue
        problems += results[path].faults
        if (report := results[path].report) is not None:
            files.append(selected(report, settings[path]))
    if interrupted:
        problems.append(f"interrupted: {len(results)} of {len(gathered.paths)} documents were checked")
    empty = _empty(files, asked)
    unread = (f"{f.source.path}: {p.message}" for f in files for p in f.problems if p.unread)
    notes, unchecked = (*gathered.notes, *empty), (*gathered.unchecked, *empty, *unread)
    return Report(tuple(files), tuple(problems), notes, second_reader(), unchecked, interrupted)


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


@dataclass(frozen=True, slots=True)
class Task:
    """A document to be checked, with all that its text does not say of it: no file is looked into."""

    source: Source
    settings: Settings
    around: Surroundings


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
    on: str | None,
    cached: bool,
    terms: bool,
    texts: Mapping[str, bytes],
) -> Iterator[tuple[str, Outcome]]:
    """What came of each document, from the cache first, then from one of the processes as it is done."""
    if cached:  # whoever wants no cache opens none
        from derive.front.cache.reports import Reports, key_of

        reports = Reports()
    keys: dict[str, bytes] = {}
    tasks: list[Task] = []
    noticed: dict[str, tuple[Problem, ...]] = {}
    for path in paths:
        try:
            source, noticed[path] = decoded(path, texts[path]) if path in texts else open_source(path)
        except UnreadableFile as error:
            yield path, Outcome(None, (str(error),))
            continue
        around = project.around(source)
        if cached:
            keys[path] = key_of(source, settings[path], around)
            if (report := reports.get(keys[path], source, settings[path])) is not None:
                yield path, _noticed(Outcome(report), noticed[path])
                continue
        tasks.append(_task(source, settings[path], around))
    sizes = [len(task.source.text) for task in tasks]
    if on is None:
        hands = min(jobs, 1 + sum(sizes) // _A_PROCESS, max(1, len(tasks)))
        copies = jobs // hands - 1 if max(sizes, default=0) >= _A_COPY else 0
        work = partial(checked, terms, cached, copies)
        fresh = as_done(work, tasks, hands, sizes, _died)
    else:
        from derive.front.cluster import done_there

        fresh = done_there(on, partial(checked, terms, False, 0), tasks, sizes, _seconds, _died)
    try:
        for k, outcome in fresh:
            path = tasks[k].source.path
            if outcome.report is not None:
                outcome = replace(outcome, report=replace(outcome.report, source=tasks[k].source))
            if cached and outcome.report is not None and outcome.lasting:
                reports.put(keys[path], outcome.report, settings[path])
            yield path, _noticed(outcome, noticed[path])
    finally:
        fresh.close()
        if cached:
            reports.close()


def _task(source: Source, settings: Settings, around: Surroundings) -> Task:
    """What is assumed of files by their names is looked up here, where the names mean something."""
    assumed = settings.assumed_of(source.path)
    return Task(source, replace(settings, assume=(("**", assumed),) if assumed else ()), around)


def _seconds(task: Task) -> float:
    """How long a document may take by the clock of another machine, which may be slow or busy."""
    from derive.verify.budget import DOCUMENT_SECONDS

    return _PATIENCE * (task.settings.document_seconds or DOCUMENT_SECONDS) + _STARTING


def _noticed(outcome: Outcome, problems: tuple[Problem, ...]) -> Outcome:
    """The outcome with what was noticed as the file was opened."""
    if outcome.report is None or not problems:
        return outcome
    return replace(outcome, report=replace(outcome.report, problems=problems + outcome.report.problems))


def checked(terms: bool, cached: bool, copies: int, task: Task) -> Outcome:
    """Check one document, with up to so many copies of this process. Never raises.

    The report goes without the text, which the one who asked has.
    """
    store: Store | None = None
    if cached:
        from derive.front.cache.reports import folder_of
        from derive.front.cache.store import Store

        store = Store(folder_of(task.settings))
    try:
        from derive.front.document import check_source
        from derive.verify.budget import times_cut

        cut = times_cut()
        report, faults = check_source(task.source, task.settings, task.around, store, copies)
        report = replace(report, source=Source(task.source.path, ""))
    except Exception as error:  # the boundary of a file
        return Outcome(None, (f"{task.source.path}: internal fault: {type(error).__name__}: {error}",))
    finally:
        if store is not None:
            store.close()
    lasting = not faults and times_cut() == cut
    return Outcome(report if terms else without_terms(report), faults, lasting)


def _died(task: Task, how: Died) -> Outcome:
    return Outcome(None, (f"{task.source.path}: internal fault: {how}",))
