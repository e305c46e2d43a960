"""What a claim and a document may cost: what is too dear is undecided, the rest stands, and it is told."""

import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from derive.cli import main
from derive.front.document import check_source
from derive.model import FileReport, Source, Status
from derive.reasons import Why
from derive.settings import Settings, SettingsError, settings_for
from derive.verify import budget
from derive.verify.budget import Allowance, StepsSpent, bounded, spend

DOCUMENT = "".join(
    f"We have\n\n$$({x} + {k})({x} + {k}) = ({x} + {k})^2 = {x}^2 + {2 * k} {x} + {k * k + 1}.$$\n\n"
    for k, x in enumerate("uvxy", start=1)
)


def report_of(text: str = DOCUMENT, **named: float) -> FileReport:
    report, faults = check_source(Source("notes.md", text), Settings(**named))
    assert not faults
    return report


def burn(*_: Any) -> None:
    end = time.process_time() + 20
    while time.process_time() < end:
        pass


def test_steps_end_a_block_and_the_block_around_it() -> None:
    with bounded(Allowance(100, 10)):
        with pytest.raises(StepsSpent, match="steps"), bounded(Allowance(10, 10)):
            spend(11)
        spend(50)
        with pytest.raises(StepsSpent, match="steps"), bounded(Allowance(1000, 10)):
            spend(60)
    spend(10_000)


def test_seconds_end_a_block_and_the_block_around_it() -> None:
    start = time.process_time()
    with bounded(Allowance(100, 10)), pytest.raises(StepsSpent, match="time"), bounded(Allowance(10, 0.05)):
        burn()
    with pytest.raises(StepsSpent), bounded(Allowance(100, 0.05)), bounded(Allowance(100, 5)):
        burn()
    assert time.process_time() - start < 1


def test_a_fence_that_is_swallowed_rings_again_and_tells_in_the_end() -> None:
    with pytest.raises(StepsSpent, match="time"), bounded(Allowance(100, 0.02)), suppress(StepsSpent):
        burn()


def test_the_worker_s_time_counts() -> None:
    from derive.verify import workers

    start = time.process_time()
    with pytest.raises(StepsSpent, match="time"), bounded(Allowance(10**6, 0.3)):
        for _ in range(100):
            workers.call("builtins:sum", range(3_000_000), allowance=Allowance(0, 1.0))
    assert time.process_time() - start < 0.3  # it was not this process that spent it


@pytest.mark.parametrize(("what", "why"), [("steps", Why.BUDGET), ("time", Why.TIME)])
def test_a_claim_that_is_too_dear_costs_itself(what: str, why: Why, monkeypatch: pytest.MonkeyPatch) -> None:
    from derive.judge import court

    real = court.relevant

    def dear(claim: Any) -> Any:
        if "= v^2" in claim.latex:
            spend(10**9) if what == "steps" else burn()
        return real(claim)

    monkeypatch.setattr(court, "relevant", dear)
    report = report_of(claim_seconds=0.5)
    assert [e.verdict.status for e in report.decided].count(Status.UNDECIDED) == 1
    assert [
        e.verdict.reason.code
        for e in report.decided
        if e.verdict.status is Status.UNDECIDED and e.verdict.reason
    ] == [why]
    assert len(report.diagnostics) == 3


def test_a_document_that_is_too_dear_tells_what_it_did_not_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    from derive.judge import court

    real = court.relevant

    def dear(claim: Any) -> Any:
        if "= x^2" in claim.latex:
            spend(10**9)
        return real(claim)

    monkeypatch.setattr(court, "relevant", dear)
    monkeypatch.setattr(budget, "A_SECOND", 10**10)  # of which the third claim takes a tenth of a second
    report = report_of(claim_seconds=1.0, document_seconds=0.09)
    codes = [e.verdict.reason.code if e.verdict.reason else None for e in report.decided]
    assert codes[5:] == [Why.BUDGET, Why.NOT_REACHED, Why.NOT_REACHED]
    assert len(report.diagnostics) >= 2
    assert any("2 claims were not reached" in note for note in report.notes)


def test_a_search_for_a_mend_that_is_too_dear_leaves_the_error(monkeypatch: pytest.MonkeyPatch) -> None:
    from derive.mend import mending

    real = mending.edits

    def dear(sides: Any, *arguments: Any, **named: Any) -> Any:
        if "Fraction(5, 1)" in repr(sides):
            spend(10**9)
        return real(sides, *arguments, **named)

    monkeypatch.setattr(mending, "edits", dear)
    report = report_of()
    assert [d.name for d in report.diagnostics].count("wrong-step") == 1 and len(report.diagnostics) == 4
    assert any("without a mend" in note for note in report.notes)


def test_the_settings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.md").write_text(DOCUMENT)
    (tmp_path / "derive.toml").write_text("claim-seconds = 1\ndocument-seconds = 0.001\n")
    found = settings_for(str(tmp_path / "a.md"))
    assert (found.claim_seconds, found.document_seconds) == (1.0, 0.001)
    assert main(["check", str(tmp_path / "a.md")]) == 0
    assert "not reached: the 0.001 s for the document were spent" in capsys.readouterr().out
    assert main(["check", str(tmp_path / "a.md"), "--document-seconds", "20"]) == 1
    assert main(["check", str(tmp_path / "a.md"), "--claim-seconds", "none"]) == 2
    (tmp_path / "derive.toml").write_text("claim-seconds = -1\n")
    with pytest.raises(SettingsError, match="claim-seconds"):
        settings_for(str(tmp_path / "a.md"))
