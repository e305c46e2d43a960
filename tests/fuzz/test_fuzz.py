"""Random claims against an oracle: nothing true is refuted, nothing false is proved.

Run as a script with a seed and a count it prints every wrong verdict.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from generators import claims
from oracle import Claim

import derive
from derive.reasons import Why
from derive.verify.budget import CheckerFault


@dataclass
class Tally:
    """refuted: true claims that were refuted; proved: false ones that were proved; held: false ones said to
    hold; faults: where the checker failed."""

    counts: Counter[tuple[bool, str]] = field(default_factory=Counter)
    refuted: list[str] = field(default_factory=list)
    proved: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def add(self, claim: Claim) -> None:
        shown = f"[{claim.kind}] {claim.latex}   given {list(claim.given)}"
        try:
            verdict = derive.decide(claim.latex, given=list(claim.given))
        except CheckerFault as fault:
            self.faults.append(f"{shown}: {fault}")
            return
        status = verdict.status.value
        self.counts[claim.truth, status] += 1
        if status == "unread" or (verdict.reason is not None and verdict.reason.code is Why.FAULT):
            self.faults.append(f"{shown}: {verdict.reason}")
        if claim.truth and status == "refuted":
            self.refuted.append(f"{shown} at {verdict.counterexample}")
        if not claim.truth and status == "proved":
            self.proved.append(f"{shown} by {verdict.evidence.get('method')}")
        if not claim.truth and status == "holds":
            self.held.append(f"{shown} ({verdict.reason})")


def tally(seed: int, count: int) -> Tally:
    found = Tally()
    for claim in claims(seed, count):
        found.add(claim)
    return found


def check(found: Tally, count: int) -> None:
    assert found.faults == []
    assert found.refuted == []
    assert found.proved == []
    assert len(found.held) * 500 <= count, found.held
    decided = sum(n for (_, status), n in found.counts.items() if status != "undecided")
    assert decided >= 0.8 * count, found.counts  # not by silence


def test_five_hundred_claims() -> None:
    check(tally(1, 500), 500)


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(100, 140))
def test_twenty_thousand_claims(seed: int) -> None:
    check(tally(seed, 500), 500)


def test_the_same_seed_makes_the_same_claims() -> None:
    assert list(claims(3, 60)) == list(claims(3, 60))


def test_both_truths_come_up() -> None:
    truths = Counter(c.truth for c in claims(4, 400))
    assert min(truths.values()) > 100


if __name__ == "__main__":
    seed, count = (int(x) for x in sys.argv[1:3])
    result = tally(seed, count)
    for name in ("faults", "refuted", "proved", "held"):
        for line in getattr(result, name):
            print(f"{name:8} {line}")
    print(dict(result.counts))
