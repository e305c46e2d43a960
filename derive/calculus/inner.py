"""What a function is applied to: `sin(x²)` is `sin(u)` with `u = x²`."""

from __future__ import annotations

from derive.calculus.differentiable import depends
from derive.term.nodes import Apply, Pow, Root, Term

NAMES = ("u", "v", "w", "p", "q", "r", "s")
"""Letters for inner functions, in the order in which they are given out."""


def inner(term: Term, variable: Term) -> Term | None:
    """What stands in the one place of a function that depends on the variable, unless it is the variable."""
    match term:
        case Apply(args=args):
            places = args
        case Pow(base=base, exponent=exponent):
            places = (base, exponent)
        case Root(radicand=radicand, index=index):
            places = (radicand, index)
        case _:
            return None
    inside = [part for part in places if depends(part, variable)]
    return inside[0] if len(inside) == 1 and inside[0] != variable else None
