"""The hook under the real pre-commit, in a repository made for it, without network."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from derive.documents import FORMATS

ROOT = Path(__file__).parents[2]
WRONG = "For all $x$ and $y$,\n\n$$(x + y)^2 = x^2 + y^2 + 3xy.$$\n"
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


def run(folder: Path, *argv: str) -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "PRE_COMMIT"))}
    env |= {
        "PYTHONPATH": str(ROOT),
        "PRE_COMMIT_HOME": str(folder / ".cache"),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{env['PATH']}",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b",
    }  # fmt: skip
    return subprocess.run(argv, cwd=folder, env=env, capture_output=True, text=True, timeout=180)


def test_the_file_of_hooks_is_valid() -> None:
    from pre_commit.clientlib import load_manifest

    (hook,) = load_manifest(str(ROOT / ".pre-commit-hooks.yaml"))
    assert (hook["id"], hook["language"]) == ("derive-check", "python")


@pytest.mark.parametrize("suffix", [*FORMATS, ".Rmd", ".json", ".txt", ".mdown"])
def test_documents_are_handed_over(suffix: str) -> None:
    (hook,) = HOOKS
    wanted = suffix.lower() in FORMATS and suffix not in (".py", ".jl", ".xml")
    assert bool(re.search(hook["files"], f"docs/a{suffix}")) is wanted


def test_the_samples_of_the_page_are_configurations(tmp_path: Path) -> None:
    from pre_commit.clientlib import load_config

    page = (ROOT / "docs" / "howto" / "pre-commit.md").read_text(encoding="utf-8")
    samples = re.findall(r"```yaml\n(repos:.*?)```", page, re.DOTALL)
    assert len(samples) == 2
    for text in samples:
        (tmp_path / "config.yaml").write_text(text)
        (repository,) = load_config(str(tmp_path / "config.yaml"))["repos"]
        (found,) = repository["hooks"]
        (hook,) = HOOKS
        assert found["id"] == hook["id"]
        assert repository["repo"] != "local" or found["entry"] == hook["entry"]


def test_it_stops_a_commit_and_lets_it_pass(tmp_path: Path) -> None:
    """As the manifest says, but for the language: `system` needs no network, and tries this tree."""
    (hook,) = HOOKS
    local = {
        "repo": "local",
        "hooks": [{**hook, "language": "system", "entry": f"{sys.executable} -m {hook['entry']}"}],
    }
    (tmp_path / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [local]}))
    (tmp_path / "a.md").write_text(WRONG)
    (tmp_path / "b.csv").write_text("$1 = 2$\n")
    assert run(tmp_path, "git", "init", "-q").returncode == 0
    assert run(tmp_path, sys.executable, "-m", "pre_commit", "install").returncode == 0
    run(tmp_path, "git", "add", "a.md", "b.csv", ".pre-commit-config.yaml")
    stopped = run(tmp_path, "git", "commit", "-qm", "one")
    assert stopped.returncode == 1, stopped.stderr
    assert "a.md:3:" in stopped.stdout + stopped.stderr and "DRV" in stopped.stdout + stopped.stderr
    assert "b.csv" not in stopped.stdout + stopped.stderr
    (tmp_path / "a.md").write_text(WRONG.replace("3xy", "2xy"))
    run(tmp_path, "git", "add", "a.md")
    assert run(tmp_path, "git", "commit", "-qm", "one").returncode == 0
