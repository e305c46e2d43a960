"""A term of a sum was dropped."""

from derive.diagnose.case import Case
from derive.diagnose.cause import cause, mended
from derive.diagnose.edits import Edit
from derive.model import Diagnostic

CODE, NAME = "DRV107", "dropped-term"


def check(case: Case) -> Diagnostic | None:
    return mended(case, CODE, NAME, message)


def message(edit: Edit) -> str:
    piece = edit.piece.to_latex() if edit.piece is not None else edit.old.to_latex()
    return f"the term ${piece}$ was dropped"


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=("Let $h(x) = x \\ln x$ for $x > 0$. Then\n\n$$h'(x) = \\ln x$$\n",),
    valid=("Let $h(x) = x \\ln x$ for $x > 0$. Then\n\n$$h'(x) = \\ln x + 1$$\n",),
)
