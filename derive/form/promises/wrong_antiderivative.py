"""What the text calls an antiderivative of a function does not have it for its derivative.

`f(x) = \\cos 3x` with the antiderivative `F(x) = 3\\sin 3x`. The function is the one that the document has
defined, if it is the only one of that variable; or it stands under an integral sign without a differential,
and then no letter of it may be the variable, while one small edit makes one of them so. Or the text gives its
differential, as for an integration by parts: `dv = e^{-x}\\,dx`, `v = e^{-x}`.
"""

from __future__ import annotations

import re

from derive.calculus.differentials import MARK
from derive.classes import replace
from derive.expressions import regex
from derive.form.cause import cause
from derive.form.known.nearby import may_be_told, nearby
from derive.form.solving.asking import Asking, in_words, rounded
from derive.form.solving.surroundings import equations_before
from derive.mend.case import GOOD, Case
from derive.mend.mending import fix_of
from derive.model import SET_ASIDE, Diagnostic, Severity, Status
from derive.term.nodes import ONE, Apply, Call, Derivative, Integral, Symbol, Term
from derive.term.scope import Reading, Scope
from derive.term.traverse import free_symbols, substitute, walk

CODE, NAME = "DRV062", "wrong-antiderivative"
_IF = regex(r"\b(?:if|suppose|assume|let)\b", re.I)
"""A function that the sentence brings in may belong to another."""
_NAMED = regex(r"\b(?:antiderivative|anti-derivative|primitive)\b", re.I)


def check(case: Case) -> Diagnostic | None:
    claim = case.claim
    if case.verdict.status in GOOD or claim.relation != "=":
        return None
    match claim.left:
        case Apply(head="bare_int", args=(body,)):
            return _without_differential(case, body)
        case Symbol() as named:
            return _of_a_differential(case, named)
        case Call(function=Symbol(name=name), args=(Symbol() as x,)):
            pass
        case _:
            return None
    known = [d for n, d in claim.scope.definitions.items() if n != name and d.kind == "function"]
    if len(known) != 1 or len(known[0].parameters) != 1:
        return None
    words = nearby(case)
    if _IF.search(words.sentence) or _unknown(claim.right, claim.scope):
        return None  # "of the form $p(x) e^x$"
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


def _unknown(term: Term, scope: Scope) -> bool:
    return any(
        isinstance(n, Call) and not (isinstance(n.function, Symbol) and n.function.name in scope.definitions)
        for n in walk(term)
    )


def _without_differential(case: Case, body: Term) -> Diagnostic | None:
    """`\\int f = F`: whatever the variable is, F does not have f for its derivative."""
    claim = case.claim
    if claim.stance in SET_ASIDE or rounded(claim.right) or _has_integral(claim.right):
        return None
    if any(r.terms[0] != claim.left for r in claim.readings):
        return None
    letters = [s for n, s in free_symbols(body).items() if n in free_symbols(claim.right)]
    askings = [_slope_of(case, body, letter) for letter in letters]
    if not askings or isinstance(body, Symbol) or not all(a.fails() for a in askings):
        return None
    for asking in askings:
        edit = asking.mend(lambda e: True, left=False)
        if edit is not None:
            return case.finding(
                CODE,
                NAME,
                f"this is no antiderivative: it would be {in_words(edit)}",
                severity=Severity.ERROR,
                fix=fix_of(claim, edit),
            )
    return None


def _of_a_differential(case: Case, named: Symbol) -> Diagnostic | None:
    """`v = F` where `dv = f\\,dx` was given: f is the derivative of F."""
    claim = case.claim
    if claim.stance in SET_ASIDE or rounded(claim.right) or len(claim.readings) > 1:
        return None
    equations = (b.claim for b in equations_before(case))
    own = (c for c in equations if isinstance(c.left, Symbol) and c.left.name == MARK + named.name)
    given = next(own, None)
    if given is None or rounded(given.right):
        return None
    varied = [s for n, s in free_symbols(given.right).items() if n.startswith(MARK)]
    x = free_symbols(claim.right).get(varied[0].name.removeprefix(MARK)) if len(varied) == 1 else None
    if x is None:
        return None
    slope = substitute(given.right, {varied[0]: ONE})
    if not free_symbols(slope).keys() <= free_symbols(claim.right).keys():
        return None  # of another quantity
    if free_symbols(slope) and x.name not in free_symbols(slope):
        return None  # `dW = V\\,dq`: whether V changes with q is not told
    alone = replace(claim.scope, definitions={}, soft=(), substitutions=())
    asking = Asking(case, alone, lambda _, right: (Derivative(right, ((x, ONE),), partial=False), slope))
    if not asking.fails():
        return None
    edit = asking.mend(lambda e: True, left=False)
    said = f"its differential is not what ${given.latex}$ says"
    if edit is None:
        return case.finding(CODE, NAME, said, severity=Severity.WARNING)
    return case.finding(
        CODE, NAME, f"{said}; it would be {in_words(edit)}", severity=Severity.ERROR, fix=fix_of(claim, edit)
    )


def _slope_of(case: Case, body: Term, letter: Symbol) -> Asking:
    return Asking(
        case, case.claim.scope, lambda _, right: (Derivative(right, ((letter, ONE),), partial=False), body)
    )


def _has_integral(term: Term) -> bool:
    return any(isinstance(n, Integral) or (isinstance(n, Apply) and n.head == "bare_int") for n in walk(term))


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "Take $f(x) = \\cos(3x)$. An antiderivative of it is $F(x) = 3\\sin(3x)$.\n",
        "Remember that $$\\int (x - b)^n = \\frac{(x - b)^{n-1}}{n+1}.$$\n",
        "Take $dv = e^{-x}\\,dx$, so that $v = e^{-x}$.\n",
    ),
    valid=(
        "Take $f(x) = \\cos(3x)$. An antiderivative of it is $F(x) = \\frac{1}{3}\\sin(3x) + 2$.\n",
        "Take $f(x) = \\cos(3x)$. If $F(x) = e^x$ is an antiderivative of $g$, all is well.\n",
        "Take $f(x) = \\cos(3x)$. An antiderivative exists of the form $F(x) = p(x) e^x$.\n",
        "Take $f(x) = \\cos(3x)$. A function that grows faster is $F(x) = 3\\sin(3x)$.\n",
        "Remember that $$\\int (x - b)^n = \\frac{(x - b)^{n+1}}{n+1}.$$\n",
        "Take $dv = e^{-x}\\,dx$, so that $v = -e^{-x}$.\n",
    ),
    when="any",
)
