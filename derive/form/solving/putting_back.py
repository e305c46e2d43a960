"""A claimed solution put back into the equation that it is to solve."""

from __future__ import annotations

from collections.abc import Mapping

from derive.classes import dataclass
from derive.expressions import regex
from derive.term.nodes import (
    At,
    BigOp,
    Call,
    Derivative,
    Element,
    Integral,
    Limit,
    Prime,
    Symbol,
    Term,
    integer,
)
from derive.term.traverse import free_symbols, map_children, substitute, walk

_USUAL = ("x", "t", "s", "r", "\\theta", "\\tau", "z")
"""Variables of a function of which nothing says what it is a function of, `y' = 3y`."""
_ACCENT = regex(r"^\\(d+)ot\{(.+)\}$")
_PRIMED = regex(r"^(.+?)('+)$")
_NUMBERED = regex(r"^(.+)_\{(\d+)\}$")


@dataclass(frozen=True, slots=True)
class Solution:
    """`y = C e^{2x}`, `y(x) = …`, `a_n = …`, `x = 3`: a name, what it is a function of, and its value."""

    name: str
    parameters: tuple[Symbol, ...]
    body: Term
    kind: str

    def with_body(self, body: Term) -> Solution:
        return Solution(self.name, self.parameters, body, self.kind)


def solution_of(left: Term, right: Term) -> Solution | None:
    """The solution that `left = right` gives, or None where `left` is no name."""
    match left:
        case Symbol(name=name):
            found = Solution(name, (), right, "symbol")
        case Call(function=Symbol(name=name), args=args) if all(isinstance(a, Symbol) for a in args):
            found = Solution(name, tuple(a for a in args if isinstance(a, Symbol)), right, "function")
        case Element(base=Symbol(name=name), indices=(Symbol() as index,)):
            found = Solution(name, (index,), right, "element")
        case _:
            return None
    return None if speaks_of(right, name) else found


def derived_name(name: str) -> tuple[str, int]:
    """(y, 2) for `y''` and `\\ddot{y}`, (y, 0) for `y`."""
    if (dotted := _ACCENT.match(name)) is not None:
        return dotted[2], len(dotted[1])
    if (primed := _PRIMED.match(name)) is not None:
        return primed[1], len(primed[2])
    return name, 0


def speaks_of(term: Term, name: str) -> bool:
    """Whether a term has the name or a derivative of it."""
    return any(n == name or derived_name(n)[0] == name for n in free_symbols(term))


def is_differential_equation(term: Term, name: str) -> bool:
    for node in walk(term):
        match node:
            case Derivative(body=body) if speaks_of(body, name):
                return True
            case Prime(function=Symbol(name=n)) if n == name:
                return True
            case Symbol(name=n) if n != name and derived_name(n)[0] == name:
                return True
            case _:
                pass
    return False


def variable_of(solution: Solution, *sides: Term) -> Symbol | None:
    """What an unknown function is a function of: as the equation says, else the usual letter of its value."""
    if solution.parameters:
        return solution.parameters[0] if len(solution.parameters) == 1 else None
    found: dict[str, Symbol] = {}
    for side in sides:
        for node in walk(side):
            match node:
                case Derivative(body=body, variables=variables) if speaks_of(body, solution.name):
                    found.update((v.name, v) for v, _ in variables if isinstance(v, Symbol))
                case Call(function=Symbol(name=n) | Prime(function=Symbol(name=n)), args=(Symbol() as v,)):
                    if n == solution.name:
                        found[v.name] = v
                case _:
                    pass
    if found:
        return next(iter(found.values())) if len(found) == 1 else None
    letters = free_symbols(solution.body)
    usual = [letters[n] for n in _USUAL if n in letters]
    if len(usual) == 1:
        return usual[0]
    return next(iter(letters.values())) if len(letters) == 1 else None


def put(term: Term, solutions: Mapping[str, Solution], variables: Mapping[str, Symbol | None]) -> Term | None:
    """The term with every mention of the unknowns replaced; None where one of them stays or is bound."""
    for node in walk(term):
        if isinstance(node, (BigOp, Integral, Limit)) and any(speaks_of(node, n) for n in solutions):
            return None
    changed = _visit(term, solutions, variables)
    return None if any(speaks_of(changed, n) for n in solutions) else changed


def _visit(term: Term, solutions: Mapping[str, Solution], variables: Mapping[str, Symbol | None]) -> Term:
    def visit(node: Term) -> Term:
        return _visit(node, solutions, variables)

    match term:
        case Call(function=Symbol(name=n), args=args) if n in solutions:
            return _applied(solutions[n], tuple(map(visit, args)), variables[n]) or term
        case Call(function=Prime(function=Symbol(name=n), order=order), args=(argument,)) if n in solutions:
            variable = variables[n]
            if variable is None:
                return term
            slope = Derivative(solutions[n].body, ((variable, order),), partial=False)
            at = visit(argument)
            return slope if at == variable else At(slope, variable, at)
        case Prime(function=Symbol(name=n), order=order) if n in solutions:
            variable = variables[n]
            return term if variable is None else Derivative(solutions[n].body, ((variable, order),), False)
        case Element(base=Symbol(name=n), indices=indices) if n in solutions:
            if solutions[n].kind != "element":
                return term
            return _applied(solutions[n], tuple(map(visit, indices)), None) or term
        case Derivative(body=body, variables=by):
            return Derivative(visit(body), by, term.partial)
        case Symbol(name=name):
            return _symbol(term, name, solutions, variables)
        case _:
            return map_children(term, visit)


def _symbol(
    term: Symbol, name: str, solutions: Mapping[str, Solution], variables: Mapping[str, Symbol | None]
) -> Term:
    if name in solutions:
        return solutions[name].body if solutions[name].kind != "element" else term
    base, order = derived_name(name)
    if order and base in solutions:
        variable = variables[base]
        if variable is None:
            return term
        return Derivative(solutions[base].body, ((variable, integer(order)),), partial=False)
    numbered = _NUMBERED.match(name)
    if numbered is not None and numbered[1] in solutions and solutions[numbered[1]].kind == "element":
        return _applied(solutions[numbered[1]], (integer(int(numbered[2])),), None) or term
    return term


def _applied(solution: Solution, args: tuple[Term, ...], variable: Symbol | None) -> Term | None:
    parameters = solution.parameters or ((variable,) if variable is not None else ())
    if len(parameters) != len(args):
        return None
    return substitute(solution.body, dict(zip(parameters, args, strict=True)))
