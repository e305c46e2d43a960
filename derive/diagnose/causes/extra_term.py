"""A term of a sum is too many: without it the line is right."""

from derive.diagnose.case import Case
from derive.diagnose.cause import Told, cause, mended
from derive.model import Diagnostic

CODE, NAME = "DRV108", "extra-term"


def check(case: Case) -> Diagnostic | None:
    return mended(case, CODE, NAME, message)


def message(told: Told) -> str:
    return f"${told.piece}$ is a term too many"


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=("We get\n\n$$(x + 1)^2 - 1 = x^2 + 2x = x (x + 2) + x$$\n",),
    valid=("We get\n\n$$(x + 1)^2 - 1 = x^2 + 2x = x (x + 1) + x$$\n",),
)
