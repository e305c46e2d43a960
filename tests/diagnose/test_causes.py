"""The causes' own examples: the wrong ones get the finding, the right ones get none. The page is theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.diagnose.reference import causes, page
from derive.front.document import check_source
from derive.model import Severity, Source

PAGE = Path(__file__).parents[2] / "docs" / "findings.md"
INVALID = [
    pytest.param(c.name, text, id=f"{c.name}-{k}") for c in causes() for k, text in enumerate(c.invalid)
]
VALID = [pytest.param(text, id=f"{c.name}-{k}") for c in causes() for k, text in enumerate(c.valid)]


@pytest.mark.parametrize(("name", "text"), INVALID)
def test_a_wrong_example_gets_the_finding(name: str, text: str) -> None:
    report, faults = check_source(Source("example.md", text))
    assert not faults
    assert name in {d.name for d in report.diagnostics}, [(d.latex, d.verdict) for d in report.decided]
    others = {d.name for d in report.diagnostics if d.severity is not Severity.INFO}
    assert others <= {name} or name == "earlier-error"


@pytest.mark.parametrize("text", VALID)
def test_a_right_example_gets_none(text: str) -> None:
    report, faults = check_source(Source("example.md", text))
    assert not faults
    assert not report.diagnostics


def test_codes_and_names_are_given_once() -> None:
    assert len({c.name for c in causes()}) == len(causes())
    assert all(c.code.startswith("DRV") and len(c.code) == 6 for c in causes())


def test_every_cause_has_an_example_of_each_kind() -> None:
    assert [c.name for c in causes() if not c.invalid or not c.valid] == []


def test_the_page_of_findings_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()
