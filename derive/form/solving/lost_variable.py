"""What is called the solution of a differential equation does not depend on its variable.

"The general solution of $a y'' + b y' + c y = 0$ is $y = A_1 e^{\\lambda_1} + A_2 e^{\\lambda_2}$":
without the variable the exponential is a constant, and no solution but by accident. Constant solutions
and letters with a definition of their own are left alone.
"""

from __future__ import annotations

from derive.form.cause import cause
from derive.form.solving.putting_back import Solution, is_differential_equation, solution_of, speaks_of
from derive.form.solving.surroundings import equations_before
from derive.form.solving.words import Says, said_of
from derive.mend.case import Case
from derive.model import SET_ASIDE, Diagnostic
from derive.term.nodes import Apply, Call, Derivative, Number, Pow, Symbol, Term
from derive.term.traverse import free_symbols, walk

CODE, NAME = "DRV045", "lost-variable"
_CURVES = frozenset(("exp", "sin", "cos", "sinh", "cosh"))


def check(case: Case) -> Diagnostic | None:
    claim = case.claim
    if claim.relation != "=" or claim.stance in SET_ASIDE:
        return None
    solution = solution_of(claim.left, claim.right)
    if solution is None or solution.kind == "element" or not _varies(solution.body):
        return None
    for beside in equations_before(case):
        sides = (beside.claim.left, beside.claim.right)
        if not any(is_differential_equation(side, solution.name) for side in sides):
            continue
        said = said_of(beside)
        if said is None or said.value is not Says.SOLVES:
            return None
        variable = _variable(solution, sides)
        inside = free_symbols(solution.body)
        defined = any(n in claim.scope.definitions for n in inside)
        if variable is None or variable.name in inside or defined:
            return None
        return case.finding(
            CODE,
            NAME,
            f"the solution does not depend on ${variable.to_latex()}$, the variable of the equation",
        )
    return None


def _varies(body: Term) -> bool:
    """Whether it is written as what varies: an exponential or a wave of letters."""
    for node in walk(body):
        match node:
            case Apply(head=head, args=(inner,)) if head in _CURVES and free_symbols(inner):
                return True
            case Pow(exponent=exponent) if not isinstance(exponent, Number) and free_symbols(exponent):
                return True
            case _:
                pass
    return False


def _variable(solution: Solution, sides: tuple[Term, ...]) -> Symbol | None:
    """The one letter that the equation differentiates the unknown by."""
    found: set[Symbol] = set(solution.parameters)
    for node in (n for side in sides for n in walk(side)):
        match node:
            case Derivative(body=body, variables=variables) if speaks_of(body, solution.name):
                found.update(v for v, _ in variables if isinstance(v, Symbol))
            case Call(function=Symbol(name=name), args=(Symbol() as v,)) if name == solution.name:
                found.add(v)
            case _:
                pass
    return next(iter(found)) if len(found) == 1 else None


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "For the equation $$a \\frac{d^2y}{dx^2} + b \\frac{dy}{dx} + c y = 0$$ the general solution is "
        "$$y = A e^{\\lambda} + B e^{\\mu}.$$\n",
    ),
    valid=(
        "For the equation $$a \\frac{d^2y}{dx^2} + b \\frac{dy}{dx} + c y = 0$$ the general solution is "
        "$$y = A e^{\\lambda x} + B e^{\\mu x}.$$\n",
        "For the equation $$\\frac{dy}{dx} = a y$$ one solution is $$y = 0.$$\n",
        "Let $u = \\lambda x$. For the equation $$\\frac{dy}{dx} = \\lambda y$$ "
        "a solution is $$y = A e^{u}.$$\n",
    ),
    when="any",
)
