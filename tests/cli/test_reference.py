"""The page of commands, completion, `derive init` and the settings that hold."""

import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from derive.cli import main
from derive.cli.parser import parser
from derive.cli.reference import page, subcommands
from derive.settings import settings_for
from derive.settings.table import KEYS

ROOT = Path(__file__).parents[2]


def test_the_page_of_commands_is_current() -> None:
    assert (ROOT / "docs" / "commands.md").read_text(encoding="utf-8") == page()


def test_every_option_says_what_it_is_for() -> None:
    for name, command in subcommands(parser()).items():
        assert command.description, name
        for action in command._actions:
            assert action.help, f"{name} {action.option_strings or action.dest}"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_names_every_command_and_option(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    written = capsys.readouterr().out
    for name, command in subcommands(parser()).items():
        assert name in written
        for action in command._actions:
            for flag in action.option_strings:
                assert flag.lstrip("-") in written
    if (program := shutil.which(shell)) is not None:
        subprocess.run([program, "-n"], input=written, text=True, check=True)


def test_bash_completes(capsys: pytest.CaptureFixture[str]) -> None:
    if shutil.which("bash") is None:
        pytest.skip("no bash")
    main(["completion", "bash"])
    script = capsys.readouterr().out
    for words, last, expected in (
        ("derive ch", 1, "check"),
        ("derive check --out", 2, "--output-format\n--output"),
        ("derive check --fail-on w", 3, "warning"),
    ):
        run = (
            f'{script}\nCOMP_WORDS=({words}); COMP_CWORD={last}; _derive; printf "%s\\n" "${{COMPREPLY[@]}}"'
        )
        done = subprocess.run(["bash", "-c", run], capture_output=True, text=True, check=True, cwd=ROOT)
        assert set(done.stdout.split()) == set(expected.split()), words


def test_init_writes_what_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init"]) == 0
    text = (tmp_path / "derive.toml").read_text()
    assert tomllib.loads(text) == {}
    lines = text.splitlines()
    set_all = "\n".join(
        row[2:] if row[2:].split(" = ")[0] in {k.name for k in KEYS} else row for row in lines
    )
    assert set(tomllib.loads(set_all)) == {key.name for key in KEYS}
    assert main(["init"]) == 2
    assert (tmp_path / "derive.toml").read_text() == text
    assert main(["init", str(tmp_path / "none")]) == 2
    (tmp_path / "sub").mkdir()
    assert main(["init", "sub"]) == 0 and (tmp_path / "sub" / "derive.toml").exists()


def test_the_settings_that_hold_are_shown_as_they_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    text = "".join(f"{key.name} = {key.sample}\n" for key in KEYS)
    (tmp_path / "derive.toml").write_text(text)
    assert main(["check", "--show-settings", "--select", "sign"]) == 0
    shown = capsys.readouterr().out
    assert "# from " in shown and 'select = ["sign"]' in shown
    expected = settings_for(str(tmp_path / "a.md"))
    (tmp_path / "derive.toml").write_text(shown.replace('["sign"]', '["DRV1"]'))
    assert settings_for(str(tmp_path / "a.md")) == expected
    assert main(["check", "--show-settings", "--isolated"]) == 0
    assert "no file of settings" in capsys.readouterr().out
