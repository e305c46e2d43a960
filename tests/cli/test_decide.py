"""`derive decide` from end to end."""

import pytest

from derive.cli import main


@pytest.mark.parametrize(
    ("argv", "status", "word"),
    [
        ([r"(a+b)^2 = a^2 + 2ab + b^2"], 0, "proved"),
        ([r"(a+b)^2 = a^2 + b^2"], 1, "refuted"),
        ([r"\sqrt{x^2} = x", "--given", "x > 0"], 0, "proved"),
        ([r"\sqrt{x^2} = x"], 1, "refuted"),
        (
            [r"\frac{d\sigma}{dz} = \sigma(z)(1-\sigma(z))", "--given", r"\sigma(z) = \frac{1}{1+e^{-z}}"],
            0,
            "proved",
        ),
    ],
)
def test_verdicts(argv: list[str], status: int, word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["decide", *argv]) == status
    assert capsys.readouterr().out.startswith(word)


def test_a_counterexample_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    main(["decide", "(a+b)^2 = a^2 + b^2"])
    assert "counterexample: at " in capsys.readouterr().out


@pytest.mark.parametrize("claim", [r"\nonsense{x} = 1", "x = ", "", "{", r"\frac{1}"])
def test_what_cannot_be_read(claim: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["decide", claim]) == 2
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err
    assert (captured.out + captured.err).strip()


def test_a_given_that_cannot_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["decide", "x = x", "--given", r"\nonsense{"]) == 2
    assert capsys.readouterr().err.strip()
