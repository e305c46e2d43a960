"""A sign is wrong: a plus stands where a minus belongs, or a minus was lost.

Mostly an expansion, a derivative of an inner function or a bracket that was opened after a minus.
"""

from derive.diagnose.case import Case
from derive.diagnose.cause import cause, mended
from derive.diagnose.edits import Edit
from derive.diagnose.rewrites import negated
from derive.model import Diagnostic

CODE, NAME = "DRV101", "sign"


def check(case: Case) -> Diagnostic | None:
    return mended(case, CODE, NAME, message)


def message(edit: Edit) -> str:
    return (
        f"the sign of ${edit.old.to_latex()}$ is wrong"
        if edit.new == negated(edit.old)
        else "a sign is wrong here"
    )


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=("We expand:\n\n$$(a - b)^2 = a^2 - 2ab - b^2$$\n",),
    valid=("We expand:\n\n$$(a - b)^2 = a^2 - 2ab + b^2$$\n",),
)
