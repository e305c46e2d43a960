"""`derive verify-certificate` replays what `derive check` refuted."""

import json
from pathlib import Path

import pytest

from derive.cli import main


def test_a_refutation_is_replayed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.md").write_text("$$(x + y)^2 = x^2 + 2xy + y^2 = x^2 + 3xy + y^2.$$\n")
    report = tmp_path / "report.json"
    assert main(["check", str(tmp_path), "--output-format", "json", "-o", str(report)]) == 1
    assert main(["verify-certificate", str(report)]) == 0
    assert "1 refuted: 1 confirmed" in capsys.readouterr().out
    text = report.read_text()
    data = json.loads(text)
    (claim,) = [c for c in data["files"][0]["claims"] if c["verdict"] == "refuted"]
    claim["evidence"]["right"] = claim["evidence"]["left"]
    report.write_text(json.dumps(data))
    assert main(["verify-certificate", str(report)]) == 1


@pytest.mark.parametrize(("version", "status"), [(1, 0), (2, 0), (3, 2), ("2", 2)])
def test_the_versions_of_reports(tmp_path: Path, version: object, status: int) -> None:
    report = tmp_path / "report.json"
    report.write_text(json.dumps({"version": version, "files": []}))
    assert main(["verify-certificate", str(report)]) == status


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"files": 3}', '{"files": [3]}', "\x00"])
def test_what_is_no_report(tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "r.json").write_text(text)
    assert main(["verify-certificate", str(tmp_path / "r.json")]) == 2
    assert main(["verify-certificate", str(tmp_path / "none.json")]) == 2
    assert "Traceback" not in capsys.readouterr().err
