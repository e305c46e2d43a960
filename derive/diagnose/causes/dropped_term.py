"""A term of a sum was dropped."""

from derive.form.cause import Told, cause, mended
from derive.mend.case import Case
from derive.model import Diagnostic

CODE, NAME = "DRV107", "dropped-term"


def check(case: Case) -> Diagnostic | None:
    return mended(case, CODE, NAME, message)


def message(told: Told) -> str:
    return f"the term ${told.piece}$ was dropped"


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=("Let $h(x) = x \\ln x$ for $x > 0$. Then\n\n$$h'(x) = \\ln x$$\n",),
    valid=("Let $h(x) = x \\ln x$ for $x > 0$. Then\n\n$$h'(x) = \\ln x + 1$$\n",),
)
