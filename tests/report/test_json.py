"""The JSON report and its schema."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from sample_report import TEXT, report

import derive
from derive.model import Report, Span, Step
from derive.report import json as json_report


def schema() -> dict[str, Any]:
    text = (Path(json_report.__file__).parent / "schema.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def validated(text: str) -> dict[str, Any]:
    data = json.loads(text)
    jsonschema.Draft202012Validator(schema()).validate(data)
    return dict(data)


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


def test_a_report_with_everything() -> None:
    data = validated(json_report.render(report()))
    assert data["version"] == 2
    assert data["tool"] == {"name": "derive", "version": derive.__version__}
    (file,) = data["files"]
    assert [c["id"] for c in file["claims"]] == ["c1", "c2", "c3"]
    assert [c["verdict"] for c in file["claims"]] == ["given", "refuted", "unread"]
    assert file["claims"][1]["role"] == "step"
    assert file["claims"][2]["reason"] == "unknown command \\oops"
    assert [c["outcome"] for c in file["claims"]] == [None, "refuted", None]
    assert [c["stance"] for c in file["claims"]] == [None, "asserted", None]
    assert [c["reason_code"] for c in file["claims"]] == [None, None, "unread"]
    assert [c["given_rule"] for c in file["claims"]] == ["given/states-nothing", None, None]
    assert "trail" not in file["claims"][1]
    finding = file["diagnostics"][1]
    assert finding["confidence"] == "high"
    assert file["diagnostics"][0]["confidence"] == "low"
    assert finding["claim"] == "c2"
    assert finding["counterexample"]["point"] == {"x": "1", "\\hat{y}": "1/2"}
    start, end = finding["span"]["start"], finding["span"]["end"]
    assert TEXT[start["offset"] : end["offset"]] == "x = y^2"
    assert (start["line"], start["column"], end["line"], end["column"]) == (5, 17, 5, 24)
    assert data["summary"]["errors"] == 1
    assert data["summary"]["refuted"] == 1
    assert [data["summary"][key] for key in ("relations", "tried", "decided")] == [1, 1, 1]
    assert data["summary"]["given_by_rule"] == {"given/states-nothing": 1}


def test_the_trail_is_there_when_it_is_asked_for() -> None:
    plain = report()
    (file,) = plain.files
    entry = file.decided[1]
    step = Step("stance", "asserted", "asserted/chain", "it follows from the line before", True, Span(0, 7))
    told = replace(entry, verdict=replace(entry.verdict, trail=(step,)))
    changed = Report((replace(file, decided=(file.decided[0], told, file.decided[2])),))
    claims = validated(json_report.render(changed, trail=True))["files"][0]["claims"]
    assert claims[0]["trail"] == []
    (shown,) = claims[1]["trail"]
    assert (shown["question"], shown["rule"], shown["sure"]) == ("stance", "asserted/chain", True)
    assert shown["span"]["start"] == {"line": 1, "column": 1, "offset": 0}


def test_empty_and_repeated() -> None:
    validated(json_report.render(Report(())))
    assert json_report.render(report()) == json_report.render(report())


@pytest.mark.parametrize(
    "path", sorted(Path(__file__).parents[2].glob("equations/**/*.md")), ids=lambda p: p.name
)
def test_reports_on_real_documents(path: Path) -> None:
    data = validated(json_report.render(derive.check([path])))
    claims = data["files"][0]["claims"]
    offsets = [c["span"]["start"]["offset"] for c in claims]
    assert offsets == sorted(offsets)
    assert data["summary"]["claims"] == len(claims)
