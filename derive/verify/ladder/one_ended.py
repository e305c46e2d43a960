"""Sums that name their last term alone, `\\sum_i^m x_i`: from 1 on, as most authors mean them."""

from __future__ import annotations

from derive.classes import replace
from derive.term.contents import among, has
from derive.term.nodes import ONE, BigOp, Binder, Term
from derive.term.traverse import map_children
from derive.verify.ladder.question import Question


def from_one(q: Question) -> Question:
    """The question with every range that lacks its beginning started at 1."""
    terms = (q.left, q.right, *q.scope.hypotheses)
    if not any(one_ended(b) for t in terms for n in among(t, BigOp) for b in n.binders):
        return q
    hypotheses = tuple(begun(h, ONE) for h in q.scope.hypotheses)
    scope = replace(q.scope, hypotheses=hypotheses)
    return replace(q, left=begun(q.left, ONE), right=begun(q.right, ONE), scope=scope)


def one_ended(b: Binder) -> bool:
    return b.upper is not None and b.lower is None and b.domain is None


def begun(term: Term, first: Term) -> Term:
    """The term with every range that lacks its beginning started there."""
    if not has(term, BigOp):
        return term
    term = map_children(term, lambda t: begun(t, first))
    if not isinstance(term, BigOp) or not any(one_ended(b) for b in term.binders):
        return term
    return replace(term, binders=tuple(replace(b, lower=first) if one_ended(b) else b for b in term.binders))
