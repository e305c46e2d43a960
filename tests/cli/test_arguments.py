"""What is said of an argument that there is not."""

import pytest

from derive.cli import main


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        ("chekc a.md", "'chekc' is none; did you mean check?"),
        ("zzzz", "'zzzz' is none; there are check, decide, "),
        ("check --outputformat=json a.md", "--outputformat=json; did you mean --output-format?"),
        ("check --stric --zzzz a.md", "--stric; did you mean --strict?, --zzzz\nusage: derive check --help"),
        ("check --output-format sariff", "'sariff' is none; did you mean sarif?"),
        ("completion bsh", "'bsh' is none; did you mean bash?"),
        ("decide 1=1 2=2", "derive decide: unknown: 2=2"),
        ("--foo", "derive: unknown: --foo"),
        ("check --fail-under abc", "--fail-under: 'abc' is no number from 0 to 100"),
        ("check --jobs many", "--jobs: 'many' is no number of processes"),
        ("check --claim-seconds nan", "--claim-seconds: 'nan' is no number of seconds above 0"),
    ],
)
def test_the_nearest_one_is_told(capsys: pytest.CaptureFixture[str], argv: str, said: str) -> None:
    assert main(argv.split()) == 2
    assert said in capsys.readouterr().err


def test_an_option_is_written_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--isol", "."]) == 2
    assert "did you mean --isolated?" in capsys.readouterr().err
