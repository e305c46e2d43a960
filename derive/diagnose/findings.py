"""The stage's entry point: every finding of a document, in source order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from derive.classes import dataclass, field, replace
from derive.diagnose.almost import almost, parted
from derive.diagnose.left_open import left_open
from derive.diagnose.misfits import misfit
from derive.form.cause import Cause, Survey
from derive.form.page import Page
from derive.form.slips import FORM, STRUCTURE, WHATEVER
from derive.form.solving import SOLVING
from derive.form.surveys import PAGE
from derive.mend.case import GOOD, Case, Decide, Mentions
from derive.mend.mending import Mender
from derive.model import Decided, Diagnostic, Document, Problem, Severity, Span, Status
from derive.reasons import Reason, Why
from derive.term.undeclared import of_undeclared
from derive.verify.budget import A_SECOND, Allowance, Purse, StepsSpent, bounded, purse
from derive.verify.ladder.extremal_points import APART

if TYPE_CHECKING:
    from derive.verify.copies import Ahead, Tell


@dataclass(slots=True)
class Trouble:
    """What went wrong on the way, each with its place.

    faults: causes that failed, each of which costs its answer about one claim. tried: edits that could not be
    tried. unsought: refuted claims that were told without a mend, since the budget was spent.
    """

    faults: list[Problem] = field(default_factory=list)
    tried: list[Problem] = field(default_factory=list)
    unsought: list[Span] = field(default_factory=list)


def diagnose(
    decided: Sequence[Decided],
    document: Document,
    decide: Decide | None = None,
    trouble: Trouble | None = None,
    budget: Purse | None = None,
    copies: int = 0,
) -> tuple[Diagnostic, ...]:
    """The findings about a document's decided claims.

    A refuted claim gets one finding, the first cause that explains it; what is wrong in form (a stray
    accent, a derivative by itself) is told whatever the verdict; an equation that is given but one small
    edit away from an identity gets a warning. What is wrong in its letters and their binders is told where
    no edit was found that mends the claim. `decide` is the tower unless a test puts another. A fault of
    the checker costs one edit, or what one cause says of one claim; it is appended to `trouble`.
    What `budget` does not pay for is told without a mend. Up to so many `copies` of this process look at the
    whole page, and at cases from the end on: what is said of one depends on no other.
    """
    if decide is None:
        from derive.verify import decide as tower

        decide = tower
    trouble = trouble if trouble is not None else Trouble()
    budget = budget if budget is not None else purse()
    mender = Mender.for_claims(decide, sum(_to_mend(d) for d in decided))
    found: list[Diagnostic] = []
    spoken = Mentions(decided)
    ahead = _ahead(copies) if copies else None
    beyond = Purse(_WITHOUT_SEARCH, _BEYOND, int(_BEYOND * A_SECOND))

    def told(k: int) -> Told:
        return _told(budget, beyond, Case(k, decided, document, mender, spoken))

    page = Page(document, decided)
    last = len(decided) + len(PAGE) if decided else 0

    def elsewhere(k: int, tell: Tell) -> None:
        """In a copy: a survey of the page, or a case, as long as it gets all that it may have."""
        if k >= len(decided):
            tell(k, _seen(PAGE[k - len(decided)], page))
        elif budget.steps >= budget.claim.steps and budget.seconds >= budget.claim.seconds:
            tell(k, told(k))

    try:
        for k in range(len(decided)):
            about: Told | None = None
            if ahead is not None:
                ahead.offer(k, last, lambda: elsewhere)
                about = ahead.get(k)
            if about is None or not about.paid(budget):
                about = told(k)
            found += about.found
            trouble.faults += about.trouble.faults
            trouble.unsought += about.trouble.unsought
            trouble.tried += about.trouble.tried
        surveys: list[Seen] = []
        for k in range(len(decided), last):
            seen: Seen | None = None
            if ahead is not None:
                ahead.offer(k, last, lambda: elsewhere)
                seen = ahead.get(k)
            surveys.append(seen if seen is not None else _seen(PAGE[k - len(decided)], page))
    finally:
        if ahead is not None:
            ahead.end()
    if decided:
        found += _of_the_page(surveys, found, decided[0].span, trouble)
    return tuple(sorted(_told_once(found), key=lambda d: (d.span.start, d.span.end, d.code)))


def _ahead(copies: int) -> Ahead:
    from derive.verify.copies import Ahead

    return Ahead(copies)


def _to_mend(entry: Decided) -> bool:
    return entry.verdict.status is Status.REFUTED or entry.verdict.reason == Reason(Why.CONDITION)


def _told_once(found: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """Several steps may blame one definition: the first warns, the others are notes."""
    if not found:
        return
    from derive.diagnose.causes import wrong_definition

    blamed: set[Span] = set()
    for d in found:
        if d.name == wrong_definition.NAME and d.severity is Severity.WARNING:
            yield replace(d, severity=Severity.INFO) if d.span in blamed else d
            blamed.add(d.span)
        else:
            yield d


_WITHOUT_SEARCH = Allowance(steps=1_000_000, seconds=1.0)
"""For what is said of a claim once its search for a mend was broken off."""
_AS_A_STEP = Allowance(steps=4_000_000, seconds=1.5)
"""For the search as a step of solving: the other one cost all that the claim had."""
_BEYOND = 5.0
"""Seconds for all claims of a document that are reached behind its budget and are not refuted."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of one case, and what it cost. `broken`: its search was broken off."""

    found: list[Diagnostic]
    trouble: Trouble
    steps: int
    seconds: float
    broken: bool

    def paid(self, budget: Purse) -> bool:
        """Pay for it, where it would have come to the same under this budget."""
        steps, seconds = (
            (budget.claim.steps, budget.claim.seconds) if self.broken else (self.steps, self.seconds)
        )
        if budget.steps < steps or budget.seconds < seconds:
            return False
        budget.steps -= self.steps
        budget.seconds -= self.seconds
        return True


def _told(budget: Purse, beyond: Purse, case: Case) -> Told:
    trouble = Trouble()
    steps, seconds, tried = budget.steps, budget.seconds, len(case.mender.faults)
    found = _within(budget, beyond, case, trouble)
    trouble.tried += case.mender.faults[tried:]
    spent = steps - budget.steps, seconds - budget.seconds
    return Told(found, trouble, *spent, bool(trouble.unsought))


def _within(budget: Purse, beyond: Purse, case: Case, trouble: Trouble) -> list[Diagnostic]:
    """What the budget pays for; once it is spent the case is looked at without a search."""
    begun = not budget.empty
    if begun:
        with suppress(StepsSpent), budget.pay():
            return _about(case, trouble)
    if case.refuted:
        trouble.unsought.append(case.entry.span)
    found: list[Diagnostic] = []
    closed = replace(case, mender=replace(case.mender, closed=True))
    if not begun and not case.refuted:
        if not beyond.empty:
            with suppress(StepsSpent), beyond.pay():
                found = _about(closed, trouble)
        return found
    with suppress(StepsSpent), bounded(_WITHOUT_SEARCH):
        found = _about(closed, trouble)
    if case.entry.claim is not None and all(d.severity is Severity.INFO for d in found):
        with suppress(StepsSpent), bounded(_AS_A_STEP):
            step = _first(SOLVING, case, trouble)
            return [step] if step is not None else found
    return found


@dataclass(frozen=True, slots=True)
class Seen:
    """What one survey says of the page, and what it failed with, if it did."""

    found: list[Diagnostic]
    fault: str | None = None


def _seen(survey: Survey, page: Page) -> Seen:
    found: list[Diagnostic] = []
    try:
        found += survey.look(page)
    except Exception as error:  # costs what one survey says
        return Seen(found, f"{type(error).__name__}: {error}")
    return Seen(found)


def _of_the_page(
    surveys: Sequence[Seen], told: Sequence[Diagnostic], place: Span, trouble: Trouble
) -> list[Diagnostic]:
    """What shows where formulas are laid beside each other. One place gets one finding."""
    taken = {d.claim for d in told} - {None}
    spans = [d.span for d in told]
    found: list[Diagnostic] = []
    for seen in surveys:
        for d in seen.found:
            if d.claim not in taken and not any(_overlap(s, d.span) for s in spans):
                spans.append(d.span)
                found.append(d)
        if seen.fault is not None:
            trouble.faults.append(Problem(place, seen.fault))
    return found


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _about(case: Case, trouble: Trouble) -> list[Diagnostic]:
    has_claim = case.entry.claim is not None
    if has_claim and of_undeclared(case.claim.scope, case.claim.left, case.claim.right):
        # what stands in it is guessed: only that one edit proves it, whatever its names are, says something
        told = _explained(case, trouble) or _first(WHATEVER, case, trouble)
        return [told] if told is not None else []
    checks = (c.check for c in FORM if has_claim or c.when == "formula")
    form = [d for check in checks for d in (_asked(check, case, trouble),) if d is not None]
    if form or not has_claim:
        return form
    decided = _explained(case, trouble)
    if decided is not None and not _unexplained(decided):
        return [decided]
    structure = _first(STRUCTURE, case, trouble)
    finding = structure or decided
    if finding is None or finding.severity is Severity.INFO:
        solving = _first(SOLVING, case, trouble)
        finding = solving or finding
    return [finding] if finding is not None else []


def _unexplained(told: Diagnostic) -> bool:
    from derive.diagnose.causes import wrong_step

    return told.name == wrong_step.NAME


def _explained(case: Case, trouble: Trouble) -> Diagnostic | None:
    """What deciding the claim and its edits has to say of it."""
    if case.refuted:
        from derive.diagnose.causes import CAUSES  # brought in by the first refuted claim

        return _first(CAUSES, case, trouble)
    if case.verdict.status in GOOD:
        return _asked(parted, case, trouble)
    given = case.verdict.status is Status.GIVEN or APART in case.verdict.evidence
    told = _asked(almost, case, trouble) if given else None
    return told or _asked(misfit, case, trouble) or _asked(left_open, case, trouble)


def _first(causes: Sequence[Cause], case: Case, trouble: Trouble) -> Diagnostic | None:
    return next((d for c in causes for d in (_asked(c.check, case, trouble),) if d is not None), None)


def _asked(check: Callable[[Case], Diagnostic | None], case: Case, trouble: Trouble) -> Diagnostic | None:
    """What a cause says of a claim; where it fails, it says nothing, and that is told."""
    try:
        return check(case)
    except Exception as error:
        trouble.faults.append(Problem(case.entry.span, f"{type(error).__name__}: {error}"))
        return None


def worst(diagnostics: Sequence[Diagnostic]) -> Severity | None:
    """The gravest severity among them, None when there is none."""
    order = (Severity.ERROR, Severity.WARNING, Severity.INFO)
    return next((s for s in order if any(d.severity is s for d in diagnostics)), None)
