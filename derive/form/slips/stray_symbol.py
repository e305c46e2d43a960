"""A symbol that is defined nowhere stands where the lines around have another.

It occurs once, no other formula knows it, and with the neighbours' symbol in its place the line
is proved, holds in another case of the document, or is word for word a line beside it.
"""

from collections.abc import Iterator
from itertools import islice

from derive.form.cause import cause
from derive.mend.case import Case
from derive.mend.triviality import trivial
from derive.model import Diagnostic, Fix, Severity, Status
from derive.reasons import CONSTRAINT, Reason, Why
from derive.term.contents import among
from derive.term.nodes import Add, Derivative, Neg, Relation, Symbol, Term
from derive.term.traverse import free_symbols, substitute, walk

CODE, NAME = "DRV006", "stray-symbol"
_MOST = 5


def check(case: Case) -> Diagnostic | None:
    claim = case.claim
    if not _suspect(case):
        return None
    for name, symbol in free_symbols(claim.right).items():
        if symbol.type.role in ("function", "operator", "distribution") or name in free_symbols(claim.left):
            continue
        places = [t for t in walk(claim.right) if t == symbol]
        if len(places) != 1 or places[0].span is None:
            continue  # one without a span is a bound that the reader put in, `N_{i}`
        # one that the document knows from elsewhere is a slip only where nothing says what it is here
        # and the replacement makes the line right
        elsewhere = not case.unknown(name)
        if elsewhere and (
            name not in claim.fresh
            or case.verdict.reason is None
            or case.verdict.reason.code is not Why.NO_DEFINITION
        ):
            continue
        left = free_symbols(claim.left).keys()
        if elsewhere and any(
            name in free_symbols(side)
            for near in case.neighbours
            if near.claim is not None and near.claim is not claim
            for side in (near.claim.left, near.claim.right)
        ):
            continue  # a symbol of the passage, not a stray one
        for other in islice(_candidates(case, symbol), _MOST):
            right = substitute(claim.right, {symbol: other})
            said = _judged(case, right, other)
            right_with_it = said is not None and said.startswith(", and with it")
            if said is None or ((elsewhere or other.name in left) and not right_with_it):
                continue
            where = case.locate(places[0])
            new = other.to_latex()
            return case.finding(
                CODE,
                NAME,
                (f"nothing says what ${name}$ is here" if elsewhere else f"${name}$ is defined nowhere")
                + f"; the lines around have ${new}$ in its place"
                + said,
                severity=Severity.ERROR if said and case.asserted and not elsewhere else None,
                span=where,
                fix=Fix(new, f"put ${new}$ in the place of ${name}$", where) if where is not None else None,
            )
    return None


def _suspect(case: Case) -> bool:
    """Whether anything speaks against the line as it stands: what only defines or assumes needs no mend."""
    verdict = case.verdict
    match verdict.status:
        case Status.REFUTED:
            return True
        case Status.UNDECIDED:
            return verdict.reason not in (Reason(Why.BUDGET), CONSTRAINT)
        case Status.GIVEN:
            return "not_an_identity" in verdict.evidence or _garbled(case.claim.left)
        case _:
            return False


def _candidates(case: Case, symbol: Symbol) -> Iterator[Symbol]:
    here = free_symbols(case.claim.right).keys()
    near: dict[Symbol, None] = {}
    for other in (*case.about_the_same, *(d.claim for d in case.neighbours if d.claim is not None)):
        for s in free_symbols(other.right).values():
            if s.name not in here and s.type.role not in ("function", "operator", "distribution"):
                near.setdefault(s)
    yield from near
    both = {**free_symbols(case.claim.right), **free_symbols(case.claim.left)}
    yield from (s for s in both.values() if s != symbol and s.type.role not in ("function", "operator"))


def _judged(case: Case, right: Term, other: Symbol) -> str | None:
    """What can be said of the line with the other symbol; None when nothing speaks for it."""
    claim = case.claim
    if trivial(claim.left, right) or _emptied(claim.right, right):
        return None
    changed = case.with_sides(claim.left, right)
    if case.holds(changed):
        return ", and with it this is right"
    new = other.to_latex()
    for condition, latex, _ in case.other_cases:
        if case.holds(case.under_case(changed, condition)):
            return f"; with ${new}$ this is the value for ${latex}$, not for ${', '.join(claim.conditions)}$"
    # a line that is word for word another's says little, unless this one is beyond reading anyway
    if _garbled(claim.left) and any(n.claim is not None and n.claim.right == right for n in case.neighbours):
        return ""
    return None


def _emptied(right: Term, changed: Term) -> bool:
    """Whether terms cancel that did not before, `a - a` of `b - a`, or a thing is compared with itself: what
    is nothing proves nothing."""
    return any(_cancels(n) for n in walk(changed)) and not any(_cancels(n) for n in walk(right))


def _cancels(term: Term) -> bool:
    if isinstance(term, Relation):
        return term.left == term.right
    if not isinstance(term, Add):
        return False
    taken = {a.arg for a in term.args if isinstance(a, Neg)}
    return any(a in taken for a in term.args)


def _garbled(left: Term) -> bool:
    return any(any(v == t.body for v, _ in t.variables) for t in among(left, Derivative))


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "Let $E(t, p) = (t - p)^2$ and $p = w^2 u$.\n\n"
        "$$\\frac{\\partial E}{\\partial w} = -4 (t - p) w u$$\n\n"
        "$$\\frac{\\partial E}{\\partial w} = -4 (t - w^2 u) w k$$\n",
    ),
    valid=(
        "The slope of the loss is $$\\frac{\\partial E}{\\partial w} = \\sum_{i=1}^n (y_i - p_i) x_i$$ "
        "where $$\\ln p_i = x_i w.$$\n",
        "The force of a spring is $F = -k x$, its energy $E = \\frac{1}{2} k x^2$, and $p = m v$.\n",
    ),
    when="any",
)
