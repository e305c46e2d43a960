"""Arrays that fit in no way as they are printed, and do after one transpose or swap, which proves the line.

Where shapes are stated, it is ill formed. Where they are told by what the letters are defined to be, no model
gives the two sides values; that alone tells nothing, since a text may write vectors as rows. That the line
follows once a transpose is put in tells that it was left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from derive.classes import replace
from derive.diagnose.almost_arrays import of_arrays
from derive.mend.case import GOOD, Case
from derive.mend.edits import Edit
from derive.mend.mending import Mend
from derive.mend.triviality import trivial
from derive.model import Diagnostic, Severity, Stance, Status, Verdict
from derive.reasons import Reason, Why
from derive.reasons.gaps import Gap
from derive.term.nodes import Mul, Symbol, Term, Type
from derive.term.traverse import walk

_MISFITS = frozenset(
    (
        Gap.COMPARISON_OF_DIFFERENT_SHAPES,
        Gap.CONSTRUCT_OF_NO_SQUARE_MATRIX,
        Gap.ELEMENTWISE_PRODUCT_OF_DIFFERENT_SHAPES,
        Gap.PRODUCT_OF_SHAPES_AND,
        Gap.PRODUCT_OF_SHAPES_THAT_DO_NOT_FIT,
        Gap.PRODUCT_OF_TWO_COLUMN_VECTORS,
        Gap.SUM_OF_NUMBER_AND_ARRAY,
        Gap.SUM_OF_SHAPES_AND,
    )
)
_STATED = (Stance.ASSERTED, Stance.OPEN, Stance.CONDITION)
_DEAREST = 1.75


def misfit(case: Case) -> Diagnostic | None:
    """A warning for an equation that a transpose or a swap gives a meaning under which it is proved."""
    claim = case.claim
    if claim.relation != "=" or claim.stance not in _STATED or _gap(case.verdict) not in _MISFITS:
        return None
    if not of_arrays(claim) or _rows(case):
        return None
    fitting = case.with_mend(_fits, _suits)
    if fitting is None:
        return None
    from derive.diagnose.causes import transposition

    told = transposition.check(fitting)
    return replace(told, severity=Severity.WARNING) if told is not None else None


def _gap(verdict: Verdict) -> object:
    """What there was no value of."""
    if verdict.outcome is not Status.UNDECIDED or verdict.reason is None:
        return None
    reason: Reason | None = verdict.reason
    if reason is not None and reason.code is Why.CONDITION:
        reason = reason.inner
    if reason is None or reason.code is not Why.UNSUPPORTED or reason.inner is None:
        return None
    return reason.inner.code


def _suits(edit: Edit) -> bool:
    return edit.kind == "transposition" and edit.cost <= _DEAREST


def _fits(mend: Mend) -> bool:
    return mend.verdict.status in GOOD and not trivial(mend.claim.left, mend.claim.right)


def _rows(case: Case) -> bool:
    """Whether the text writes vectors as rows: `x W` anywhere else."""
    for entry in case.decided:
        if entry.claim is not None and entry is not case.entry:
            known = entry.claim.scope.symbols
            if any(_row(t, known) for t in _terms(entry.claim.left, entry.claim.right)):
                return True
    return False


def _terms(*sides: Term) -> Iterator[Term]:
    for side in sides:
        yield from walk(side)


def _row(term: Term, known: Mapping[str, Type]) -> bool:
    return isinstance(term, Mul) and any(
        _dimensions(a, known) == 1 and _dimensions(b, known) == 2 for a, b in pairwise(term.args)
    )


def _dimensions(term: Term, known: Mapping[str, Type]) -> int | None:
    shape = known.get(term.name, term.type).shape if isinstance(term, Symbol) else None
    return len(shape) if shape else None
