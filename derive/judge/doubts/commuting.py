"""Matrices of which the text says that they commute are reckoned with like numbers."""

from __future__ import annotations

from collections.abc import Iterator

from derive.judge.doubts.doubt import Weaken, changed, left_open, nodes
from derive.model import Claim, Verdict
from derive.reasons import CONSTRAINT
from derive.term.nodes import Symbol, Term, Type
from derive.term.traverse import map_children


def claims(claim: Claim, refuted: Verdict) -> Iterator[Claim]:
    """The claim about numbers: what holds of them by the rules of arithmetic holds of matrices that commute.

    Where every array is a square matrix, and only where the section speaks of commuting.
    """
    if "commuting" not in claim.scope.options:
        return
    arrays = [n for n in nodes(claim) if isinstance(n, Symbol) and n.type.shape]
    if arrays and all(len(a.type.shape or ()) == 2 for a in arrays):
        yield from changed(claim, _number)


def _number(term: Term) -> Term:
    if isinstance(term, Symbol) and term.type.shape:
        return Symbol(f"\\mathit{{{term.name}}}", Type())  # under another name: the scope types this one
    return map_children(term, _number)


DOUBT = Weaken(
    "doubt/commuting",
    "the section says that matrices commute, and of such the rules for numbers hold",
    claims,
    left_open(CONSTRAINT),
    lifts=(
        "The matrices $A, B \\in \\mathbb{R}^{n \\times n}$ commute. "
        "We get $$q = (A + B)(A - B) = A^2 - B^2.$$",
    ),
    stands=(
        "Take the matrices $A, B \\in \\mathbb{R}^{n \\times n}$. We get $$q = (A + B)(A - B) = A^2 - B^2.$$",
        "The matrices $A, B \\in \\mathbb{R}^{n \\times n}$ commute. "
        "We get $$q = (A + B)(A - B) = A^2 + B^2.$$",
    ),
)
