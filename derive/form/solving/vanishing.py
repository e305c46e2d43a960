"""What is set to zero: the other side of an equation, or the derivative of it.

`$\\frac{dC}{dx} = 2x - 6$. Setting this to zero gives $x = 3$` speaks of `2x - 6 = 0`; after
`$C(x) = x^2 - 6x$` the same words may mean the derivative.
"""

from __future__ import annotations

import re

from derive.calculus.differentiate import NotDifferentiable, differentiate
from derive.expressions import regex
from derive.form.solving.asking import Sides
from derive.form.solving.surroundings import Beside
from derive.term.nodes import ZERO, Apply, Derivative, Partial, Prime, Term
from derive.term.traverse import free_symbols, walk

_DIFFERENTIATED = regex(
    r"\b(?:differentiat\w+|derivatives?|gradient|slope|partials?|first[- ]order|maximi\w+|minimi\w+|optim\w+|"
    r"stationary|critical)\b",
    re.IGNORECASE,
)


def zero_of(beside: Beside, sides: Sides, name: str) -> tuple[Sides, ...]:
    """The equations for a name that setting `left = right` to zero may mean, the likeliest last."""
    left, right = sides
    itself = (right, ZERO)
    letter = free_symbols(right).get(name)
    if right == ZERO:
        return (sides,)
    if _is_slope(left) or letter is None:
        return (itself,)
    try:
        slope = (differentiate(right, letter), ZERO)
    except NotDifferentiable:
        return (itself,)
    said = _DIFFERENTIATED.search(f"{beside.lead} {beside.between}")
    return (itself, slope) if said is not None else (slope, itself)


def _is_slope(term: Term) -> bool:
    return any(
        isinstance(n, (Derivative, Partial, Prime)) or (isinstance(n, Apply) and n.head == "grad")
        for n in walk(term)
    )
