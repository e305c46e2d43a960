"""What holds whatever its letters are holds of those that the text defines.

A definition may have something in it that has no value here, such as dots; a claim that is true of all arrays
or numbers is true of this one. Not where a letter may hide what it depends on: under a derivative, an
integral or a sum, or where chance is spoken of.
"""

from __future__ import annotations

from derive.classes import replace
from derive.judge.doubts.doubt import GOOD, Decide
from derive.model import Claim, Status, Verdict
from derive.reasons import Why
from derive.term.contents import has
from derive.term.nodes import (
    At,
    BigOp,
    Derivative,
    Expectation,
    Integral,
    Limit,
    Partial,
    Prime,
    Probability,
)
from derive.term.traverse import free_symbols

_WITHOUT_VALUE = (Why.UNSUPPORTED, Why.NO_DEFINITION)


def whatever_it_is(claim: Claim, verdict: Verdict, decide: Decide) -> Verdict:
    """The verdict of the claim with its letters as letters, where it holds and nothing was found out."""
    if verdict.status is not Status.UNDECIDED or verdict.reason is None:
        return verdict
    if verdict.reason.code not in _WITHOUT_VALUE or claim.left == claim.right:
        return verdict
    if has(claim.left, *_DEPENDS) or has(claim.right, *_DEPENDS):
        return verdict
    used = free_symbols(claim.left).keys() | free_symbols(claim.right).keys()
    scope = claim.scope
    kept = {n: d for n, d in scope.definitions.items() if n not in used or d.kind != "symbol"}
    if len(kept) == len(scope.definitions):
        return verdict
    answer = decide(replace(claim, scope=replace(scope, definitions=kept, soft=()), tried=True))
    return answer if answer.status in GOOD else verdict


_DEPENDS = (At, BigOp, Derivative, Expectation, Integral, Limit, Partial, Prime, Probability)
