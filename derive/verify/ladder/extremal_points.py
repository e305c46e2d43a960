"""`argmax f = argmax g`: the same points, where f = c g + d with c > 0 and c, d free of the variable.

That is so when (f(u) - f(v)) (g(u) - g(w)) = (f(u) - f(w)) (g(u) - g(v)) for all u, v, w, and f grows where g
does. Other pairs may have the same extremal points as well: they are left open.
"""

from __future__ import annotations

from collections.abc import Callable

from derive.classes import replace
from derive.model import Status, Verdict
from derive.reasons import unsupported
from derive.reasons.gaps import Gap
from derive.term.construct import mul, neg, sub
from derive.term.nodes import (
    ONE,
    ZERO,
    Add,
    Apply,
    BigOp,
    Binder,
    Call,
    Div,
    Neg,
    Probability,
    Relation,
    Symbol,
    Term,
    Type,
)
from derive.term.randomness import LETTERS
from derive.term.traverse import free_symbols, fresh, map_children, substitute
from derive.verify.ladder.question import Question, proved, undecided
from derive.verify.models.hypotheses import NoModel

_OPERATORS = ("argmax", "argmin")
_GROWING = ("log", "exp", "sqrt")
_GOOD = (Status.PROVED, Status.HOLDS)
APART = "not_proportional"
"""In the evidence: neither grows by a multiple of what the other grows by."""


def decide_extremal_points(q: Question, decide: Callable[[Question], Verdict]) -> Verdict | None:
    """The verdict on an equation between two such sets of points; None for any other claim. Never refuted."""
    if q.relation != "=" or not (is_extremal(q.left) and is_extremal(q.right)):
        return None
    assert isinstance(q.left, BigOp) and isinstance(q.right, BigOp)
    unknown = undecided(unsupported(Gap.OPERATOR, q.left.op))
    first, second = q.left.binders[0], q.right.binders[0]
    f, g = q.left.body, q.right.body
    if second.variable != first.variable:
        if first.variable.name in free_symbols(g):
            return unknown
        g = substitute(g, {second.variable: first.variable})
    if _range(first) != _range(second):
        return unknown
    if q.left.op != q.right.op:
        g = neg(g)
    known: dict[Term, Term] = {}
    f, g = _bare(_opaque(f, known)), _bare(_opaque(g, known))
    found = _compared(q, decide, first.variable, f, g)
    if found.status not in _GOOD and (a := _of_logarithms(f), b := _of_logarithms(g)) != (f, g):
        found = _compared(q, decide, first.variable, a, b)
    return found


def _opaque(term: Term, known: dict[Term, Term]) -> Term:
    """A density is a function of its letters, whatever it is: where it is greatest is asked of that."""
    density = isinstance(term, Call) and isinstance(term.function, Symbol) and term.function.name in LETTERS
    if density or isinstance(term, Probability):
        letters = tuple(s for n, s in free_symbols(term).items() if n not in LETTERS)
        function = Symbol(f"\\Pi_{{{len(known) + 1}}}", Type("real", (), "function"))
        return known.setdefault(term, Call(function, letters))
    return map_children(term, lambda t: _opaque(t, known))


def _of_logarithms(body: Term) -> Term:
    """`\\log a - \\log b` is greatest where `a / b` is."""
    if not isinstance(body, Add):
        return body
    parts: list[Term] = []
    for arg in body.args:
        sign, inner = (-1, arg.arg) if isinstance(arg, Neg) else (1, arg)
        if not isinstance(inner, Apply) or inner.head != "log" or len(inner.args) != 1:
            return body
        parts.append(inner.args[0] if sign > 0 else Div(ONE, inner.args[0]))
    return mul(*parts)


def _compared(q: Question, decide: Callable[[Question], Verdict], u: Symbol, f: Term, g: Term) -> Verdict:
    assert isinstance(q.left, BigOp)
    if f == g:
        return proved("structural equality")
    unknown = undecided(unsupported(Gap.OPERATOR, q.left.op))
    taken = set(free_symbols(f)) | set(free_symbols(g))
    v = fresh(u, taken)
    w = fresh(u, taken | {v.name})

    def change(body: Term, other: Symbol) -> Term:
        return sub(body, substitute(body, {u: other}))

    scope = q.scope
    for other in (v, w):
        copies = [substitute(h, {u: other}) for h in scope.hypotheses if u.name in free_symbols(h)]
        scope = scope.with_hypotheses(*copies)
        if (kind := scope.symbols.get(u.name)) is not None:
            scope = scope.with_symbol(other.name, kind)
    proportional = replace(
        q,
        left=mul(change(f, v), change(g, w)),
        right=mul(change(f, w), change(g, v)),
        scope=scope,
    )
    verdict = decide(proportional)
    if verdict.status is Status.REFUTED:
        return replace(unknown, evidence={APART: True})
    if verdict.status not in _GOOD:
        return unknown
    together = replace(q, left=mul(change(f, v), change(g, v)), relation=">", right=ZERO, scope=scope)
    weakest = verdict
    for body in (f, g):  # neither is constant where the other is not
        moved = scope.with_hypotheses(Relation("!=", change(body, v), ZERO))
        try:
            grows = decide(replace(together, scope=moved))
        except NoModel:
            return unknown
        if grows.status not in _GOOD:
            return unknown
        weakest = grows if weakest.status is Status.PROVED else weakest
    return weakest


def is_extremal(term: Term) -> bool:
    """Whether it is a set of extremal points, which has no value."""
    return isinstance(term, BigOp) and term.op in _OPERATORS and len(term.binders) == 1


def _range(b: Binder) -> tuple[Term | None, ...]:
    return b.lower, b.upper, b.domain, b.condition


def _bare(body: Term) -> Term:
    """Without a function that grows: where log f is greatest, f is."""
    while isinstance(body, Apply) and body.head in _GROWING and len(body.args) == 1:
        body = body.args[0]
    return body
