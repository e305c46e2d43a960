"""A symbol stands in the place of another one.

Often the same letter with or without an accent, or a neighbour in the alphabet.
"""

from derive.form.cause import Told, cause, mended
from derive.mend.case import Case
from derive.model import Diagnostic

CODE, NAME = "DRV110", "wrong-symbol"


def check(case: Case) -> Diagnostic | None:
    return mended(case, CODE, NAME, message)


def message(told: Told) -> str:
    return f"${told.new}$ belongs in the place of ${told.old}$"


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=("Let $f(x, y) = x^2 y + y^3$. Then\n\n$$\\frac{\\partial f}{\\partial x} = 2 x x$$\n",),
    valid=("Let $f(x, y) = x^2 y + y^3$. Then\n\n$$\\frac{\\partial f}{\\partial x} = 2 x y$$\n",),
)
