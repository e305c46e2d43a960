"""The proof levels as the tower asks for them: the normal form in process, proof finders in the worker."""

from __future__ import annotations

from derive.terms.nodes import Symbol, Term
from derive.verify.normal import Proof, prove_resolved
from derive.verify.relations import Question


def normal_form(q: Question) -> Proof | None:
    return prove_resolved(q.left, q.right, q.scope)


def find(q: Question) -> Proof | None:
    from derive.verify.prove_order import prove_equal_by_cases

    return prove_equal_by_cases(q.left, q.right, q.scope)


def order(q: Question, *, cheap: bool = False) -> Proof | None:
    from derive.verify.prove_order import prove_order

    return prove_order(q.left, q.relation, q.right, q.scope, cheap=cheap)


def remainder(rest: Term, variable: Symbol, point: Term | None, order: int, little: bool) -> Proof | None:
    """Whether `rest` is O((variable - point)^order), by its limit; at infinity where the point is None."""
    return None
