"""The bounds of an integral or a sum are exchanged, or one of them is wrong."""

from derive.form.cause import Told, cause, mended
from derive.mend.case import Case
from derive.model import Diagnostic

CODE, NAME = "DRV112", "wrong-limits"


def check(case: Case) -> Diagnostic | None:
    return mended(case, CODE, NAME, message)


def message(told: Told) -> str:
    return f"the bounds are wrong: ${told.new}$ in the place of ${told.old}$"


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=("We get\n\n$$\\int_0^1 2x \\, dx = \\left[ x^2 \\right]_1^0$$\n",),
    valid=("We get\n\n$$\\int_0^1 2x \\, dx = \\left[ x^2 \\right]_0^1$$\n",),
)
