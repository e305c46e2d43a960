"""The whole way of one document: read, find its claims, decide them, say what went wrong."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cache, partial
from itertools import accumulate
from typing import TYPE_CHECKING

from derive.classes import replace
from derive.context.known_commands import advised, read_with
from derive.documents.files import UnreadableFile, open_source
from derive.documents.project import Project, Surroundings
from derive.front.budget import Budget
from derive.gate.suppression import followed
from derive.model import (
    Claim,
    Decided,
    Diagnostic,
    Document,
    FileReport,
    Formula,
    Problem,
    Severity,
    Source,
    Status,
    Verdict,
)
from derive.reasons import Reason, Why
from derive.settings import Settings

if TYPE_CHECKING:
    from derive.front.cache.questions import Questions
    from derive.front.cache.store import Store
    from derive.term.scope import Learned
    from derive.verify.copies import Ahead, Tell


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
    source: Source,
    settings: Settings | None = None,
    project: Project | Surroundings | None = None,
    store: Store | None = None,
    copies: int = 0,
) -> tuple[FileReport, tuple[str, ...]]:
    """The report on one document's text, and the internal faults met on the way. `store` is where answers
    about single claims are looked up and kept. Up to so many `copies` of this process help with it."""
    faults: list[str] = []
    settings = settings or Settings()
    ahead = _ahead(copies) if copies else None
    decide, keep = _decider(store, ahead)
    document, known = read_with(source, settings, project)
    entries = tuple(
        advised(entry, known) if isinstance(entry, Decided) else entry for entry in _entries(document, faults)
    )
    budget = Budget(settings.claim_seconds, settings.document_seconds)
    try:
        decided = _settled(entries, source, faults, budget, decide, ahead)
    finally:
        if ahead is not None:
            ahead.end()
    tried: list[Problem] = []
    diagnostics = _diagnostics(decided, document, faults, tried, budget, decide, copies)
    keep()
    report = FileReport(
        source,
        document.format,
        _confirmed(decided, diagnostics),
        diagnostics,
        document.problems + tuple(tried),
        len(document.formulas),
        (*known.notes, *_unknown_language(document), *budget.notes()),
        macros=document.macros,
    )
    return followed(report, document), tuple(faults)


def _ahead(copies: int) -> Ahead:
    from derive.verify.copies import Ahead

    return Ahead(copies, near=True)


def _tower(claim: Claim) -> Verdict:
    """Opened by the first claim."""
    from derive.verify import decide

    return decide(claim)


def _decider(
    store: Store | None, ahead: Ahead | None
) -> tuple[Callable[[Claim], Verdict], Callable[[], None]]:
    """What decides a claim, and what is to be called in the end.

    Nothing is looked up before it is worth it.
    """

    @cache
    def questions() -> Questions:
        from derive.front.cache.questions import Questions

        return Questions(_tower, store, ahead)

    def decide(claim: Claim) -> Verdict:
        if store is None and (ahead is None or not ahead.working):
            return _tower(claim)
        return questions().decide(claim)

    def keep() -> None:
        if questions.cache_info().currsize:
            questions().keep()

    return decide, keep


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
        unusable: list[Problem] = []
        entries = read_claims(document, met, unusable)
        faults += [f"{document.source.path}: {p.message}" for p in unusable]
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
    entries: tuple[Claim | Decided, ...],
    source: Source,
    faults: list[str],
    budget: Budget,
    decide: Callable[[Claim], Verdict],
    ahead: Ahead | None,
) -> tuple[Decided, ...]:
    """Every entry with its verdict; a fault costs one claim, and so does a claim that is too dear."""
    if not any(isinstance(entry, Claim) or entry.claim is not None for entry in entries):
        return tuple(entry for entry in entries if isinstance(entry, Decided))
    from derive.judge.court import Court
    from derive.judge.following import following
    from derive.judge.form import formed
    from derive.judge.learned import after, taught, unfit
    from derive.term.scope import Learned

    court = Court(decide, budget.in_passing(sum(isinstance(entry, Claim) for entry in entries)))
    learned = Learned()
    found: list[Decided] = []

    def judge(entry: Claim | Decided) -> None:
        nonlocal learned
        if isinstance(entry, Decided):
            found.append(formed(entry))
            learned = unfit(learned, found[-1])
            return
        settled = court.settle(taught(entry, learned))
        learned = after(
            learned, settled
        )  # what holds under an equation before it narrows models as that does
        found.append(following(found, settled, decide))

    for k, entry in enumerate(entries):
        if ahead is not None:
            ahead.offer(k, len(entries), partial(_elsewhere, entries, k, learned, budget))
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


def _elsewhere(
    entries: Sequence[Claim | Decided], first: int, learned: Learned, budget: Budget
) -> Callable[[int, Tell], None]:
    """Called in a copy of this process."""
    from derive.front.elsewhere import Elsewhere

    return Elsewhere(entries, first, learned, budget).settle


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
    decide: Callable[[Claim], Verdict],
    copies: int,
) -> tuple[Diagnostic, ...]:
    """The findings. A fault of the stage goes into `faults`, one that only cost an edit into `tried`."""
    if not decided:
        return ()
    try:
        from derive.diagnose import Trouble, diagnose

        trouble = Trouble()
        found = diagnose(decided, document, decide, trouble, budget.explaining(), copies)
    except Exception as error:
        faults.append(_fault(document.source, decided[0].span.start, "diagnose", error))
        return ()
    faults += [_fault(document.source, p.span.start, "diagnose", p.message) for p in trouble.faults]
    tried += trouble.tried
    budget.unsought = len(trouble.unsought)
    return tuple(sorted(found, key=lambda d: (d.span.start, d.span.end, d.code, d.name)))
