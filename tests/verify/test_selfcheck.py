"""The tower against itself: random terms, true rewritings of them, single slips in them.

A rewriting must never be refuted; a proof must agree with plain floating-point evaluation, which shares nothing
with the tower; and no proof may meet a counterexample (that would raise CheckerFault).
"""

from __future__ import annotations

import cmath
import math
import random
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from derive.model import Claim, Span, Stance, Status
from derive.term.nodes import ONE, TWO, Add, Apply, Div, Mul, Neg, Number, Pow, Root, Symbol, Term, integer
from derive.term.scope import Scope
from derive.term.traverse import map_children, walk
from derive.verify.ladder.tower import decide

X, Y = Symbol("x"), Symbol("y")
FUNCTIONS = ("sin", "cos", "exp", "log", "tanh", "arctan", "sinh", "cosh", "abs")


def terms(rng: random.Random, depth: int) -> Term:
    if depth == 0 or rng.random() < 0.15:
        return rng.choice((X, Y, X, integer(rng.randint(1, 4)), Number(Fraction(1, 2))))
    kind = rng.randrange(8)
    if kind <= 1:
        return Add((terms(rng, depth - 1), terms(rng, depth - 1)))
    if kind == 2:
        return Add((terms(rng, depth - 1), Neg(terms(rng, depth - 1))))
    if kind == 3:
        return Mul((terms(rng, depth - 1), terms(rng, depth - 1)))
    if kind == 4:
        return Div(terms(rng, depth - 1), terms(rng, depth - 1))
    if kind == 5:
        return Pow(terms(rng, depth - 1), integer(rng.randint(2, 3)))
    if kind == 6 and rng.random() < 0.4:
        return Root(terms(rng, depth - 1), TWO)
    return Apply(rng.choice(FUNCTIONS), (terms(rng, depth - 1),))


def rewritten(rng: random.Random, term: Term) -> Term:
    """The same value in another form, wherever both have one."""
    term = map_children(term, lambda t: rewritten(rng, t)) if rng.random() < 0.7 else term
    if rng.random() < 0.5:
        return term
    match term:
        case Add(args=(a, b)):
            return rng.choice((Add((b, a)), Neg(Add((Neg(a), Neg(b)))), Add((a, Mul((ONE, b))))))
        case Mul(args=(a, Add(args=(b, c)))):
            return Add((Mul((a, b)), Mul((a, c))))
        case Mul(args=(a, b)):
            return rng.choice((Mul((b, a)), Neg(Mul((Neg(a), b)))))
        case Div(numerator=a, denominator=b):
            return rng.choice((Mul((a, Pow(b, Neg(ONE)))), Div(Neg(a), Neg(b))))
        case Pow(base=base, exponent=Number(value=n)) if n in (2, 3):
            return Mul((base,) * int(n))
        case Apply(head="exp", args=(Add(args=(a, b)),)):
            return Mul((Apply("exp", (a,)), Apply("exp", (b,))))
        case Apply(head="sin", args=(a,)):
            half = Div(a, TWO)
            return Mul((TWO, Apply("sin", (half,)), Apply("cos", (half,))))
        case Apply(head="cos", args=(a,)):
            return Add((ONE, Neg(Mul((TWO, Pow(Apply("sin", (Div(a, TWO),)), TWO))))))
        case Apply(head="tanh", args=(a,)):
            return Div(Apply("sinh", (a,)), Apply("cosh", (a,)))
        case Apply(head="sinh", args=(a,)):
            return Div(Add((Apply("exp", (a,)), Neg(Apply("exp", (Neg(a),))))), TWO)
        case Apply(head="cosh", args=(a,)):
            return Div(Add((Apply("exp", (a,)), Apply("exp", (Neg(a),)))), TWO)
        case Apply(head="arctan", args=(a,)):
            return Neg(Apply("arctan", (Neg(a),)))
        case Apply(head="log", args=(a,)):
            return Add((Apply("log", (Mul((TWO, a)),)), Neg(Apply("log", (TWO,)))))
        case Apply(head="abs", args=(a,)):
            return Root(Pow(a, TWO), TWO)
        case _:
            one = Add((Pow(Apply("sin", (X,)), TWO), Pow(Apply("cos", (X,)), TWO)))
            return rng.choice((Mul((term, one)), Add((term, Y, Neg(Y))), Neg(Neg(term))))


def slipped(rng: random.Random, term: Term) -> Term:
    """One token changed."""
    nodes = list(walk(term))
    target = rng.randrange(len(nodes))
    count = -1

    def visit(node: Term) -> Term:
        nonlocal count
        count += 1
        if count == target:
            return slip(rng, node)
        return map_children(node, visit)

    return visit(term)


def slip(rng: random.Random, node: Term) -> Term:
    match node:
        case Number(value=value):
            return Number(value + 1)
        case Symbol():
            return Y if node == X else X
        case Apply(head=head, args=args):
            return Apply(rng.choice([f for f in FUNCTIONS if f != head]), args)
        case Add(args=(a, *rest)):
            return Add((Neg(a), *rest))
        case Div(numerator=a, denominator=b):
            return Div(b, a)
        case _:
            return Neg(node)


def value(term: Term, at: dict[str, float]) -> float:
    """In floats, real numbers only; nan where there is no value."""
    match term:
        case Number(value=v):
            return float(v)
        case Symbol(name=name):
            return at[name]
        case Add(args=args):
            return sum(value(a, at) for a in args)
        case Neg(arg=a):
            return -value(a, at)
        case Mul(args=args):
            return math.prod(value(a, at) for a in args)
        case Div(numerator=a, denominator=b):
            return value(a, at) / value(b, at)
        case Pow(base=a, exponent=b):
            result = value(a, at) ** value(b, at)
            return result if isinstance(result, float | int) else math.nan
        case Root(radicand=a):
            return math.sqrt(value(a, at))
        case Apply(head=head, args=(a,)):
            name = {"arctan": "atan", "abs": "fabs"}.get(head, head)
            return float(getattr(math, name)(value(a, at)))
        case _:
            raise TypeError(term)


def differs(left: Term, right: Term) -> bool:
    """Whether floats show a difference too plain to be rounding, at some point where both are defined."""
    for x, y in ((0.7, 1.3), (1.9, 0.4), (0.31, 0.83), (-0.7, 1.1), (1.2, -0.6)):
        try:
            a, b = value(left, {"x": x, "y": y}), value(right, {"x": x, "y": y})
        except (ValueError, ZeroDivisionError, OverflowError):
            continue
        if cmath.isfinite(a) and cmath.isfinite(b) and abs(a) < 1e9 and abs(a - b) > 1e-3 * (1 + abs(a)):
            return True
    return False


def claim(left: Term, right: Term) -> Claim:
    return Claim(Span(0, 1), left, "=", right, Scope(), Stance.ASSERTED)


def check(seed: int) -> None:
    rng = random.Random(seed)
    term = terms(rng, rng.choice((1, 2, 2, 3)))
    other = rewritten(rng, term)
    verdict = decide(claim(term, other))
    assert verdict.status is not Status.REFUTED, (term.to_latex(), other.to_latex(), verdict.counterexample)
    wrong = slipped(rng, other)
    verdict = decide(claim(term, wrong))
    if verdict.status is Status.PROVED and differs(term, wrong):
        raise AssertionError(f"proved and false: {term.to_latex()} = {wrong.to_latex()}: {verdict}")


@settings(max_examples=250, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**9))
def test_two_verdicts_each_on_250_random_terms(seed: int):
    check(seed)


@pytest.mark.nightly
@settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**12))
def test_two_verdicts_each_on_10_000_random_terms(seed: int):
    check(seed)
