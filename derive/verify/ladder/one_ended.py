"""Sums that name their last term alone, `\\sum_i^m x_i`: from 1 on for most authors, from 0 for some."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from derive.model import Status, Verdict
from derive.reasons import unsupported
from derive.reasons.gaps import Gap
from derive.term.nodes import ONE, ZERO, BigOp, Binder, Term
from derive.term.traverse import map_children, walk
from derive.verify.ladder.question import Question, undecided


def from_either_start(q: Question, decide: Callable[[Question], Verdict]) -> Verdict:
    """The verdict on a question; where a range lacks its beginning, an error must be one from 0 too."""
    terms = (q.left, q.right, *q.scope.hypotheses)
    if not any(_one_ended(b) for t in terms for n in walk(t) if isinstance(n, BigOp) for b in n.binders):
        return decide(q)
    verdict = decide(_begun(q, ONE))
    if verdict.status is Status.REFUTED and decide(_begun(q, ZERO)).status is not Status.REFUTED:
        return undecided(unsupported(Gap.RANGE_WITH_ONE_END))
    return verdict


def _one_ended(b: Binder) -> bool:
    return b.upper is not None and b.lower is None and b.domain is None


def _begun(q: Question, first: Term) -> Question:
    def visit(term: Term) -> Term:
        term = map_children(term, visit)
        if not isinstance(term, BigOp) or not any(_one_ended(b) for b in term.binders):
            return term
        return replace(
            term, binders=tuple(replace(b, lower=first) if _one_ended(b) else b for b in term.binders)
        )

    hypotheses = tuple(visit(h) for h in q.scope.hypotheses)
    return replace(q, left=visit(q.left), right=visit(q.right), scope=replace(q.scope, hypotheses=hypotheses))
