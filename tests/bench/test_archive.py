"""The papers of the simulated archive are what they are said to be."""

from __future__ import annotations

from derive.front.check import check
from tests.bench.papers import paper

SEEDS = range(60)


def test_a_seed_gives_one_paper() -> None:
    assert [paper(seed) for seed in SEEDS] == [paper(seed) for seed in SEEDS]
    assert len({paper(seed).data for seed in SEEDS}) == len(SEEDS)


def test_false_ones_have_a_finding_and_no_others() -> None:
    papers = {made.name: made for made in map(paper, SEEDS)}
    texts = {name: made.data for name, made in papers.items()}
    report = check(list(papers), texts=texts, alone=True, terms=False)
    whole = [file for file in report.files if papers[file.source.path].broken is None]
    assert len(whole) > 50 and len(report.files) + len(report.problems) == len(papers)
    told = {file.source.path: len(file.diagnostics) for file in whole}
    assert told == {name: papers[name].planted for name in told}
    assert sum(told.values()) > 10
