"""An array is set equal to itself: a transpose, an inverse or an index was lost on one side.

`$\\mathbf S = \\mathbf S \\succ 0$` says nothing, `\\mathbf S = \\mathbf S^\\top` does. Only a matrix or a
vector by itself is looked at; texts that speak of reflexivity or identity, and steps that repeat a side, are
left alone.
"""

import re

from derive.expressions import regex
from derive.form.cause import cause
from derive.form.known.nearby import nearby
from derive.mend.case import Case
from derive.model import SET_ASIDE, Diagnostic, Severity
from derive.term.nodes import Symbol

CODE, NAME = "DRV058", "same-sides"
_MEANT = regex(r"\b(?:reflexiv\w*|itself|trivial\w*|tautolog\w*|identit\w+|same|unchanged)\b", re.IGNORECASE)


def check(case: Case) -> Diagnostic | None:
    claim = case.claim
    if claim.relation != "=" or claim.stance in SET_ASIDE or claim.left_span is None:
        return None
    left, right = claim.left, claim.right
    if not isinstance(left, Symbol) or left != right or left.type.shape == ():
        return None
    if not (claim.span.start <= claim.left_span.start and claim.right_span is not None):
        return None  # the row before ends with it
    if _MEANT.search(nearby(case).sentence):
        return None
    return case.finding(
        CODE,
        NAME,
        f"${left.to_latex()}$ is set equal to itself: one side has lost something",
        severity=Severity.WARNING,
        span=claim.span,
    )


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "We guess $J(\\mathbf{x}) = \\mathbf{x}^\\top \\mathbf{S} \\mathbf{x}$ with "
        "$\\mathbf{S} = \\mathbf{S}$.\n",
    ),
    valid=(
        "We guess $J(\\mathbf{x}) = \\mathbf{x}^\\top \\mathbf{S} \\mathbf{x}$ with "
        "$\\mathbf{S} = \\mathbf{S}^\\top$.\n",
        "Equality of matrices is reflexive: $\\mathbf{S} = \\mathbf{S}$.\n",
        "We have $x = x$.\n",
    ),
    when="any",
)
