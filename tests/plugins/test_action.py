"""`action.yml`: what its shell step runs, as GitHub would run it."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = ACTION["runs"]["steps"]
WRONG = "For all $x$ and $y$,\n\n$$(x + y)^2 = x^2 + y^2 + 3xy.$$\n"


def filled(text: str, given: dict[str, str]) -> str:
    def value(m: re.Match[str]) -> str:
        assert m[1] in ACTION["inputs"], f"no input {m[1]}"
        return given.get(m[1], ACTION["inputs"][m[1]]["default"])

    return re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", value, text)


def run(step: dict[str, Any], folder: Path, **given: str) -> subprocess.CompletedProcess[str]:
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    env |= {name: filled(text, given) for name, text in step.get("env", {}).items()}
    bash = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    return subprocess.run(bash, cwd=folder, env=env, capture_output=True, text=True, timeout=120)


def test_it_is_a_composite_action_whose_every_step_names_its_shell() -> None:
    assert ACTION["runs"]["using"] == "composite"
    assert {"name", "description"} <= ACTION.keys()
    for step in STEPS:
        assert ("uses" in step) != ("run" in step)
        assert "run" not in step or step["shell"] == "bash"
        # an input inside a script would be run as its text
        assert "${{" not in step.get("run", "")


def test_an_error_is_an_annotation_and_fails_the_step(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text(WRONG)
    (tmp_path / "b.md").write_text(WRONG)
    done = run(STEPS[-1], tmp_path, paths="docs")
    assert done.returncode == 1, done.stderr
    assert re.search(r"^::error .*file=docs/a\.md.*line=3", done.stdout, re.MULTILINE), done.stdout
    assert "b.md" not in done.stdout


@pytest.mark.parametrize(
    ("version", "installed"), [("", "/home/acme/derive"), ("derive-check==9", "derive-check==9")]
)
def test_what_is_installed(tmp_path: Path, version: str, installed: str) -> None:
    """`python` is a script here that tells what it was asked for: nothing is installed."""
    (told := tmp_path / "python").write_text('#!/bin/sh\nfor word in "$@"; do echo "$word"; done\n')
    told.chmod(0o755)
    (step,) = [step for step in STEPS if "pip install" in step.get("run", "")]
    env = {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "GITHUB_ACTION_PATH": "/home/acme/derive"}
    env |= {name: filled(text, {"version": version}) for name, text in step["env"].items()}
    done = subprocess.run(["bash", "-ec", step["run"]], env=env, capture_output=True, text=True, timeout=60)
    assert done.stdout.split("\n")[:-1] == ["-m", "pip", "install", "--quiet", installed]


def test_arguments_are_handed_on(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(WRONG)
    assert run(STEPS[-1], tmp_path, arguments="--exit-zero").returncode == 0


@pytest.mark.parametrize("paths", ["$(touch evil)", "; touch evil", "`touch evil`"])
def test_an_input_is_never_run(tmp_path: Path, paths: str) -> None:
    run(STEPS[-1], tmp_path, paths=paths)
    assert not (tmp_path / "evil").exists()
