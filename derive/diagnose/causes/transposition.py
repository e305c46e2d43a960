"""Matrices stand in the wrong order, or a transpose or an inverse is lost or one too many."""

from derive.diagnose.case import Case
from derive.diagnose.cause import cause, mended
from derive.diagnose.edits import Edit
from derive.model import Diagnostic

CODE, NAME = "DRV114", "transposition"


def check(case: Case) -> Diagnostic | None:
    return mended(case, CODE, NAME, message)


def message(edit: Edit) -> str:
    return (
        f"the order or a transpose is wrong: ${edit.new.to_latex()}$ in the place of ${edit.old.to_latex()}$"
    )


_MATRICES = "For $A \\in \\mathbb{R}^{n \\times n}$ and $B \\in \\mathbb{R}^{n \\times n}$ we get\n\n"

CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(_MATRICES + "$$(A B)^\\top = A^\\top B^\\top$$\n",),
    valid=(_MATRICES + "$$(A B)^\\top = B^\\top A^\\top$$\n",),
)
