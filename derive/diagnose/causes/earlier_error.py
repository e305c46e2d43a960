"""A step follows from the step before the wrong one: the slip is in the wrong one alone.

In `a = b = c` with a slip in `b`, both links are refuted, but `a = c` holds. The second link is then no
error of its own, and only noted. The same where several steps in a row carry the slip along.
"""

from derive.form.cause import cause
from derive.mend.case import Case
from derive.model import Decided, Diagnostic, Label, Severity, Status

CODE, NAME = "DRV198", "earlier-error"


def check(case: Case) -> Diagnostic | None:
    slip = slip_before(case)
    if slip is None:
        return None
    return case.finding(
        CODE,
        NAME,
        "this is right again: it follows from the side before the slip",
        severity=Severity.INFO,
        labels=(Label(slip.span, "the slip"),),
    )


def slip_before(case: Case) -> Decided | None:
    """The first of the refuted links before this one such that it follows from the side before that link."""
    reached, found = case.claim, None
    for before in reversed(case.decided[: case.index]):
        earlier = before.claim
        if earlier is None or earlier.formula != reached.formula or earlier.right_span != reached.left_span:
            break
        if before.verdict.status is not Status.REFUTED:
            break
        if case.holds(case.with_sides(earlier.left, case.claim.right)):
            found = before
        reached = earlier
    return found


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "Let $f(x) = x^3$. Then\n\n$$f'(x) = 2 x^2 = 3 x^2$$\n",
        "Let $f(x) = x^3$. Then\n\n$$f'(x) = 2 x^2 = 4 x^2 = 3 x^2$$\n",
    ),
    valid=("Let $f(x) = x^3$. Then\n\n$$f'(x) = 3 x^2 = 3 x x$$\n",),
)
