"""A bracket was left out: what should be multiplied, negated or raised as a whole is not."""

from derive.diagnose.case import Case
from derive.diagnose.cause import cause, mended
from derive.diagnose.edits import Edit
from derive.model import Diagnostic

CODE, NAME = "DRV113", "missing-bracket"


def check(case: Case) -> Diagnostic | None:
    return mended(case, CODE, NAME, message)


def message(edit: Edit) -> str:
    return f"a bracket is missing: ${edit.new.to_latex()}$ is meant by ${edit.old.to_latex()}$"


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=("We factor:\n\n$$x^2 y + x y = x y x + 1$$\n",),
    valid=("We factor:\n\n$$x^2 y + x y = x y (x + 1)$$\n",),
)
