"""What holds by what a name stood for before it was equated again: `ξ = -t \\log y`, then `ξ = \\sum_i …`.

Whether the second equation derived or defined anew is not told, and with it nothing could be found out.
"""

from __future__ import annotations

from derive.classes import replace
from derive.judge.doubts.doubt import GOOD, Decide
from derive.model import Claim, Status, Verdict
from derive.term.traverse import free_symbols


def by_the_definition_before(claim: Claim, verdict: Verdict, decide: Decide) -> Verdict:
    """The verdict of an open claim with the earlier definitions of its letters, where it holds by them."""
    if verdict.status is not Status.UNDECIDED or claim.left == claim.right:
        return verdict
    used = free_symbols(claim.left).keys() | free_symbols(claim.right).keys()
    known = claim.scope.definitions
    earlier = {n: d.before for n, d in known.items() if n in used and d.before is not None}
    if not earlier:
        return verdict
    scope = replace(claim.scope, definitions={**known, **earlier}, soft=())
    answer = decide(replace(claim, scope=scope, tried=True))
    return answer if answer.status in GOOD else verdict
