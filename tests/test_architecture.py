"""The direction of imports, and what may be imported how early."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "derive"

# a stage imports itself and the stages before it
STAGES = [
    "rules",
    "documents",
    "settings",
    "notation",
    "term",
    "functions",
    "calculus",
    "facts",
    "meaning",
    "laws",
    "context",
    "verify",
    "replay",
    "judge",
    "mend",
    "form",
    "diagnose",
    "gate",
    "report",
    "front",
    "cli",
    "plugins",
]
# modules of the package's top that every stage may use
CORE = {"interrupts", "model", "version", "installed", "reasons", "classes", "expressions"}


def modules() -> list[Path]:
    return sorted(p for p in PACKAGE.rglob("*.py") if p.relative_to(PACKAGE).parts[0] in STAGES)


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Modules of the package that a file imports anywhere in it, with the line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield node.lineno, node.module or ""
            if node.module == "derive":
                yield from ((node.lineno, f"derive.{alias.name}") for alias in node.names)


@pytest.mark.parametrize("path", modules(), ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_a_stage_imports_only_what_stands_before_it(path: Path) -> None:
    stage = path.relative_to(PACKAGE).parts[0]
    allowed = set(STAGES[: STAGES.index(stage) + 1]) | CORE
    for line, name in imported(path):
        parts = name.split(".")
        if parts[0] == "derive" and len(parts) > 1:
            assert parts[1] in allowed, f"{path.name}:{line}: {stage} must not import {name}"


def test_no_circle_of_modules() -> None:
    """No module of the package reaches itself through others; imports inside of functions count too."""
    files = {f"derive.{'.'.join(p.relative_to(PACKAGE).with_suffix('').parts)}": p for p in modules()}
    edges = {n: {m for _, m in imported(p) if m in files and m != n} for n, p in files.items()}
    for path in files.values():  # `from derive.meaning import structure` names a module as well
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                source = f"derive.{'.'.join(path.relative_to(PACKAGE).with_suffix('').parts)}"
                named = (f"{node.module}.{a.name}" for a in node.names)
                edges[source] |= {m for m in named if m in files and m != source}
    for name in files:
        reached, stack = set[str](), [name]
        while stack:
            for other in edges[stack.pop()] - reached:
                reached.add(other)
                stack.append(other)
        assert name not in reached, f"{name} imports itself through others"


def test_the_page_about_the_rooms_names_what_there_is() -> None:
    """Every room is in its table in the order of the stages, and every path that it names exists."""
    page = (PACKAGE.parent / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)/` \|", page, re.MULTILINE) == STAGES
    paths = re.findall(r"`((?:derive|tests)/[\w./-]*)`", page)
    assert len(paths) > 40
    assert [path for path in paths if not (PACKAGE.parent / path).exists()] == []


def test_the_core_types_import_nothing_of_the_package_but_the_codes_of_reasons() -> None:
    core = [
        *(PACKAGE / f"{name}.py" for name in ("model", "classes", "expressions")),
        *(PACKAGE / "reasons").glob("*.py"),
    ]
    names = {name for path in core for _, name in imported(path) if name.startswith("derive")}
    assert {name for name in names if name.split(".")[1] not in ("reasons", "classes")} == set()


def test_dataclasses_are_made_in_one_way() -> None:
    """Those of the standard library are dear to import."""
    for path in PACKAGE.rglob("*.py"):
        if path != PACKAGE / "classes.py":
            assert "dataclasses" not in {name for _, name in imported(path)}, path


HEAVY = "{'sympy', 'flint', 'mpmath', 'latex2sympy2'}"


@pytest.mark.parametrize(
    "statement",
    [
        "import derive",
        "import derive.cli; derive.cli.main(['--version'])",
        "from derive.documents import read_document; import derive.documents.markdown, derive.documents.latex",
        "import derive.report.full, derive.report.json, derive.report.latex, derive.report.concise",
        "import derive.notation, derive.meaning",
    ],
)
def test_what_needs_neither_sympy_nor_flint(statement: str) -> None:
    code = f"import sys; {statement}; print(sorted({HEAVY} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PACKAGE.parent
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_nothing_of_a_document_is_evaluated() -> None:
    """No text becomes Python code. (`sympify` is used on SymPy's own objects only.)"""
    forbidden = {"eval", "exec", "compile", "parse_expr", "parse_latex", "lambdify"}
    for path in PACKAGE.rglob("*.py"):
        if (
            path == PACKAGE / "classes.py"
        ):  # the methods of the package's own classes, from the names of their fields
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = node.func
            if (
                isinstance(called, ast.Attribute)
                and isinstance(called.value, ast.Name)
                and called.value.id == "re"
            ):
                continue  # re.compile
            name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
            assert name not in forbidden, f"{path.relative_to(PACKAGE)}:{node.lineno} calls {name}"
