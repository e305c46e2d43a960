"""Matrices stand in the wrong order, or a transpose or an inverse is lost or one too many."""

from derive.form.cause import Told, cause, mended
from derive.mend.case import Case
from derive.model import Diagnostic

CODE, NAME = "DRV114", "transposition"


def check(case: Case) -> Diagnostic | None:
    return mended(case, CODE, NAME, message)


def message(told: Told) -> str:
    return f"the order or a transpose is wrong: ${told.new}$ in the place of ${told.old}$"


_MATRICES = "For $A \\in \\mathbb{R}^{n \\times n}$ and $B \\in \\mathbb{R}^{n \\times n}$ we get\n\n"

CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(_MATRICES + "$$(A B)^\\top A B = B^\\top A^\\top A B = B^\\top A A^\\top B$$\n",),
    valid=(_MATRICES + "$$(A B)^\\top A B = B^\\top A^\\top A B = B^\\top (A^\\top A) B$$\n",),
)
