"""What every derivative asks first: whether there is one, of what, by which argument."""

from __future__ import annotations

from derive.reasons import Reason
from derive.reasons.gaps import Gap
from derive.term.construct import add
from derive.term.nodes import ONE, Apply, Element, Number, Partial, Pow, Prime, Symbol, Term
from derive.term.traverse import free_symbols, walk


class NotDifferentiable(Exception):
    """There is no rule for the derivative of what `gap` names."""

    def __init__(self, gap: Gap, *args: str) -> None:
        super().__init__(gap, *args)
        self.why = Reason(Gap.NO_DERIVATIVE, inner=Reason(gap, args))


def depends(term: Term, variable: Term) -> bool:
    """Whether `variable` occurs free in the term, directly or as a part of its array."""
    if isinstance(variable, Symbol):
        return variable.name in free_symbols(term)
    base = variable.base if isinstance(variable, Element) else None
    if isinstance(base, Symbol):
        return base.name in free_symbols(term)
    return any(node == variable for node in walk(term))


def invertible(by: Term) -> bool:
    """Whether a derivative by this expression is one by its letter: `\\sigma^2`, `\\Sigma^{-1}`."""
    match by:
        case Pow(base=Symbol(type=kind) | Element(base=Symbol(type=kind)), exponent=Number(value=n)):
            return n != 0 if kind.shape == () else n == -1  # an array has many roots
        case Apply(head="inverse", args=(Symbol(),)):
            return True
        case _:
            return False


def derived(f: Term, k: int, arity: int) -> Term:
    """The derivative of a function by its k-th argument, as a function."""
    if arity == 1:
        if isinstance(f, Prime):
            return Prime(f.function, add(f.order, ONE))
        return Prime(f, ONE)
    orders = [0] * arity
    if isinstance(f, Partial) and len(f.orders) == arity:
        orders, f = list(f.orders), f.function
    orders[k] += 1
    return Partial(f, tuple(orders))
