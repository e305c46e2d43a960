"""The wheel, built and installed outside of the tree: the command, the module, the entry points, the types."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WRONG = "For all $x$ and $y$,\n\n$$(x + y)^2 = x^2 + y^2 + 3xy.$$\n"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, so that nothing is left in the tree."""
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "copy"
    copy.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    shutil.copytree(ROOT / "derive", copy / "derive", ignore=shutil.ignore_patterns("__pycache__"))
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(folder),
        str(copy),
    ]
    subprocess.run(build, check=True, timeout=180)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path) -> Path:
    target = wheel.parent / "site"
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "-q",
        "--no-deps",
        "--no-index",
        "--target",
        str(target),
        str(wheel),
    ]
    subprocess.run(install, check=True, timeout=180)
    return target


def run(installed: Path, folder: Path, *argv: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(installed)}
    return subprocess.run([*argv], cwd=folder, env=env, capture_output=True, text=True, timeout=120)


def test_what_is_in_it(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"derive/py.typed", "derive/report/schema.json", "derive/plugins/pytest_plugin.py"} <= names
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"derive"}
    assert not [name for name in names if "__pycache__" in name]


def test_the_command(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(WRONG)
    done = run(
        installed, tmp_path, str(installed / "bin" / "derive"), "check", "a.md", "--output-format", "concise"
    )
    assert done.returncode == 1, done.stderr
    assert "a.md:3:" in done.stdout


def test_the_module(installed: Path, tmp_path: Path) -> None:
    code = "import derive; print(derive.__file__); print(derive.decide('x = x').status.value)"
    done = run(installed, tmp_path, sys.executable, "-c", code)
    assert done.stdout.splitlines() == [str(installed / "derive" / "__init__.py"), "proved"], done.stderr


def test_pytest_finds_the_plugin(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(WRONG)
    done = run(
        installed, tmp_path, sys.executable, "-m", "pytest", "--derive", "-q", "-p", "no:cacheprovider"
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "a.md::line 3 col 3" in done.stdout


def test_types_are_found_outside(installed: Path, tmp_path: Path) -> None:
    code = "import derive\nverdict: int = derive.decide('x = x')\nreport = derive.check_text('$1$')\nreveal_type(report.errors)\n"
    (tmp_path / "a.py").write_text(code)
    mypy = [
        sys.executable,
        "-m",
        "mypy",
        "--no-incremental",
        "--follow-imports=silent",
        "--ignore-missing-imports",
        "a.py",
    ]
    done = run(installed, tmp_path, *mypy)
    assert "a.py:2: error: Incompatible types in assignment" in done.stdout, done.stdout + done.stderr
    assert 'Revealed type is "int"' in done.stdout.replace("builtins.", "")
