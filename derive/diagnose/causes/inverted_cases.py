"""The labels of two cases are exchanged: each value belongs to the other's condition.

Two claims about one quantity stand under two conditions. Neither holds where it stands, and each holds
under the condition of the other. The finding is told at both places, and each names the other.
"""

from derive.form.cause import cause
from derive.mend.case import Case
from derive.model import Diagnostic, Label, Status

CODE, NAME = "DRV001", "inverted-cases"


def check(case: Case) -> Diagnostic | None:
    claim = case.claim
    for condition, latex, _ in case.other_cases:
        if not case.holds_under(condition):
            continue
        for k, other in case.claims():
            if k == case.index or condition not in other.cases or other.left != claim.left:
                continue
            if case.decided[k].verdict.status is not Status.REFUTED:
                continue
            there = case.at(k)
            if any(there.holds_under(mine) for mine in claim.cases):
                own = ", ".join(claim.conditions)
                return case.finding(
                    CODE,
                    NAME,
                    f"this is the value for ${latex}$, and the one printed there is the value for ${own}$: "
                    "the labels of the two cases are exchanged",
                    labels=(Label(other.span, f"the value under ${latex}$, which is that for ${own}$"),),
                )
    return None


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=("Let $f(t) = (t - 1)^2$.\n\nFor $t = 0$:\n\n$$f(t) = 0$$\n\nFor $t = 1$:\n\n$$f(t) = 1$$\n",),
    valid=("Let $f(t) = (t - 1)^2$.\n\nFor $t = 0$:\n\n$$f(t) = 1$$\n\nFor $t = 1$:\n\n$$f(t) = 0$$\n",),
)
