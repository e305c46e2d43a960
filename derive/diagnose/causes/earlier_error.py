"""A step follows from the step before the wrong one: the slip is in the wrong one alone.

In `a = b = c` with a slip in `b`, both links are refuted, but `a = c` holds. The second link is then no
error of its own, and only noted.
"""

from derive.form.cause import cause
from derive.mend.case import Case
from derive.model import Diagnostic, Label, Severity, Status

CODE, NAME = "DRV198", "earlier-error"


def check(case: Case) -> Diagnostic | None:
    if case.index == 0:
        return None
    before = case.decided[case.index - 1]
    first = before.claim
    if first is None or first.formula != case.claim.formula or before.verdict.status is not Status.REFUTED:
        return None
    if first.right_span != case.claim.left_span:
        return None
    if not case.holds(case.with_sides(first.left, case.claim.right)):
        return None
    return case.finding(
        CODE,
        NAME,
        "this is right again: it follows from the side before the slip",
        severity=Severity.INFO,
        labels=(Label(before.span, "the slip"),),
    )


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=("Let $f(x) = x^3$. Then\n\n$$f'(x) = 2 x^2 = 3 x^2$$\n",),
    valid=("Let $f(x) = x^3$. Then\n\n$$f'(x) = 3 x^2 = 3 x x$$\n",),
)
