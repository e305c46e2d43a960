"""Equations that nothing decides as they are printed, and that one small edit proves.

`\\mathrm{Var}[X] = E[X^2] - (E[X])^4` of an X of which nothing is known, `f'(a) = \\lim_{x \\to a} …` of a
limit that is none: no model gives both sides values, or none fits what the text says. That a proof is there
once one sign, number, exponent or letter is another tells what was meant. A name that is given a value is
left alone where the text does not state the line, and so is what is equal to a number.
"""

from __future__ import annotations

from contextlib import suppress

from derive.classes import replace
from derive.diagnose.almost import given_anew, is_name, warned
from derive.mend.case import Case
from derive.mend.edits import Edit
from derive.mend.mending import Mend
from derive.mend.triviality import trivial
from derive.model import Claim, Diagnostic, Stance, Status
from derive.reasons import Why
from derive.term.nodes import ZERO, Constant, Integral, Number, Symbol, Term
from derive.term.traverse import children, free_symbols
from derive.term.undeclared import undeclared_in
from derive.verify.budget import Allowance, StepsSpent, bounded

_KINDS = frozenset(
    (
        "sign",
        "wrong-exponent",
        "wrong-function",
        "wrong-factor",
        "missing-factor",
        "wrong-index",
        "wrong-symbol",
        "arithmetic",
    )
)
_DEAREST = 1.65
_SEARCH = Allowance(steps=150_000, seconds=0.3)
_EDITS = 40
_DRESS = frozenset("_^{")
_OF_ITS_VALUES = (Why.CONSTRAINT, Why.NO_DEFINITION, Why.UNDEFINED)
"""What stops a decision at the values; no edit helps against a construct that has none."""


def left_open(case: Case) -> Diagnostic | None:
    """A warning for an equation that was not decided, when one small edit makes it proved."""
    claim = case.claim
    if claim.relation != "=" or case.verdict.outcome is not Status.UNDECIDED or not _may_help(case):
        return None
    searching = replace(case, mender=replace(case.mender, for_a_claim=_EDITS, of_the_undecided=1))
    with suppress(StepsSpent), bounded(_SEARCH):
        fitting = searching.with_mend(lambda mend: _fits(searching, mend), lambda edit: _suits(claim, edit))
        if fitting is not None and not given_anew(case):
            return warned(fitting, fitting.found.kind, "almost an identity")
    return None


def _may_help(case: Case) -> bool:
    """Whether the claim was not decided for its values, and is no condition on what it names."""
    claim, reason = case.claim, case.verdict.reason
    if reason is not None and reason.code is Why.CONDITION:
        reason = reason.inner
    if reason is None or reason.code not in _OF_ITS_VALUES:
        return False
    if (reason.code is Why.CONSTRAINT and reason.args) or (reason.inner and reason.inner.code is Why.RANGE):
        return False  # the text tells more than its formulas do
    if any(isinstance(side, Number | Constant) for side in (claim.left, claim.right)):
        return False
    return claim.stance is Stance.ASSERTED or (
        claim.stance is Stance.OPEN and not is_name(claim.left) and not is_name(claim.right)
    )


def _suits(claim: Claim, edit: Edit) -> bool:
    if edit.kind not in _KINDS or edit.own_cost > _DEAREST:
        return False
    if not edit.path or edit.new in (claim.left, claim.right):
        return False  # a whole side put anew
    if edit.kind == "wrong-symbol" and not _letters(edit.old, edit.new):
        return False
    # a value put in is none
    return edit.old != ZERO and not (edit.kind == "wrong-function" and edit.old in children(edit.new))


def _fits(case: Case, mend: Mend) -> bool:
    edit, claim = mend.edit, case.claim
    if edit is None or mend.verdict.status is not Status.PROVED:
        return False
    if trivial(mend.claim.left, mend.claim.right) or _taken_at(case, edit.old, edit.new):
        return False
    before, after = (claim.right, mend.claim.right) if edit.side else (claim.left, mend.claim.left)
    if case.holds(case.with_sides(before, after)):
        return False  # `g(x) + g(0)` for `g(x) - g(0)` where g(0) is nothing: the line says the same
    if case.holds(case.with_sides(mend.claim.left, ZERO)):
        return False  # that nothing is nothing is no identity that was missed
    return undeclared_in(claim.scope, claim.left, claim.right) == undeclared_in(
        claim.scope, mend.claim.left, mend.claim.right
    )


def _taken_at(case: Case, old: Term, new: Term) -> bool:
    """`y(t) = \\int \\tau^2 \\, d\\tau = \\frac{t^3}{3} + C`: an indefinite integral is given at the letter
    that the chain begins with, whatever letter it is taken over."""
    integral = case.claim.left
    if not isinstance(integral, Integral) or integral.variable != new or not isinstance(old, Symbol):
        return False
    if any(b is not None for b in (integral.lower, integral.upper, integral.domain)):
        return False
    before = case.decided[case.index - 1].claim if case.index else None
    if before is None or before.formula != case.claim.formula or before.right_span != case.claim.left_span:
        return False
    return old.name in free_symbols(before.left)


def _letters(old: Term, new: Term) -> bool:
    """Whether one letter stands for another, and not for what the text defines a sequence or a value by."""
    return all(isinstance(t, Symbol) and not _DRESS.intersection(t.name) for t in (old, new))
