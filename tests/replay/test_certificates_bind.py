"""Whatever of a certificate is changed, the replay finds it out: text, hypothesis, point, either value."""

import copy
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import derive
from derive.replay.certificate import verify_certificates
from derive.term.seal import digest

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))
from bench import read_claims

SLOW = ("integrals", "limits", "chance", "probability", "special functions", "readings and edges")
REPORTS = 200

Report = dict[str, Any]


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    """Reports of one refuted claim each, of the bench."""
    return list(refuted())


def refuted() -> Iterator[Report]:
    made = 0
    for claim in read_claims():
        if claim.truth is True or claim.field in SLOW or made == REPORTS:
            continue
        verdict = derive.decide(claim.latex, given=list(claim.given))
        if verdict.status.value != "refuted" or verdict.counterexample is None:
            continue
        made += 1
        shown = {
            "point": dict(verdict.counterexample.point),
            "left": verdict.counterexample.left,
            "right": verdict.counterexample.right,
        }
        evidence = json.loads(json.dumps({**verdict.evidence, "counterexample": shown}, default=str))
        entry = {"id": "c1", "verdict": "refuted", "latex": evidence["text"], "evidence": evidence}
        yield {"files": [{"path": f"{claim.field}.md", "claims": [entry]}]}


def status(report: Report) -> str:
    (result,) = verify_certificates(report)
    return result.status


def evidence_of(report: Report) -> dict[str, Any]:
    return report["files"][0]["claims"][0]["evidence"]


def another(data: Any) -> Any:
    """JSON data like it, with the first number in it changed."""
    match data:
        case {"exact": str(text)}:
            return {"exact": text + "1"}
        case {"mid": str(mid), **rest}:
            return {"mid": "3*2^7" if mid != "3*2^7" else "5*2^7", **rest}
        case str():
            return "7/3" if data != "7/3" else "7/5"
        case dict():
            key = next((k for k in ("re", "items") if k in data), None)
            return {**data, key: another(data[key])} if key else {**data, "description": "another"}
        case list():
            return [another(data[0]), *data[1:]]
        case _:
            return "another"


def text(report: Report) -> None:
    report["files"][0]["claims"][0]["latex"] += " + 1"


def text_of_evidence(report: Report) -> None:
    evidence_of(report)["text"] += " + 1"


def side(report: Report) -> None:
    evidence_of(report)["left"] += " + 1"


def stored_term(report: Report) -> None:
    terms = evidence_of(report)["terms"]
    terms["left"] = {"node": "Neg", "arg": terms["left"]}


def new_hypothesis(report: Report) -> None:
    evidence_of(report)["hypotheses"].append({"text": "q > 0", "term": {"node": "Symbol", "name": "q"}})


def lost_hypothesis(report: Report) -> None:
    kept = evidence_of(report)["hypotheses"]
    kept[:] = kept[1:] if kept else [{"text": "0 = 0", "term": None}]


def point(report: Report) -> None:
    values = evidence_of(report)["point"]
    if not values:
        values["q"] = "1"
        return
    name = next(iter(values))
    values[name] = another(values[name])


def left_value(report: Report) -> None:
    values = evidence_of(report)["values"]
    values["left"] = another(values["left"])


def right_value(report: Report) -> None:
    values = evidence_of(report)["values"]
    values["right"] = another(values["right"])


def shown_value(report: Report) -> None:
    evidence_of(report)["counterexample"]["left"] += "1"


def unsealed(report: Report) -> None:
    del evidence_of(report)["digest"]


def test_no_honest_certificate_is_rejected(reports: list[Report]) -> None:
    assert len(reports) == REPORTS
    assert [r for r in reports if status(r) == "contradicted"] == []
    assert sum(status(r) == "confirmed" for r in reports) >= 0.9 * REPORTS


@pytest.mark.parametrize(
    "falsify",
    [
        text,
        text_of_evidence,
        side,
        stored_term,
        new_hypothesis,
        lost_hypothesis,
        point,
        left_value,
        right_value,
        shown_value,
        unsealed,
    ],
    ids=lambda f: f.__name__,
)
def test_every_falsified_certificate_is_rejected(
    reports: list[Report], falsify: Callable[[Report], None]
) -> None:
    passed = []
    for report in reports:
        forged = copy.deepcopy(report)
        falsify(forged)
        if status(forged) != "contradicted":
            passed.append(forged)
    assert passed == []


@pytest.mark.parametrize("falsify", [left_value, right_value], ids=lambda f: f.__name__)
def test_a_value_that_is_sealed_anew_is_found_by_computing_it(
    reports: list[Report], falsify: Callable[[Report], None]
) -> None:
    found = 0
    for report in reports:
        forged = copy.deepcopy(report)
        falsify(forged)
        evidence = evidence_of(forged)
        evidence["digest"] = digest(evidence)
        found += status(forged) == "contradicted"
    assert found >= 0.8 * len(reports)


def test_a_point_outside_of_the_hypotheses_is_found_though_sealed_anew() -> None:
    verdict = derive.decide("x^2 > 2x", given=["x > 0"])
    evidence = json.loads(json.dumps(verdict.evidence, default=str))
    evidence["point"]["x"] = "0"
    evidence["values"] = {"left": {"exact": "0"}, "right": {"exact": "0"}}
    evidence["digest"] = digest(evidence)
    report = {"files": [{"claims": [{"verdict": "refuted", "latex": "x^2 > 2x", "evidence": evidence}]}]}
    assert status(report) == "contradicted"
