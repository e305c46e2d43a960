"""The values that the paragraph gives, put into a formula, do not give what is reckoned beside it.

`Here $a = 1$ and $r = \\frac12$, so $\\frac{a r}{1 + r} = \\frac{1/2}{1 - 1/2}$`: with the values just
given one side is a number, and not the number on the other. It is told where one small edit of the
formula makes it right, and where nothing else is said of its letters. A bare number that was rounded, or
a letter without a value, says nothing.
"""

from __future__ import annotations

from bisect import bisect_right

from derive.classes import replace
from derive.context.links import is_constant
from derive.form.cause import cause
from derive.form.solving.asking import Sides
from derive.mend.case import Case
from derive.model import SET_ASIDE, Claim, Diagnostic, Severity, Stance, Status
from derive.term.nodes import Call, Div, Neg, Number, Relation, Symbol, Term
from derive.term.scope import Reading
from derive.term.traverse import free_symbols, substitute

CODE, NAME = "DRV046", "values-put-in"
_REACH = 40
"""How many entries back the values may stand, letters by themselves included."""
_SMALL = frozenset(("sign", "wrong-exponent", "inverted-fraction", "extra-term"))

_DEAREST = 1.65
_SET_ASIDE = (*SET_ASIDE, Stance.ASSUMES, Stance.DEFINES)
_GIVEN = (
    "assumes/value-in-passing",
    "defines/new-name",
    "defines/by-words",
    "assumes/name",
    "assumes/chain-of-names",
)


def check(case: Case) -> Diagnostic | None:
    claim = case.claim
    if claim.relation != "=" or claim.stance in _SET_ASIDE or case.verdict.status is Status.REFUTED:
        return None
    if is_constant(claim.left) or isinstance(claim.left, Symbol):
        return None
    if _bare(claim.right):
        return None  # rounded, or a condition
    values = _values(case)
    left, right = _compared(claim)
    letters = {n: s for n, s in free_symbols(left).items() if n in values}
    others = free_symbols(left).keys() - letters.keys()
    if not letters or not free_symbols(right).keys() <= others or (others and is_constant(right)):
        return None
    if others:
        left = substitute(left, {s: values[n] for n, s in letters.items()})
    put: tuple[Term, ...] = tuple(Relation("=", letters[n], values[n]) for n in letters if not others)
    scope = replace(claim.scope, hypotheses=put, soft=(), definitions={}, substitutions=())
    under = replace(claim, left=left, right=right, scope=scope, stance=Stance.ASSERTED)
    if (left, right) != (claim.left, claim.right):
        under = replace(under, readings=(Reading((left, right)),))
    verdict = case.mender.verdict(under)
    if verdict is None or verdict.status is not Status.REFUTED:
        return None
    entry = replace(case.entry, claim=under, verdict=verdict)
    other = replace(case, decided=(*case.decided[: case.index], entry, *case.decided[case.index + 1 :]))
    mend = other.mend
    if mend is None or mend.edit is None or mend.kind not in _SMALL or mend.edit.cost > _DEAREST:
        return None
    given = ", ".join(f"${letters[n].to_latex()} = {values[n].to_latex()}$" for n in letters)
    return case.finding(
        CODE,
        NAME,
        f"with {given} the two sides differ",
        severity=Severity.WARNING,
        span=case.claim.span,
        fix=mend.fix if not others else None,
    )


def _compared(claim: Claim) -> Sides:
    """The two sides, or what one function of which nothing is known has in its brackets on both."""
    match claim.left, claim.right:
        case (
            Call(function=Symbol(name=f), args=(one,)),
            Call(function=Symbol(name=g), args=(other,)),
        ) if f == g and f not in claim.scope.definitions:
            return one, other
        case _:
            return claim.left, claim.right


def _bare(term: Term) -> bool:
    """A number or a fraction of two: a result, in which no formula is seen."""
    match term:
        case Neg(arg=arg):
            return _bare(arg)
        case Div(numerator=above, denominator=below):
            return isinstance(above, Number) and isinstance(below, Number)
        case _:
            return isinstance(term, Number)


def _values(case: Case) -> dict[str, Term]:
    """The last values that the paragraph, or the one before it, gives to letters."""
    blocks = case.document.blocks
    at = bisect_right(blocks, case.entry.span.start, key=lambda b: b.span.start) - 1
    since = blocks[max(0, at - 1)].span.start if at >= 0 else 0
    found: dict[str, Term] = {}
    for entry in case.decided[max(0, case.index - _REACH) : case.index]:
        other: Claim | None = entry.claim
        if other is None or entry.span.start < since or other.relation != "=":
            continue
        if isinstance(other.left, Symbol) and is_constant(other.right) and _gives(other):
            found[other.left.name] = other.right
    return found


def _gives(claim: Claim) -> bool:
    return any(s.question == "stance" and s.rule in _GIVEN for s in claim.trail)


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "Here $a = 1$ and $r = \\frac12$. Using the formula we have "
        "$$\\frac{a r}{1 + r} = \\frac{1 \\cdot \\frac12}{1 - 1/2}.$$\n",
    ),
    valid=(
        "Here $a = 1$ and $r = \\frac12$. Using the formula we have "
        "$$\\frac{a r}{1 - r} = \\frac{1 \\cdot \\frac12}{1 - 1/2}.$$\n",
        "Here $a = 1$. Using the formula we have "
        "$$\\frac{a r}{1 + r} = \\frac{1 \\cdot \\frac12}{1 - 1/2}.$$\n",
        "Here $a = 1$ and $r = \\frac12$. We solve $$a + r = \\frac{7}{2}.$$\n",
    ),
    when="any",
)
