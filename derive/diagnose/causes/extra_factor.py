"""A factor is too many: without it the line is right."""

from derive.form.cause import Told, cause, mended
from derive.mend.case import Case
from derive.model import Diagnostic

CODE, NAME = "DRV103", "extra-factor"


def check(case: Case) -> Diagnostic | None:
    return mended(case, CODE, NAME, message)


def message(told: Told) -> str:
    return f"${told.piece}$ is a factor too many"


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=("We integrate:\n\n$$\\int_0^R 2\\pi r \\, dr = 2\\pi R^2$$\n",),
    valid=("We integrate:\n\n$$\\int_0^R 2\\pi r \\, dr = \\pi R^2$$\n",),
)
