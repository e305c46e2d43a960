"""`17 \\div 5 = 3`: a division sign between whole numbers may stand for the whole quotient."""

from __future__ import annotations

from derive.judge.doubts.doubt import Open
from derive.model import Claim, Verdict
from derive.reasons import CONSTRAINT, Reason
from derive.term.nodes import Div, Number


def reason(claim: Claim, refuted: Verdict) -> Reason | None:
    match claim.left, claim.right:
        case Div(numerator=Number(value=a), denominator=Number(value=b)), Number(value=c):
            whole = a.denominator == b.denominator == c.denominator == 1 and b > 0
            signed = any(sign in claim.latex for sign in ("\\div", "÷"))
            return CONSTRAINT if whole and signed and a // b == c else None
        case _:
            return None


DOUBT = Open(
    "doubt/quotient",
    "a division sign between whole numbers may stand for the quotient without its remainder",
    reason,
    lifts=("We get $17 \\div 5 = 3$, and the remainder is 2.",),
    stands=("We get $17 \\div 5 = 4$, and the remainder is 2.",),
)
