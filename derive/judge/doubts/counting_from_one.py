"""Many authors' natural numbers start at 1: what fails at 0 alone holds under that condition."""

from __future__ import annotations

from collections.abc import Iterator

from derive.classes import replace
from derive.judge.doubts.doubt import Weaken, given, with_added
from derive.model import Claim, Status, Verdict
from derive.reasons import Reason, Why
from derive.term.nodes import ONE, Relation, Symbol
from derive.term.traverse import free_symbols


def claims(claim: Claim, refuted: Verdict) -> Iterator[Claim]:
    if refuted.counterexample is None:
        return
    zeros = {name for name, value in refuted.counterexample.point if value == "0"}
    memberships = ("in", ":")  # `n \\in \\mathbb{N}` says no more than the type does
    said = (h for h in claim.scope.hypotheses if not (isinstance(h, Relation) and h.op in memberships))
    spoken = {name for h in said for name in free_symbols(h)}
    natural = [
        Symbol(name, type_)
        for name, type_ in claim.scope.symbols.items()
        if type_.domain == "natural" and type_.shape == () and name in zeros - spoken
    ]
    if natural:
        yield given(claim, *(Relation(">=", n, ONE) for n in natural))


def becomes(weakened: Claim, answer: Verdict, claim: Claim, refuted: Verdict) -> Verdict:
    return replace(
        answer,
        status=Status.HOLDS,
        reason=Reason(Why.NATURAL_FROM_ONE),
        conditions=with_added(weakened, answer, claim),
        evidence={**answer.evidence, "at_zero": refuted.evidence},
    )


DOUBT = Weaken(
    "doubt/counting-from-one",
    "the natural numbers start at 1 for many authors",
    claims,
    becomes,
    paired=True,
    lifts=("For all $n \\in \\mathbb{N}$ we have $$2^n + n \\ge n + 2.$$",),
    stands=("For all $n \\in \\mathbb{N}$ we have $$q = n + 0^n = n + 1.$$",),
)
