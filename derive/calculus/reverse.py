"""The derivative of a number by an array, from the number back to the array, a link for each part on the way.

Reverse accumulation (Laue, Mitterreiter, Giesen, NeurIPS 2018): what stands at each link is the derivative of
the whole number by that part, in the shape of the part. The parts are the definitions in force, `z = Wx + b`,
or, where nothing is defined between, what functions are applied to: `\\log\\det u` with `u = A X A^\\top`.
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.calculus.backward import backward
from derive.calculus.differentiable import depends
from derive.calculus.differentiate import differentiate
from derive.calculus.gradient import gradient, shape_of
from derive.calculus.inner import NAMES, inner
from derive.classes import dataclass
from derive.term.nodes import Symbol, Term, Type
from derive.term.scope import Scope
from derive.term.traverse import free_symbols, substitute


@dataclass(frozen=True, slots=True)
class Back:
    """The derivative of the whole, `of`, by a part; `meaning` is what `by` stands for, if named here."""

    of: Term
    by: Term
    value: Term
    meaning: Term | None = None


def back(term: Term, variable: Symbol, scope: Scope) -> tuple[Back, ...]:
    """The links, the last of them by the variable. Raises `NotDifferentiable` for what has no rule."""
    if isinstance(term, Symbol) and (links := backward(term, variable, scope)):
        return tuple(Back(link.of, link.by, link.value) for link in links)
    return tuple(_through(term, variable))


def _through(term: Term, variable: Symbol) -> Iterator[Back]:
    taken = {*free_symbols(term), variable.name}
    names = [n for n in NAMES if n not in taken]
    within = inner(term, variable)
    while within is not None and names:
        u = Symbol(names.pop(0), Type("real", shape_of(within)))
        outer = substitute(term, {within: u})
        if depends(outer, variable):
            break  # the variable stands beside as well
        yield Back(outer, u, _slope(outer, u), within)
        within = inner(within, variable)
    yield Back(term, variable, gradient(term, variable))


def _slope(term: Term, u: Symbol) -> Term:
    return gradient(term, u) if u.type.shape else differentiate(term, u)
