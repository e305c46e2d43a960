"""`a \\equiv b \\pmod n` and `a \\propto b`."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from math import lcm

from derive.classes import replace
from derive.model import Status, Verdict
from derive.reasons import Why, no_definition, unsupported
from derive.reasons.choices import Choice, Chosen
from derive.reasons.gaps import Gap
from derive.term.congruence import assumed, modulus
from derive.term.nodes import (
    REAL,
    ZERO,
    Add,
    Constant,
    Div,
    Mul,
    Neg,
    Number,
    Pow,
    Relation,
    Symbol,
    Term,
)
from derive.term.scope import Scope
from derive.term.traverse import free_symbols, substitute
from derive.verify.budget import MANY_MODELS
from derive.verify.evaluate.balls import compare
from derive.verify.ladder.certifying import refuted
from derive.verify.ladder.question import Question, enough, holds, proved, undecided
from derive.verify.ladder.trial import truth_in, try_relation
from derive.verify.models.domains import INTEGERS as DISCRETE
from derive.verify.models.domains import fits_domain
from derive.verify.models.search import Model

CASES = 5000


def integer_polynomial(term: Term) -> bool:
    """Whether the term is a polynomial with integer coefficients in its symbols."""
    match term:
        case Number(value=value):
            return value.denominator == 1
        case Symbol():
            return True
        case Neg(arg=arg):
            return integer_polynomial(arg)
        case Add(args=args) | Mul(args=args):
            return all(integer_polynomial(a) for a in args)
        case Pow(base=base, exponent=Number(value=n)):
            return n.denominator == 1 and 0 <= n <= 10_000 and integer_polynomial(base)
        case _:
            return False


def residue(term: Term, values: dict[str, int], n: int) -> int:
    """The polynomial's value modulo n at integers."""
    match term:
        case Number(value=value):
            return int(value) % n
        case Symbol(name=name):
            return values[name] % n
        case Neg(arg=arg):
            return -residue(arg, values, n) % n
        case Add(args=args):
            return sum(residue(a, values, n) for a in args) % n
        case Mul(args=args):
            total = 1
            for a in args:
                total = total * residue(a, values, n) % n
            return total
        case Pow(base=base, exponent=Number(value=k)):
            return pow(residue(base, values, n), int(k), n)
        case _:
            raise ValueError("no polynomial")


def failing_residues(
    left: Term, right: Term, n: int, given: Sequence[tuple[Term, int]] = ()
) -> dict[str, int] | bool | None:
    """Residues at which the congruence fails; None if there are none (a proof); False if too many to try.
    `given`: polynomials, each with a number that divides it."""
    names = sorted({**free_symbols(left), **free_symbols(right)})
    given = [(gap, m) for gap, m in given if free_symbols(gap).keys() <= set(names)]
    period = lcm(n, *(m for _, m in given))
    if period ** len(names) > CASES:
        return False
    for values in product(range(period), repeat=len(names)):
        point = dict(zip(names, values, strict=True))
        if any(residue(gap, point, m) for gap, m in given):
            continue
        if residue(left, point, n) != residue(right, point, n):
            return point
    return None


def _congruences(scope: Scope) -> list[tuple[Term, int]]:
    """The congruences among the hypotheses whose modulus is a number."""
    found = []
    for hypothesis in scope.hypotheses:
        parts = assumed(hypothesis)
        if parts is None or not integer_polynomial(parts[0]):
            continue
        gap, n = parts
        if isinstance(n, Number) and n.value.denominator == 1 and n.value > 0:
            found.append((gap, int(n.value)))
    return found


def at_integers(term: Term, point: dict[str, int]) -> Term:
    symbols = free_symbols(term)
    return substitute(term, {symbols[k]: Number(Fraction(v)) for k, v in point.items() if k in symbols})


def decide_congruence(q: Question) -> Verdict:
    """`a ≡ b (mod n)` by residues or in models; without a modulus an identity."""
    from derive.verify.ladder.equal import decide_equation

    parts = modulus(q.left, q.right)
    if parts is None:
        verdict = decide_equation(replace(q, relation="="))
        if verdict.status is Status.REFUTED and integer_polynomial(q.left) and integer_polynomial(q.right):
            return undecided(no_definition(of=Why.MODULUS))  # `8 \\equiv 1`: modulo what was said elsewhere
        return verdict
    left, right, n = parts
    if isinstance(n, Number) and n.value.denominator == 1 and n.value > 0:
        if integer_polynomial(left) and integer_polynomial(right) and _whole(q, left, right):
            failing = failing_residues(left, right, int(n.value), _congruences(q.scope))
            if failing is None:
                return proved("all residues", modulus=int(n.value))
            if isinstance(failing, dict) and _possible(q, failing):
                return _refuted_at(q, left, right, n, failing)
    quotient = Div(Add((left, Neg(right))), n)
    trial = try_relation(Relation("in", quotient, Constant("Z")), q.scope, count=MANY_MODELS)
    if trial.counterexample is not None:
        model, _ = trial.counterexample
        return refuted(left, "equiv", right, model, compare(left, right, model), modulus=n.to_latex())
    if trial.no_model:
        return undecided(Why.CONSTRAINT)
    if trial.withstood and not q.symbols:
        return proved("evaluation")
    if enough(trial, q):
        return holds(trial)
    return undecided(trial.reason)


def _whole(q: Question, left: Term, right: Term) -> bool:
    """Whether every symbol is an integer: by declaration, by its name, or because nothing is told of it and a
    congruence speaks of integers."""
    from derive.verify.models.uses import INTEGER_NAMES

    for name, symbol in {**free_symbols(left), **free_symbols(right)}.items():
        type_ = q.scope.symbols.get(name) or symbol.type
        if type_.domain not in DISCRETE and name not in INTEGER_NAMES and type_ != REAL:
            return False
    return True


def _possible(q: Question, point: dict[str, int]) -> bool:
    """Whether integers satisfy every hypothesis, and are of the domains of their symbols."""
    symbols = {**free_symbols(q.left), **free_symbols(q.right)}
    for name, value in point.items():
        domain = (q.scope.symbols.get(name) or symbols[name].type).domain
        if not fits_domain(Fraction(value), domain if domain in DISCRETE else "integer"):
            return False
    model = Model({k: Fraction(v) for k, v in point.items()})
    return all(truth_in(h, model)[0] is True for h in q.scope.hypotheses)


def _refuted_at(q: Question, left: Term, right: Term, n: Term, point: dict[str, int]) -> Verdict:
    model = Model({k: Fraction(v) for k, v in point.items()})
    a, b = at_integers(left, point), at_integers(right, point)
    return refuted(left, "equiv", right, model, compare(a, b, model), modulus=n.to_latex())


def decide_proportion(q: Question) -> Verdict:
    """`a ∝ b`: a/b does not depend on (at least) one of the symbols that b depends on.

    Which symbols vary is left to the reader: refuted only if the quotient changes with every one of them.
    """
    from derive.calculus.differentiate import NotDifferentiable, differentiate
    from derive.verify.ladder.equal import decide_equation

    varying = [s for s in free_symbols(q.right).values() if s.type.role != "function"]
    if not varying:
        return undecided(unsupported(Gap.PROPORTION_TO_CONSTANT))
    verdicts = []
    for symbol in varying:
        try:
            slope = differentiate(Div(q.left, q.right), symbol)
        except NotDifferentiable as error:
            return undecided(unsupported(error.why))
        verdict = decide_equation(q.about(slope, "=", ZERO))
        if verdict.status in (Status.PROVED, Status.HOLDS):
            return replace(verdict, reading=(Choice(Chosen.AS_VARIES, (symbol.name,)),))
        verdicts.append(verdict)
    for verdict in verdicts:
        if verdict.status is not Status.REFUTED:
            return verdict
    return verdicts[0]
