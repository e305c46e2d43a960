"""`p` and `q` beside each other are mostly the chances of a success and of a failure: `q = 1 - p`."""

from __future__ import annotations

from collections.abc import Iterator

from derive.judge.doubts.doubt import Weaken, given, under_conditions
from derive.model import Claim, Verdict
from derive.term.construct import sub
from derive.term.nodes import ONE, Relation, Symbol
from derive.term.traverse import free_symbols


def claims(claim: Claim, refuted: Verdict) -> Iterator[Claim]:
    free = free_symbols(claim.left) | free_symbols(claim.right)
    known = claim.scope.definitions.keys()
    if {"p", "q"} <= free.keys() and not {"p", "q"} & known:
        yield given(claim, Relation("=", Symbol("q"), sub(ONE, Symbol("p"))))


DOUBT = Weaken(
    "doubt/complementary",
    "p and q are mostly the chances of a success and of a failure, which add up to one",
    claims,
    under_conditions,
    unsaid=True,
    lifts=("We get $$E = \\frac{q}{p} + 1 = \\frac{1}{p}.$$",),
    stands=("We get $$E = \\frac{q}{p} + 1 = \\frac{2}{p}.$$",),
)
