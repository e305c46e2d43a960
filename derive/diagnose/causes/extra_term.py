"""A term of a sum is too many: without it the line is right."""

from derive.diagnose.case import Case
from derive.diagnose.cause import cause, mended
from derive.diagnose.edits import Edit
from derive.model import Diagnostic

CODE, NAME = "DRV108", "extra-term"


def check(case: Case) -> Diagnostic | None:
    return mended(case, CODE, NAME, message)


def message(edit: Edit) -> str:
    piece = edit.piece.to_latex() if edit.piece is not None else edit.old.to_latex()
    return f"${piece}$ is a term too many"


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=("We get\n\n$$(\\sin x + \\cos x)^2 = 1 + 2 \\sin x \\cos x + \\cos x$$\n",),
    valid=("We get\n\n$$(\\sin x + \\cos x)^2 = 1 + 2 \\sin x \\cos x$$\n",),
)
