"""A factor was lost on the way: one that stands on the other side, or a number such as 2 or 1/2.

The line is true only where the factor is 1.
"""

from derive.form.cause import Told, cause, mended
from derive.mend.case import Case
from derive.model import Diagnostic
from derive.term.nodes import Div, Number, Symbol

CODE, NAME = "DRV102", "missing-factor"


def check(case: Case) -> Diagnostic | None:
    return mended(case, CODE, NAME, message)


def message(told: Told) -> str:
    match told.edit.piece:
        case Div(numerator=Number(value=one), denominator=Symbol(name=name)) if one == 1:
            return f"1/{name} was lost (true only for ${name} = 1$)"
        case Div(numerator=Number(value=a), denominator=Number(value=b)):
            return f"the factor {a}/{b} was lost"
        case Symbol(name=name):
            return f"the factor ${name}$ was lost (true only for ${name} = 1$)"
        case Div() | None:
            return "a factor was lost"
        case piece:
            return f"the factor ${piece.to_latex()}$ was lost"


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=("Let $g(x) = \\sin(3x)$. Then\n\n$$g'(x) = \\cos(3x)$$\n",),
    valid=("Let $g(x) = \\sin(3x)$. Then\n\n$$g'(x) = 3\\cos(3x)$$\n",),
)
