"""`\\boldsymbol x_i` is the i-th of several vectors for most authors, an entry of one for some."""

from __future__ import annotations

from derive.classes import replace
from derive.judge.doubts.doubt import Weaken, changed, left_open
from derive.model import Claim, Verdict
from derive.reasons import CONSTRAINT
from derive.term.nodes import Element, Symbol, Term
from derive.term.traverse import map_children


def claims(claim: Claim, refuted: Verdict) -> tuple[Claim, ...]:
    return changed(claim, _as_number)


def _as_number(term: Term) -> Term:
    if isinstance(term, Element) and isinstance(term.base, Symbol):
        kind = term.base.type
        if kind.role == "sequence" and kind.shape:
            return replace(term, base=replace(term.base, type=replace(kind, role="variable")))
    return map_children(term, _as_number)


DOUBT = Weaken(
    "doubt/entry-or-vector",
    "a bold letter with an index is an entry of one vector for some authors",
    claims,
    left_open(CONSTRAINT),
    paired=True,
    lifts=(
        "For all the points $\\boldsymbol{p}_i$ we get $$q = \\boldsymbol{p}_i "
        "\\boldsymbol{p}_j^\\top - \\boldsymbol{p}_j \\boldsymbol p_i^\\top = 0.$$",
    ),
    stands=(
        "For all the points $\\boldsymbol{p}_i$ we get $$q = \\boldsymbol{p}_i "
        "\\boldsymbol{p}_j^\\top - 2 \\boldsymbol{p}_j \\boldsymbol p_i^\\top = 0.$$",
    ),
)
