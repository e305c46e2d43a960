"""An equation does not follow from the one that it is drawn from; one small edit, and it does.

`$zX - zx_0 = GX$ so that $(z - G)X = zX$`: the equation before is solved for a letter in which it is
linear, and what comes out is put into the next one, which must then be an identity; where there is no such
letter, the one must be a multiple of the other. It is an error where
the words draw the one from the other, a warning where they are rows of one display. Equations that
something else in the text explains, and edits that only say the first equation again, are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Set
from fractions import Fraction
from itertools import islice

from derive.calculus.resolve import TooLarge, resolve
from derive.calculus.solving import binds, frozen, linear_in
from derive.expressions import regex
from derive.form.cause import cause
from derive.form.solving.asking import Asking, Sides, in_words, rounded, without
from derive.form.solving.inserted import inserted
from derive.form.solving.one_edit_away import of_any_constant, one_edit_away
from derive.form.solving.putting_back import solution_of, speaks_of
from derive.form.solving.surroundings import Beside, alone, chained, equations_before
from derive.form.solving.words import Says, said_of
from derive.mend.case import GOOD, Case
from derive.mend.edits import Edit
from derive.mend.mending import fix_of
from derive.mend.triviality import trivial
from derive.model import SET_ASIDE, Claim, Diagnostic, Label, Severity
from derive.term.construct import sub
from derive.term.nodes import (
    Add,
    Call,
    Mul,
    Number,
    Relation,
    Symbol,
    Term,
)
from derive.term.scope import Scope
from derive.term.traverse import free_symbols, substitute, walk

CODE, NAME = "DRV042", "unfollowed"
_FREE = ("variable", "constant", "parameter", "random")


def check(case: Case) -> Diagnostic | None:
    told = _of_the_one_before(case)
    if told is not None:
        return told
    if (became := inserted(case)) is not None:
        return _became(case, *became)
    if (found := one_edit_away(case)) is None:
        return None
    edit, equation = found
    return case.finding(
        CODE,
        NAME,
        f"this does not follow from ${equation}$: it would {in_words(edit)}",
        severity=Severity.WARNING,
        span=case.locate(edit.old) or case.claim.span,
        fix=fix_of(case.claim, edit),
    )


def _became(case: Case, edit: Edit, equation: Claim) -> Diagnostic:
    return case.finding(
        CODE,
        NAME,
        f"this is not what ${equation.latex}$ becomes: it would {in_words(edit)}",
        severity=Severity.ERROR,
        span=case.locate(edit.old) or case.claim.span,
        labels=(Label(equation.span, "the equation before"),),
        fix=fix_of(case.claim, edit),
    )


def _of_the_one_before(case: Case) -> Diagnostic | None:
    claim = case.claim
    if claim.relation in ("implies", "iff"):
        return _implied(case)
    if claim.relation != "=" or claim.stance in SET_ASIDE or case.verdict.status in GOOD:
        return None
    if claim.left_span is None or len(claim.readings) > 1 or rounded(claim.left, claim.right):
        return None
    if solution_of(claim.left, claim.right) is not None or not alone(case, claim):
        return None
    before = next(equations_before(case), None)
    if before is None or len(before.claim.readings) > 1 or (ends := chained(case, before.claim)) is None:
        return None
    said = said_of(before)
    if said is None and (before.between or not _is_row_below(case, before) or _is_system(claim)):
        return None
    if said is not None and said.value is not Says.FOLLOWS:
        return None
    first = before.claim
    difference, later = sub(*ends), Add((claim.left, claim.right))
    found = _solved(difference, later, first.scope)
    if found is not None:
        told = _checked(case, before, *found, said is not None, known=free_symbols(difference).keys())
        return told or (_of_two(case, before, difference) if said is not None else None)
    spelt = frozen(difference)
    if said is not None and len(free_symbols(spelt)) > 1:  # `x(0) = 1` gives a value
        found = _solved(spelt, frozen(later), first.scope)
        if found is not None and found[0].name in free_symbols(frozen(later)):
            return _checked(case, before, *found, True, frozen)
    if said is not None and (found := _put_in(difference, later, first.scope)) is not None:
        return _checked(case, before, *found, True, known=free_symbols(found[1]).keys() | {found[0].name})
    return _multiple(case, before, difference, said is not None)


_TOGETHER = regex(r"\b(?:add|subtract|combin|substitut|eliminat|plug|insert|together|both)", re.IGNORECASE)


def _of_two(case: Case, before: Beside, difference: Term) -> Diagnostic | None:
    """`a x + b y = c` and `x - y = d`, hence `(a + b) x = c + b d`: one letter is solved for in the one
    equation, another in the other, and what comes of them is put in."""
    claim = case.claim
    second = next(islice(equations_before(case), 1, 2), None)
    if second is None or second.claim.relation != "=" or len(second.claim.readings) > 1:
        return None
    if second.claim.stance in SET_ASIDE or chained(case, second.claim) is None:
        return None
    other = sub(second.claim.left, second.claim.right)
    letters = free_symbols(Add((claim.left, claim.right))).keys()
    here, there = free_symbols(difference).keys(), free_symbols(other).keys()
    if letters <= here or not letters <= here | there:
        return None
    one = _solved(difference, other, claim.scope)
    if one is None or one[0].name not in free_symbols(other):
        return None
    two = _solved(substitute(other, {one[0]: one[1]}), Add((claim.left, claim.right)), claim.scope)
    if two is None or two[0].name not in letters | free_symbols(one[1]).keys():
        return None

    def put(left: Term, right: Term) -> Sides | None:
        if any(binds(side, letter) for side in (left, right) for letter in (one[0], two[0])):
            return None
        left, right = (substitute(side, {one[0]: one[1]}) for side in (left, right))
        return substitute(left, {two[0]: two[1]}), substitute(right, {two[0]: two[1]})

    asking = Asking(case, without(claim.scope, [one[0].name, two[0].name]), put)
    return _told(case, before, asking, bool(_TOGETHER.search(before.between)), beside=second)


def _multiple(case: Case, before: Beside, difference: Term, told: bool) -> Diagnostic | None:
    """`-3n^2 + 3n = -c` and then `3n^2 - 4n - c = 0`: no letter can be solved for, but if the one equation is
    the other times a number, then it is so at a point."""
    claim = case.claim
    letters = free_symbols(difference)
    if letters.keys() != (free_symbols(claim.left).keys() | free_symbols(claim.right).keys()):
        return None
    if any(s.type.shape != () or binds(difference, s) for s in letters.values()):
        return None
    point: dict[Term, Term] = {s: Number(Fraction(2 * k + 5, k + 2)) for k, s in enumerate(letters.values())}
    there = substitute(difference, point)

    def put(left: Term, right: Term) -> Sides | None:
        if any(binds(side, s) for side in (left, right) for s in letters.values()):
            return None
        own = sub(left, right)
        return Mul((own, there)), Mul((substitute(own, point), difference))

    asking = Asking(case, without(claim.scope, list(letters)), put)
    return _told(case, before, asking, told, _of_a_number)


def _of_a_number(edit: Edit) -> bool:
    """Whether a sign or a number is changed that is no power: what has more solutions than the equation
    before, `x^4 = 1` after `x^2 = 1`, follows from it as well."""
    numbers = isinstance(edit.old, Number) and isinstance(edit.new, Number)
    return edit.kind == "sign" or (numbers and edit.kind != "wrong-exponent")


def _is_row_below(case: Case, before: Beside) -> bool:
    """Whether the one stands in another row of the same display: side by side they are a list."""
    between = case.document.source.text[before.claim.span.end : case.claim.span.start]
    return before.same_formula and "\\\\" in between


def _is_system(claim: Claim) -> bool:
    """Rows behind a brace hold together; none is drawn from the one above it."""
    latex = claim.formula.latex if claim.formula is not None else ""
    return "cases}" in latex or "\\left\\{" in latex or "\\left \\{" in latex


def _implied(case: Case) -> Diagnostic | None:
    """`a x + b = 0 \\implies a x = b`: both equations stand in one formula."""
    claim = case.claim
    first, second = claim.left, claim.right
    if claim.stance in SET_ASIDE or case.verdict.status in GOOD or len(claim.readings) > 1:
        return None
    if not (isinstance(first, Relation) and isinstance(second, Relation) and first.op == second.op == "="):
        return None
    if rounded(first, second) or solution_of(second.left, second.right) is not None:
        return None
    if not free_symbols(second).keys() <= free_symbols(first).keys():
        return None
    found = _solved(sub(first.left, first.right), second, claim.scope)
    if found is None:
        return None
    letter, value = found

    def put(_: Term, right: Term) -> Sides | None:
        if not isinstance(right, Relation) or right.op != "=" or binds(right, letter):
            return None
        return substitute(right.left, {letter: value}), substitute(right.right, {letter: value})

    asking = Asking(case, without(claim.scope, [letter.name]), put)
    if not asking.fails():
        return None
    edit = asking.mend(lambda e: not _said_again(e.term, first), left=False)
    if edit is None:
        return None
    return case.finding(
        CODE,
        NAME,
        f"this does not follow from ${first.to_latex()}$: it would {in_words(edit)}",
        severity=Severity.ERROR,
        span=case.locate(edit.old) or claim.right_span,
        fix=fix_of(claim, edit),
    )


def _said_again(term: Term, first: Relation) -> bool:
    """Whether an equation is the first one, or an identity in the same words."""
    if not isinstance(term, Relation):
        return True
    left, right = term.left, term.right
    return (
        trivial(left, right)
        or (trivial(left, first.left) and trivial(right, first.right))
        or (trivial(left, first.right) and trivial(right, first.left))
    )


def _checked(
    case: Case,
    before: Beside,
    letter: Symbol,
    value: Term,
    told: bool,
    spelt: Callable[[Term], Term] = lambda term: term,
    known: Set[str] = frozenset(),
) -> Diagnostic | None:
    claim, first = case.claim, before.claim

    def put(left: Term, right: Term) -> Sides | None:
        left, right = spelt(left), spelt(right)
        if any(speaks_of(s, letter.name) and binds(s, letter) for s in (left, right)):
            return None
        return substitute(left, {letter: value}), substitute(right, {letter: value})

    scope = _scope(claim.scope, first, letter)
    asking = Asking(case, scope, put)
    known = known or free_symbols(first.left).keys() | free_symbols(first.right).keys()
    if not (free_symbols(claim.left).keys() | free_symbols(claim.right).keys()) <= known:
        return None
    there = free_symbols(spelt(sub(first.left, first.right))).keys() | known

    def allowed(edit: Edit) -> bool:
        """No element or slope that the equation before lacks may stay."""
        left, right = (claim.left, edit.term) if edit.side else (edit.term, claim.right)
        return free_symbols(spelt(sub(left, right))).keys() <= there

    return _told(case, before, asking, told, allowed)


def _told(
    case: Case,
    before: Beside,
    asking: Asking,
    told: bool,
    allowed: Callable[[Edit], bool] = lambda _: True,
    beside: Beside | None = None,
) -> Diagnostic | None:
    claim, first = case.claim, before.claim
    drawn_from = f"${first.latex}$" if beside is None else f"${beside.claim.latex}$ and ${first.latex}$"
    if not asking.fails():
        return None
    edit = asking.mend(
        lambda e: allowed(e) and not of_any_constant(claim, e) and _says_more(case, first, e), left=True
    )
    if edit is None:
        return None
    return case.finding(
        CODE,
        NAME,
        f"this does not follow from {drawn_from}: it would {in_words(edit)}",
        severity=Severity.ERROR if told else Severity.WARNING,
        span=case.locate(edit.old) or claim.span,
        labels=(Label(first.span, "the equation before"),),
        fix=fix_of(claim, edit),
    )


def _solved(difference: Term, later: Term, scope: Scope) -> tuple[Symbol, Term] | None:
    """A letter that the first equation is linear in, with what it makes of it; one that the other has, and
    that nothing defines, before others."""
    found = [(letter, value) for letter, value in linear_in(difference) if letter.type.role in _FREE]
    there = free_symbols(later).keys()
    return min(found, key=lambda f: (f[0].name not in there, f[0].name in scope.definitions), default=None)


def _put_in(difference: Term, later: Term, scope: Scope) -> tuple[Symbol, Term] | None:
    """`f(0) = 1` where `f(x) = C e^x`: what it makes of a letter of the definition."""
    if not any(isinstance(n, Call) for n in walk(difference)):
        return None
    try:
        told = resolve(difference, scope)
    except TooLarge:
        return None
    if told == difference:
        return None
    found = _solved(told, later, scope)
    return found if found is not None and found[0].name in free_symbols(later) else None


def _scope(scope: Scope, first: Claim, letter: Symbol) -> Scope:
    names = [letter.name]
    match first.left:
        case Symbol(name=name) if name in scope.definitions and scope.definitions[name].body == first.right:
            names.append(name)
        case _:
            pass
    return without(scope, names)


def _says_more(case: Case, first: Claim, edit: Edit) -> bool:
    """Whether the mended equation is a step: no identity, and not the first one again."""
    claim = case.claim
    left, right = (claim.left, edit.term) if edit.side else (edit.term, claim.right)
    if (trivial(left, first.left) and trivial(right, first.right)) or (
        trivial(left, first.right) and trivial(right, first.left)
    ):
        return False
    if not free_symbols(left) and not free_symbols(right):
        return False
    return not case.holds(case.with_sides(left, right))


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "$$zX - zx_0 = GX$$ so that $$(z-G)X = zX.$$\n",
        "We have $a x + b y = c$, hence $b y = c + a x$.\n",
        "The balance is $$a x + b y = c$$ and $$x - y = d.$$ Adding $b$ times the second to the first, we"
        " obtain $$(a + b) x = c - b d.$$\n",
        "We get $$\\frac{x}{a} + \\frac{y}{b} = 1 \\implies b x - a y = a b.$$\n",
        "$$\\frac{u_{i+1} - u_i}{h} = f_i.$$ We rearrange this for $u_{i+1}$. Thus we obtain"
        " $$u_{i+1} = u_i - h f_i.$$\n",
        "$$\\begin{align} \\frac{-3n^2+3n}{7} &= 1 - 5 \\\\ &= -4 \\\\ 3n^2 - 4n - 28 &= 0 \\end{align}$$\n",
    ),
    valid=(
        "$$\\frac{u_{i+1} - u_i}{h} = f_i.$$ We rearrange this for $u_{i+1}$. Thus we obtain"
        " $$u_{i+1} = u_i + h f_i.$$\n",
        "$$zX - zx_0 = GX$$ so that $$(z-G)X = zx_0.$$\n",
        "We have $a x + b y = c$, hence $b y = c - a x$.\n",
        "We have $x + y = 3$ and $x - y = 1$.\n",
        "The balance is $$a x + b y = c$$ and $$x - y = d.$$ Adding $b$ times the second to the first, we"
        " obtain $$(a + b) x = c + b d.$$\n",
        "We have $t^2 - 1 = 0$, hence $t^4 - 1 = 0$, and $t (t^2 - 1) = 0$.\n",
        "We get $$\\frac{x}{a} + \\frac{y}{b} = 1 \\implies b x + a y = a b.$$\n",
    ),
)
