"""The value of another case: true under a condition that the document sets elsewhere, not under this one.

The claim under that other condition is in order where it stands, so that the labels are not exchanged; a
value was carried over from the other case.
"""

from derive.form.cause import cause
from derive.mend.case import Case
from derive.model import Diagnostic, Fix, Label, Status

CODE, NAME = "DRV002", "wrong-case"


def check(case: Case) -> Diagnostic | None:
    claim = case.claim
    for condition, latex, other in case.other_cases:
        if not case.holds_under(condition):
            continue
        own = ", ".join(claim.conditions)
        return case.finding(
            CODE,
            NAME,
            f"this is the value for ${latex}$, not for ${own}$",
            labels=(Label(other.span, f"the case ${latex}$"),),
            fix=_neighbours_value(case),
        )
    return None


def _neighbours_value(case: Case) -> Fix | None:
    """What the document itself proves for this quantity under this condition."""
    claim = case.claim
    for k, other in reversed(list(case.claims())):
        proved = case.decided[k].verdict.status is Status.PROVED
        if (
            proved
            and other.left == claim.left
            and other.cases == claim.cases
            and claim.right_span is not None
        ):
            latex = other.right.to_latex()
            return Fix(latex, f"for this case it is ${latex}$", claim.right_span)
    return None


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=("Let $f(t) = (t - 1)^2$.\n\nFor $t = 0$:\n\n$$f(t) = 1$$\n\nFor $t = 1$:\n\n$$f(t) = 1$$\n",),
    valid=("Let $f(t) = t^2$.\n\nFor $t = 1$:\n\n$$f(t) = 1$$\n\nFor $t = -1$:\n\n$$f(t) = 1$$\n",),
)
