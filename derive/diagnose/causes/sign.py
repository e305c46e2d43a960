"""A sign is wrong: a plus stands where a minus belongs, or a minus was lost.

Mostly an expansion, a derivative of an inner function or a bracket that was opened after a minus.
"""

from derive.form.cause import Told, cause, mended
from derive.mend.case import Case
from derive.mend.rewrites import negated
from derive.model import Diagnostic

CODE, NAME = "DRV101", "sign"


def check(case: Case) -> Diagnostic | None:
    return mended(case, CODE, NAME, message)


def message(told: Told) -> str:
    if told.edit.piece is not None:
        return f"the sign of ${told.piece.removeprefix('-')}$ is wrong"
    if told.edit.new == negated(told.edit.old):
        return f"the sign of ${told.old}$ is wrong"
    return f"a sign is wrong: ${told.new}$ in the place of ${told.old}$"


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=("We expand:\n\n$$(a - b)^2 = a^2 - 2ab - b^2$$\n",),
    valid=("We expand:\n\n$$(a - b)^2 = a^2 - 2ab + b^2$$\n",),
)
