"""A value has another letter for its name than what it solves the equation before for.

`\\frac{u_{n+1} - u_n}{h} = f` and then `x_{n+1} = u_n + h f`: nothing else is called $x_{n+1}$, the equation
has $u_{n+1}$, and what stands on the right is proved to be its value. A name without an index or an argument
is told only where the words call it a solution, as it may be a new one.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from derive.calculus.differentiate import NotDifferentiable, differentiate
from derive.form.cause import cause
from derive.form.solving.asking import Asking, rounded, without
from derive.form.solving.surroundings import Beside, equations_before
from derive.form.solving.words import said_of
from derive.form.told import in_section
from derive.mend.case import Case
from derive.model import SET_ASIDE, Diagnostic, Label, Severity, Status
from derive.term.construct import sub
from derive.term.nodes import ZERO, Call, Div, Element, Neg, Number, Pow, Symbol, Term, Type
from derive.term.traverse import free_symbols, map_children, substitute, walk

CODE, NAME = "DRV048", "wrong-unknown"
_NEAR = 2
_UNKNOWN = Symbol("\\Omega", Type())
"""Stands for what is solved for, whatever it is made of."""


def check(case: Case) -> Diagnostic | None:
    claim = case.claim
    if claim.relation != "=" or claim.stance in SET_ASIDE or claim.left_span is None:
        return None
    name = _base(claim.left)
    if name is None or len(claim.readings) > 1 or rounded(claim.right) or _bare(claim.right):
        return None
    for beside in islice(equations_before(case), _NEAR):
        if isinstance(claim.left, Symbol) and said_of(beside) is None:
            continue
        for meant, term in _alike(claim.left, name, beside):
            if _solves(case, beside, term) and not _known(case, claim.left):
                old, new = claim.left.to_latex(), meant
                return case.finding(
                    CODE,
                    NAME,
                    f"this is the value of ${new}$ in the equation before; nothing else is called ${old}$",
                    severity=Severity.WARNING,
                    span=claim.left_span,
                    labels=(Label(beside.claim.span, "the equation"),),
                )
    return None


def _bare(term: Term) -> bool:
    """Whether a value is a number or a letter, which other things may have as well."""
    return isinstance(term, Number | Symbol) or not free_symbols(term)


def _base(term: Term) -> Symbol | None:
    """The letter that a name is made from."""
    match term:
        case Symbol():
            return term
        case Element(base=Symbol() as base) | Call(function=Symbol() as base):
            return base
        case Pow(base=Symbol() | Element() as base):
            return _base(base)
        case _:
            return None


def _known(case: Case, left: Term) -> bool:
    """Whether the section has the name elsewhere."""
    latex = left.to_latex()
    return sum(node.to_latex() == latex for node in in_section(case) if type(node) is type(left)) > 1


def _alike(left: Term, name: Symbol, beside: Beside) -> Iterator[tuple[str, Term]]:
    """Parts of the equation that are named as the left side is, with another letter: each with the difference
    of the two sides in which it is the unknown."""
    difference = sub(beside.claim.left, beside.claim.right)
    if name.name in free_symbols(difference):
        return
    for other in free_symbols(difference).values():
        latex = substitute(left, {name: other}).to_latex()
        if latex in (beside.claim.left.to_latex(), beside.claim.right.to_latex()):
            continue  # it has its value there, and another may have the same

        def put(node: Term, latex: str = latex) -> Term:
            return _UNKNOWN if node.to_latex() == latex else map_children(node, put)

        if any(type(node) is type(left) and node.to_latex() == latex for node in walk(difference)):
            yield latex, put(difference)


def _solves(case: Case, beside: Beside, difference: Term) -> bool:
    """Whether the right side is what the equation makes of the unknown, in which it is linear."""
    try:
        slope = differentiate(difference, _UNKNOWN)
    except NotDifferentiable:
        return False
    if _UNKNOWN.name in free_symbols(slope) or slope == ZERO:
        return False
    value = Div(Neg(substitute(difference, {_UNKNOWN: ZERO})), slope)
    if value == case.claim.right:
        return False
    scope = without(case.claim.scope, list(free_symbols(beside.claim.left)))
    asking = Asking(case, scope, lambda left, right: (right, value))
    found = asking.verdict(case.claim.left, case.claim.right)
    return found is not None and found.status is Status.PROVED


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "The scheme is $$\\frac{u_{n+1} - u_n}{h} + c u_n = 0.$$ We can go on in time by\n\n"
        "$$x_{n+1} = u_n - h c u_n.$$\n",
        "The equation $a x + b = c x$ has the solution $y = \\frac{b}{c - a}$.\n",
    ),
    valid=(
        "The scheme is $$\\frac{u_{n+1} - u_n}{h} + c u_n = 0.$$ We can go on in time by\n\n"
        "$$u_{n+1} = u_n - h c u_n.$$\n",
        "The line is $a x + b y = c$. Let $$k = \\frac{c - a x}{b}.$$\n",
        "The scheme is $$\\frac{u_{n+1} - u_n}{h} + c u_n = 0.$$ The other has\n\n"
        "$$x_{n+1} = x_n - 2 h c x_n.$$\n",
    ),
    when="any",
)
