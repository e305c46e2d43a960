"""What is called a solution does not solve the equation that it is said to solve.

`The equation $y' = 3y$ has the general solution $y = Ce^{2x}$`: put back into the nearest differential
equation, recurrence or equation that speaks of its name, the claimed solution must make an identity of it,
and fit the initial values. A solution may have a name of its own (`u^*` for `u`), be no name (`dy/dx`), or
come of setting to zero what the equation before gives, or its derivative. It is an error where one edit of
the solution makes it one, a warning where the same sentence calls it a solution. Homogeneous and particular
parts, trials, approximations and what speaks of more unknowns than the solution has are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from derive.classes import replace
from derive.expressions import regex
from derive.form.cause import cause
from derive.form.solving.asking import Asking, Sides, at_one_time, in_words, rounded, without
from derive.form.solving.named_anew import undressed
from derive.form.solving.putting_back import (
    Solution,
    is_differential_equation,
    put,
    solution_of,
    speaks_of,
    variable_of,
)
from derive.form.solving.surroundings import Beside, equation_behind, equations_before
from derive.form.solving.systems import system
from derive.form.solving.vanishing import zero_of
from derive.form.solving.wholes import whole
from derive.form.solving.words import Says, said_of
from derive.mend.case import GOOD, Case
from derive.mend.edits import Edit
from derive.mend.mending import fix_of
from derive.model import SET_ASIDE, Claim, Diagnostic, Label, Severity
from derive.rules import Answer
from derive.term.contents import among, has
from derive.term.nodes import ZERO, Call, Derivative, Prime, Symbol, Term, Type
from derive.term.scope import Scope
from derive.term.traverse import free_symbols, substitute

CODE, NAME = "DRV040", "wrong-solution"
_ROOTS = regex(r"\b(?:roots?|zeros?|zeroes)\b", re.IGNORECASE)
_FIXED = regex(r"\bfixed points?\b", re.IGNORECASE)
_STEADY = regex(r"\b(?:equilibri(?:um|a)|steady states?|fixed points?|constant solutions?)\b", re.IGNORECASE)


def check(case: Case) -> Diagnostic | None:
    claim = case.claim
    if claim.relation != "=" or claim.stance in SET_ASIDE or claim.right_span is None:
        return None
    solution = solution_of(claim.left, claim.right)
    if rounded(claim.right):
        return None
    if solution is None:
        return _of_a_whole(case)
    if (several := system(case, solution)) is not None:
        together, beside = several
        edit = together.mend(lambda e: True, left=False) if together.fails() else None
        return _finding(case, beside, edit) if edit is not None else None
    for meant in (solution, *undressed(solution)):
        for beside, said in _equations(case, meant):
            if meant is not solution and not _found_for(beside, meant, solution, said.value):
                return None
            askings = _askings(case, meant, beside, said)
            if not askings:
                return None
            found = askings[-1].verdict(claim.left, claim.right)
            if found is None or found.status not in GOOD:  # initial values are asked of what solves it
                fail = all(asking.fails() for asking in askings)
                return _told(case, askings[-1], meant, beside, said) if fail else None
    return None


def _of_a_whole(case: Case) -> Diagnostic | None:
    """What is solved for may be no name: `\\frac{dy}{dx} = \\dots`."""
    asked = whole(case)
    if asked is None or not asked[0].fails():
        return None
    asking, beside, said = asked
    edit = asking.mend(lambda e: e.term != ZERO, left=False)
    return _finding(case, beside, edit, said.because) if edit is not None else None


def _found_for(beside: Beside, meant: Solution, named: Solution, said: Says) -> bool:
    """Whether a value with a name of its own is one that the text finds for the letter of the equation."""
    if said is Says.FOLLOWS or speaks_of(named.body, meant.name):
        return False
    return not any(speaks_of(side, named.name) for side in (beside.claim.left, beside.claim.right))


def _equations(case: Case, solution: Solution) -> Iterator[tuple[Beside, Answer[Says]]]:
    """The equations that the claim is said to solve: the nearest one about its name, and initial values
    that stand between."""
    behind = equation_behind(case)
    if behind is not None and case.decided[case.index + 1].verdict.status in GOOD:
        behind = None  # what the text shows to hold is not what a value is held against
    if behind is not None and _named_behind(behind, solution) and (said := said_of(behind)) is not None:
        yield behind, said
        return
    initial: list[Beside] = []
    for beside in equations_before(case):
        other = beside.claim
        again = solution_of(other.left, other.right)
        if again is not None and again.name == solution.name and again.kind == solution.kind:
            if beside.same_formula or solution.parameters:
                return  # another value of the same
            continue  # `x = 1` or `x = 2`
        if not _about(other, solution):
            continue
        if _is_value(other, solution):
            initial.append(beside)
            continue
        said = said_of(beside)
        if said is None:
            return
        yield beside, said
        if said.value is Says.SOLVES:
            constants = free_symbols(solution.body).keys() - free_symbols(other.left).keys()
            constants -= free_symbols(other.right).keys()
            for one in initial:
                if constants <= free_symbols(one.claim.right).keys() | _USUAL:
                    yield one, said
        return


_USUAL = frozenset("xtsrn")
_SENTENCE = regex(r"[.!?]\s+\S+\s+\S+")
_PARTS = regex(r"[.!?](?:\s|$)|\bor\b", re.IGNORECASE)


def _named_behind(behind: Beside, solution: Solution) -> bool:
    """Whether an equation that comes after a value is the one that it is said to solve: in the same sentence,
    no alternative to it and no value itself."""
    if _PARTS.search(behind.between) or not _about(behind.claim, solution):
        return False
    return solution_of(behind.claim.left, behind.claim.right) is None


def _about(equation: Claim, solution: Solution) -> bool:
    if _is_value(equation, solution) and solution.kind == "element":
        return True
    return speaks_of(equation.left, solution.name) or speaks_of(equation.right, solution.name)


def _is_value(equation: Claim, solution: Solution) -> bool:
    """`y(0) = 1`, `a_0 = 2`: the value at one place."""
    match equation.left:
        case Call(args=(argument,)):
            return not free_symbols(argument)
        case Symbol(name=name):
            return solution.kind == "element" and name.startswith(f"{solution.name}_")
        case _:
            return False


def _askings(case: Case, solution: Solution, beside: Beside, said: Answer[Says]) -> list[Asking]:
    """The questions whether the solution fits the equation in each of its plausible readings; none where one
    of them cannot be asked. The last one is the reading that the words name."""
    found: list[Asking] = []
    for sides, body in _readings(case.claim, beside.claim):
        meanings = zero_of(beside, sides, solution.name) if said.value is Says.VANISHES else (sides,)
        for meaning in meanings:
            asking = _asking(case, solution.with_body(body), beside, said, meaning)
            if asking is None:
                return []
            found.append(asking)
    return found


def _readings(claim: Claim, equation: Claim) -> Iterator[tuple[Sides, Term]]:
    """The sides of the equation and the value of the claim, read alike."""
    first = (equation.left, equation.right)
    pairs = [(r.terms[0], r.terms[1]) for r in equation.readings] or [first]
    values = [r.terms[1] for r in claim.readings] or [claim.right]
    alike = [r.choices for r in equation.readings] == [r.choices for r in claim.readings]
    if alike and len(pairs) == len(values):
        yield from zip(reversed(pairs), reversed(values), strict=True)
        return
    for pair in reversed(pairs):
        for value in reversed(values):
            yield pair, value


def _asking(
    case: Case, solution: Solution, beside: Beside, said: Answer[Says], sides: Sides
) -> Asking | None:
    """The question whether the solution fits the equation with these sides; None where there is none."""
    equation = beside.claim
    if rounded(*sides) or _one_piece(case.claim, solution, sides) or _narrows(case, solution, beside):
        return None
    differential = any(is_differential_equation(s, solution.name) for s in sides)
    if said.value is Says.FOLLOWS and (differential or beside.ahead):
        return None
    variable = variable_of(solution, *sides)
    if variable is None and differential and not _by_its_arguments(solution, sides):
        if not _STEADY.search(beside.between):
            return None
        variable = Symbol("t")
    scope = _scope(case, equation, solution)
    body = solution.body
    asking = Asking(
        case, scope, lambda left, right: _put_back(beside, sides, solution, right, variable), variable, body
    )
    made = asking.made(case.claim.left, body)
    if made is None:
        return None
    if said.value is not Says.FOLLOWS and not _in_its_letters(made, solution, variable, scope):
        return None
    return replace(asking, scope=at_one_time(scope, *made))


def _by_its_arguments(solution: Solution, sides: Sides) -> bool:
    """Whether it is a partial differential equation in the arguments of a solution that has several."""
    names = {p.name for p in solution.parameters}
    by = [v for side in sides for n in among(side, Derivative) for v, _ in n.variables]
    primed = any(has(side, Prime) for side in sides)
    return len(names) > 1 and not primed and all(isinstance(v, Symbol) and v.name in names for v in by)


def _one_piece(claim: Claim, solution: Solution, sides: Sides) -> bool:
    """`f(t) = t - 1` for `1 \\le t < 2`, and an equation about `f(t + 1)`, another piece."""
    names = {p.name for p in solution.parameters}
    bounded = any(names & free_symbols(h).keys() for h in claim.scope.hypotheses)
    return bounded and any(
        call.function == Symbol(solution.name) and not all(isinstance(a, Symbol) for a in call.args)
        for side in sides
        for call in among(side, Call)
    )


def _narrows(case: Case, solution: Solution, beside: Beside) -> bool:
    """Whether `x = y` is no solution yet, but what is put into several equations for both."""
    letters = free_symbols(solution.body).keys()
    if solution.kind != "symbol" or not letters:
        return False
    equation = beside.claim
    return any(
        claim is not equation
        and claim.formula == equation.formula
        and claim.relation == "="
        and claim.section == equation.section
        and letters | {solution.name} <= free_symbols(claim.left).keys() | free_symbols(claim.right).keys()
        for _, claim in case.claims()
    )


def _told(
    case: Case, asking: Asking, solution: Solution, beside: Beside, said: Answer[Says]
) -> Diagnostic | None:
    edit = asking.mend(lambda e: _keeps(e, solution, asking.variable), left=False)
    between = beside.between.lstrip(" .,;:") if said.value is Says.VANISHES else beside.between
    if edit is None and (said.value is Says.FOLLOWS or _SENTENCE.search(between)):
        return None  # the text may say between under what it solves
    return _finding(case, beside, edit, said.because)


def _finding(case: Case, beside: Beside, edit: Edit | None, *notes: str) -> Diagnostic:
    equation = beside.claim
    message = f"this does not solve ${equation.latex}$"
    if edit is not None:
        message += f": it would {in_words(edit)}"
    return case.finding(
        CODE,
        NAME,
        message,
        severity=Severity.ERROR if edit is not None else Severity.WARNING,
        labels=(Label(equation.span, "the equation"),),
        notes=notes,
        fix=fix_of(case.claim, edit) if edit is not None else None,
    )


def _put_back(
    beside: Beside, sides: Sides, solution: Solution, body: Term, variable: Symbol | None
) -> Sides | None:
    new = solution.with_body(body)
    if new.kind == "element":
        index = new.parameters[0]
        counted = Symbol(index.name, Type("positive_integer", (), "index"))
        new = replace(new, parameters=(counted,), body=substitute(body, {index: counted}))
    if speaks_of(body, solution.name):
        return None
    left, right = sides
    if isinstance(left, Call) and solution.kind == "symbol" and isinstance(left.args[0], Symbol):
        # `f(x) = …` and its roots or fixed points
        if left.args != (Symbol(solution.name),) or not isinstance(left.function, Symbol):
            return None
        if not free_symbols(right) and left.function.name in beside.claim.scope.definitions:
            pass  # `y(t) = 0` of a y that is defined says of itself where it holds
        elif _ROOTS.search(beside.between):
            left = ZERO
        elif _FIXED.search(beside.between):
            left = Symbol(solution.name)
        else:
            return None
    solutions, variables = {solution.name: new}, {solution.name: variable}
    a, b = put(left, solutions, variables), put(right, solutions, variables)
    return None if a is None or b is None else (a, b)


def _scope(case: Case, equation: Claim, solution: Solution) -> Scope:
    scope: Scope = case.claim.scope
    names = [solution.name, *_derived(equation, solution.name)]
    match equation.left:
        case Symbol(name=name) if (
            name in scope.definitions and scope.definitions[name].body == equation.right
        ):
            names.append(name)  # the equation itself
        case _:
            pass
    names += [p.name for p in solution.parameters]
    return without(scope, names)


def _derived(equation: Claim, name: str) -> list[str]:
    sides = (equation.left, equation.right)
    return [n for side in sides for n in free_symbols(side) if n != name and speaks_of(Symbol(n), name)]


def _in_its_letters(made: Sides, solution: Solution, variable: Symbol | None, scope: Scope) -> bool:
    """Whether the equation speaks of nothing but what the solution is made of: else it is one of several."""
    known = free_symbols(solution.body).keys() | {p.name for p in solution.parameters}
    if variable is not None:
        known |= {variable.name}
    return all(n in known or n in scope.definitions for side in made for n in free_symbols(side))


def _keeps(edit: Edit, solution: Solution, variable: Symbol | None) -> bool:
    """Whether a mended solution is still one: a function of its variable; zero solves too much."""
    letters = free_symbols(edit.term).keys()
    if variable is not None and variable.name in free_symbols(solution.body):
        return variable.name in letters
    return bool(letters) == bool(free_symbols(solution.body)) and edit.term != ZERO


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "The equation $y' = 3y$ has the general solution $y = C e^{2x}$.\n",
        "The recurrence $a_{n+1} = 2a_n + 1$ with $a_0 = 0$ has the solution $a_n = 2^n + 1$.\n",
        "Solving $x^2 - 5x + 6 = 0$ gives $x = 2$ or $x = 4$.\n",
        "Demand is $Q = 5 - 2P$. The inverse demand is $P = \\frac{5 + Q}{2}$.\n",
        "The system $x + y = 3$, $x - y = 1$ has the solution $x = 2$, $y = 2$.\n",
    ),
    valid=(
        "The equation $y' = 3y$ has the general solution $y = C e^{3x}$.\n",
        "The recurrence $a_{n+1} = 2a_n + 1$ with $a_0 = 0$ has the solution $a_n = 2^n - 1$.\n",
        "The equation $y' = 3y + x$ is inhomogeneous. The homogeneous solution is $y = C e^{3x}$.\n",
        "The system $x + y = 3$, $x - y = 1$ has the solution $x = 2$, $y = 1$.\n",
        "Demand is $Q = 5 - 2P$. Supply is $P = 1 + Q$.\n",
        "Both vanish, $$\\begin{aligned} 2xy - 6x + y^2 - 9y + 18 &= 0 \\\\ 2xy - 6y + x^2 - 9x + 18 &= 0 "
        "\\end{aligned}$$\n\nAn immediate solution is $x = y$.\n",
    ),
    when="any",
)
