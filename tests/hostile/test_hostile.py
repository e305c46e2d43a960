"""Some 400 hostile inputs: each run ends within 60 s and 1 GB, runs nothing, reads nothing outside of its tree, shows
no traceback, has a documented exit status, and finds the error in the document beside.

The ordinary run takes a share of them with small budgets; `pytest -m nightly tests/hostile` takes all, with those of a
user. Most of what a run of its own costs is to begin: so both take batches, and a batch has no more time and memory
than one input may have. What is wrong with a batch is looked for in each of its inputs alone.
"""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import places
import texts
from cases import Case, prefixed
from harness import faults

FAMILIES = {
    "nested": texts.nested, "runs": texts.runs, "containers": texts.containers, "macros": texts.macros, "numbers": texts.numbers,
    "long": texts.long, "encodings": texts.encodings, "notebooks": texts.notebooks, "files": places.files,
    "includes": places.includes, "configuration": places.configuration,
}  # fmt: skip
CASES = {name: list(prefixed(name, family())) for name, family in FAMILIES.items()}
FAST = ("--claim-seconds", "0.5", "--document-seconds", "2")


TOGETHER = {"nested": 12, "runs": 16, "containers": 8, "macros": 4, "numbers": 6, "long": 1}
"""How many inputs of a family share a run with the budgets of a user; those that name no cost: many."""
MANY = 20


def share(family: list[Case]) -> list[Case]:
    """What the ordinary run takes of a family: of a large one every third."""
    quick = [case for case in family if case.quick]
    return quick[:: 3 if len(quick) > 30 else 1]


def batches(every: bool) -> list[list[Case]]:
    """Cases of one family together: all, or a share of them."""
    found = []
    for name, family in CASES.items():
        wanted, size = (family, TOGETHER.get(name, MANY)) if every else (share(family), 40)
        found += [wanted[k : k + size] for k in range(0, len(wanted), size)]
    return found


def named(batch: list[Case]) -> str:
    return f"{batch[0].name}..{batch[-1].name}" if len(batch) > 1 else batch[0].name


def test_there_are_enough() -> None:
    assert sum(map(len, CASES.values())) >= 300
    assert sum(len(share(family)) for family in CASES.values()) >= 60
    names = [case.name for family in CASES.values() for case in family]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("batch", batches(every=False), ids=named)
def test_a_share_of_them(tmp_path: Path, batch: list[Case]) -> None:
    assert faults(tmp_path, batch, *FAST) == []


@pytest.mark.nightly
@pytest.mark.parametrize("batch", batches(every=True), ids=named)
def test_all_of_them(tmp_path: Path, batch: list[Case]) -> None:
    (tmp_path / "together").mkdir()
    if not faults(tmp_path / "together", batch):
        return
    alone: dict[str, list[str]] = {}
    for case in batch:
        (tmp_path / case.name).mkdir()
        alone[case.name] = faults(tmp_path / case.name, [case])
    assert {name: found for name, found in alone.items() if found} == {}
