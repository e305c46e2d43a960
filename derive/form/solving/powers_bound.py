"""A bound that is solved for a letter has the wrong power of the other letter.

`$\\frac{1}{\\sqrt k} \\ge g$, therefore $k \\le \\frac{1}{\\sqrt g}$`: both lines are products of powers of
the same positive letters, so the first one tells the power. A conclusion that claims more, or has a power
with the other sign, does not follow. A bound that is only wider (for small numbers under a fraction, for
large ones else) is left alone, and so are steps that speak of more.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from derive.form.cause import cause
from derive.form.solving.asking import rounded
from derive.form.solving.surroundings import alone, inequality_before
from derive.form.solving.words import Says, said_of
from derive.mend.case import Case
from derive.model import SET_ASIDE, Diagnostic, Label, Severity
from derive.term.nodes import Div, Mul, Number, Pow, Root, Symbol, Term

CODE, NAME = "DRV049", "wrong-power"
_TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
Powers = Mapping[Symbol, Fraction]


def check(case: Case) -> Diagnostic | None:
    claim = case.claim
    if claim.relation not in _TURNED or claim.stance in SET_ASIDE or not isinstance(claim.left, Symbol):
        return None
    if len(claim.readings) > 1 or rounded(claim.left, claim.right) or not alone(case, claim):
        return None
    before = inequality_before(case)
    if before is None or len(before.claim.readings) > 1 or before.claim.stance in SET_ASIDE:
        return None
    said = said_of(before)
    if said is None or said.value is not Says.FOLLOWS:
        return None
    bound, first = _powers(claim.right), _quotient(before.claim.left, before.claim.right)
    if bound is None or first is None or len(bound) != 1 or len(first) != 2:
        return None
    (other, power), own = next(iter(bound.items())), first.get(claim.left)
    if other == claim.left or other not in first or own is None:
        return None
    turned = own < 0
    if (_TURNED[before.claim.relation] if turned else before.claim.relation) != claim.relation:
        return None
    right = -first[other] / own
    wider = abs(power) > abs(right) if claim.relation in ("<", "<=") else abs(power) < abs(right)
    if power == right or (power * right > 0 and wider):
        return None
    own_name, name = claim.left.to_latex(), other.to_latex()
    return case.finding(
        CODE,
        NAME,
        f"solved for ${own_name}$ it has the power ${right}$ of ${name}$, not ${power}$",
        severity=Severity.WARNING,
        span=claim.right_span,
        labels=(Label(before.claim.span, "the inequality before"),),
    )


def _quotient(left: Term, right: Term) -> Powers | None:
    """The powers of `left / right`."""
    above, below = _powers(left), _powers(right)
    if above is None or below is None:
        return None
    return _times(above, {s: -p for s, p in below.items()})


def _powers(term: Term) -> Powers | None:
    """The powers of the letters of a product; None where it is none, or may be negative."""
    match term:
        case Symbol(type=type_) if type_.shape == ():
            return {term: Fraction(1)}
        case Number(value=value) if value > 0:
            return {}
        case Mul(args=args):
            found: Powers | None = {}
            for arg in args:
                factor = _powers(arg)
                if factor is None or found is None:
                    return None
                found = _times(found, factor)
            return found
        case Div(numerator=above, denominator=below):
            return _quotient(above, below)
        case Pow(base=base, exponent=Number(value=n)):
            return _raised(base, n)
        case Root(radicand=base, index=Number(value=n)) if n:
            return _raised(base, 1 / n)
        case _:
            return None


def _raised(base: Term, exponent: Fraction) -> Powers | None:
    inner = _powers(base)
    return None if inner is None else {s: p * exponent for s, p in inner.items()}


def _times(a: Powers, b: Powers) -> Powers:
    found = {s: a.get(s, Fraction(0)) + b.get(s, Fraction(0)) for s in {**a, **b}}
    return {s: p for s, p in found.items() if p}


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "We get $\\frac{1}{\\sqrt{k}} \\ge g$ and therefore $k \\le \\frac{1}{\\sqrt{g}}$.\n",
        "We have $n t^2 \\ge 4$, hence $n \\ge \\frac{4}{t^3}$.\n",
    ),
    valid=(
        "We get $\\frac{1}{\\sqrt{k}} \\ge g$ and therefore $k \\le \\frac{1}{g^2}$.\n",
        "We have $n t^2 \\ge 4$, hence $n \\ge \\frac{4}{t}$ for small $t$.\n",
        "We get $k g \\le 1$ and therefore $k \\le \\frac{1}{g^2}$ for small $g$.\n",
        "We get $\\frac{1}{\\sqrt{k}} \\ge g$. Moreover $k \\le \\frac{1}{\\sqrt{g}}$.\n",
    ),
    when="any",
)
