"""The Sphinx extension in real builds of a small project."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = Path(__file__).parent / "sphinx_project"


def build(folder: Path, *argv: str, conf: str = "") -> subprocess.CompletedProcess[str]:
    source = folder / "source"
    shutil.copytree(PROJECT, source, dirs_exist_ok=True)
    with (source / "conf.py").open("a") as file:
        file.write(conf)
    run = [sys.executable, "-m", "sphinx", "-b", "dummy", "-q", *argv, str(source), str(folder / "out")]
    env = {"PYTHONPATH": f"{ROOT}", "PATH": "/usr/bin:/bin", "NO_COLOR": "1"}
    return subprocess.run(run, capture_output=True, text=True, cwd=folder, env=env, timeout=180)


def test_findings_are_warnings_at_their_places(tmp_path: Path) -> None:
    done = build(tmp_path)
    assert done.returncode == 0, done.stderr
    rows = done.stderr.splitlines()
    assert any(
        "index.rst:8: WARNING: [DRV" in row and row.endswith("[derive.wrong-factor]") for row in rows
    ), rows
    assert any("module.py:4: WARNING: [DRV" in row for row in rows), rows
    assert not any("right.rst" in row for row in rows), rows


def test_warnings_are_suppressed_by_name_as_others_are(tmp_path: Path) -> None:
    done = build(tmp_path, conf="suppress_warnings = ['derive']\n")
    assert (done.returncode, done.stderr.strip()) == (0, "")


def test_the_build_fails_when_asked(tmp_path: Path) -> None:
    done = build(tmp_path, conf="derive_fail_on = 'error'\n")
    assert done.returncode != 0
    assert "derive_fail_on = 'error'" in done.stderr
    assert build(tmp_path / "strict", "-W", "--keep-going").returncode != 0


@pytest.mark.parametrize(
    "conf", ["derive_check = False\n", "derive_exclude = ['index', 'api']\nderive_fail_on = 'error'\n"]
)
def test_what_is_left_out(tmp_path: Path, conf: str) -> None:
    done = build(tmp_path, conf=conf)
    assert (done.returncode, done.stderr.strip()) == (0, "")


def test_a_wrong_setting_is_told(tmp_path: Path) -> None:
    done = build(tmp_path, conf="derive_fail_on = 'always'\n")
    assert done.returncode != 0
    assert "one of error, warning" in done.stderr
