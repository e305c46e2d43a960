"""Stance, outcome, rule and confidence of what is reported, and the counts made of them."""

import pytest

from derive.model import (
    Claim,
    Decided,
    Diagnostic,
    FileReport,
    Report,
    Role,
    Severity,
    Source,
    Span,
    Stance,
    Status,
    Step,
    Verdict,
)
from derive.reasons import Reason, Why, no_definition
from derive.report import summary
from derive.report.standing import confidence, given_rule, outcome_of

HERE = Span(0, 1)


def claim(stance: Stance = Stance.ASSERTED) -> Claim:
    return Claim(HERE, None, "=", None, None, stance)


def entry(verdict: Verdict, stance: Stance | None = Stance.ASSERTED) -> Decided:
    return Decided(HERE, "x", verdict, claim(stance) if stance is not None else None)


def file(*entries: Decided) -> FileReport:
    return FileReport(Source("a.md", "x"), "markdown", entries, ())


@pytest.mark.parametrize(
    ("role", "stance"),
    [
        (Role.DEFINITION, Stance.DEFINES),
        (Role.ASSUMPTION, Stance.ASSUMES),
        (Role.STEP, Stance.ASSERTED),
        (Role.EQUATION, Stance.OPEN),
    ],
)
def test_roles_of_the_first_version(role: Role, stance: Stance) -> None:
    assert claim(stance).role is role


@pytest.mark.parametrize(
    ("verdict", "outcome"),
    [
        (Verdict(Status.PROVED), Status.PROVED),
        (Verdict(Status.UNDECIDED, Reason(Why.BUDGET)), Status.UNDECIDED),
        (Verdict(Status.GIVEN), None),
        (Verdict(Status.GIVEN, Reason(Why.STATES_NOTHING)), None),
        (Verdict(Status.GIVEN, Reason(Why.CONDITION)), Status.REFUTED),
        (Verdict(Status.GIVEN, Reason(Why.CONDITION, inner=no_definition("f"))), Status.UNDECIDED),
        (Verdict(Status.GIVEN, outcome=Status.PROVED), Status.PROVED),
        (Verdict(Status.UNREAD), None),
    ],
)
def test_outcomes(verdict: Verdict, outcome: Status | None) -> None:
    assert outcome_of(verdict) is outcome


def test_a_given_entry_names_its_rule() -> None:
    step = Step("stance", "defines", "defines/let", "it says let")
    assert given_rule(entry(Verdict(Status.GIVEN, trail=(step,)))) == "defines/let"
    assert given_rule(entry(Verdict(Status.GIVEN), Stance.DEFINES)) == "given/defines"
    assert given_rule(entry(Verdict(Status.GIVEN, Reason(Why.HEADING)), None)) == "given/heading"
    assert given_rule(entry(Verdict(Status.GIVEN), None)) == "given/states-nothing"
    assert given_rule(entry(Verdict(Status.PROVED))) is None


@pytest.mark.parametrize(
    ("severity", "status", "told"),
    [
        (Severity.ERROR, Status.REFUTED, "high"),
        (Severity.ERROR, Status.ILL_FORMED, "high"),
        (Severity.ERROR, Status.UNDECIDED, "medium"),
        (Severity.WARNING, Status.REFUTED, "medium"),
        (Severity.INFO, Status.REFUTED, "low"),
    ],
)
def test_confidence(severity: Severity, status: Status, told: str) -> None:
    found = Diagnostic("DRV101", "missing-factor", severity, HERE, "", claim=0)
    assert confidence(found, file(entry(Verdict(status)))) == told


def test_what_was_not_tried_is_counted_as_not_tried() -> None:
    given = [entry(Verdict(Status.GIVEN), Stance.DEFINES)] * 133
    condition = entry(Verdict(Status.GIVEN, Reason(Why.CONDITION)), Stance.OPEN)
    left_open = entry(Verdict(Status.UNDECIDED, no_definition("f")))
    nothing = entry(Verdict(Status.GIVEN, Reason(Why.STATES_NOTHING)), None)
    report = Report((file(entry(Verdict(Status.PROVED)), *given, condition, left_open, nothing),))
    n = summary.counts(report)
    assert (n["claims"], n["relations"], n["tried"], n["decided"]) == (137, 136, 3, 2)
    assert n["undecided_by_reason"] == {"no-definition": 1}
    assert n["given_by_rule"] == {"given/defines": 133, "given/condition": 1, "given/states-nothing": 1}
    assert (
        "relations 136: 3 tried, 2 decided; undecided: no-definition 1; given by rule: given/defines 133"
        in (summary.lines(report)[1])
    )
