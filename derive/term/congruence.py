"""Congruences: `a ≡ b (mod n)` as what it says, that `(a - b)/n` is an integer."""

from __future__ import annotations

from derive.term.nodes import Add, Apply, Constant, Div, Neg, Relation, Term

INTEGERS = Constant("Z")


def modulus(left: Term, right: Term) -> tuple[Term, Term, Term] | None:
    """(a, b, n) of a congruence, where the modulus hangs on one of the sides; None where there is none."""
    if isinstance(right, Apply) and right.head == "mod":
        a = left.args[0] if isinstance(left, Apply) and left.head == "mod" else left
        return a, right.args[0], right.args[1]
    if isinstance(left, Apply) and left.head == "mod":
        return left.args[0], right, left.args[1]
    return None


def hypothesis(relation: Relation) -> Relation:
    """A congruence as an assumption: a membership, which fixes no value of what it speaks of."""
    parts = modulus(relation.left, relation.right) if relation.op == "equiv" else None
    if parts is None:
        return relation
    left, right, n = parts
    return Relation("in", Div(Add((left, Neg(right))), n), INTEGERS, span=relation.span)


def assumed(term: Term) -> tuple[Term, Term] | None:
    """(a - b, n) of an assumption that `hypothesis` made."""
    match term:
        case Relation(op="in", left=Div(numerator=gap, denominator=n), right=right) if right == INTEGERS:
            return gap, n
        case _:
            return None
