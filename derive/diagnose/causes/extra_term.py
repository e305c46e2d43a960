"""A term of a sum is too many: without it the line is right."""

from derive.form.cause import Told, cause, mended
from derive.mend.case import Case
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
    invalid=("We get\n\n$$f = (\\sin x + \\cos x)^2 = 1 + 2 \\sin x \\cos x + \\cos x$$\n",),
    valid=("We get\n\n$$f = (\\sin x + \\cos x)^2 = 1 + 2 \\sin x \\cos x$$\n",),
)
