"""Some 400 hostile inputs: each run ends within 60 s and 1 GB, runs nothing, reads nothing outside of its tree, shows
no traceback, has a documented exit status, and finds the error in the document beside.

The ordinary run takes a share of them in batches; `pytest -m nightly tests/hostile` takes all, with the budgets of a user.
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


def share(family: list[Case]) -> list[Case]:
    """What the ordinary run takes of a family: of a large one every third."""
    quick = [case for case in family if case.quick]
    return quick[:: 3 if len(quick) > 30 else 1]


def batches(size: int, every: bool) -> list[list[Case]]:
    """Cases of one family together."""
    found = []
    for family in CASES.values():
        wanted = family if every else share(family)
        found += [wanted[k : k + size] for k in range(0, len(wanted), size)]
    return found


def named(batch: list[Case]) -> str:
    return f"{batch[0].name}..{batch[-1].name}" if len(batch) > 1 else batch[0].name


def test_there_are_enough() -> None:
    assert sum(map(len, CASES.values())) >= 300
    assert sum(len(share(family)) for family in CASES.values()) >= 60
    names = [case.name for family in CASES.values() for case in family]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("batch", batches(40, every=False), ids=named)
def test_a_share_of_them(tmp_path: Path, batch: list[Case]) -> None:
    assert faults(tmp_path, batch, *FAST) == []


@pytest.mark.nightly
@pytest.mark.parametrize("batch", batches(1, every=True), ids=named)
def test_each_alone(tmp_path: Path, batch: list[Case]) -> None:
    assert faults(tmp_path, batch) == []
