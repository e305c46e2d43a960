"""An identity of ∇ that fails in general may hold of fields without sources or without rotation."""

from __future__ import annotations

from derive.calculus.fields import NABLA, fields_of
from derive.judge.doubts.doubt import Weaken, left_open, reread
from derive.model import Claim, Verdict
from derive.reasons import CONSTRAINT
from derive.term.contents import heads
from derive.term.nodes import Apply, Symbol, Term
from derive.term.traverse import map_children


def claims(claim: Claim, refuted: Verdict) -> tuple[Claim, ...]:
    if not NABLA & heads(claim.left):
        return ()
    vectors, _ = fields_of((claim.left, claim.right))
    return tuple(
        reread(claim, _put(claim.left, name, put), _put(claim.right, name, put))
        for name in sorted(vectors)
        for put in (Apply(head, (Symbol(f"{name}_{{0}}"),)) for head in ("curl", "grad"))
    )


def _put(term: Term, name: str, new: Term) -> Term:
    if isinstance(term, Symbol):
        return new if term.name == name else term
    return map_children(term, lambda t: _put(t, name, new))


DOUBT = Weaken(
    "doubt/special-field",
    "it may be said of a field without sources or without rotation",
    claims,
    left_open(CONSTRAINT),
    lifts=("So $$\\nabla \\times (\\nabla \\times \\mathbf{E}) = -\\nabla^2 \\mathbf{E}.$$",),
    stands=(
        "So $$\\nabla \\times (\\nabla \\times \\mathbf{E}) = \\nabla(\\nabla \\cdot \\mathbf{E}) "
        "+ \\nabla^2 \\mathbf{E}.$$",
    ),
)
