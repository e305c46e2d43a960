"""A step that counts: `r_t + w_t` on one side is `t` on the other, because the text says so elsewhere."""

from __future__ import annotations

from derive.judge.doubts.doubt import Open
from derive.model import Claim, Verdict
from derive.reasons import CONSTRAINT, Reason
from derive.term.nodes import Apply, BigOp, Element, Term
from derive.term.traverse import children, free_symbols, walk


def reason(claim: Claim, refuted: Verdict) -> Reason | None:
    """A letter that one side has as an index only and the other as a number too: the text may say elsewhere
    what the indexed quantities come to."""
    for one, other in ((claim.left, claim.right), (claim.right, claim.left)):
        indices = {
            n
            for node in walk(one)
            if isinstance(node, Element) or (isinstance(node, Apply) and node.head == "kronecker")
            for i in (node.indices if isinstance(node, Element) else node.args)
            for n in free_symbols(i)
        }
        if (indices - _values(one)) & _values(other):
            return CONSTRAINT
    return None


def _values(term: Term) -> set[str]:
    """The letters that stand for numbers by themselves, outside of any index."""
    if isinstance(term, Element):
        return set(free_symbols(term.base))
    if isinstance(term, Apply) and term.head == "kronecker":
        return set()
    if isinstance(term, BigOp):  # `j \neq y_i` compares indices
        bounds = [b for o in term.binders for b in (o.lower, o.upper) if b is not None]
        parts = set().union(*map(_values, (term.body, *bounds)))
        return parts & free_symbols(term).keys()
    inside = children(term)
    if not inside:
        return set(free_symbols(term))
    return set().union(*map(_values, inside)) & free_symbols(term).keys()


DOUBT = Open(
    "doubt/index-as-value",
    "a letter that is only an index on one side stands for a number on the other",
    reason,
    unsaid=True,
    lifts=("So we get $$\\frac{a + r_t}{a + b + r_t + w_t} = \\frac{a + r_t}{a + b + t}.$$",),
    stands=(
        "So we get $$\\frac{a + r_t}{a + b + r_t + w_t} = \\frac{a + r_t}{a + b + r_t}.$$",
        "So we get $$\\sum_{j \\neq s_i} 2 c_j - c_{s_i} = \\sum_{j \\neq s_i} c_j - c_{s_i}.$$",
        "For $$E = \\sum_{j \\neq s_i} a_j u_{s_i}$$ we get $$\\frac{\\partial E}{\\partial u_{s_i}} = "
        "-\\sum_{j \\neq s_i} a_j.$$",
    ),
)
