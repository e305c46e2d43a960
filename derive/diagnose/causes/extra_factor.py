"""A factor is too many: without it the line is right."""

from derive.diagnose.case import Case
from derive.diagnose.cause import cause, mended
from derive.diagnose.edits import Edit
from derive.model import Diagnostic

CODE, NAME = "DRV103", "extra-factor"


def check(case: Case) -> Diagnostic | None:
    return mended(case, CODE, NAME, message)


def message(edit: Edit) -> str:
    piece = edit.piece.to_latex() if edit.piece is not None else edit.old.to_latex()
    return f"${piece}$ is a factor too many"


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=("We integrate:\n\n$$\\int_0^R 2\\pi r \\, dr = 2\\pi R^2$$\n",),
    valid=("We integrate:\n\n$$\\int_0^R 2\\pi r \\, dr = \\pi R^2$$\n",),
)
