"""A percentage is of a whole: "from $a = 0.02$ to $5\\% = 0.001$ below it"."""

from __future__ import annotations

from derive.expressions import regex
from derive.judge.doubts.doubt import Open
from derive.model import Claim, Verdict
from derive.reasons import CONSTRAINT, Reason

_NUMBER = r"\$?\s*(\d+(?:\.\d+)?)"
_PART = regex(rf"^\s*{_NUMBER}\s*\\?%\s*(?:=|\\approx\b|\\simeq\b)\s*{_NUMBER}\s*$")


def reason(claim: Claim, refuted: Verdict) -> Reason | None:
    """A bare percentage beside a bare number, where the words may name the whole. A number whose digits are
    the percentage's own is meant as the percentage itself: there only the point is in the wrong place."""
    found = _PART.match(claim.latex)
    if found is None or _digits(found[1]) == _digits(found[2]):
        return None
    return CONSTRAINT


def _digits(number: str) -> str:
    return number.replace(".", "").strip("0")


DOUBT = Open(
    "doubt/of-a-whole",
    "a percentage is of a whole, which the words around it name",
    reason,
    unsaid=True,
    lifts=("The value of $a$ is varied from $5\\% = 0.001$ below to $5\\%$ above.",),
    stands=("The rate is $5\\% = 0.5$ of the whole.", "Then $5\\% + 5\\% = 0.001$."),
)
