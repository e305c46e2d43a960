"""A bracket was left out: what should be multiplied, negated or raised as a whole is not."""

from derive.form.cause import Told, cause, mended
from derive.mend.case import Case
from derive.model import Diagnostic

CODE, NAME = "DRV113", "missing-bracket"


def check(case: Case) -> Diagnostic | None:
    return mended(case, CODE, NAME, message)


def message(told: Told) -> str:
    return f"a bracket is missing: ${told.new}$ is meant by ${told.old}$"


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=("We get\n\n$$x y (x + 1) = x^2 y + x y = x y x + 1$$\n",),
    valid=("We get\n\n$$x y (x + 1) = x^2 y + x y = x y (x + 1)$$\n",),
)
