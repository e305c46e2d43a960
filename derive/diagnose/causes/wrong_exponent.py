"""An exponent is wrong: lost, one too many, off by one, or of the wrong sign.

The order of a derivative counts as one.
"""

from derive.form.cause import Told, cause, mended
from derive.mend.case import Case
from derive.model import Diagnostic

CODE, NAME = "DRV106", "wrong-exponent"


def check(case: Case) -> Diagnostic | None:
    return mended(case, CODE, NAME, message)


def message(told: Told) -> str:
    return f"the power is wrong: ${told.new}$ in the place of ${told.old}$"


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=("The power rule gives\n\n$$\\frac{d}{dx} x^5 = 5 x^5$$\n",),
    valid=("The power rule gives\n\n$$\\frac{d}{dx} x^5 = 5 x^4$$\n",),
)
