"""Letters that stand for two things: a number \\lambda and, beside it, the several numbers \\lambda_i."""

from __future__ import annotations

from collections.abc import Mapping

from derive.calculus.gradient import shape_of
from derive.term.contents import has
from derive.term.nodes import Call, Element, Symbol, Term, Tuple
from derive.term.scope import Definition
from derive.term.traverse import map_children


def without_numbers(term: Term, known: Mapping[str, Definition]) -> Term:
    """The term with the indices alone of what is named by the letter of a number."""
    if not known or not has(term, Element):
        return term
    if isinstance(term, Element) and of_another(term, known):
        return Tuple(tuple(without_numbers(i, known) for i in term.indices))
    return map_children(term, lambda t: without_numbers(t, known))


def of_another(term: Element, known: Mapping[str, Definition]) -> bool:
    """Whether it is one of several things, while its letter alone is defined to be a number."""
    definition = known.get(term.base.name) if isinstance(term.base, Symbol) else None
    if definition is None:
        return False
    body = definition.body
    if isinstance(body, Call) and isinstance(body.function, Symbol) and body.function.name in known:
        if any(shape_of(a) for a in body.args):
            return False  # p = σ(Xw): taken entry by entry
        body = known[body.function.name].body
    return shape_of(body) == ()
