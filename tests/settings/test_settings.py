"""Settings: every key, what is said of a wrong one, and patterns of files."""

from pathlib import Path

import pytest

from derive.settings import Settings, SettingsError, over, settings_for
from derive.settings.patterns import matches
from derive.settings.table import KEYS


def read(folder: Path, text: str, name: str = "derive.toml") -> Settings:
    (folder / name).write_text(text)
    return settings_for(str(folder / "a.md"))


def test_every_key_is_read_as_its_sample_is_written(tmp_path: Path) -> None:
    found = read(tmp_path, "".join(f"{key.name} = {key.sample}\n" for key in KEYS))
    unset = Settings()
    same = [key.name for key in KEYS if getattr(found, key.field) == getattr(unset, key.field)]
    assert same == ["conventional-commands"]  # its sample is what it is anyway
    assert found.assume == (("**", ("x > 0", r"n \in \mathbb{N}")),)
    assert found.per_file_ignores == (("history/**", ("known-formula",)),)


def test_the_same_in_pyproject(tmp_path: Path) -> None:
    text = "[tool.derive]\nselect = ['sign']\n[tool.derive.assume]\n'a/*' = ['x > 0']\n"
    found = read(tmp_path, text, "pyproject.toml")
    assert found.select == ("sign",)
    assert found.assume == (("a/*", ("x > 0",)),)
    assert found.path == str(tmp_path / "pyproject.toml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("selct = ['sign']", "'select'"),
        ("claim_seconds = 3", "'claim-seconds'"),
        ("min-confidnece = 'low'", "'min-confidence'"),
        ("zzzz = 1", "there are exclude"),
        ("select = 'sign'", "select: a list of texts"),
        ("select = [3]", "select: a list of texts"),
        ("strict = 1", "strict: true or false"),
        ("fail-on = 'note'", "fail-on: one of 'error', 'warning', 'never'"),
        ("fail-under = 101", "fail-under: a number from 0 to 100"),
        ("claim-seconds = true", "claim-seconds: a number of seconds above 0"),
        ("baseline = ''", "baseline: a text"),
        ("per-file-ignores = ['a']", "per-file-ignores: a table of patterns"),
        ("per-file-ignores = { a = 'b' }", "per-file-ignores: 'a': a list of texts"),
        ("assume = 'x > 0'", "assume: a table of patterns"),
        ("macros = { a = 3 }", "macros: 'a' needs a body"),
        ("a = " + "[" * 5000, "derive.toml: "),
    ],
)
def test_what_is_said_of_a_wrong_one(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SettingsError) as told:
        read(tmp_path, text + "\n")
    assert said in str(told.value) and "derive.toml" in str(told.value)


def test_every_fault_of_a_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as told:
        read(tmp_path, "fail_on = 'error'\nstrict = 'yes'\nignore = ['sign']\nexclud = ['a']\n")
    assert [fault.split(": ", 1)[1] for fault in told.value.faults] == [
        "no setting is called 'fail_on'; did you mean 'fail-on'?",
        "strict: true or false is expected",
        "no setting is called 'exclud'; did you mean 'exclude'?",
    ]


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="larger than"):
        read(tmp_path, "#" * 1_000_001)
    (tmp_path / "derive.toml").unlink()
    assert read(tmp_path, "#" * 1_000_001, "pyproject.toml") == Settings()


def test_what_was_given_goes_before_what_was_found() -> None:
    found = Settings(select=("sign",), strict=True, claim_seconds=3.0)
    given = Settings(select=("DRV1",), strict=False)
    assert over(given, found) == Settings(select=("DRV1",), strict=False, claim_seconds=3.0)


@pytest.mark.parametrize(
    ("pattern", "path", "is_named"),
    [
        ("a.md", "a.md", True),
        ("a.md", "x/y/a.md", True),
        ("*.md", "x/y/a.md", True),
        ("x/*.md", "x/a.md", True),
        ("x/*.md", "x/y/a.md", False),
        ("x/**/*.md", "x/y/z/a.md", True),
        ("x/**/*.md", "x/a.md", True),
        ("x", "x/y/a.md", True),
        ("x/", "x/y/a.md", True),
        ("x/", "z/x/y/a.md", True),
        ("./x/y", "x/y/a.md", True),
        ("x/y", "z/x/y/a.md", False),
        ("**", "a.md", True),
        ("ch[0-9].tex", "ch3.tex", True),
        ("ch[!0-9].tex", "ch3.tex", False),
        ("a.md", "ba.md", False),
        ("a(b.md", "a(b.md", True),
        ("x/y", "../x/y", False),
        ("x/**", "x", True),
        ("**/y/*.md", "a/b/y/c.md", True),
        ("**/y/*.md", "a/b/y/z/c.md", False),
        ("/x/y", "x/y", True),
        ("/".join(["**"] * 60 + ["b"]), "/".join("a" * 60), False),
        ("*a" * 60 + "b", "a" * 200, False),
    ],
)
def test_patterns(tmp_path: Path, pattern: str, path: str, is_named: bool) -> None:
    assert matches(str(tmp_path / path), [pattern], str(tmp_path)) is is_named
