"""Two sides differ whatever their operators are, as long as these are linear; one small edit, and they agree.

`$\\int_\\Omega \\lambda (a - b)\\,dx = \\int_\\Omega \\lambda a\\,dx + \\int_\\Omega \\lambda b\\,dx$`:
nothing is known of the functions, but sums are taken out of integrals, expectations, inner products, traces
and transforms, and a derivative of a product has two terms. Only claims with three terms and more are
compared.
"""

from __future__ import annotations

from derive.form.cause import cause
from derive.form.solving.asking import Asking, Sides, in_words, rounded
from derive.form.solving.linear import NotLinear, Opaque, has_operator, outside
from derive.mend.case import Case
from derive.mend.edits import Edit
from derive.mend.mending import fix_of
from derive.model import Diagnostic, Severity, Stance, Status
from derive.reasons import Why
from derive.term.nodes import Add, Neg, Number, Term
from derive.term.scope import Scope
from derive.term.traverse import free_symbols

CODE, NAME = "DRV043", "operator-step"
_SMALL = frozenset({"sign", "wrong-factor", "missing-factor", "extra-factor", "wrong-symbol"})
"""No term too many: what is left out may be known to vanish, a value at a root or the mean of a noise."""
_SPEAKING = (Stance.ASSERTED, Stance.OPEN)
_FEWEST = 3


def check(case: Case) -> Diagnostic | None:
    claim = case.claim
    if claim.relation != "=" or claim.stance not in _SPEAKING:
        return None
    if not (has_operator(claim.left) and has_operator(claim.right)):
        return None  # a side without any gives the values of the operators on the other
    if not _left_open(case) or rounded(claim.left, claim.right):
        return None
    terms = (*_terms(claim.left), *_terms(claim.right))
    if len(terms) < _FEWEST or any(isinstance(t, Number) and t.value == 0 for t in terms):
        return None  # `a + 0`: something was known to vanish
    opaque = Opaque(outside(claim.left, claim.right), "\\langle" in claim.latex)

    def made(left: Term, right: Term) -> Sides | None:
        try:
            return opaque.written(left), opaque.written(right)
        except NotLinear:
            return None

    scope: Scope = claim.scope
    names = free_symbols(claim.left).keys() | free_symbols(claim.right).keys()
    if names & scope.definitions.keys():
        return None  # what is known of them may explain the step
    asking = Asking(case, scope, made)
    if any(_agree(opaque, r.terms[0], r.terms[1]) for r in claim.readings) or not asking.fails():
        return None
    edit = asking.mend(_small, left=case.left_may_be_wrong)
    if edit is None:
        return None
    return case.finding(
        CODE,
        NAME,
        f"the two sides differ whatever stands inside the operators: they agree {in_words(edit)}",
        severity=Severity.ERROR if claim.stance is Stance.ASSERTED else Severity.WARNING,
        span=case.locate(edit.old) or claim.right_span,
        fix=fix_of(claim, edit),
    )


def _agree(opaque: Opaque, left: Term, right: Term) -> bool:
    """Whether the sides are the same sum."""
    try:
        return opaque.sum_of(left) == opaque.sum_of(right)
    except NotLinear:
        return False


def _small(edit: Edit) -> bool:
    return edit.kind in _SMALL


def _terms(term: Term) -> tuple[Term, ...]:
    match term:
        case Add(args=args):
            return args
        case Neg(arg=arg):
            return _terms(arg)
        case _:
            return (term,)


def _left_open(case: Case) -> bool:
    """Whether deciding could not say: something in it has no value, or chance that nothing describes."""
    verdict = case.verdict
    reason = verdict.reason
    if reason is not None and reason.code is Why.CONDITION:
        reason = reason.inner
        if verdict.outcome is Status.REFUTED:
            return True
    return reason is not None and reason.code in (Why.UNSUPPORTED, Why.NO_DEFINITION)


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "Then $$\\int_\\Omega \\lambda (a - b - c)\\,dx = \\int_\\Omega \\lambda a\\,dx "
        "- \\int_\\Omega \\lambda b\\,dx + \\int_\\Omega \\lambda c \\,dx.$$\n",
        "We have $$\\langle u + 2v, w\\rangle = \\langle u, w\\rangle - 2\\langle v, w\\rangle.$$\n",
    ),
    valid=(
        "Then $$\\int_\\Omega \\lambda (a - b - c)\\,dx = \\int_\\Omega \\lambda a\\,dx "
        "- \\int_\\Omega \\lambda b\\,dx - \\int_\\Omega \\lambda c \\,dx.$$\n",
        "We have $$\\langle u + 2v, w\\rangle = \\langle u, w\\rangle + 2\\langle v, w\\rangle.$$\n",
        "The weak form is $$\\langle u, v\\rangle + \\langle u', v'\\rangle = \\langle f, v\\rangle.$$\n",
    ),
)
