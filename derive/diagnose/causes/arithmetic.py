"""A sum was done wrong: a number is another than it should be."""

from derive.form.cause import Told, cause, mended
from derive.mend.case import Case
from derive.model import Diagnostic

CODE, NAME = "DRV115", "arithmetic"


def check(case: Case) -> Diagnostic | None:
    return mended(case, CODE, NAME, message)


def message(told: Told) -> str:
    return f"the number should be ${told.new}$, not ${told.old}$"


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=("We get $3^2 + 4^2 = 26$.\n",),
    valid=("We get $3^2 + 4^2 = 25$.\n",),
)
