"""`y(0)` where y was set equal to an expression: of what variable y is a function is not said."""

from __future__ import annotations

from derive.judge.doubts.doubt import Open
from derive.model import Claim, Verdict
from derive.reasons import Reason, no_definition
from derive.term.contents import among
from derive.term.nodes import Call, Prime, Symbol


def reason(claim: Claim, refuted: Verdict) -> Reason | None:
    for node in (n for side in (claim.left, claim.right) for n in among(side, Call)):
        function = node.function.function if isinstance(node.function, Prime) else node.function
        if isinstance(function, Symbol):
            definition = claim.scope.definitions.get(function.name)
            if definition is not None and definition.kind == "symbol":
                return no_definition(function.name)
    return None


DOUBT = Open(
    "doubt/applied-expression",
    "a letter that stands for an expression is applied, and nobody says to which of its variables",
    reason,
    lifts=("Let $q = a s + b s^2$ with $q(0) = 1$. Therefore $$2 q(0) = q(0) + a b = 1 + a.$$",),
    stands=("Let $q(s) = a s + b s^2$. Therefore $$2 q(1) = q(1) + a + b = 2 a + b.$$",),
)
