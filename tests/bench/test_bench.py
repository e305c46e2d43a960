"""A fixed part of the bench: no true claim refuted, no false one proved, and nearly all decided.

The whole of it: `python tests/bench/run.py`, or `pytest -m nightly tests/bench`.
"""

import subprocess
import sys
from pathlib import Path

import pytest

import derive

sys.path.insert(0, str(Path(__file__).parent))

from bench import BenchClaim, read_claims

CLAIMS = read_claims()


def answers(claims: list[BenchClaim]) -> list[tuple[BenchClaim, str, bool]]:
    found = []
    for claim in claims:
        verdict = derive.decide(claim.latex, given=claim.given)
        found.append((claim, verdict.status.value, bool(verdict.conditions)))
    return found


def check(claims: list[BenchClaim]) -> None:
    found = answers(claims)
    wrong = [(c.latex, status) for c, status, _ in found if status in c.wrong]
    assert not wrong
    unsure = [
        (c.latex, status)
        for c, status, conditions in found
        if status not in c.verdicts or (c.conditions and not conditions)
    ]
    assert len(unsure) <= 0.02 * len(found), unsure


def test_the_bench_is_large_enough():
    assert sum(c.truth is True for c in CLAIMS) >= 150
    assert sum(c.truth is False for c in CLAIMS) >= 150


def test_a_tenth_of_the_bench():
    check([c for k, c in enumerate(c for c in CLAIMS if c.truth is not None) if k % 20 < 2])


def test_the_bench_of_documents_tells_where_the_time_went(tmp_path: Path):
    page = tmp_path / "page.md"
    page.write_text(
        "# One\n\nWe have $(a+b)^2 = a^2 + 2ab + b^2$, so\n\n$$(a+b)^2 = a^2 + ab + ab + b^2 = a^2 + 3ab + b^2.$$\n"
    )
    command = [sys.executable, "-m", "tests.bench.documents", str(page)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    assert "2 formulas    1 findings" in done.stdout
    for line in ("stage read", "stage context", "stage decide", "stage diagnose", "decide algebra"):
        assert line in done.stdout
    assert "page.md: (a+b)^2 = a^2 + 2ab + b^2" in done.stdout


def test_the_adversarial_claims():
    check([c for c in CLAIMS if c.truth is None])


@pytest.mark.nightly
def test_the_whole_bench():
    check(CLAIMS)
