"""Derivatives by an argument's place: `\\partial f(x_0, u_0)/\\partial x` is taken by f's x, at the point."""

from __future__ import annotations

from typing import Any

from derive.classes import replace
from derive.expressions import regex
from derive.term.nodes import At, Call, Derivative, Element, Probability, Symbol, Term
from derive.term.traverse import map_children, walk


def at_point(body: Term, variables: tuple[tuple[Term, Term], ...], partial: bool, span: Any) -> Term:
    """The derivative of `body`; where the variable is none of a function's arguments but marks one of them,
    `x_0`, `\\bar x_t` or `x[n]` for x, the derivative by that argument and then its value there.

    Read as it is spelled, such a derivative would be zero, and so would that of `p_\\theta(x)` by θ:
    there the letter of a family's name is its parameter.
    """
    names = {v.name for v, _ in variables if isinstance(v, Symbol)}
    body = families(body, names)
    found = Derivative(body, variables, partial, span=span)
    if not isinstance(body, Call) or not all(isinstance(v, Symbol) for v, _ in variables):
        return found
    arguments = list(body.args)
    points: dict[Symbol, Term] = {}
    for variable, _ in variables:
        assert isinstance(variable, Symbol)
        if any(
            isinstance(n, Symbol) and n.name == variable.name for a in arguments for n in _free(a, variable)
        ):
            continue
        marked = [k for k, a in enumerate(arguments) if _stem(a) == variable.name]
        if len(marked) == 1:
            points[variable] = arguments[marked[0]]
            arguments[marked[0]] = variable
    if not points:
        return found
    term: Term = Derivative(replace(body, args=tuple(arguments)), variables, partial, span=span)
    for variable, value in points.items():
        term = At(term, variable, value, span=span)
    return term


def families(term: Term, parameters: set[str]) -> Term:
    """Functions that are named by one of the parameters, as members of a family: `p_\\theta` is p at θ."""
    term = map_children(term, lambda part: families(part, parameters))
    if isinstance(term, (Call, Probability)) and isinstance(term.function, Symbol):
        found = _LETTERS_BELOW.fullmatch(term.function.name)
        below = found.group(2).split(",") if found is not None else []
        if found is not None and parameters & {letter.strip() for letter in below}:
            indices = tuple(Symbol(letter.strip()) for letter in below)
            return replace(term, function=Element(Symbol(found.group(1), term.function.type), indices))
    return term


_LETTERS_BELOW = regex(
    r"(.+)_\{((?:\\?[A-Za-z]+|\\(?:mathbf|boldsymbol)\{\\?[A-Za-z]+\})(?:, ?\\?[A-Za-z]+)*)\}"
)


def _free(argument: Term, variable: Symbol) -> list[Term]:
    """The pieces in which the variable would stand by itself, not as the letter of a sequence or a path."""
    if _stem(argument) == variable.name and argument != variable:
        return []
    return list(walk(argument))


def _stem(term: Term) -> str | None:
    """The letter under the marks and indices of an argument."""
    match term:
        case Element(base=base):
            return _stem(base)
        case Call(function=Symbol() as function):
            return _stem(function)
        case Symbol(name=name):
            return _bare(name)
        case _:
            return None


_ACCENT = regex(r"\\(?:bar|hat|tilde|check|overline|widehat|widetilde)\{(.*)\}")
_SCRIPT = regex(r"(.+?)(?:_\{[^{}]*\}|\^\{[^{}]*\}|_[a-z0-9]|\^[*a-z0-9]|'|\*)")


def _bare(name: str) -> str:
    while True:
        found = _SCRIPT.fullmatch(name) or _ACCENT.fullmatch(name)
        if found is None:
            return name
        name = found.group(1)
