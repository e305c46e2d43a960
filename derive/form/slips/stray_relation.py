"""A relation sign stands inside a factor, where a plus or a minus belongs.

`\\frac{1}{2}(1 = \\frac{1}{m})` multiplies by an equation. It is told where the factor begins with a number,
so that it is no bracket of Iverson, `(y_i = k)`, and no condition beside a value, `2 \\quad (k = 1)`.
"""

from derive.form.binding import in_doubt, in_every_reading, sides
from derive.form.cause import cause
from derive.mend.case import Case
from derive.model import Diagnostic, Fix
from derive.term.contents import among
from derive.term.nodes import Add, Mul, Neg, Number, Relation, Term
from derive.term.traverse import substitute, walk

CODE, NAME = "DRV013", "stray-relation"


def check(case: Case) -> Diagnostic | None:
    claim = case.claim
    if not in_doubt(case):
        return None
    for side in sides(claim):
        found = in_every_reading(claim, side, _factor)
        if found is None:
            continue
        sign = _beside(found, claim.left, claim.right)
        message = f"an equation, ${found.to_latex()}$, stands as a factor"
        if sign is not None:
            message += f": ${sign}$ belongs in the place of its sign, as in the factors beside it"
        return case.finding(
            CODE, NAME, message, span=case.locate(found), fix=_fix(case, found, sign, side) if sign else None
        )
    return None


def _factor(term: Term, other: Term) -> Relation | None:
    for node in walk(term):
        if not isinstance(node, Mul):
            continue
        for k, factor in enumerate(node.args):
            if (
                isinstance(factor, Relation)
                and factor.op == "="
                and isinstance(factor.left, Number)
                and not isinstance(factor.right, Number)
                and (k > 0 or len(node.args) > 1)
            ):
                return factor
    return None


def _beside(found: Relation, *terms: Term) -> str | None:
    """The sign of the sums that begin as the equation does, where they agree."""
    signs = {
        "-" if isinstance(node.args[1], Neg) else "+"
        for term in terms
        for part in among(term, Mul)
        for node in part.args
        if isinstance(node, Add) and len(node.args) == 2 and node.args[0] == found.left
    }
    return signs.pop() if len(signs) == 1 else None


def _fix(case: Case, found: Relation, sign: str, side: int) -> Fix | None:
    claim = case.claim
    if claim.formula is None or found.left.span is None or found.right.span is None:
        return None
    between = claim.formula.latex[found.left.span.end : found.right.span.start]
    if between.strip() not in ("=", "&=", "="):
        return None
    pair = [claim.left, claim.right]
    summed = Add((found.left, found.right if sign == "+" else Neg(found.right)))
    pair[side] = substitute(pair[side], {found: summed})
    where = claim.formula.locate(type(found.left.span)(found.left.span.end, found.right.span.start))
    verdict = case.mender.verdict(case.with_sides(*pair))
    if verdict is None or verdict.status.value == "refuted":
        return None
    return Fix(f" {sign} ", f"write ${sign}$", where)


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "Expanding,\n\n$$S = 1 + 1 + \\frac{1}{1 \\cdot 2}(1 = \\frac{1}{m}) "
        "+ \\frac{1}{1 \\cdot 2 \\cdot 3}(1 - \\frac{1}{m})(1 - \\frac{2}{m})$$\n",
    ),
    valid=(
        "Expanding,\n\n$$S = 1 + 1 + \\frac{1}{1 \\cdot 2}(1 - \\frac{1}{m}) "
        "+ \\frac{1}{1 \\cdot 2 \\cdot 3}(1 - \\frac{1}{m})(1 - \\frac{2}{m})$$\n",
        "The accuracy is $a = \\frac{1}{m} \\sum_i (y_i = \\hat{y}_i)$.\n",
    ),
    when="any",
)
