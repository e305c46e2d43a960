"""The stage's entry point: every finding of a document, in source order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from derive.diagnose.almost import almost
from derive.diagnose.causes import CAUSES, wrong_definition, wrong_step
from derive.form.slips import FORM, STRUCTURE
from derive.mend.case import Case, Decide, Mentions
from derive.mend.mending import Mender
from derive.model import Decided, Diagnostic, Document, Severity, Span, Status
from derive.reasons import Reason, Why


def diagnose(
    decided: Sequence[Decided],
    document: Document,
    decide: Decide | None = None,
    faults: list[str] | None = None,
) -> tuple[Diagnostic, ...]:
    """The findings about a document's decided claims.

    A refuted claim gets one finding, the first cause that explains it; what is wrong in form (a stray
    accent, a derivative by itself) is told whatever the verdict; an equation that is given but one small
    edit away from an identity gets a warning. What is wrong in its letters and their binders is told where
    no edit was found that mends the claim. `decide` is the tower unless a test puts another. Faults of
    the checker met while edits were tried are appended to `faults`; each costs that edit alone.
    """
    if decide is None:
        from derive.verify import decide as tower

        decide = tower
    mender = Mender.for_claims(decide, sum(_to_mend(d) for d in decided))
    found: list[Diagnostic] = []
    spoken = Mentions(decided)
    for k in range(len(decided)):
        found += _about(Case(k, decided, document, mender, spoken))
    if faults is not None:
        faults += mender.faults
    return tuple(sorted(_told_once(found), key=lambda d: (d.span.start, d.span.end, d.code)))


def _to_mend(entry: Decided) -> bool:
    return entry.verdict.status is Status.REFUTED or entry.verdict.reason == Reason(Why.CONDITION)


def _told_once(found: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """Several steps may blame one definition: the first warns, the others are notes."""
    blamed: set[Span] = set()
    for d in found:
        if d.name == wrong_definition.NAME and d.severity is Severity.WARNING:
            yield replace(d, severity=Severity.INFO) if d.span in blamed else d
            blamed.add(d.span)
        else:
            yield d


def _about(case: Case) -> list[Diagnostic]:
    has_claim = case.entry.claim is not None
    form = [d for c in FORM if has_claim or c.when == "formula" for d in (c.check(case),) if d is not None]
    if form or not has_claim:
        return form
    decided = _explained(case)
    if decided is not None and decided.name != wrong_step.NAME:
        return [decided]
    structure = next((d for c in STRUCTURE for d in (c.check(case),) if d is not None), None)
    finding = structure or decided
    return [finding] if finding is not None else []


def _explained(case: Case) -> Diagnostic | None:
    """What deciding the claim and its edits has to say of it."""
    if case.refuted:
        return next((d for c in CAUSES for d in (c.check(case),) if d is not None), None)
    return almost(case) if case.verdict.status is Status.GIVEN else None


def worst(diagnostics: Sequence[Diagnostic]) -> Severity | None:
    """The gravest severity among them, None when there is none."""
    order = (Severity.ERROR, Severity.WARNING, Severity.INFO)
    return next((s for s in order if any(d.severity is s for d in diagnostics)), None)
