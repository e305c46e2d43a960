"""`A ⟹ B` and `A ⟺ B`: B holds in every model of the scope in which A does.

Between equations this compares solution sets; a model of A in which B fails is a root that was lost.
"""

from __future__ import annotations

from dataclasses import replace

from derive.model import Status, Verdict
from derive.terms.nodes import Apply, Relation, Term
from derive.verify.relations import Question, undecided


def decide_implication(q: Question) -> Verdict:
    left, right = _statements(q.left), _statements(q.right)
    if left is None or right is None:
        return undecided("unsupported: an implication between things that are no statements")
    match q.relation:
        case "implies":
            return _implied(q, left, right, "implies")
        case "impliedby":
            return _implied(q, right, left, "impliedby")
        case _:
            forward = _implied(q, left, right, "implies")
            if forward.status in (Status.REFUTED, Status.UNDECIDED):
                return forward
            backward = _implied(q, right, left, "impliedby")
            if backward.status is Status.PROVED:
                conditions = tuple(dict.fromkeys(forward.conditions + backward.conditions))
                evidence = {"kind": "proof", "method": "both implications",
                            "forward": forward.evidence, "backward": backward.evidence}
                return replace(forward, conditions=conditions, evidence=evidence)
            return backward


def _statements(term: Term) -> tuple[Relation, ...] | None:
    match term:
        case Relation(op=op, left=Relation() as first, right=right) if op in ("=", "<", "<=", ">", ">="):
            inner = _statements(first)
            return None if inner is None else (*inner, Relation(op, first.right, right))
        case Relation():
            return (term,)
        case Apply(head="and", args=args):
            parts = [_statements(a) for a in args]
            return None if any(p is None for p in parts) else tuple(r for p in parts for r in p or ())
        case _:
            return None


def _implied(q: Question, premises: tuple[Relation, ...], conclusions: tuple[Relation, ...], way: str) -> Verdict:
    from derive.verify.readings import conjunction
    from derive.verify.tower import decide_question

    under = q.under(*premises)
    verdicts = []
    for c in conclusions:
        if c in premises:
            continue
        verdicts.append(decide_question(under.about(c.left, c.op, c.right)))
    if not verdicts:
        from derive.verify.relations import proved

        return proved("the same statement")
    verdict = conjunction(verdicts)
    if verdict.status is Status.UNDECIDED and verdict.reason == "constraint":
        return undecided("constraint", direction=way)
    return replace(verdict, evidence={**verdict.evidence, "direction": way})
