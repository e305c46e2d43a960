"""What the text calls an antiderivative of a function does not have it for its derivative.

`f(x) = \\cos 3x` with the antiderivative `F(x) = 3\\sin 3x`. The function is the one that the document has
defined, if it is the only one of that variable.
"""

from __future__ import annotations

import re
from dataclasses import replace

from derive.form.cause import cause
from derive.form.known.nearby import may_be_told, nearby
from derive.mend.case import GOOD, Case
from derive.model import Diagnostic, Status
from derive.term.nodes import ONE, Call, Derivative, Symbol, Term
from derive.term.scope import Reading
from derive.term.traverse import substitute

CODE, NAME = "DRV062", "wrong-antiderivative"
_NAMED = re.compile(r"\b(?:antiderivative|anti-derivative|primitive)\b", re.I)


def check(case: Case) -> Diagnostic | None:
    claim = case.claim
    if case.verdict.status in GOOD or claim.relation != "=":
        return None
    match claim.left:
        case Call(function=Symbol(name=name), args=(Symbol() as x,)):
            pass
        case _:
            return None
    known = [d for n, d in claim.scope.definitions.items() if n != name and d.kind == "function"]
    if len(known) != 1 or len(known[0].parameters) != 1:
        return None
    words = nearby(case)
    if not _NAMED.search(words.sentence) or not may_be_told(case, words):
        return None
    slope: Term = Derivative(claim.right, ((x, ONE),), partial=False)
    body = substitute(known[0].body, {known[0].parameters[0]: x})
    alone = replace(claim.scope, definitions={}, soft=(), substitutions=())
    asked = replace(claim, left=slope, right=body, scope=alone, readings=(Reading((slope, body)),), cases=())
    verdict = case.mender.verdict(asked)
    if verdict is None or verdict.status is not Status.REFUTED:
        return None
    return case.finding(CODE, NAME, f"this is no antiderivative: its derivative is not ${body.to_latex()}$")


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=("Take $f(x) = \\cos(3x)$. An antiderivative of it is $F(x) = 3\\sin(3x)$.\n",),
    valid=(
        "Take $f(x) = \\cos(3x)$. An antiderivative of it is $F(x) = \\frac{1}{3}\\sin(3x) + 2$.\n",
        "Take $f(x) = \\cos(3x)$. A function that grows faster is $F(x) = 3\\sin(3x)$.\n",
    ),
    when="any",
)
