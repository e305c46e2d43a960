"""The index of a sum whose range is not told, `\\sum_{i < j} 1`, where the other side has no such sum."""

from __future__ import annotations

from derive.calculus.resolve import TooLarge, resolve
from derive.judge.doubts.doubt import Open
from derive.laws.entries import ENTRIES
from derive.model import Claim, Verdict
from derive.reasons import Reason, Why, no_definition
from derive.term.contents import among, has
from derive.term.nodes import BigOp, Binder, Derivative, Element, Symbol, Term
from derive.term.randomness import speaks_of_chance
from derive.term.scope import Scope


def reason(claim: Claim, refuted: Verdict) -> Reason | None:
    """A range that the reader made up, on one side alone, or with another condition on either side."""
    if speaks_of_chance(claim.left, claim.right):
        return None  # a sum over x is one over the values of x
    written = (_untold(claim.left, claim.scope), _untold(claim.right, claim.scope))
    if _alike(*written):
        return None
    followed = _followed(claim)
    if followed is not None and any(followed) and _alike(*followed):
        return None  # the derivative of a sum displayed before is one over the same range
    return no_definition((*written[0], *written[1])[0].variable.name, of=Why.RANGE)


def _alike(left: list[Binder], right: list[Binder]) -> bool:
    """Whether both sides have such sums, under the same conditions, or neither has."""
    if not left or not right:
        return not left and not right
    return {str(b.condition) for b in left} == {str(b.condition) for b in right}


def _followed(claim: Claim) -> tuple[list[Binder], list[Binder]] | None:
    """The sums of both sides where derivatives are carried out; None where there are none to carry out, or
    what comes of it is too large."""
    if not any(has(side, Derivative) for side in (claim.left, claim.right)):
        return None
    try:
        left, right = resolve(claim.left, claim.scope), resolve(claim.right, claim.scope)
    except TooLarge:
        return None
    return _untold(left, claim.scope), _untold(right, claim.scope)


def _untold(term: Term, scope: Scope) -> list[Binder]:
    binders = ((n, b) for n in among(term, BigOp) for b in n.binders if b.domain is None)
    return [
        b
        for n, b in binders
        if (b.upper is None or (isinstance(b.upper, Symbol) and made_up(b.upper)))
        and not (b.condition is None and _counts(n.body, b.variable, scope))
    ]


def _counts(body: Term, index: Symbol, scope: Scope) -> bool:
    """Whether the index counts the entries of an array, all of which are meant."""
    for node in among(body, Element):
        if index in node.indices and isinstance(node.base, Symbol):
            definition = scope.definitions.get(node.base.name)
            if definition is not None and definition.law is not None:
                return definition.law.startswith(ENTRIES)
            kind = scope.type_of(node.base.name)
            if kind is not None and kind.role != "sequence" and len(kind.shape or ()) == len(node.indices):
                return True
    return False


def made_up(bound: Symbol) -> bool:
    """Whether the bound is the reader's name for the number of values that an index has."""
    return bound.name.startswith("N_{")


DOUBT = Open(
    "doubt/open-range",
    "a sum does not tell its range, and the other side has no such sum",
    reason,
    lifts=(
        "We have $$q = \\sum_{i \\neq j} a_i = a_1.$$",
        "The loss is $$L = \\sum_i (y_i - w x_i)^2$$ and so $$\\frac{\\partial L}{\\partial w} = "
        "\\sum_{i \\neq 3} (y_i - w x_i).$$",
    ),
    stands=(
        "The loss is $$L = \\sum_i (y_i - w x_i)^2$$ and so $$\\frac{\\partial L}{\\partial w} = "
        "2 \\sum_i (y_i - w x_i) x_i.$$",
        "We have $$\\mathbb{E}_{x \\sim q}[\\log q(x)] = \\sum_x p(x) \\log q(x).$$",
        "We have $$q = \\sum_i (x_i + y_i) = \\sum_i x_i - \\sum_i y_i.$$",
        "We have $$q = \\sum_{i=1}^n 2 x_i = \\sum_{i=1}^n x_i.$$",
        "Let $A$ and $B$ be $n \\times n$ matrices. Then "
        "$$(AB)_{ij} = \\sum_k a_{ik} b_{kj} = \\sum_k a_{ik} b_{jk}.$$",
    ),
)
