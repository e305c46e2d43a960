"""A function that the document gives at the place it is differentiated at, and nowhere else.

`m(x, z, xz) = a + b x + c z + d xz` makes m no function of three letters, for its arguments are not free; but
`\\frac{\\partial}{\\partial x} m(x, z, xz)` differentiates just what stands there.
"""

from __future__ import annotations

from derive.classes import replace
from derive.model import Claim
from derive.term.nodes import Call, Derivative, Relation, Symbol, Term
from derive.term.scope import Reading
from derive.term.traverse import free_symbols, substitute


def with_stated_calls(claim: Claim) -> Claim:
    """The claim with what the document states such a call to be in its place, in every reading."""
    match claim.left:
        case Derivative(body=Call(function=Symbol(name=name), args=args) as call):
            pass
        case _:
            return claim
    if all(isinstance(a, Symbol) for a in args) or name in free_symbols(claim.right):
        return claim
    for stated in reversed(claim.scope.soft):
        match stated:
            case Relation(op="=", left=left, right=body) if left == call and name not in free_symbols(body):
                return _put(claim, call, body)
            case _:
                pass
    return claim


def _put(claim: Claim, call: Term, body: Term) -> Claim:
    readings = tuple(
        replace(r, terms=(substitute(r.terms[0], {call: body}), *r.terms[1:])) for r in claim.readings
    )
    left = substitute(claim.left, {call: body})
    return replace(claim, left=left, readings=readings or (Reading((left, claim.right)),))
