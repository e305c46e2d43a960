"""The relation sign is wrong: the claim holds with the sign the other way round, or with equality let in.

An equation between expectations, probabilities, absolute values or norms that no other edit mends, and that
is a bound, is a warning: Jensen's inequality, the triangle's, the union's.
"""

from derive.form.cause import cause
from derive.mend.case import Case
from derive.model import Diagnostic, Severity

CODE, NAME = "DRV116", "wrong-relation"


def check(case: Case) -> Diagnostic | None:
    mend = case.mend
    if mend is None or mend.kind != NAME:
        return None
    sign = {"<": "<", "<=": "\\leq", ">": ">", ">=": "\\geq", "=": "="}[mend.claim.relation]
    severity = Severity.WARNING if case.claim.relation == "=" else None
    return case.finding(
        CODE, NAME, f"${sign}$ holds here", span=case.claim.span, fix=mend.fix, severity=severity
    )


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=("For every real $x$ we have\n\n$$x^2 + 1 < 0$$\n",),
    valid=("For every real $x$ we have\n\n$$x^2 + 1 > 0$$\n",),
)
