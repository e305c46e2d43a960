"""`D_x` beside an x, undeclared: rather the derivative by x than a factor."""

from __future__ import annotations

from derive.judge.doubts.doubt import Open
from derive.model import Claim, Verdict
from derive.reasons import Reason, no_definition
from derive.term.traverse import free_symbols


def reason(claim: Claim, refuted: Verdict) -> Reason | None:
    names = {**free_symbols(claim.left), **free_symbols(claim.right)}
    for name in names:
        if name in claim.scope.definitions or not name.startswith("D_{") or name[3:-1] not in names:
            continue
        if name not in claim.scope.symbols:
            return no_definition(name)
    return None


DOUBT = Open(
    "doubt/operator-letter",
    "a D with a variable for its index is the derivative by it",
    reason,
    lifts=("So we get $$D_x x^2 + D_x x = D_x (x^2 + 2x) + x.$$",),
    stands=("Let $D_x = 3$. So we get $$D_x x^2 + D_x x = D_x (x^2 + 2x) + x.$$",),
)
