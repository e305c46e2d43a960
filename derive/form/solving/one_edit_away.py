"""A step that no equation before it leads to, and the one edit after which they do.

The equations of the part of the document that stand before the step are solved and put into it as they are
where a step is shown to hold (`judge.following`); an edit is a mend where the step then follows. What has a
letter that none of them speaks of is left alone, for another equation may be meant.
"""

from __future__ import annotations

from itertools import islice

from derive.classes import replace
from derive.expressions import regex
from derive.form.solving.asking import rounded
from derive.form.solving.surroundings import Beside, equations_before
from derive.form.solving.words import Says, said_of
from derive.judge.following import Premises
from derive.mend.case import GOOD, Case
from derive.mend.edits import LEFT, Edit, edits
from derive.mend.mending import edited
from derive.mend.triviality import trivial
from derive.model import SET_ASIDE, Claim
from derive.term.nodes import Add, Symbol
from derive.term.traverse import free_symbols, walk
from derive.verify.budget import spend

_DEAREST = 1.75
_EDITS = 200
_STEPS = 500
"""What an edit costs that is looked at: the points of some equations solved and put in."""
_LISTED = regex(r"^\W*(?:and|or|as well as|while)?\W*$")
_DRAWN = (Says.FOLLOWS, Says.SOLVES, Says.INVERTS)
_BACK = 3
"""How many equations of one list the words may stand before."""


def one_edit_away(case: Case) -> tuple[Edit, str] | None:
    """The edit, and the equation that the step follows from with it."""
    claim = case.claim
    if claim.relation != "=" or claim.stance in SET_ASIDE or case.verdict.status in GOOD or case.refuted:
        return None
    if claim.left_span is None or len(claim.readings) > 1 or rounded(claim.left, claim.right):
        return None
    if not _is_drawn(case):
        return None
    premises = Premises.of(case.decided[: case.index], claim, case.mender.decide)
    if not premises.speak_of(claim) or premises.cover(claim):
        return None
    for edit in islice(edits((claim.left, claim.right), case.words, left=True, limit=_EDITS), _EDITS):
        if edit.cost > _DEAREST + LEFT:
            return None
        if edit.own_cost > _DEAREST:
            continue
        spend(_STEPS)
        changed = edited(claim, edit)
        if (
            trivial(changed.left, changed.right)
            or not _as_many(claim, changed)
            or of_any_constant(claim, edit)
        ):
            continue
        if premises.speak_of(changed) and (equation := premises.lead_to(changed)) is not None:
            return (edit, equation) if not case.holds(replace(changed, tried=True)) else None
    return None


def of_any_constant(claim: Claim, edit: Edit) -> bool:
    """`C` for `2 C` where it is a term by itself: a constant of integration takes up what it is multiplied
    by."""
    side = claim.right if edit.side else claim.left
    terms = side.args if isinstance(side, Add) else (side,)
    if not isinstance(edit.old, Symbol) or edit.old not in terms:
        return False
    return sum(n == edit.old for t in (claim.left, claim.right) for n in walk(t)) == 1


def _as_many(claim: Claim, changed: Claim) -> bool:
    """Whether a mended step speaks of as much as it did: one that loses what it is about says less."""
    before = free_symbols(claim.left).keys() | free_symbols(claim.right).keys()
    after = free_symbols(changed.left).keys() | free_symbols(changed.right).keys()
    return len(after) >= len(before) - 1


def _is_drawn(case: Case) -> bool:
    """Whether the words draw it from what stands before; those before a list of equations speak of each."""
    for _ in range(_BACK):
        before = next(equations_before(case), None)
        if before is None:
            return False
        if (said := said_of(before)) is not None:
            return said.value in _DRAWN
        if before.same_formula or not _LISTED.match(before.between):
            return False
        k = _index(case, before)
        if k is None:
            return False
        case = case.at(k)
    return False


def _index(case: Case, before: Beside) -> int | None:
    found = (k for k in range(case.index - 1, -1, -1) if case.decided[k].claim is before.claim)
    return next(found, None)
