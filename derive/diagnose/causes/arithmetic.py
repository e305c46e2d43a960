"""A sum was done wrong: a number is another than it should be."""

from derive.diagnose.case import Case
from derive.diagnose.cause import cause, mended
from derive.diagnose.edits import Edit
from derive.model import Diagnostic

CODE, NAME = "DRV115", "arithmetic"


def check(case: Case) -> Diagnostic | None:
    return mended(case, CODE, NAME, message)


def message(edit: Edit) -> str:
    return f"the number should be ${edit.new.to_latex()}$, not ${edit.old.to_latex()}$"


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=("We get $3^2 + 4^2 = 26$.\n",),
    valid=("We get $3^2 + 4^2 = 25$.\n",),
)
