"""A derivative by a matrix has the matrix's shape for some authors and its transpose's for others."""

from __future__ import annotations

from derive.calculus.inferred import AS_THE_ARRAY, LAYOUT, with_inferred
from derive.judge.doubts.doubt import Weaken, changed, left_open
from derive.model import Claim, Verdict
from derive.reasons import CONSTRAINT, Why
from derive.reasons.gaps import Gap
from derive.term.construct import apply
from derive.term.nodes import Derivative, Element, Symbol, Term
from derive.term.traverse import map_children


def claims(claim: Claim, refuted: Verdict) -> tuple[Claim, ...]:
    if claim.scope.options.get(LAYOUT) == AS_THE_ARRAY:
        return ()  # the document shows how it lays them out
    return changed(with_inferred(claim), _turned)


def turned_about(claim: Claim, verdict: Verdict) -> Claim | None:
    """The claim in the other layout, where its sides have different shapes in ours: `\\partial (a^\\top x) /
    \\partial x = a^\\top`. None where no derivative by an array stands in it."""
    reason = verdict.reason
    if reason is None or reason.code is not Why.UNSUPPORTED or reason.inner is None:
        return None
    if reason.inner.code is not Gap.COMPARISON_OF_DIFFERENT_SHAPES:
        return None
    return next(iter(changed(with_inferred(claim), _turned)), None)


def _turned(term: Term) -> Term:
    inner = map_children(term, _turned)
    if isinstance(term, Derivative) and any(_is_array(v) for v, _ in term.variables):
        return apply("transpose", inner)
    return inner


def _is_array(variable: Term) -> bool:
    base = variable.base if isinstance(variable, Element) else variable
    return isinstance(base, Symbol) and base.type.shape != ()


DOUBT = Weaken(
    "doubt/other-layout",
    "a derivative by an array is laid out as the array by some authors, as its transpose by others",
    claims,
    left_open(CONSTRAINT),
    paired=True,
    lifts=(
        "Let $A \\in \\mathbb{R}^{n \\times n}$, $X \\in \\mathbb{R}^{n \\times n}$. Hence "
        "$$\\frac{\\partial}{\\partial X} \\operatorname{tr}(A^\\top X) = A^\\top.$$",
    ),
    stands=(
        "Let $A \\in \\mathbb{R}^{n \\times n}$, $X \\in \\mathbb{R}^{n \\times n}$. Hence "
        "$$\\frac{\\partial}{\\partial X} \\operatorname{tr}(A^\\top X) = 2 A^\\top.$$",
    ),
)
