"""The derivative is taken by a variable other than the one that the derivation is about.

Either the line is right for the other variable, or nothing mends it as it stands while the lines around
it all differentiate the same quantity by that other variable.
"""

from collections.abc import Iterator

from derive.classes import replace
from derive.form.cause import cause
from derive.mend.case import Case
from derive.mend.triviality import trivial
from derive.model import Diagnostic, Fix
from derive.term.nodes import Derivative, Symbol, Term
from derive.term.traverse import free_symbols

CODE, NAME = "DRV007", "wrong-variable"


def check(case: Case) -> Diagnostic | None:
    """The strict form: with the other variable the line is right."""
    d = case.claim.left
    if not isinstance(d, Derivative) or len(d.variables) != 1:
        return None
    for other in _others(case, d):
        changed = _by(d, other)
        if not trivial(changed, case.claim.right) and case.holds(case.with_sides(changed, case.claim.right)):
            return _finding(case, d, other, "with respect to ${}$ it is right")
    return None


def check_around(case: Case) -> Diagnostic | None:
    """The loose form: nothing mends the line, and the lines around have another variable."""
    d = case.claim.left
    if not isinstance(d, Derivative) or len(d.variables) != 1 or case.mend is not None:
        return None
    around = [
        n.claim.left.variables[0][0]
        for n in case.neighbours
        if n.claim is not None
        and isinstance(n.claim.left, Derivative)
        and n.claim.left.body == d.body
        and len(n.claim.left.variables) == 1
    ]
    if len(around) < 2 or len(set(around)) != 1 or around[0] == d.variables[0][0]:
        return None
    return _finding(case, d, around[0], "the lines around it differentiate by ${}$")


def _others(case: Case, d: Derivative) -> Iterator[Term]:
    variable = d.variables[0][0]
    seen: dict[Term, None] = {}
    for n in case.neighbours:
        if n.claim is not None and isinstance(n.claim.left, Derivative) and n.claim.left.body == d.body:
            seen.setdefault(n.claim.left.variables[0][0])
    definition = case.claim.scope.definitions.get(d.body.name) if isinstance(d.body, Symbol) else None
    if definition is not None:
        for parameter in (*definition.parameters, *free_symbols(definition.body).values()):
            seen.setdefault(parameter)
    for s in free_symbols(d.body).values():
        if s.type.role not in ("function", "operator"):
            seen.setdefault(s)
    yield from (s for s in seen if s not in (variable, d.body))


def _by(d: Derivative, variable: Term) -> Derivative:
    return replace(d, variables=((variable, d.variables[0][1]),))


def _finding(case: Case, d: Derivative, other: Term, why: str) -> Diagnostic:
    old, new = d.variables[0][0].to_latex(), other.to_latex()
    where = case.locate(d.variables[0][0])
    whole = case.locate(d)
    fix = None
    if where is not None:
        fix = Fix(new, f"put ${new}$ in the place of ${old}$", where)
    elif whole is not None:
        fix = Fix(_by(d, other).to_latex(), f"differentiate by ${new}$", whole)
    return case.finding(
        CODE,
        NAME,
        f"the derivative with respect to ${old}$ is something else; " + why.format(new),
        span=whole,
        fix=fix,
        correct=case.with_sides(_by(d, other), case.claim.right),
    )


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=("Let $f(x, y) = x^2 y + y^3$. Then\n\n$$\\frac{\\partial f}{\\partial x} = x^2 + 3y^2$$\n",),
    valid=("Let $f(x, y) = x^2 y + y^3$. Then\n\n$$\\frac{\\partial f}{\\partial y} = x^2 + 3y^2$$\n",),
)
AROUND = replace(CAUSE, check=check_around, invalid=(), valid=())
