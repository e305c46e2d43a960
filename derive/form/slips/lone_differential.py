"""A derivative is divided by a differential once more, but nothing says that it is differentiated again.

In `\\frac{r^2 \\frac{dc}{dr}}{dr} = 0` the outer d was lost. A difference quotient with a step `dx` and a
numerator with a differential of its own are left alone.
"""

from derive.expressions import regex
from derive.form.binding import as_written, in_doubt, sides
from derive.form.cause import cause
from derive.mend.case import Case
from derive.model import Diagnostic, Fix
from derive.term.contents import among
from derive.term.nodes import Apply, Derivative, Div, Mul, Term
from derive.term.traverse import walk

CODE, NAME = "DRV016", "lone-differential"
_BELOW = regex(r"\}\s*(?:\}\s*\{|/)\s*(?:d|\\mathrm\s*\{?\s*d)")
_OWN = frozenset({"differential", "delta", "Delta"})


def check(case: Case) -> Diagnostic | None:
    claim = case.claim
    if claim.relation != "=" or not in_doubt(case):
        return None
    terms = as_written(case) if _BELOW.search(claim.latex) else None
    if terms is None:
        return None
    for side in sides(claim):
        found = _undifferentiated(terms[side])
        if found is None:
            continue
        fix = None
        where = case.locate(found.numerator)
        if where is not None:
            text = case.document.source.text[where.start : where.end]
            fix = Fix(f"d({text})", f"write $d({text})$ above the line", where)
        return case.finding(
            CODE,
            NAME,
            f"${found.numerator.to_latex()}$ is divided by ${found.denominator.to_latex()}$, "
            "and nothing says that it is differentiated",
            span=case.locate(found),
            fix=fix,
        )
    return None


def _undifferentiated(term: Term) -> Div | None:
    for node in walk(term):
        match node:
            case Div(numerator=above, denominator=Apply(head="differential", args=(variable,))):
                pass
            case _:
                continue
        factors = above.args if isinstance(above, Mul) else (above,)
        derived = [f for f in factors if isinstance(f, Derivative) and _by(f, variable)]
        loose = any(n.head in _OWN for n in among(above, Apply))
        if len(derived) == 1 and not loose:
            return node
    return None


def _by(derivative: Derivative, variable: Term) -> bool:
    return [v for v, _ in derivative.variables] == [variable]


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=("The flow is steady,\n\n$$\\frac{r^2 \\frac{dc}{dr}}{dr} = 0$$\n",),
    valid=(
        "The flow is steady,\n\n$$\\frac{d\\left(r^2 \\frac{dc}{dr}\\right)}{dr} = 0$$\n",
        "With a small step $dx$ the slope is $\\frac{f(x + dx) - f(x)}{dx}$.\n",
    ),
    when="any",
)
