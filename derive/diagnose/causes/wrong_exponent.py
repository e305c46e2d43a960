"""An exponent is wrong: lost, one too many, off by one, or of the wrong sign.

The order of a derivative counts as one.
"""

from derive.diagnose.case import Case
from derive.diagnose.cause import cause, mended
from derive.diagnose.edits import Edit
from derive.model import Diagnostic

CODE, NAME = "DRV106", "wrong-exponent"


def check(case: Case) -> Diagnostic | None:
    return mended(case, CODE, NAME, message)


def message(edit: Edit) -> str:
    return f"the power is wrong: ${edit.new.to_latex()}$ in the place of ${edit.old.to_latex()}$"


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=("The power rule gives\n\n$$\\frac{d}{dx} x^5 = 5 x^5$$\n",),
    valid=("The power rule gives\n\n$$\\frac{d}{dx} x^5 = 5 x^4$$\n",),
)
