"""The pages: their samples are what the tool says, their samples of Python run, and the site builds without warnings."""

import doctest
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import samples

ROOT = samples.ROOT


@pytest.mark.parametrize("page", samples.pages(), ids=lambda p: p.name)
def test_the_samples_are_current(page: Path) -> None:
    """`python tests/docs/samples.py` makes them anew."""
    assert samples.current(page) == page.read_text(encoding="utf-8")


def test_there_are_samples() -> None:
    assert {page.name for page in samples.pages()} >= {"README.md", "index.md", "tutorial.md", "notebook.md"}


def test_the_samples_of_python_run() -> None:
    found = doctest.testfile(str(ROOT / "docs" / "python.md"), module_relative=False)
    assert found.attempted > 8
    assert found.failed == 0


def test_the_page_of_rules_is_made_from_the_rules() -> None:
    from derive.report.rules import page

    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == page()


def test_the_site_builds_without_warnings(tmp_path: Path) -> None:
    run = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "-f",
        str(ROOT / ".mkdocs.yml"),
        "-d",
        str(tmp_path / "site"),
    ]
    done = subprocess.run(run, capture_output=True, text=True, cwd=ROOT, timeout=180)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "site" / "howto" / "ci" / "index.html").is_file()
