"""What a small document brings in: the modules that it uses, and hardly any others."""

import subprocess
import sys
from pathlib import Path

import pytest

FOUR = """# Four claims

$$(a+b)^2 = a^2 + 2ab + b^2$$

We have $2x + 3x = 5x$.

$$\\sin^2 x + \\cos^2 x = 1$$

$$\\frac{d}{dx} x^3 = 3x^2$$
"""
MOST = 543
"""Modules of the package, of about 750. Nearly half of what is left are data (functions, notation, rules)."""
_CODE = """
import os, sys
from derive.cli import main
main(["check", "--no-cache", sys.argv[1]])
print(*sys.modules)
"""


@pytest.fixture(scope="module")
def brought_in(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    file = tmp_path_factory.mktemp("four") / "four.md"
    file.write_text(FOUR, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", _CODE, str(file)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert "4 claims: 4 proved" in done.stdout
    return set(done.stdout.splitlines()[-1].split())


def test_a_document_of_four_claims_brings_in_few_modules(brought_in: set[str]) -> None:
    assert len([name for name in brought_in if name.split(".")[0] == "derive"]) <= MOST


def test_identities_need_no_library_of_symbols(brought_in: set[str]) -> None:
    assert not {"sympy", "mpmath", "latex2sympy2", "numpy"} & brought_in


@pytest.mark.parametrize(
    "family",
    [
        "derive.judge.doubts.table",
        "derive.diagnose.causes",
        "derive.laws.known",
        "derive.mend.screening",
        "derive.documents.notebook",
        "derive.documents.restructured.reader",
        "derive.verify.evaluate.analysis.integrals",
        "derive.verify.probability.spaces_tried",
        "derive.verify.provers.equations",
        "derive.gate.baseline",
        "derive.report.gaps",
        "derive.front.cache.store",
        "sqlite3",
        "derive.front.cluster",
        "distributed",
        "dask",
    ],
)
def test_what_is_not_asked_is_not_opened(family: str, brought_in: set[str]) -> None:
    assert family not in brought_in
