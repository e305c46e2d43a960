"""The second reader before an error: asked where it is there and may differ, and not at all elsewhere."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from derive.front.document import check_source
from derive.installed import second_reader as present
from derive.judge.doubts import second_reader
from derive.judge.doubts.second_reader import DOUBT
from derive.model import Decided, Report, Source, Status
from derive.report import concise
from derive.report import json as report_json
from derive.report.reasons import reason_text

there = pytest.mark.skipif(not present(), reason="latex2sympy2 is not here")


def last(text: str) -> Decided:
    found, faults = check_source(Source("notes.md", text))
    assert not faults
    return found.decided[-1]


@there
def test_where_it_reads_otherwise_and_so_the_claim_holds_both_readings_are_shown():
    verdict = last(DOUBT.lifts[0]).verdict
    assert verdict.status is Status.UNDECIDED and verdict.reason is not None
    words = reason_text(verdict.reason)
    assert r"\sin\left(2 x\right)" in words and r"\sin\left(2\right) \cdot x" in words
    assert verdict.evidence["second_reader"]["verdict"] == "proved"


@there
def test_where_it_is_false_for_both_the_error_stands_and_says_that_it_was_asked():
    verdict = last(DOUBT.stands[0]).verdict
    assert verdict.status is Status.REFUTED
    assert verdict.evidence["second_reader"]["verdict"] == "refuted"
    assert [s.rule for s in verdict.trail if s.question == "doubt"][-1] == DOUBT.name


@there
def test_its_algebra_is_of_numbers_so_matrices_are_not_put_before_it():
    verdict = last(DOUBT.stands[1]).verdict
    assert verdict.status is Status.REFUTED and "second_reader" not in verdict.evidence


@pytest.mark.parametrize(
    "text",
    [
        r"So we get $$\frac{x}{2} + \frac{x}{2} = x = 2x - x.$$",  # right
        r"So we get $$\sum_{i=1}^3 i = 6 = \sum_{i=1}^4 i.$$",  # no arithmetic of plain letters
        r"Let $x^2 + 1 = 3$.",  # no error, whatever x is
        r"So we get $$(a + b)^2 = a^2 + b^2.$$",  # an error that no other reading could mend
    ],
)
def test_it_is_not_asked_of_what_is_no_error_in_its_fragment(text: str, monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []
    monkeypatch.setattr(second_reader, "present", lambda: True)
    monkeypatch.setattr(second_reader, "second_reading", lambda latex, _: asked.append(latex))
    last(text)
    assert asked == []


def test_where_it_is_absent_the_error_stands_and_nothing_is_tried(monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object) -> None:
        raise AssertionError("asked")

    monkeypatch.setattr(second_reader, "present", lambda: False)
    monkeypatch.setattr(second_reader, "second_reading", fail)
    verdict = last(DOUBT.lifts[0]).verdict
    assert verdict.status is Status.REFUTED
    assert all(step.rule != DOUBT.name for step in verdict.trail)
    assert "second_reader" not in verdict.evidence


@pytest.mark.parametrize("here", [True, False])
def test_the_summary_says_whether_it_was_there(here: bool):
    report = Report((), second_reader=here)
    assert json.loads(report_json.render(report))["summary"]["second_reader"] is here
    assert f"second reader: {'yes' if here else 'no'}" in concise.render(report)


def test_the_process_that_checks_never_imports_it(tmp_path: Path):
    (tmp_path / "notes.md").write_text(DOUBT.stands[0], encoding="utf-8")
    code = (
        "import sys; from derive.front.check import check; check(sys.argv[1]);"
        "print('latex2sympy2' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "notes.md")], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
