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
from derive.classes import dataclass
from derive.term.nodes import Apply, Pow, Root, Symbol, Term, Type
from derive.term.scope import Scope
from derive.term.traverse import free_symbols, substitute

_NAMES = ("u", "v", "w", "p", "q", "r", "s")


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
    names = [n for n in _NAMES if n not in taken]
    inner = _inner(term, variable)
    while inner is not None and names:
        u = Symbol(names.pop(0), Type("real", shape_of(inner)))
        outer = substitute(term, {inner: u})
        if depends(outer, variable):
            break  # the variable stands beside as well
        yield Back(outer, u, _slope(outer, u), inner)
        inner = _inner(inner, variable)
    yield Back(term, variable, gradient(term, variable))


def _slope(term: Term, u: Symbol) -> Term:
    return gradient(term, u) if u.type.shape else differentiate(term, u)


def _inner(term: Term, variable: Term) -> Term | None:
    """What stands in the one place of a function that depends on the variable, unless it is the variable."""
    match term:
        case Apply(args=args):
            inside = [a for a in args if depends(a, variable)]
        case Pow(base=base, exponent=exponent):
            inside = [a for a in (base, exponent) if depends(a, variable)]
        case Root(radicand=radicand):
            inside = [radicand]
        case _:
            return None
    return inside[0] if len(inside) == 1 and inside[0] != variable else None
