"""`\\frac{\\partial L}{\\partial p_k}` of `L = -\\log p_y`: the k that is meant is mostly y."""

from __future__ import annotations

from collections.abc import Iterator

from derive.judge.doubts.doubt import Weaken, nodes, reread, under_conditions
from derive.model import Claim, Verdict
from derive.term.contents import among
from derive.term.nodes import Derivative, Element, Symbol, Term
from derive.term.traverse import free_symbols, substitute


def claims(claim: Claim, refuted: Verdict) -> Iterator[Claim]:
    """Where what is differentiated has another member of the family than the one it is differentiated by."""
    for node in nodes(claim):
        if not isinstance(node, Derivative):
            continue
        for by in (v for v, _ in node.variables if isinstance(v, Element) and len(v.indices) == 1):
            (index,) = by.indices
            members = set(_members(claim, node.body, by.base))
            if isinstance(index, Symbol) and len(members) == 1 and index not in members:
                (member,) = members
                left, right = (substitute(side, {index: member}) for side in (claim.left, claim.right))
                yield reread(claim, left, right)


def _members(claim: Claim, body: Term, family: Term) -> Iterator[Term]:
    """The indices at which the family stands in an expression, through one definition: where a sum runs over
    its members there are several, for all of them are in it."""
    bodies = [body]
    for name in free_symbols(body).keys() & claim.scope.definitions.keys():
        bodies.append(claim.scope.definitions[name].body)
    for whole in bodies:
        yield from (n.indices[0] for n in among(whole, Element) if n.base == family)


DOUBT = Weaken(
    "doubt/same-member",
    "it is differentiated by a member of a family, of which another one stands in it: the same may be meant",
    claims,
    under_conditions,
    unsaid=True,
    lifts=(
        "We have the loss $$L_i = -\\log(p_{y_i})$$ and find "
        "$$\\frac{\\partial L_i}{\\partial p_k} = -\\frac{1}{p_k}.$$",
    ),
    stands=(
        "We have the loss $$L_i = -\\log(p_{y_i})$$ and find "
        "$$\\frac{\\partial L_i}{\\partial p_k} = \\frac{1}{p_k}.$$",
        "Let $$q_i = \\frac{e^{s_i}}{\\sum_{k=1}^n e^{s_k}}.$$ We find "
        "$$\\frac{\\partial q_i}{\\partial s_j} = q_i (1 - q_j).$$",
    ),
)
