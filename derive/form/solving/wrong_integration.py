"""An equation between differentials is integrated, and what comes out has other differentials.

`Separating the variables, $\\frac{dy}{y} = 2x\\,dx$. Integrating, $\\ln y = 2x^2 + C$`: along what is claimed
the two differentials must have the ratio that the equation gives them. It may stand as it was integrated or
be solved for one of its letters; what is solved for is put in. An error where one edit mends it, a warning
where the words say that it was integrated or solves the equation.
"""

from __future__ import annotations

import re

from derive.calculus.differentials import MARK
from derive.classes import replace
from derive.expressions import regex
from derive.form.cause import cause
from derive.form.solving.asking import Asking, Sides, in_words, rounded
from derive.form.solving.putting_back import solution_of
from derive.form.solving.surroundings import Beside, equations_before
from derive.form.solving.words import Says, denied, said_of
from derive.mend.case import GOOD, Case
from derive.mend.mending import fix_of
from derive.model import SET_ASIDE, Diagnostic, Label, Severity
from derive.term.construct import sub
from derive.term.nodes import ONE, ZERO, Add, Apply, Derivative, Integral, Mul, Neg, Symbol, Term
from derive.term.traverse import free_symbols, map_children, substitute, walk

CODE, NAME = "DRV082", "wrong-integration"
_INTEGRATED = regex(r"\bintegrat(?:e|es|ed|ing|ion)\b|\bantiderivatives?\b", re.I)


def check(case: Case) -> Diagnostic | None:
    claim = case.claim
    if claim.relation != "=" or claim.stance in SET_ASIDE or claim.right_span is None:
        return None
    if case.verdict.status in GOOD or rounded(claim.left, claim.right) or len(claim.readings) > 1:
        return None
    if _differentials(claim.left, claim.right):
        return None
    for beside in equations_before(case):
        letters = _differentials(beside.claim.left, beside.claim.right)
        if len(letters) == 2:
            return _against(case, beside, letters)
    return None


def _against(case: Case, beside: Beside, letters: dict[str, Symbol]) -> Diagnostic | None:
    claim = case.claim
    said = said_of(beside)
    worked = bool(_INTEGRATED.search(beside.between) or _INTEGRATED.search(beside.lead))
    if denied(beside) or (said is None and not worked and not beside.same_formula):
        return None
    named = solution_of(claim.left, claim.right)
    if named is not None and named.name not in letters:
        return None  # of another quantity
    written = free_symbols(claim.left) | free_symbols(claim.right)
    pair = [written[n] for n in letters if n in written]
    if len(pair) != 2:
        return None
    asking = _asking(case, beside, pair[0], pair[1])
    if asking is None or not asking.fails():
        return None
    edit = asking.mend(lambda e: True, left=True)
    if edit is None and not worked and (said is None or said.value is not Says.SOLVES):
        return None
    told = f"this is not what ${beside.claim.latex}$ integrates to"
    if edit is not None:
        told += f": it would be {in_words(edit)}"
    return case.finding(
        CODE,
        NAME,
        told,
        severity=Severity.ERROR if edit is not None else Severity.WARNING,
        fix=fix_of(claim, edit) if edit is not None else None,
        labels=(Label(beside.claim.span, "this is what was integrated"),),
    )


def _asking(case: Case, beside: Beside, y: Symbol, x: Symbol) -> Asking | None:
    sides = [_undone(t) for t in (beside.claim.left, beside.claim.right)]
    whole = Add((sides[0], Neg(sides[1])))
    by_y, by_x = _coefficient(whole, y, x), _coefficient(whole, x, y)
    if by_y is None or by_x is None:
        return None
    unknown = {n for n in free_symbols(by_y) | free_symbols(by_x) if n in case.claim.scope.definitions}
    if unknown:
        return None  # what stands for something else may depend on either
    if not {y.name, x.name} & (free_symbols(by_y) | free_symbols(by_x)).keys():
        return None  # `dW = V\\,dq`: whether V changes with q is not told

    def made(left: Term, right: Term) -> Sides | None:
        rest = Add((left, Neg(right)))
        along_y = Derivative(rest, ((y, ONE),), partial=True)
        along_x = Derivative(rest, ((x, ONE),), partial=True)
        first, second = Mul((along_y, by_x)), Mul((along_x, by_y))
        for one in (y, x):
            if left == one and one.name not in free_symbols(right):
                return _put(first, one, right), _put(second, one, right)
        return first, second

    scope = replace(case.claim.scope, definitions={}, soft=(), substitutions=(), hypotheses=())
    return Asking(case, scope, made)


def _put(term: Term, letter: Symbol, value: Term) -> Term:
    """The value in the place of a letter, but for what is differentiated by it."""
    if isinstance(term, Derivative):
        return term
    if not any(isinstance(n, Derivative) for n in walk(term)):
        return substitute(term, {letter: value})
    return map_children(term, lambda t: _put(t, letter, value))


def _undone(term: Term) -> Term:
    """`\\int f\\,dx` as `f\\,dx`."""
    match term:
        case Integral(body=body, variable=variable, lower=None, upper=None, domain=None, op="int"):
            return Mul((body, Symbol(MARK + variable.name, variable.type)))
        case _:
            return map_children(term, _undone)


def _coefficient(whole: Term, own: Symbol, other: Symbol) -> Term | None:
    """What stands before a differential; None where the equation is not linear in the two."""
    named = {n: s for n, s in free_symbols(whole).items() if n.startswith(MARK)}
    mine, theirs = named[MARK + own.name], named[MARK + other.name]
    if any(isinstance(n, Integral | Apply) and _marked(n) for n in walk(whole)):
        return None
    alone = substitute(whole, {mine: ZERO, theirs: ZERO})  # a constant of integration
    return sub(substitute(whole, {mine: ONE, theirs: ZERO}), alone)


def _marked(term: Term) -> bool:
    return any(n.startswith(MARK) for n in free_symbols(term))


def _differentials(*terms: Term) -> dict[str, Symbol]:
    """The letters whose differentials the terms have, under integral signs too."""
    found: dict[str, Symbol] = {}
    for term in map(_undone, terms):
        for name, symbol in free_symbols(term).items():
            if name.startswith(MARK):
                found[name.removeprefix(MARK)] = symbol
    return found


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "Separating the variables, $\\frac{dy}{y} = 2x\\,dx$. Integrating, $\\ln y = 2x^2 + C$.\n",
        "We separate $\\frac{dy}{y^2} = \\cos x\\,dx$ and integrate: $\\frac{1}{y} = \\sin x + C$.\n",
    ),
    valid=(
        "Separating the variables, $\\frac{dy}{y} = 2x\\,dx$. Integrating, $\\ln y = x^2 + C$.\n",
        "We separate $\\frac{dy}{y^2} = \\cos x\\,dx$ and integrate: $-\\frac{1}{y} = \\sin x + C$.\n",
        "From $\\frac{dy}{y} = 2x\\,dx$ we get $y = A e^{x^2}$.\n",
    ),
    when="any",
)
