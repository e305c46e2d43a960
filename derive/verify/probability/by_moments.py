"""Claims about chance decided by what the scope tells of its random variables: laws, moments, independence.

Each side is written out in parameters; the plain claim that is left is decided like any other. Conventions
that authors differ in are readings: proved under one is proved under that, refuted is what all of them
refute.
"""

from __future__ import annotations

from collections.abc import Callable

from derive.calculus.gradient import shape_of
from derive.calculus.sized import sized
from derive.calculus.vectors import components
from derive.classes import replace
from derive.model import Status, Verdict
from derive.reasons import Reason, Why
from derive.term.contents import among
from derive.term.nodes import (
    ZERO,
    Add,
    BigOp,
    Element,
    Expectation,
    Matrix,
    Mul,
    Number,
    Pow,
    Relation,
    Symbol,
    Term,
    Tuple,
    Type,
)
from derive.term.randomness import speaks_of_chance
from derive.term.scope import Scope
from derive.term.traverse import free_symbols, map_children, substitute, walk
from derive.verify.ladder.question import Question, undecided
from derive.verify.probability.known_moments import Facts, facts_in, with_shapes
from derive.verify.probability.laws import laws_of
from derive.verify.probability.moments import Moments, Stuck

Decide = Callable[[Question], Verdict]


def by_moments(q: Question, decide: Decide) -> Verdict | None:
    """The verdict; None where what is known does not settle the expectations."""
    verdicts: list[tuple[Facts, Verdict]] = []
    q = _with_parts_as_letters(q)
    named = any(_names_law(n) for side in (q.left, q.right) for n in walk(side))
    for facts in facts_in(q.scope.hypotheses, named):
        if not _agrees(q, facts, decide):
            continue
        plain = _plain(q, facts)
        if plain is None:
            return None
        verdicts.append((facts, decide(plain)))
    if not verdicts:
        return None
    facts, first = verdicts[0]
    first = replace(first, evidence={**first.evidence, **_told(facts)})
    same = all(v.status is first.status for _, v in verdicts)
    match first.status:
        case Status.PROVED | Status.HOLDS:
            # of the customary convention; a proof is what every plausible one gives
            return first if same else replace(first, status=Status.HOLDS)
        case Status.REFUTED if not same or facts.unread or _may_vary(q, facts):
            return undecided(Reason(Why.CONSTRAINT))
        case _:
            return first


def _with_parts_as_letters(q: Question) -> Question:
    """`(x_1, x_2) \\sim N(…)` written out: x_1 and x_2 are letters of their own."""
    parts: dict[Term, Term] = {}
    for h in q.scope.hypotheses:
        match h:
            case Relation(op="sim", left=Tuple() | Matrix() as left):
                for part in components(left) or ():
                    match part:
                        case Element(base=Symbol(name=name), indices=(Number(value=k),)):
                            parts[part] = Symbol(f"{name}_{{{k}}}")
                        case _:
                            pass
    if not parts:
        return q
    hypotheses = tuple(substitute(h, parts) for h in q.scope.hypotheses)
    scope = replace(q.scope, hypotheses=hypotheses)
    return replace(q, left=substitute(q.left, parts), right=substitute(q.right, parts), scope=scope)


def _names_law(node: Term) -> bool:
    """`\\mathbb{E}_{z \\sim \\mathcal{N}(0, 1)}[…]`, `D_{KL}(\\mathcal{N}(…) \\| …)`."""
    match node:
        case Expectation(op="KL", args=args):
            return all(laws_of(a) for a in args)
        case Expectation(under=Relation(op="sim", right=right)):
            return bool(laws_of(right))
        case _:
            return False


def _agrees(q: Question, facts: Facts, decide: Decide) -> bool:
    """Whether a convention fits what else is told: `\\operatorname{Var}(X) = \\frac{1}{\\lambda^2}` tells a
    rate. What follows from it is taken off the list of what was not read."""
    for h in list(facts.unread):
        if not isinstance(h, Relation) or h.op != "=":
            continue
        plain = _plain(replace(q, left=h.left, relation="=", right=h.right), facts)
        verdict = decide(plain) if plain is not None else None
        if verdict is not None and verdict.status is Status.REFUTED:
            return False
        if verdict is not None and verdict.status is Status.PROVED:
            facts.unread.remove(h)
    return True


def by_name(q: Question) -> Question:
    """The question with the letters that hypotheses give to means and variances written as what they are, so
    that any distribution is a model: `\\mu` is E[X]. What names a distribution is left as it is."""
    named: dict[Term, Term] = {}
    kept: list[Term] = []
    for h in q.scope.hypotheses:
        match h:
            case Relation(op="=", left=Expectation(op="E") as moment, right=Symbol() as letter):
                named[letter] = moment
            case Relation(op="=", left=Expectation(op="Var", args=args), right=Pow(base=Symbol() as letter)):
                named[letter] = Expectation("Std", args)
            case Relation(op="=", left=Expectation(op="Var") as moment, right=Symbol() as letter):
                named[letter] = moment
            case _:
                kept.append(h)
    if not named or any(isinstance(n, Element) for m in named.values() for n in walk(m)):
        return q
    scope = replace(q.scope, hypotheses=tuple(substitute(h, named) for h in kept))
    return replace(q, left=substitute(q.left, named), right=substitute(q.right, named), scope=scope)


def named_law(q: Question) -> bool:
    """Whether a hypothesis gives a letter of the claim a distribution: no other one is a model then."""
    letters = free_symbols(q.left).keys() | free_symbols(q.right).keys()
    return any(
        isinstance(h, Relation) and h.op == "sim" and free_symbols(h.left).keys() & letters
        for h in q.scope.hypotheses
    )


def _told(facts: Facts) -> dict[str, object]:
    conventions = facts.conventions()
    return {"moments": sorted(facts.names), **({"conventions": conventions} if conventions else {})}


def _plain(q: Question, facts: Facts) -> Question | None:
    """The claim in parameters; None where chance is left in it."""
    moments = Moments(facts)
    try:
        sides = _over_all(q.left, q.right)
        left, right = (moments.written_out(with_shapes(side, facts)) for side in sides)
    except Stuck:
        return None
    left, right = _over_all(left, right)
    atoms = _Atoms()
    left, right = atoms.of(left), atoms.of(right)
    values = {  # `E[X | Y]` is a function of Y
        n.given.name
        for side in (q.left, q.right)
        for n in among(side, Expectation)
        if isinstance(n.given, Symbol)
    }
    random = {n for s in (left, right) for n in free_symbols(s) if n in facts.names}
    if speaks_of_chance(left, right) or random - values:
        return None
    rest = [h for h in facts.rest if not speaks_of_chance(h)]
    if len(rest) < len(facts.rest):
        return None
    rest += [Relation(">", v, ZERO) for v in atoms.spreads]
    left, right, hypotheses = sized(left, right, rest, q.scope)
    if right == ZERO and shape_of(left):
        right = Mul((ZERO, left))
    return Question(left, q.relation, right, _scope(q.scope, hypotheses), q.depth)


def _may_vary(q: Question, facts: Facts) -> bool:
    """`\\operatorname{Cov}(H x + w) = H P H^\\top + Q`: whether a letter that is taken for a constant may be
    random, with a moment for which the other side has a new letter."""
    inside = {
        n
        for side in (q.left, q.right)
        for e in among(side, Expectation)
        if e.op in ("E", "Var", "Cov", "Std")
        for a in e.args
        for part in (a.args if isinstance(a, Add) else ())
        if not facts.names & free_symbols(part).keys()
        for n in free_symbols(part)
    }
    known = free_symbols(q.left).keys() | {n for h in q.scope.hypotheses for n in free_symbols(h)}
    return bool(inside) and bool(free_symbols(q.right).keys() - known)


def _over_all(left: Term, right: Term) -> tuple[Term, Term]:
    """`\\sum_i X_i` without bounds beside `\\sum_{i=1}^n` of the same family: over all of it."""
    ends: dict[str, set[Term]] = {}
    open_: dict[Term, set[str]] = {}
    for total in (n for side in (left, right) for n in among(side, BigOp)):
        for b in total.binders:
            names = {
                e.base.name
                for e in among(total.body, Element)
                if isinstance(e.base, Symbol) and b.variable in e.indices
            }
            if b.upper == Symbol(f"N_{{{b.variable.name}}}"):
                open_.setdefault(b.upper, set()).update(names)
            elif b.upper is not None:
                for name in names:
                    ends.setdefault(name, set()).add(b.upper)
    put: dict[Term, Term] = {}
    for upper, names in open_.items():
        told = {end for name in names for end in ends.get(name, ())}
        if len(told) == 1:
            put[upper] = told.pop()
    return (substitute(left, put), substitute(right, put)) if put else (left, right)


def _scope(scope: Scope, hypotheses: tuple[Term, ...]) -> Scope:
    return replace(scope, hypotheses=hypotheses, soft=())


class _Atoms:
    """Means and variances of which nothing is known, as numbers of their own: any will do, a variance above
    0."""

    def __init__(self) -> None:
        self.names: dict[Term, Symbol] = {}
        self.spreads: list[Symbol] = []

    def of(self, term: Term) -> Term:
        match term:
            case Expectation(op="E" | "Var" as op, args=(Symbol() | Element() as x,), under=None, given=None):
                if term not in self.names:
                    shape = shape_of(x) or ()
                    if op == "Var" and shape:
                        return term
                    self.names[term] = Symbol(term.to_latex(), Type("real", shape))
                    if op == "Var":
                        self.spreads.append(self.names[term])
                return self.names[term]
            case _:
                return map_children(term, self.of)
