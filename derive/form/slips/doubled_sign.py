"""Two minus signs stand side by side before a letter: one of them is too many.

`f(x)--\\frac{1}{2} a` is `f(x) + \\frac{1}{2} a` to the letter, and was hardly meant so. Before a number
the second belongs to it, `3 - -2`.
"""

from __future__ import annotations

from derive.expressions import regex
from derive.form.cause import cause
from derive.mend.case import Case
from derive.model import SET_ASIDE, Diagnostic, Severity

CODE, NAME = "DRV021", "doubled-sign"
_DOUBLED = regex(r"(?<=[\w)}\]])\s*(?<!-)--(?!-)\s*(?=[A-Za-z(]|\\[A-Za-z])")
_WORDS = regex(r"\\(?:text\w*|mbox|mathrm|operatorname)\s*\{[^{}]*\}")


def check(case: Case) -> Diagnostic | None:
    claim = case.claim
    if claim.stance in SET_ASIDE or claim.relation not in ("=", "approx", "<", "<=", ">", ">="):
        return None
    latex = _WORDS.sub("", claim.latex)
    if len(_DOUBLED.findall(latex)) != 1:
        return None
    return case.finding(
        CODE, NAME, "two minus signs stand side by side", severity=Severity.WARNING, span=claim.span
    )


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=("The constant is $$c = f(x)--\\frac{1}{2L} a^2.$$\n",),
    valid=(
        "The constant is $$c = f(x)-\\frac{1}{2L} a^2.$$\n",
        "We get $$3--2 = 5.$$\n",
        "We get $$a - (-b) = a + b.$$\n",
    ),
    when="any",
)
