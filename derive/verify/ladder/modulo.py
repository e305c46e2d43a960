"""`a \\equiv b \\pmod n` and `a \\propto b`."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product

from derive.model import Status, Verdict
from derive.term.nodes import ZERO, Add, Apply, Constant, Div, Mul, Neg, Number, Pow, Relation, Symbol, Term
from derive.term.traverse import free_symbols, substitute
from derive.verify.budget import MANY_MODELS
from derive.verify.ladder.certifying import refuted
from derive.verify.ladder.question import Question, holds, proved, undecided
from derive.verify.ladder.trial import try_relation

CASES = 5000


def modulus(left: Term, right: Term) -> tuple[Term, Term, Term] | None:
    """(a, b, n) of a congruence, where the modulus hangs on one of the sides; None for an identity."""
    if isinstance(right, Apply) and right.head == "mod":
        a = left.args[0] if isinstance(left, Apply) and left.head == "mod" else left
        return a, right.args[0], right.args[1]
    if isinstance(left, Apply) and left.head == "mod":
        return left.args[0], right, left.args[1]
    return None


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


def failing_residues(left: Term, right: Term, n: int) -> dict[str, int] | bool | None:
    """Residues at which the congruence fails; None if there are none (a proof); False if too many to try."""
    names = sorted({**free_symbols(left), **free_symbols(right)})
    if n ** len(names) > CASES:
        return False
    for values in product(range(n), repeat=len(names)):
        point = dict(zip(names, values, strict=True))
        if residue(left, point, n) != residue(right, point, n):
            return point
    return None


def at_integers(term: Term, point: dict[str, int]) -> Term:
    symbols = free_symbols(term)
    return substitute(term, {symbols[k]: Number(Fraction(v)) for k, v in point.items() if k in symbols})


def decide_congruence(q: Question) -> Verdict:
    """`a ≡ b (mod n)` by residues or in models; without a modulus an identity."""
    from derive.verify.ladder.equal import decide_equation

    parts = modulus(q.left, q.right)
    if parts is None:
        return decide_equation(replace(q, relation="="))
    left, right, n = parts
    if isinstance(n, Number) and n.value.denominator == 1 and n.value > 0:
        if integer_polynomial(left) and integer_polynomial(right) and _whole(q, left, right):
            failing = failing_residues(left, right, int(n.value))
            if failing is None:
                return proved("all residues", modulus=int(n.value))
            if failing is not False and not q.scope.hypotheses and not failing:
                return _refuted_at(q, left, right, n, {})
    quotient = Div(Add((left, Neg(right))), n)
    trial = try_relation(Relation("in", quotient, Constant("Z")), q.scope, count=MANY_MODELS)
    if trial.counterexample is not None:
        model, found = trial.counterexample
        return refuted(left, "equiv", right, model, found, modulus=n.to_latex())
    if trial.no_model:
        return undecided("constraint")
    if trial.withstood:
        return proved("evaluation") if not q.symbols else holds(trial)
    return undecided(trial.reason)


def _whole(q: Question, left: Term, right: Term) -> bool:
    """Whether every symbol is an integer by declaration or by its name."""
    from derive.verify.models.uses import INTEGER_NAMES

    for name, symbol in {**free_symbols(left), **free_symbols(right)}.items():
        domain = (q.scope.symbols.get(name) or symbol.type).domain
        if domain not in ("integer", "natural", "positive_integer", "binary") and name not in INTEGER_NAMES:
            return False
    return True


def _refuted_at(q: Question, left: Term, right: Term, n: Term, point: dict[str, int]) -> Verdict:
    from derive.verify.evaluate.balls import compare
    from derive.verify.models.search import Model

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
        return undecided("unsupported: proportion to a constant")
    verdicts = []
    for symbol in varying:
        try:
            slope = differentiate(Div(q.left, q.right), symbol)
        except NotDifferentiable as error:
            return undecided(f"unsupported: {error}")
        verdict = decide_equation(q.about(slope, "=", ZERO))
        if verdict.status in (Status.PROVED, Status.HOLDS):
            return replace(verdict, reading=(f"as {symbol.name} varies",))
        verdicts.append(verdict)
    for verdict in verdicts:
        if verdict.status is not Status.REFUTED:
            return verdict
    return verdicts[0]
