"""`1[h \\neq y] = (1 - yh)/2` holds for labels ±1."""

from __future__ import annotations

from derive.judge.doubts.doubt import Open, nodes
from derive.model import Claim, Verdict
from derive.reasons import CONSTRAINT, Reason
from derive.term.nodes import Apply, Relation
from derive.term.traverse import free_symbols


def reason(claim: Claim, refuted: Verdict) -> Reason | None:
    spoken = {n for h in claim.scope.hypotheses for n in free_symbols(h)}
    for node in nodes(claim):
        if isinstance(node, Apply) and node.head == "indicator" and isinstance(node.args[0], Relation):
            if node.args[0].op in {"=", "!="} and not free_symbols(node.args[0]).keys() <= spoken:
                return CONSTRAINT
    return None


DOUBT = Open(
    "doubt/indicator-values",
    "an indicator compares symbols, and nobody states what values they may have",
    reason,
    unsaid=True,
    lifts=("$$E = \\mathbb{1}[h \\neq y] = \\frac{1 - y h}{2}$$",),
    stands=("We compute $$3 + \\mathbb{1}[1 = 1] = 5.$$",),
)
