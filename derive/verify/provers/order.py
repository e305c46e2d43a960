"""Proofs of inequalities: signs in the normal form, cases of |·| and max, calculus of one variable.

Every prover asks whether a difference is nonnegative (or positive) wherever it has a value.
"""

from __future__ import annotations

from derive.classes import replace
from derive.term.construct import neg, sub
from derive.term.nodes import ZERO, Apply, Relation, Term
from derive.term.scope import Scope
from derive.term.traverse import substitute, walk
from derive.verify.normal.form import prove_resolved
from derive.verify.normal.proof import Proof
from derive.verify.provers.bounds import bounds
from derive.verify.provers.calculus import box_of, nonnegative_on_line
from derive.verify.provers.signs import by_signs

CASES = 4


def prove_order(left: Term, relation: str, right: Term, scope: Scope, *, cheap: bool = False) -> Proof | None:
    """A proof of `left relation right` for <, ≤, >, ≥, ≠; None where none is found.

    cheap: only the normal form's signs. Terms are resolved.
    """
    match relation:
        case ">" | ">=":
            return _positive(sub(left, right), relation == ">", scope, cheap)
        case "<" | "<=":
            return _positive(sub(right, left), relation == "<", scope, cheap)
        case "!=":
            difference = sub(left, right)
            return _positive(difference, True, scope, cheap) or _positive(neg(difference), True, scope, cheap)
        case _:
            return None


def _positive(term: Term, strict: bool, scope: Scope, cheap: bool) -> Proof | None:
    proof = by_signs(term, strict, scope)
    if proof is not None or cheap:
        return proof
    box = box_of(term, scope)
    range_ = bounds(term, box)
    if range_.positive or (range_.nonnegative and not strict):
        return Proof("bounds of the parts")
    return by_cases(term, strict, scope) or nonnegative_on_line(term, strict, scope, box)


def by_cases(term: Term, strict: bool, scope: Scope) -> Proof | None:
    """Each |u| is u or -u, each max one of its arguments: a proof in every case is a proof."""
    node = next((n for n in walk(term) if _splits(n)), None)
    if node is None:
        return None
    return _cases(term, strict, scope, CASES)


def _splits(node: Term) -> bool:
    return isinstance(node, Apply) and (
        (node.head == "abs" and len(node.args) == 1)
        or (node.head in ("max", "min") and len(node.args) == 2)
        or node.head == "relu"
    )


def _cases(term: Term, strict: bool, scope: Scope, left: int) -> Proof | None:
    node = next((n for n in walk(term) if _splits(n)), None)
    if node is None:
        return by_signs(term, strict, scope)
    if left == 0:
        return None
    assert isinstance(node, Apply)
    for value, condition in _alternatives(node):
        under = replace(scope, hypotheses=(*scope.hypotheses, condition))
        if _cases(substitute(term, {node: value}), strict, under, left - 1) is None:
            return None
    return Proof("cases of absolute values and extremes")


def _alternatives(node: Apply) -> tuple[tuple[Term, Relation], ...]:
    if node.head == "abs":
        (u,) = node.args
        return (u, Relation(">=", u, ZERO)), (neg(u), Relation(">=", neg(u), ZERO))
    if node.head == "relu":
        (u,) = node.args
        return (u, Relation(">=", u, ZERO)), (ZERO, Relation(">=", neg(u), ZERO))
    a, b = node.args
    first, second = (a, b) if node.head == "max" else (b, a)
    return (a, Relation(">=", sub(first, second), ZERO)), (b, Relation(">=", sub(second, first), ZERO))


def prove_equal_by_cases(left: Term, right: Term, scope: Scope) -> Proof | None:
    """`max(a, b) = (a + b + |a - b|)/2`: equality in every case of the absolute values and extremes."""

    def visit(a: Term, b: Term, under: Scope, budget: int) -> bool:
        node = next((n for t in (a, b) for n in walk(t) if _splits(n)), None)
        if node is None or budget == 0:
            proof = prove_resolved(a, b, under)
            return proof is not None and proof.plain
        assert isinstance(node, Apply)
        return all(
            visit(
                substitute(a, {node: value}),
                substitute(b, {node: value}),
                replace(under, hypotheses=(*under.hypotheses, condition)),
                budget - 1,
            )
            for value, condition in _alternatives(node)
        )

    if not any(_splits(n) for t in (left, right) for n in walk(t)):
        return None
    return Proof("cases of absolute values and extremes") if visit(left, right, scope, CASES) else None
