"""The terms of number sets with a condition on their elements: `\\mathbb{R}_{<0}`, `\\mathbb{Z}_{\\ge 1}`."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from derive.facts.sets import condition, set_letter
from derive.meaning.reader import Reader
from derive.notation import syntax as s
from derive.term.nodes import Apply, Constant, Interval, Neg, Relation, SetOf, Term

_INFINITY = Constant("infinity")


def narrowed(r: Reader, node: s.Scripts) -> Term | None:
    """The set as a term, an interval or what it shares with one; None where the scripts say nothing so."""
    letter, link = set_letter(node.base), condition(node)
    if letter is None or link is None or node.primes or letter == "C":
        return None
    bound = r.term(link.right)
    whole = Constant(letter)
    match link.relation:
        case "!=":
            found: Term = Apply("set_difference", (whole, SetOf((bound,))), span=node.span)
        case "<" | "<=":
            found = Interval(Neg(_INFINITY), bound, True, link.relation == "<", span=node.span)
        case _:
            found = Interval(bound, _INFINITY, link.relation == ">", True, span=node.span)
    if isinstance(found, Interval) and letter != "R":
        return Apply("intersection", (whole, found), span=node.span)
    return found


def told(membership: Relation) -> tuple[Relation, ...]:
    """What `x \\in S` says beyond the type that S gives x: relations that hold of it."""
    x = membership.left
    match membership.right:
        case Apply(head="intersection", args=args):
            return tuple(part for arg in args for part in told(Relation("in", x, arg)))
        case Apply(head="set_difference", args=(whole, SetOf(items=items))):
            return (*told(Relation("in", x, whole)), *(Relation("!=", x, item) for item in items))
        case Interval() | SetOf():
            return (Relation("in", x, membership.right),)
        case _:
            return ()


def narrows(node: Any) -> bool:
    """Whether membership in what a node spells may say more than a type can."""
    if isinstance(node, s.Scripts):
        link, letter = condition(node), set_letter(node.base)
        if link is None or letter is None or node.sup is not None:
            return False
        plain = isinstance(link.right, s.Number) and Fraction(link.right.text)
        return not (link.relation in (">", ">=") and plain == 0)
    return not isinstance(node, s.Name)
