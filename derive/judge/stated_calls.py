"""A function that the document gives at the place it is differentiated at, and nowhere else.

`m(x, z, xz) = a + b x + c z + d xz` makes m no function of three letters, for its arguments are not free; but
`\\frac{\\partial}{\\partial x} m(x, z, xz)` differentiates just what stands there.
"""

from __future__ import annotations

from derive.classes import replace
from derive.model import Claim
from derive.term.nodes import Apply, Call, Derivative, Relation, Symbol, Term
from derive.term.scope import Reading
from derive.term.traverse import free_symbols, map_children, substitute, walk


def with_stated_calls(claim: Claim) -> Claim:
    """The claim with what the document states such a call to be in its place, in every reading."""
    claim = _with_logarithms(claim)
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


def _with_logarithms(claim: Claim) -> Claim:
    """`\\log f(x; \\theta) = …` tells nothing of f but its logarithm, and that is all that is spoken of."""
    for stated in reversed(claim.scope.soft):
        match stated:
            case Relation(
                op="=",
                left=Apply(head="log", args=(Call(function=Symbol(name=name)) as call, *_)),
                right=body,
            ) if name not in claim.scope.definitions and name not in free_symbols(body):
                found = _logarithm_put(claim, call, body)
                if found is not None:
                    soft = tuple(e for e in claim.scope.soft if e is not stated)  # it says no more of this
                    return replace(found, scope=replace(found.scope, soft=soft))
            case _:
                pass
    return claim


def _logarithm_put(claim: Claim, call: Call, body: Term) -> Claim | None:
    """None where the function stands elsewhere too, or nowhere."""
    body = _elsewhere(body)
    sides = tuple(_replaced(t, call, body) for t in (claim.left, claim.right))
    if sides == (claim.left, claim.right) or any(call.function in walk(t) for t in sides):
        return None
    readings = tuple(
        replace(r, terms=tuple(_replaced(t, call, body) for t in r.terms)) for r in claim.readings
    )
    left, right = sides
    return replace(claim, left=left, right=right, readings=readings or (Reading((left, right)),))


def _replaced(term: Term, call: Call, body: Term) -> Term:
    match term:
        case Apply(head="log", args=(argument, *_)) if argument == call:
            return body
        case _:
            return map_children(term, lambda t: _replaced(t, call, body))


def _elsewhere(term: Term) -> Term:
    """A term that stands in another formula, without its places there."""
    new = map_children(term, _elsewhere)
    return new if new.span is None else replace(new, span=None)


def _put(claim: Claim, call: Term, body: Term) -> Claim:
    readings = tuple(
        replace(r, terms=(substitute(r.terms[0], {call: body}), *r.terms[1:])) for r in claim.readings
    )
    left = substitute(claim.left, {call: body})
    return replace(claim, left=left, readings=readings or (Reading((left, claim.right)),))
