"""Every doubt on its own documents: those whose error it lifts, and look-alikes whose error stands."""

from __future__ import annotations

import pytest

from derive.front.document import check_source
from derive.installed import second_reader as present
from derive.judge.doubts.table import DOUBTS
from derive.model import Decided, FileReport, Severity, Source, Status


def report(text: str) -> FileReport:
    found, faults = check_source(Source("notes.md", text))
    assert not faults
    return found


def refuted(entry: Decided) -> bool:
    """Whether the claim was found false, whatever the text does with it."""
    verdict = entry.verdict
    return Status.REFUTED in (verdict.status, verdict.outcome) or "not_an_identity" in verdict.evidence


LIFTS = [pytest.param(d.name, text, id=f"{d.name}-{k}") for d in DOUBTS for k, text in enumerate(d.lifts)]
STANDS = [pytest.param(d.name, text, id=f"{d.name}-{k}") for d in DOUBTS for k, text in enumerate(d.stands)]


@pytest.mark.parametrize("name, text", LIFTS)
def test_the_doubt_lifts_the_error(name: str, text: str) -> None:
    if name == "doubt/second-reader" and not present():
        pytest.skip("latex2sympy2 is not here")
    found = report(text)
    assert [d.message for d in found.diagnostics if d.severity is Severity.ERROR] == []
    assert not any(d.verdict.status is Status.REFUTED for d in found.decided)
    steps = [s for d in found.decided for s in d.verdict.trail if s.question == "doubt" and s.rule == name]
    assert any(s.answer != "the refutation stands" for s in steps), [
        (d.latex, d.verdict.status.value, d.verdict.reason, d.claim and d.claim.stance) for d in found.decided
    ]


@pytest.mark.parametrize("name, text", STANDS)
def test_of_what_looks_like_it_the_error_stands(name: str, text: str) -> None:
    found = report(text)
    assert any(map(refuted, found.decided)), [
        (d.latex, d.verdict.status.value, d.verdict.reason, d.claim and d.claim.stance) for d in found.decided
    ]


def test_every_doubt_has_a_name_of_its_own_a_reason_and_documents_for_both() -> None:
    assert len({d.name for d in DOUBTS}) == len(DOUBTS)
    for doubt in DOUBTS:
        assert doubt.name.startswith("doubt/") and doubt.because
        assert doubt.lifts and doubt.stands, doubt.name
