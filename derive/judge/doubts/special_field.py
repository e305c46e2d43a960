"""An identity of ∇ that fails in general may hold of fields without sources or without rotation."""

from __future__ import annotations

from derive.calculus.fields import NABLA, fields_of
from derive.judge.doubts.doubt import Weaken, left_open, reread
from derive.model import Claim, Verdict
from derive.reasons import CONSTRAINT
from derive.term.contents import heads
from derive.term.nodes import Apply, Symbol, Term
from derive.term.traverse import substitute


def claims(claim: Claim, refuted: Verdict) -> tuple[Claim, ...]:
    if not NABLA & heads(claim.left):
        return ()
    vectors, _ = fields_of((claim.left, claim.right))
    put: list[dict[Term, Term]] = [
        {Symbol(name): Apply(head, (Symbol(f"{name}_{{0}}"),))}
        for name in sorted(vectors)
        for head in ("curl", "grad")
    ]
    return tuple(reread(claim, substitute(claim.left, p), substitute(claim.right, p)) for p in put)


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
