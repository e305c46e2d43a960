"""An equation solved for a letter in which it is linear; what no value can be put into, as a letter."""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import lru_cache

from derive.calculus.differentiate import NotDifferentiable, differentiate
from derive.term.nodes import (
    ZERO,
    Apply,
    BigOp,
    Call,
    Derivative,
    Div,
    Element,
    Ellipsis,
    Expectation,
    Integral,
    Limit,
    Neg,
    Pow,
    Probability,
    Symbol,
    Term,
)
from derive.term.traverse import free_symbols, map_children, substitute, walk

_BINDING = (BigOp, Derivative, Ellipsis, Expectation, Integral, Limit, Probability)


def linear_in(difference: Term, names: Container[str] | None = None) -> Iterator[tuple[Symbol, Term]]:
    """Each number in which `difference = 0` is linear, with what the equation makes of it; of these `names`
    only, where they are given."""
    for letter in free_symbols(difference).values():
        if (names is None or letter.name in names) and (value := _solved(difference, letter)) is not None:
            yield letter, value


@lru_cache(maxsize=2048)  # one equation is solved for each line behind it, and for each edit of such a line
def _solved(difference: Term, letter: Symbol) -> Term | None:
    if letter.type.shape != () or binds(difference, letter):
        return None
    try:
        slope = differentiate(difference, letter)
    except NotDifferentiable:
        return None
    if letter.name in free_symbols(slope) or slope == ZERO:
        return None
    return Div(Neg(substitute(difference, {letter: ZERO})), slope)


def frozen(term: Term) -> Term:
    """The term with a letter of its own for each element, slope and value of a function: `p_{i+1}`, `dy/dx`.
    What is bound keeps its form."""
    match term:
        case Pow(base=Element(), exponent=Symbol()) | Element() | Derivative(body=Symbol() | Call()) | Call():
            return Symbol(f"{term.to_latex()}!")
        case BigOp() | Integral() | Limit() | Expectation() | Probability():
            return term
        case _:
            return map_children(term, frozen)


def binds(term: Term, letter: Symbol) -> bool:
    """Whether the letter stands where no value can be put: in an operator, a derivative or dots."""
    return any(
        (isinstance(n, _BINDING) or (isinstance(n, Apply) and n.head == "differential"))
        and letter.name in free_symbols(n)
        for n in walk(term)
    )
