"""A fraction is upside down."""

from derive.form.cause import Told, cause, mended
from derive.mend.case import Case
from derive.model import Diagnostic

CODE, NAME = "DRV105", "inverted-fraction"


def check(case: Case) -> Diagnostic | None:
    return mended(case, CODE, NAME, message)


def message(told: Told) -> str:
    return f"${told.old}$ is upside down"


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=("For $a > 0$ and $b > 0$ we get\n\n$$\\log a - \\log b = \\log \\frac{b}{a}$$\n",),
    valid=("For $a > 0$ and $b > 0$ we get\n\n$$\\log a - \\log b = \\log \\frac{a}{b}$$\n",),
)
