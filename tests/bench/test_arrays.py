"""The bench of arrays: no true claim refuted, no near miss proved; small documents; a network with planted errors.

A fixed part of each runs every time, the whole of it by `pytest -m nightly tests/bench`.
"""

import sys
import tomllib
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from arrays import (
    RIGHT,
    TABLES,
    WRONG,
    ArrayClaim,
    checked,
    fault_of,
    missed,
    read_arrays,
    read_documents,
    told,
)

from derive.front.document import check_source
from derive.model import Source, Stance, Status

CLAIMS = list(read_arrays())
DOCUMENTS = read_documents()
PLANTED = tomllib.loads((TABLES / "planted.toml").read_text(encoding="utf-8"))["errors"]
PAGES = ("network.md", "network.tex")


def check(claims: list[ArrayClaim]) -> None:
    found = [(c, (v := c.verdict()).outcome or v.status) for c in claims]
    assert not [(c.latex, s.value) for c, s in found if s in WRONG[c.truth]]
    unsure = [(c.latex, s.value) for c, s in found if s not in RIGHT[c.truth]]
    assert len(unsure) <= 0.05 * len(found), unsure


def test_the_bench_is_large_enough():
    matrices = [c for c in CLAIMS if c.part.startswith("matrices")]
    chance = [c for c in CLAIMS if c.part.startswith("chance")]
    for truth in (True, False):
        assert sum(c.truth is truth for c in matrices) >= 100
        assert sum(c.truth is truth for c in chance) >= 60
    assert len(DOCUMENTS) >= 20 and len(PLANTED) >= 20


def test_an_eighth_of_the_claims():
    check([c for k, c in enumerate(CLAIMS) if k % 16 < 2 and "int" not in c.latex])


def test_some_documents():
    for document in DOCUMENTS[::4]:
        assert fault_of(checked(document.text)) is None
        assert missed(document, checked(document.with_slip())) is None


@pytest.mark.parametrize("page", PAGES)
def test_the_gradients_of_a_network(page: str):
    text = (TABLES / page).read_text(encoding="utf-8")
    report, faults = check_source(Source(page, text))
    assert not faults and not told(report)
    steps = [d.verdict for d in report.decided if d.claim is not None and d.claim.stance is Stance.ASSERTED]
    assert len(steps) == 8
    assert all(v.status in (Status.PROVED, Status.HOLDS) for v in steps)
    assert steps[5].evidence["chain_rule"][-1].startswith(r"\frac{\partial L}{\partial W_{1}} =")


def planted(page: str, right: str, wrong: str) -> None:
    text = (TABLES / page).read_text(encoding="utf-8")
    assert text.count(right) == 1
    line = text.count("\n", 0, text.index(right)) + 1
    report, faults = check_source(Source(page, text.replace(right, wrong)))
    assert not faults
    assert {at for at, _ in told(report)} == {line}, (wrong, told(report))


@pytest.mark.parametrize(("right", "wrong"), PLANTED[::5])
def test_planted_errors_are_found_where_they_stand(right: str, wrong: str):
    planted(PAGES[0], right, wrong)


@pytest.mark.nightly
def test_the_whole_bench_of_arrays():
    check(CLAIMS)


@pytest.mark.nightly
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("right", "wrong"), PLANTED)
def test_every_planted_error(page: str, right: str, wrong: str):
    planted(page, right, wrong)
