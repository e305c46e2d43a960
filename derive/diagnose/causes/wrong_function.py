"""A function stands in the place of its sibling (a sine for a cosine), was lost or is one too many."""

from derive.form.cause import Told, cause, mended
from derive.mend.case import Case
from derive.model import Diagnostic

CODE, NAME = "DRV111", "wrong-function"


def check(case: Case) -> Diagnostic | None:
    return mended(case, CODE, NAME, message)


def message(told: Told) -> str:
    return f"another function belongs here: ${told.new}$ in the place of ${told.old}$"


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=("Let $u(x) = \\sin(x) + x^2$. Then\n\n$$u'(x) = \\sin(x) + 2x$$\n",),
    valid=("Let $u(x) = \\sin(x) + x^2$. Then\n\n$$u'(x) = \\cos(x) + 2x$$\n",),
)
