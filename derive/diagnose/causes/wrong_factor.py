"""A coefficient is another number than it should be."""

from derive.form.cause import Told, cause, mended
from derive.mend.case import Case
from derive.model import Diagnostic

CODE, NAME = "DRV104", "wrong-factor"


def check(case: Case) -> Diagnostic | None:
    return mended(case, CODE, NAME, message)


def message(told: Told) -> str:
    return f"the factor should be ${told.new}$, not ${told.old}$"


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=("We expand:\n\n$$(x + 1)^3 = x^3 + 3x^2 + 2x + 1$$\n",),
    valid=("We expand:\n\n$$(x + 1)^3 = x^3 + 3x^2 + 3x + 1$$\n",),
)
