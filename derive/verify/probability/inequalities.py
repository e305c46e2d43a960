"""The inequalities of Markov and Chebyshev: `P(X \\ge a) \\le E[X]/a` for X ≥ 0 and a > 0,
`P(|X - E[X]| \\ge t) \\le \\operatorname{Var}(X)/t^2` for t > 0, and what follows from them by algebra."""

from __future__ import annotations

from collections.abc import Callable

from derive.classes import replace
from derive.model import Status, Verdict
from derive.reasons import Why
from derive.term.construct import div, power
from derive.term.nodes import (
    ONE,
    TWO,
    ZERO,
    Add,
    Apply,
    Expectation,
    Neg,
    Probability,
    Relation,
    Symbol,
    Term,
    Type,
)
from derive.term.scope import Scope
from derive.term.traverse import free_symbols, map_children
from derive.verify.ladder.question import Question, proved, undecided
from derive.verify.probability.by_moments import named_law

Decide = Callable[[Question], Verdict]


def chance_bound(q: Question, decide: Decide) -> Verdict | None:
    """A proof that a probability is at most something; None where no inequality gives it."""
    if q.relation not in ("<=", ">="):
        return None
    small, large = (q.left, q.right) if q.relation == "<=" else (q.right, q.left)
    match small:
        case Probability(args=(Relation(op=">=" | ">", left=left, right=end),), given=(), function=None):
            pass
        case _:
            return None
    match left:
        case Symbol() as x if _nonnegative(x, q):
            best, method = div(Expectation("E", (x,)), end), "Markov's inequality"
        case Apply(head="abs", args=(Add(args=(Symbol() as x, Neg(arg=c))),)) if c == Expectation("E", (x,)):
            best, method = div(Expectation("Var", (x,)), power(end, TWO)), "Chebyshev's inequality"
        case _:
            return None
    best, large = _plain(best), _plain(large)
    hypotheses = (
        *(h for h in q.scope.hypotheses if not free_symbols(h).keys() & {x.name}),
        *_spreads(best, large),
    )
    scope = replace(q.scope, hypotheses=hypotheses)
    end = _plain(end)
    above = decide(Question(end, ">", ZERO, scope, q.depth + 1))
    follows = decide(Question(best, "=", large, scope, q.depth + 1))
    if follows.status is not Status.PROVED:
        follows = decide(Question(best, "<=", large, scope, q.depth + 1))
    if above.status is Status.PROVED and follows.status is Status.PROVED:
        return proved(method)
    if above.status is Status.HOLDS and follows.status is Status.PROVED:
        return replace(proved(method), status=Status.HOLDS)
    return _attained(q, best, large, end, scope, decide, f"{method}, which some distribution attains")


def _attained(
    q: Question, best: Term, large: Term, end: Term, scope: Scope, decide: Decide, method: str
) -> Verdict | None:
    """A bound below the best one fails where the best is a chance: of all variables with these moments there
    is one that has this probability, at 0 and a, or at c - t, c and c + t. Only where nothing else is told of
    the variable."""
    op = q.left.args[0] if isinstance(q.left, Probability) else None
    op = q.right.args[0] if isinstance(q.right, Probability) else op
    if not (isinstance(op, Relation) and op.op == ">=") or named_law(q):
        return None
    told = (*scope.hypotheses, Relation(">", end, ZERO), Relation("<=", best, ONE))
    verdict = decide(Question(best, "<=", large, replace(scope, hypotheses=told), q.depth + 1))
    if verdict.status is Status.REFUTED:
        return replace(verdict, evidence={**verdict.evidence, "method": method, "moments": []})
    return undecided(Why.CONSTRAINT)


def _nonnegative(x: Symbol, q: Question) -> bool:
    return any(
        isinstance(h, Relation) and h.op in (">=", ">") and h.left == x and h.right == ZERO
        for h in q.scope.hypotheses
    )


def _plain(term: Term) -> Term:
    """Moments as letters; a standard deviation as the root of a variance is a letter squared."""
    match term:
        case Expectation(op="Std" | "Var" as op, args=(Symbol(name=name),), given=None, under=None):
            deviation = Symbol(f"\\#s_{name}", Type("positive"))
            return deviation if op == "Std" else power(deviation, TWO)
        case Expectation(op="E", args=(Symbol(name=name),), given=None, under=None):
            return Symbol(f"\\#m_{name}", Type("nonnegative"))
        case _:
            return map_children(term, _plain)


def _spreads(*terms: Term) -> tuple[Term, ...]:
    names = {n: s for t in terms for n, s in free_symbols(t).items()}
    return tuple(
        Relation(">" if n.startswith("\\#s") else ">=", s, ZERO)
        for n, s in names.items()
        if n.startswith("\\#")
    )
