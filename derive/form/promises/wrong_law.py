"""What is said to have a law has another mean or variance.

With `Z \\sim \\mathcal{N}(0, 1)` the mean of `3Z + 2` is 2 and its variance 9:
`3Z + 2 \\sim \\mathcal{N}(2, 3)` is wrong, whether the second parameter is a variance or a deviation. Only
what is reckoned from variables whose law the text gives is looked at; a law that is first given there says
nothing.
"""

from __future__ import annotations

from functools import partial

from derive.classes import replace
from derive.form.cause import cause
from derive.form.solving.asking import Asking, Sides
from derive.mend.case import Case
from derive.model import SET_ASIDE, Diagnostic, Severity, Status
from derive.term.nodes import Add, Div, Expectation, Mul, Neg, Relation, Symbol, Term
from derive.term.traverse import free_symbols
from derive.verify.models.hypotheses import flatten
from derive.verify.probability.laws import Law, laws_of

CODE, NAME = "DRV069", "wrong-law"


def check(case: Case) -> Diagnostic | None:
    claim = case.claim
    if claim.relation != "sim" or claim.stance in SET_ASIDE:
        return None
    if not isinstance(claim.left, Add | Div | Mul | Neg) or not _reckoned(case):
        return None
    laws = [law for law in laws_of(claim.right) if law.family in ("normal", "uniform", "exponential")]
    wrong = [_wrong(case, law) for law in laws]
    if not wrong or any(w is None for w in wrong):
        return None
    return case.finding(
        CODE,
        NAME,
        f"${claim.left.to_latex()}$ has no such law: {wrong[0]}",
        severity=Severity.WARNING,
        span=case.locate(claim.right),
    )


def _reckoned(case: Case) -> bool:
    """Whether the law of a letter of the left side is told, and this relation is not among what is."""
    told = {
        h.left.name
        for h in flatten(case.claim.scope.hypotheses)
        if isinstance(h, Relation) and h.op == "sim" and isinstance(h.left, Symbol)
    }
    return bool(told & free_symbols(case.claim.left).keys())


def _wrong(case: Case, law: Law) -> str | None:
    for op, what, value in (("E", "mean", law.mean), ("Var", "variance", law.variance)):
        scope = replace(case.claim.scope, soft=())
        asking = Asking(case, scope, partial(_moment, op=op, value=value))
        verdict = asking.verdict(case.claim.left, case.claim.right)
        if verdict is not None and verdict.status is Status.REFUTED and "rests_on" not in verdict.evidence:
            return f"its {what} is not ${value.to_latex()}$"
    return None


def _moment(left: Term, right: Term, op: str, value: Term) -> Sides | None:
    return Expectation(op, (left,)), value


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "Let $Z \\sim \\mathcal{N}(0, 1)$. Then $$3 Z + 2 \\sim \\mathcal{N}(2, 3).$$\n",
        "Let $X \\sim \\mathcal{N}(\\mu, \\sigma^2)$. Then $$-X \\sim \\mathcal{N}(\\mu, \\sigma^2).$$\n",
    ),
    valid=(
        "Let $Z \\sim \\mathcal{N}(0, 1)$. Then $$3 Z + 2 \\sim \\mathcal{N}(2, 9).$$\n",
        "Let $Z \\sim \\mathcal{N}(0, 1)$. Then $$3 Z + 2 \\sim \\mathcal{N}(2, 3^2).$$\n",
        "Let $X \\sim \\mathcal{N}(\\mu, \\sigma^2)$. Then $$-X \\sim \\mathcal{N}(-\\mu, \\sigma^2).$$\n",
        "Let $X \\sim \\mathcal{N}(\\mu, \\sigma^2)$. Then $$\\frac{X - \\mu}{\\sigma} \\sim "
        "\\mathcal{N}(0, 1).$$\n",
    ),
    when="structure",
)
