"""`derive explain`."""

import pytest

from derive.cli import main


@pytest.mark.parametrize("word", ["DRV101", "drv101", "sign"])
def test_a_finding_is_explained(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", word]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("DRV101 sign\n")
    assert "Wrong:" in shown


def test_the_document_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "DRV000"]) == 0
    assert "never closed" in capsys.readouterr().out


def test_an_unknown_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "DRV999"]) == 2
    assert "missing-factor" in capsys.readouterr().err
