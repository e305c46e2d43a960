"""What is called the derivative of an equation is not: one small edit, and it is.

Differentiating `p^2 + 9 = s^2` gives `3 p \\frac{dp}{dt} = 2 s \\frac{ds}{dt}`: both sides of the equation
before are differentiated, every letter that the new one differentiates being a function. The new equation
must then hold wherever the derivative of the first one does; what it is divided or multiplied by is free.
Equations that the words do not call differentiated, and those with integrals, sums or values at a point, are
left alone.
"""

from __future__ import annotations

import re
from itertools import islice

from derive.calculus.differentiate import NotDifferentiable, differentiate
from derive.classes import dataclass
from derive.expressions import regex
from derive.form.cause import cause
from derive.form.solving.asking import Asking, Sides, in_words, rounded, without
from derive.form.solving.putting_back import derived_name
from derive.form.solving.surroundings import Beside, alone, equations_before
from derive.form.solving.words import denied
from derive.mend.case import GOOD, Case
from derive.mend.edits import Edit
from derive.mend.mending import fix_of
from derive.model import SET_ASIDE, Claim, Diagnostic, Label, Severity, Status
from derive.term.construct import sub
from derive.term.nodes import (
    ZERO,
    Add,
    BigOp,
    Call,
    Derivative,
    Div,
    Element,
    Expectation,
    Integral,
    Limit,
    Mul,
    Neg,
    Number,
    Prime,
    Probability,
    Symbol,
    Term,
)
from derive.term.traverse import free_symbols, map_children, substitute, walk

CODE, NAME = "DRV056", "differentiated"
_NEAR = 2
"""How many equations back the one may stand that is differentiated."""
_TAKEN = (
    r"(?:differentiat\w+|(?:take|taking|takes|took) (?:\w+ ){0,3}?derivatives?|derivatives? of both sides)"
)
_BETWEEN = regex(rf"\b{_TAKEN}\b", re.IGNORECASE)
_LEAD = regex(rf"\b{_TAKEN}\b[^.#]*(?:#[^.#]*)?$", re.IGNORECASE)
_GIVES = regex(
    r"\b(?:gives?|yields?|gets?|obtains?|finds?|have|results? in|leads? to)\b[^.#]*$", re.IGNORECASE
)
_BOUND = (BigOp, Derivative, Expectation, Integral, Limit, Prime, Probability)
_USUAL = ("x", "t")
_AROUND = 12
"""Claims before and behind, in which a letter may be differentiated."""


@dataclass(frozen=True, slots=True)
class _Jets:
    """Functions of one variable, each of their derivatives a letter of its own."""

    names: frozenset[str]
    variable: Symbol

    def letter(self, name: str, order: int) -> Symbol:
        return Symbol(f"{name}!{order}" if order else f"{name}!")

    def of(self, term: Term) -> Term | None:
        """The term in these letters; None where a function or a derivative stays."""
        found = self._visit(term)
        if any(isinstance(n, _BOUND) for n in walk(found)):
            return None
        return None if free_symbols(found).keys() & self.names else found

    def _visit(self, term: Term) -> Term:
        known = _derivative(term)
        if known is not None and known[0] in self.names:
            name, order, by = known
            if by is None or by == self.variable:
                return self.letter(name, order)
        return map_children(term, self._visit)

    def derivative(self, term: Term) -> Term:
        """By the variable, each letter's slope being the next letter. Raises NotDifferentiable."""
        parts: list[Term] = []
        for name, letter in free_symbols(term).items():
            base, mark, order = name.partition("!")
            if mark:
                next_ = self.letter(base, int(order or "0") + 1)
                parts.append(Mul((differentiate(term, letter), next_)))
            elif letter == self.variable:
                parts.append(differentiate(term, letter))
        return Add(tuple(parts)) if len(parts) > 1 else parts[0] if parts else ZERO


def _derivative(term: Term) -> tuple[str, int, Term | None] | None:
    """(y, 2, x) for `d^2y/dx^2` and `y''(x)`, (y, 1, None) for `y'`, (y, 0, x) for `y(x)`."""
    match term:
        case Derivative(body=Symbol(name=name), variables=((by, Number(value=n)),)):
            return name, int(n), by
        case Derivative(body=Call(function=Symbol(name=name), args=(a,)), variables=((by, Number(value=n)),)):
            return (name, int(n), by) if a == by else None
        case Call(function=Prime(function=Symbol(name=name), order=Number(value=n)), args=(a,)):
            return name, int(n), a
        case Call(function=Symbol(name=name), args=(a,)):
            base, order = derived_name(name)
            return base, order, a
        case Prime(function=Symbol(name=name), order=Number(value=n)):
            return name, int(n), None
        case Symbol(name=name):
            base, order = derived_name(name)
            return base, order, None
        case _:
            return None


def check(case: Case) -> Diagnostic | None:
    claim = case.claim
    if claim.relation != "=" or claim.stance in SET_ASIDE or case.verdict.status in GOOD:
        return None
    if claim.left_span is None or rounded(claim.left, claim.right):
        return None
    if not any(_order(n) > 0 for side in (claim.left, claim.right) for n in walk(side)):
        return None
    if not alone(case, claim):
        return None
    told: Diagnostic | None = None
    for k, before in enumerate(islice(equations_before(case), _NEAR)):
        if not _called(before) or len(before.claim.readings) > 1:
            break
        asking = _asking(case, before.claim)
        if asking is None:
            continue
        if not asking.fails() or not all(_refuted(asking, *r.terms) for r in claim.readings[1:]):
            return None
        told = told or _told(case, before, asking, sure=not k)
    return told


def _refuted(asking: Asking, left: Term, right: Term) -> bool:
    """Whether another reading of the sides is refuted as well, or says nothing that could be asked."""
    verdict = asking.verdict(left, right)
    return verdict is None or verdict.status is Status.REFUTED


def _order(node: Term) -> int:
    found = _derivative(node)
    return found[1] if found is not None else 0


def _called(before: Beside) -> bool:
    """Whether the words say that the one is differentiated to get the other."""
    if denied(before):
        return False
    if _BETWEEN.search(before.between):
        return True
    return bool(_LEAD.search(before.lead)) and bool(_GIVES.search(before.between))


def _asking(case: Case, first: Claim) -> Asking | None:
    claim = case.claim
    sides = (claim.left, claim.right, first.left, first.right)
    jets = _jets(sides)
    before = jets.of(sub(first.left, first.right)) if jets is not None else None
    own = jets.of(sub(claim.left, claim.right)) if jets is not None else None
    if jets is None or before is None or own is None or _moves_elsewhere(case, first, jets):
        return None
    try:
        found = _solved(jets.derivative(before), own)
    except NotDifferentiable:
        return None
    if found is None:
        return None
    letter, value = found

    def put(left: Term, right: Term) -> Sides | None:
        one, other = jets.of(left), jets.of(right)
        if one is None or other is None or not any("!" in n for n in free_symbols(Add((one, other)))):
            return None
        return substitute(one, {letter: value}), substitute(other, {letter: value})

    return Asking(case, without(claim.scope, [*jets.names, jets.variable.name]), put)


def _moves_elsewhere(case: Case, first: Claim, jets: _Jets) -> bool:
    """Whether another equation near differentiates what would be constant here: `Q' = I` beside `Q/C`."""
    still = (free_symbols(first.left).keys() | free_symbols(first.right).keys()) - jets.names
    near = case.decided[max(0, case.index - _AROUND) : case.index + _AROUND]
    sides = (side for d in near if d.claim is not None for side in (d.claim.left, d.claim.right))
    derived = (_derivative(n) for side in sides for n in walk(side))
    return any(known is not None and known[1] > 0 and known[0] in still for known in derived)


def _jets(sides: tuple[Term, ...]) -> _Jets | None:
    """What the sides differentiate, and by what: one variable."""
    names: set[str] = set()
    variables: dict[Term, None] = {}
    applied: dict[Term, None] = {}
    for node in (n for side in sides for n in walk(side)):
        if isinstance(node, Element):
            return None
        known = _derivative(node)
        if known is not None and known[1] > 0:
            names.add(known[0])
            if known[2] is not None:
                variables[known[2]] = None
        elif known is not None and known[2] is not None:
            applied[known[2]] = None
    letters = {n for side in sides for n in free_symbols(side)} - names
    if not variables:
        variables = applied or {Symbol(n): None for n in [u for u in _USUAL if u in letters][:1] or ["t!!"]}
    (variable, *others) = variables
    if others or not isinstance(variable, Symbol) or variable.name in names:
        return None
    return _Jets(frozenset(names), variable)


def _solved(difference: Term, own: Term) -> tuple[Symbol, Term] | None:
    """A derivative of both that the first is linear in, with what the first makes of it."""
    for name, letter in free_symbols(difference).items():
        if name.rstrip("!") == name and "!" in name and name in free_symbols(own):
            try:
                slope = differentiate(difference, letter)
            except NotDifferentiable:
                continue
            if name not in free_symbols(slope) and slope != ZERO:
                return letter, Div(Neg(substitute(difference, {letter: ZERO})), slope)
    return None


def _told(case: Case, before: Beside, asking: Asking, *, sure: bool) -> Diagnostic | None:
    edit = asking.mend(_differentiates, left=True)
    if edit is None:
        return None
    claim, first = case.claim, before.claim
    return case.finding(
        CODE,
        NAME,
        f"this is not what ${first.latex.strip()}$ gives when it is differentiated: "
        f"it would be {in_words(edit)}",
        severity=Severity.ERROR if sure else Severity.WARNING,
        span=case.locate(edit.old) or claim.span,
        labels=(Label(first.span, "the equation that is differentiated"),),
        fix=fix_of(claim, edit),
    )


def _differentiates(edit: Edit) -> bool:
    """Whether something is still differentiated; by what, no edit may change."""
    return not isinstance(edit.old, Derivative | Prime)


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "We have $p^2 + 9 = s^2$. Differentiating both sides, we get\n\n"
        "$$3 p \\frac{dp}{dt} = 2 s \\frac{ds}{dt}.$$\n",
        "We differentiate $x^3 + y^3 = 6 x y$ and get $$3 x^2 + 3 y^2 y' = 6 y - 6 x y'.$$\n",
    ),
    valid=(
        "The relations are $Q' = I$ and $L I' + R I + \\frac{Q}{C} = E$. Differentiate to get"
        " $$L I''(t) + R I'(t) + \\frac{1}{C} I(t) = E'(t).$$\n",
        "We have $p^2 + 9 = s^2$. Differentiating both sides, we get\n\n"
        "$$p \\frac{dp}{dt} = s \\frac{ds}{dt}.$$\n",
        "We differentiate $x^3 + y^3 = 6 x y$ and get $$x^2 + y^2 y' = 2 y + 2 x y'.$$\n",
        "We have $p^2 + 9 = s^2$. The second car has $$3 p \\frac{dp}{dt} = 2 s \\frac{ds}{dt}.$$\n",
    ),
)
