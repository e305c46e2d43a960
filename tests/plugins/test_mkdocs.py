"""The MkDocs plugin in real builds of a small site."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SITE = Path(__file__).parent / "mkdocs_project"
#: where only the tree is there and nothing installed, the plugin has no entry point: it is put in by hand
START = """
import sys
from importlib.metadata import EntryPoint, entry_points
from mkdocs import plugins
if not list(entry_points(group="mkdocs.plugins", name="derive")):
    found = dict(plugins.get_plugins())
    found["derive"] = EntryPoint("derive", "derive.plugins.mkdocs:DerivePlugin", "mkdocs.plugins")
    plugins.get_plugins = lambda: found
from mkdocs.__main__ import cli
cli(sys.argv[1:])
"""


def build(folder: Path, *argv: str, plugin: str = "derive") -> subprocess.CompletedProcess[str]:
    site = folder / "site"
    shutil.copytree(SITE, site, dirs_exist_ok=True)
    config = site / "mkdocs.yml"
    config.write_text(config.read_text().replace("- derive", f"- {plugin}"))
    run = [sys.executable, "-c", START, "build", "-f", str(config), "-d", str(folder / "out"), *argv]
    env = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "NO_COLOR": "1"}
    return subprocess.run(run, capture_output=True, text=True, cwd=folder, env=env, timeout=180)


def test_findings_are_warnings_at_their_places(tmp_path: Path) -> None:
    done = build(tmp_path)
    assert done.returncode == 0, done.stderr
    (row,) = [row for row in done.stderr.splitlines() if "WARNING" in row]
    assert "index.md:5: [DRV104] wrong-factor" in row
    assert (tmp_path / "out" / "index.html").is_file()


def test_strict_builds_fail(tmp_path: Path) -> None:
    done = build(tmp_path, "--strict")
    assert done.returncode != 0
    assert "strict mode" in done.stdout + done.stderr


def test_the_build_fails_when_asked(tmp_path: Path) -> None:
    done = build(tmp_path, plugin="derive: {fail_on: error}")
    assert done.returncode != 0
    assert "fail the build" in done.stderr


@pytest.mark.parametrize(
    "plugin", ["derive: {enabled: false}", "derive: {exclude: ['index.*'], fail_on: error}"]
)
def test_what_is_left_out(tmp_path: Path, plugin: str) -> None:
    done = build(tmp_path, "--strict", plugin=plugin)
    assert done.returncode == 0, done.stderr
    assert "DRV" not in done.stderr and "WARNING" not in done.stderr


def test_a_wrong_setting_is_told(tmp_path: Path) -> None:
    done = build(tmp_path, plugin="derive: {fail_on: always}")
    assert done.returncode != 0
    assert "fail_on" in done.stderr
