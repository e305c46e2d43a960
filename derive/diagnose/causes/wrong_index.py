"""An index is another than it should be, or off by one."""

from derive.form.cause import Told, cause, mended
from derive.mend.case import Case
from derive.model import Diagnostic

CODE, NAME = "DRV109", "wrong-index"


def check(case: Case) -> Diagnostic | None:
    return mended(case, CODE, NAME, message)


def message(told: Told) -> str:
    return f"the index should be ${told.new}$, not ${told.old}$"


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=("We get\n\n$$\\sum_{i=1}^{n} (x_i - c) = \\sum_{i=1}^{n} x_j - n c$$\n",),
    valid=("We get\n\n$$\\sum_{i=1}^{n} (x_i - c) = \\sum_{i=1}^{n} x_i - n c$$\n",),
)
