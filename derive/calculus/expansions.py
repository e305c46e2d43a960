"""Expansions of a function that nothing defines: `u(x + h) = u(x) + h u'(x) + O(h^2)` holds for every u."""

from __future__ import annotations

from derive.term.contents import among
from derive.term.nodes import Apply, Call, Derivative, Partial, Prime, Symbol, Term
from derive.term.scope import Scope
from derive.term.traverse import free_symbols, walk

_MARKS = ("big_o", "little_o")


def expands(left: Term, right: Term, scope: Scope) -> bool:
    """Whether two sides differ by a remainder and say nothing but what one function is near a place.

    It stands at arguments that the variable of the remainder moves; no other function and no letter but those
    of its arguments is there, for that could be what the text gives it by: `f(x + h) = f(x) + h g(x)`.
    """
    sides = (left, right)
    marks = [n for side in sides for n in among(side, Apply) if n.head in _MARKS]
    variables = {n for m in marks for n in free_symbols(m)}
    calls = [n for side in sides for n in among(side, Call)]
    names = {name for c in calls if (name := _name(c)) is not None}
    if not marks or len(names) != 1 or names & scope.definitions.keys():
        return False
    if any(isinstance(n, Derivative | Partial) for side in sides for n in walk(side)):
        return False
    if any(_name(c) is None or len(c.args) != 1 for c in calls):
        return False
    moved = {n for c in calls for a in c.args for n in free_symbols(a)}
    letters = free_symbols(left).keys() | free_symbols(right).keys()
    return bool(variables & moved) and letters <= moved | names


def has_remainder(*sides: Term) -> bool:
    """Whether a side has an order of growth, `O(h^2)`."""
    return any(n.head in _MARKS for side in sides for n in among(side, Apply))


def _name(call: Call) -> str | None:
    function = call.function.function if isinstance(call.function, Prime) else call.function
    return function.name if isinstance(function, Symbol) else None
