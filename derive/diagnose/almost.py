"""Equations that are given, and one small edit away from an identity: almost right is the mark of a slip."""

from __future__ import annotations

from derive.calculus.array_properties import property_in
from derive.classes import replace
from derive.context.links import squared
from derive.diagnose.almost_arrays import KINDS, of_arrays, reordered, reworked, said_again, small_for_arrays
from derive.mend.case import GOOD, Case
from derive.mend.mending import Mend
from derive.mend.triviality import trivial
from derive.model import Claim, Diagnostic, Severity, Stance, Status
from derive.reasons import CONSTRAINT
from derive.term.nodes import (
    ZERO,
    Add,
    Apply,
    Call,
    Constant,
    Element,
    Expectation,
    Limit,
    Matrix,
    Mul,
    Neg,
    Number,
    Pow,
    Probability,
    Relation,
    Symbol,
    Term,
)
from derive.term.randomness import densities_in, speaks_of_chance
from derive.term.rearranged import balance
from derive.term.traverse import free_symbols, substitute, walk
from derive.term.undeclared import undeclared_in
from derive.verify.ladder.extremal_points import APART

_SMALL = frozenset(
    (
        "sign",
        "wrong-exponent",
        "wrong-function",
        "wrong-factor",
        "missing-factor",
        "wrong-index",
        "arithmetic",
        "extra-term",
        "missing-bracket",
        "inverted-fraction",
        "wrong-limits",
    )
)
_DEAREST = 1.65
_LOST_TERM = 1.95
_SIGN_ALONE = 1.3
_OFTEN = 3
_BY_OTHERS = ("doubt/stated-before", "doubt/special-field")
_MAY_STATE = (Stance.OPEN, Stance.DEFINES)
_MAY_STATE_OF_ARRAYS = (*_MAY_STATE, Stance.CONDITION)
"""`The residual satisfies …`: few equations that arrays are to satisfy are one edit from an identity."""


_ATOMS = (Symbol, Call, Element, Number, Constant, Probability, Expectation)


def _told_by_the_next(case: Case) -> bool:
    """Whether the next link of the chain is refuted: the slip is in the side they share, and told there."""
    later = case.decided[case.index + 1 : case.index + 2]
    return any(
        d.claim is not None
        and d.verdict.status is Status.REFUTED
        and d.claim.formula == case.claim.formula
        and d.claim.left_span == case.claim.right_span
        for d in later
    )


def _said_in_two_ways(case: Case) -> bool:
    """Whether the equation stands once more with its terms on other sides, `t - v = s` and `v = t - s`: that
    is no slip of one place."""
    own, sides = balance(case.claim.left, case.claim.right), {case.claim.left, case.claim.right}
    return any(
        {c.left, c.right} != sides and balance(c.left, c.right) == own
        for _, c in case.claims()
        if c.relation == "="
    )


def given_anew(case: Case) -> bool:
    """Whether it holds with another value that the page has given to a letter since its definition: `x = a +
    kh`, and then `suppose x = a + Mh`."""
    claim = case.claim
    letters = free_symbols(claim.left) | free_symbols(claim.right)
    for k, c in case.claims():
        if k >= case.index or c.relation != "=" or c.section != claim.section:
            continue
        if not isinstance(c.left, Symbol) or c.left.name not in letters:
            continue
        known = claim.scope.definitions.get(c.left.name)
        if known is None or known.body == c.right or c.stance in (Stance.DENIED, Stance.ASKED):
            continue
        put: dict[Term, Term] = {letters[c.left.name]: c.right}
        if case.holds(case.with_sides(substitute(claim.left, put), substitute(claim.right, put))):
            return True
    return False


def is_name(term: Term) -> bool:
    """Whether a side may be no more than a name: `\\sigma^2`; `A^\\dagger` may be the pseudo-inverse too."""
    match term:
        case Apply(head="adjoint", args=(Symbol(),)):
            return True
        case Pow() if squared(term):
            return True
        case _:
            return isinstance(term, _ATOMS)


def _of_a_product(term: Term) -> bool:
    """`(AB)^\\top`, `(AB)^{-1}`, `(A + B)^2`: what the rules for products speak of."""
    match term:
        case Apply(head="transpose" | "inverse", args=(Mul(),)):
            return True
        case Pow(base=Mul() | Add(), exponent=Number(value=2)):
            return True
        case _:
            return False


def _stated(claim: Claim) -> bool:
    """Whether the words of its sentence state or derive it, though its form leaves that open."""
    return any(s.question == "words" and s.rule.startswith("asserted/") for s in claim.trail)


def _taken_so(claim: Claim) -> bool:
    """Whether its form has the text take it so, and no word has it suppose it: the first link of a chain."""
    return claim.stance is Stance.ASSUMES and not any(
        s.question == "words" and s.rule.startswith("assumes/") for s in claim.trail
    )


def _small(claim: Claim, mend: Mend) -> bool:
    """Whether the edit is a slip of the pen. A term of a sum was lost only where the sentence derives the
    line: else it may be the condition that the term is zero."""
    assert mend.edit is not None
    side = claim.right if mend.edit.side else claim.left
    if free_symbols(mend.edit.term) and not free_symbols(side):
        return False  # what is set to numbers is looked for
    if mend.kind == "dropped-term":
        return mend.edit.own_cost <= _LOST_TERM and _stated(claim)
    if mend.edit.own_cost > _DEAREST:
        return False
    match mend.kind:
        case "transposition":
            return _of_a_product(claim.left)
        case "wrong-symbol":
            if _entries_worked_out(claim.right) or _worked_out(claim.left, claim.right):
                return True
            if _law_of_chance(claim.left, claim.right):
                return True  # it holds for all distributions then: no condition is one letter from that
            return _strange(claim, mend.edit.old, mend.edit.new) or lost_letter(claim, mend)
        case "extra-factor":
            return isinstance(mend.edit.piece, Number)
        case kind:
            return kind in _SMALL


def _law_of_chance(left: Term, right: Term) -> bool:
    """Whether a probability or a mean is given by others: it has its value, and is no name for one."""
    return speaks_of_chance(right) and (isinstance(left, Expectation) or left in densities_in(left, right))


def _strange(claim: Claim, old: Term, new: Term) -> bool:
    """Whether a letter stands in the claim once, and the one that belongs there in several places: an
    equation for a letter that is looked for has it by itself or more than once."""
    if not isinstance(old, Symbol) or not isinstance(new, Symbol) or isinstance(claim.right, _ATOMS):
        return False
    everything = [n for side in (claim.left, claim.right) for n in walk(side)]
    return everything.count(old) == 1 and everything.count(new) >= _OFTEN


def lost_letter(claim: Claim, mend: Mend) -> bool:
    """Whether one side has a letter too often, in the place of one that the other side has, and with the edit
    both sides are made of the same three letters at least: `(a + b) c = a c + a c`."""
    edit = mend.edit
    if edit is None or not (isinstance(edit.old, Symbol) and isinstance(edit.new, Symbol)):
        return False
    other = free_symbols(claim.left if edit.side else claim.right).keys()
    left, right = (free_symbols(s).keys() for s in (mend.claim.left, mend.claim.right))
    often = edit.old.name in free_symbols(edit.term)
    same = left == right or (left < right and _law_of_chance(claim.left, claim.right))
    return often and same and edit.new.name in other and len(right) >= _OFTEN


def _entries_worked_out(term: Term) -> bool:
    """Whether it is an array several of whose entries are worked out: where an edit of one entry makes the
    equation true, all the others are right, which nothing that is looked for is by chance."""
    entries = [e for row in term.rows for e in row] if isinstance(term, Matrix) else []
    return sum(isinstance(e, Add | Mul) for e in entries) >= _OFTEN


def _worked_out(left: Term, right: Term) -> bool:
    """Whether one side is several terms, and the other has to be multiplied or added out for them: no
    equation for a letter is one letter from being such an identity by chance."""
    terms = right.args if isinstance(right, Add) else ()
    summed = [n for n in walk(left) if isinstance(n, Add) and n is not left]
    return len(terms) >= _OFTEN and bool(summed) and all(not isinstance(t, Symbol) for t in terms[:2])


def _unsigned(term: Term) -> Term:
    return term.arg if isinstance(term, Neg) else term


def _alone(claim: Claim) -> Claim:
    """The claim without the equations that are assumed: an identity needs none of them but what says of what
    kind an array is."""
    kept = tuple(
        h
        for h in claim.scope.hypotheses
        if not (isinstance(h, Relation) and h.op == "=") or property_in(h) is not None
    )
    return replace(claim, scope=replace(claim.scope, hypotheses=kept, soft=()))


def _apart(case: Case) -> Case | None:
    """The claim without the equations around, where nothing but they may make it true; None where it stands
    or cannot be decided."""
    reason = case.verdict.reason
    if reason is None or reason.inner != CONSTRAINT:
        return None
    if all(s.rule not in _BY_OTHERS for s in case.verdict.trail):
        return None  # it is something else that may make it true
    claim = _alone(case.claim)
    verdict = case.mender.verdict(claim)
    if verdict is None or verdict.status is not Status.REFUTED:
        return None
    given = replace(verdict, status=Status.GIVEN, outcome=verdict.status)
    entry = replace(case.entry, claim=claim, verdict=given)
    return replace(case, decided=(*case.decided[: case.index], entry, *case.decided[case.index + 1 :]))


def _alike(a: Limit, b: Limit) -> bool:
    return (a.variable, a.point, a.side, a.op) == (b.variable, b.point, b.side, b.op)


def parted(case: Case) -> Diagnostic | None:
    """A warning for a limit that is right, of what is equal but for one sign.

    `\\lim_{x \\to 0} \\frac{x - x^2}{x} = \\lim_{x \\to 0} 1 + x`: both are one, yet the second was to be the
    first divided out. What is left out for being small is no sign.
    """
    claim = case.claim
    if claim.relation != "=" or claim.stance is not Stance.ASSERTED:
        return None
    match claim.left, claim.right:
        case Limit() as first, Limit() as second if _alike(first, second):
            inside = case.with_sides(first.body, second.body)
        case _:
            return None
    verdict = case.mender.verdict(inside)
    if verdict is None or verdict.status is not Status.REFUTED:
        return None
    entry = replace(case.entry, claim=inside, verdict=verdict)
    decided = (*case.decided[: case.index], entry, *case.decided[case.index + 1 :])
    mend = replace(case, decided=decided).mend
    if mend is None or mend.edit is None or mend.kind != "sign" or mend.edit.cost > _SIGN_ALONE:
        return None
    if mend.verdict.status is not Status.PROVED:
        return None
    return case.finding(
        "DRV101",
        "sign",
        "the limits agree, but not what they are taken of: a sign is wrong",
        severity=Severity.WARNING,
        fix=mend.fix,
    )


def almost(case: Case) -> Diagnostic | None:
    """A warning for an equation that is no identity, when a small edit makes it one.

    The edit must be small, the mended equation proved, and not the same words on both sides: `x = -x` or
    `AB = BA` are conditions, `(x - 1)^2 = x^2 + 2x + 1` is a slip.
    """
    claim = case.claim
    if APART in case.verdict.evidence:
        return _chosen(case)
    if claim.relation != "=":
        return None
    arrays = of_arrays(claim)
    if claim.stance not in (_MAY_STATE_OF_ARRAYS if arrays else _MAY_STATE) and not _taken_so(claim):
        return None
    again = arrays and said_again(claim)
    named = any(is_name(side) for side in (claim.left, _unsigned(claim.left)))
    if named and not again and not _law_of_chance(claim.left, claim.right):
        return None  # a value for a name is a definition or a condition, not an identity
    if any(
        n in claim.scope.definitions and claim.scope.definitions[n].earlier for n in free_symbols(claim.left)
    ):
        return None  # the letter may stand for another function by now
    if _told_by_the_next(case):
        return None
    if case.verdict.outcome is not Status.REFUTED:
        apart = _apart(case)
        return None if apart is None else almost(apart)

    def fits(mend: Mend) -> bool:
        return (mend is case.mend or (arrays and mend.kind in KINDS)) and _fits(
            case, mend, arrays=arrays, again=again
        )

    fitting = case.with_mend(fits)
    if fitting is None or _said_in_two_ways(case) or given_anew(case):
        return None
    return warned(fitting, fitting.found.kind, "almost an identity")


def _chosen(case: Case) -> Diagnostic | None:
    """`\\argmin -2bx + x^2` and then `\\argmin -2bx - x^2`: two that may have one least point by accident,
    but have it for sure with one sign another."""
    claim = case.claim
    before = (c for k, c in case.claims() if k < case.index and c.relation == "=" and c.left == claim.left)
    if any(case.holds(case.with_sides(c.right, claim.right)) for c in before):
        return None  # it is the one between that has the slip
    mend = case.mend
    if mend is None or mend.edit is None or mend.edit.own_cost > _DEAREST:
        return None
    if mend.verdict.status not in GOOD or trivial(mend.claim.left, mend.claim.right):
        return None
    return warned(case, mend.kind, "almost the same choice")


def warned(case: Case, kind: str, how: str) -> Diagnostic | None:
    from derive.diagnose.causes import CAUSES

    for cause in CAUSES:
        if cause.name == kind and (finding := cause.check(case)) is not None:
            return replace(finding, severity=Severity.WARNING, message=f"{how}: {finding.message}")
    return None


def _fits(case: Case, mend: Mend, *, arrays: bool, again: bool) -> bool:
    """Whether the edit is small and what it makes of the equation is an identity that says something."""
    claim = case.claim
    if mend.edit is None or not (_small(claim, mend) or (arrays and small_for_arrays(claim, mend))):
        return False
    if claim.stance in (Stance.CONDITION, Stance.ASSUMES) and reordered(mend.edit.old, mend.edit.new):
        return False  # it may be what holds of matrices that commute
    if (
        claim.stance is Stance.ASSUMES
        and mend.kind == "wrong-symbol"
        and not isinstance(mend.edit.old, Symbol)
    ):
        return False  # `p(y)` in the place of `p(y | x)`: that they are independent
    if claim.right == ZERO and mend.claim.right != ZERO:
        return False  # an equation that is to be solved, and what it comes down to
    chances = _law_of_chance(claim.left, claim.right) and lost_letter(claim, mend)
    by_many = arrays or (mend.kind == "wrong-symbol" and chances)
    if mend.verdict.status is not Status.PROVED and not (by_many and mend.verdict.status is Status.HOLDS):
        return False
    regrouped = arrays and mend.claim.left != mend.claim.right and lost_letter(claim, mend)
    if trivial(mend.claim.left, mend.claim.right) and not regrouped:
        return False
    if mend.edit.new in (claim.left, claim.right):
        return False  # `q(y) = \\int q(y) p(f) \\, df`: the one side put into the other
    if again and not reworked(mend):
        return False
    if not case.holds(_alone(mend.claim)) or case.holds(case.with_sides(mend.claim.left, ZERO)):
        return False  # that nothing is nothing is no identity that was missed
    scope = claim.scope
    # a wrapper put on or taken off may be no more than a colour
    return undeclared_in(scope, claim.left, claim.right) == undeclared_in(
        scope, mend.claim.left, mend.claim.right
    )
