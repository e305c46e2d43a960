"""Random claims: a zero normal form must be a proof.

Expressions are rewritten by rules that are often wrong without a condition (√x² → x, log xy → log x +
log y, …) or damaged in one place. Whatever is then proved must agree, as floating-point numbers of
30 digits, wherever both sides are defined and the proof's conditions hold.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable

import mpmath
import pytest

from derive.term.nodes import (
    ONE,
    TWO,
    Add,
    Apply,
    Constant,
    Div,
    Mul,
    Neg,
    Number,
    Pow,
    Relation,
    Root,
    Symbol,
    Term,
    integer,
)
from derive.term.scope import Scope
from derive.term.traverse import children, map_children
from derive.verify.normal.form import prove_equal

X, Y = Symbol("x"), Symbol("y")
CASES = 20_000 if os.environ.get("HYPOTHESIS_PROFILE") == "nightly" else 500
UNARY = ("sin", "cos", "exp", "log", "abs", "tanh", "arctan", "sigmoid", "sqrt", "neg", "square", "cosh")


class Outside(Exception):
    """Not defined over the reals at this point."""


def evaluate(term: Term, at: dict[str, mpmath.mpf]) -> mpmath.mpf:
    def value(t: Term) -> mpmath.mpf:
        return evaluate(t, at)

    match term:
        case Number(value=q):
            return mpmath.mpf(q.numerator) / q.denominator
        case Constant(name="pi"):
            return +mpmath.pi
        case Symbol(name=name):
            return at[name]
        case Add(args=args):
            return mpmath.fsum(value(a) for a in args)
        case Neg(arg=arg):
            return -value(arg)
        case Mul(args=args):
            return mpmath.fprod(value(a) for a in args)
        case Div(numerator=a, denominator=b):
            below = value(b)
            if abs(below) < 1e-12:
                raise Outside
            return value(a) / below
        case Pow(base=base, exponent=exponent):
            b, e = value(base), value(exponent)
            if (b < 0 and not mpmath.isint(e)) or (abs(b) < 1e-12 and e <= 0) or abs(e) > 40:
                raise Outside
            return b**e
        case Root(radicand=a, index=n):
            inside = value(a)
            if inside < 0:
                raise Outside
            return mpmath.root(inside, int(value(n)))
        case Apply(head=head, args=(a,)):
            inside = value(a)
            if (head == "log" and inside <= 1e-12) or abs(inside) > 200:
                raise Outside
            table: dict[str, Callable[[mpmath.mpf], mpmath.mpf]] = {
                "sin": mpmath.sin,
                "cos": mpmath.cos,
                "tan": mpmath.tan,
                "exp": mpmath.exp,
                "log": mpmath.log,
                "abs": abs,
                "tanh": mpmath.tanh,
                "cosh": mpmath.cosh,
                "arctan": mpmath.atan,
                "sign": mpmath.sign,
                "sigmoid": lambda u: 1 / (1 + mpmath.exp(-u)),
            }
            return table[head](inside)
        case Apply(head="max", args=args):
            return max(value(a) for a in args)
        case Relation(op=op, left=left, right=right):
            a, b = value(left), value(right)
            return {">": a > 0 + b, ">=": a >= b, "!=": a != b, "<": a < b, "<=": a <= b}[op]
        case _:
            raise Outside


def grow(rng: random.Random, depth: int) -> Term:
    if depth == 0 or rng.random() < 0.15:
        return rng.choice((X, X, Y, integer(rng.randint(1, 4)), Constant("pi")))
    kind = rng.random()
    if kind < 0.45:
        head = rng.choice(UNARY)
        inner = grow(rng, depth - 1)
        match head:
            case "sqrt":
                return Root(inner, TWO)
            case "neg":
                return Neg(inner)
            case "square":
                return Pow(inner, integer(rng.randint(2, 3)))
            case _:
                return Apply(head, (inner,))
    a, b = grow(rng, depth - 1), grow(rng, depth - 1)
    if kind < 0.6:
        return Add((a, b))
    if kind < 0.68:
        return Add((a, Neg(b)))
    if kind < 0.85:
        return Mul((a, b))
    if kind < 0.95:
        return Div(a, b)
    return Pow(a, b)


def rewritten(rng: random.Random, term: Term) -> Term:
    """The same term by a law of school algebra, right or wrong."""
    match term:
        case Root(radicand=Pow(base=u, exponent=Number(value=two))) if two == 2:
            return rng.choice((u, Apply("abs", (u,)), Neg(u)))
        case Root(radicand=Mul(args=(u, v))):
            return Mul((Root(u, TWO), Root(v, TWO)))
        case Root(radicand=Div(numerator=u, denominator=v)):
            return Div(Root(u, TWO), Root(v, TWO))
        case Apply(head="log", args=(Mul(args=(u, v)),)):
            return Add((Apply("log", (u,)), Apply("log", (v,))))
        case Apply(head="log", args=(Div(numerator=u, denominator=v),)):
            return Add((Apply("log", (u,)), Neg(Apply("log", (v,)))))
        case Apply(head="log", args=(Pow(base=u, exponent=n),)):
            return Mul((n, Apply("log", (u,))))
        case Apply(head="exp", args=(Apply(head="log", args=(u,)),)):
            return u
        case Apply(head="log", args=(Apply(head="exp", args=(u,)),)):
            return u
        case Apply(head="exp", args=(Add(args=(u, v)),)):
            return Mul((Apply("exp", (u,)), Apply("exp", (v,))))
        case Apply(head="abs", args=(Mul(args=(u, v)),)):
            return Mul((Apply("abs", (u,)), Apply("abs", (v,))))
        case Apply(head="abs", args=(u,)):
            return rng.choice((u, Neg(u), Root(Pow(u, TWO), TWO), Mul((u, Apply("sign", (u,))))))
        case Apply(head="sin", args=(u,)):
            return rng.choice(
                (
                    Neg(Apply("sin", (Neg(u),))),
                    Mul((TWO, Apply("sin", (Div(u, TWO),)), Apply("cos", (Div(u, TWO),)))),
                    Root(Add((ONE, Neg(Pow(Apply("cos", (u,)), TWO)))), TWO),
                    Apply("cos", (Add((Div(Constant("pi"), TWO), Neg(u))),)),
                )
            )
        case Apply(head="cos", args=(u,)):
            return rng.choice(
                (Apply("cos", (Neg(u),)), Root(Add((ONE, Neg(Pow(Apply("sin", (u,)), TWO)))), TWO))
            )
        case Apply(head="tanh", args=(u,)):
            double = Apply("exp", (Mul((TWO, u)),))
            return Div(Add((double, Neg(ONE))), Add((double, ONE)))
        case Apply(head="sigmoid", args=(u,)):
            return Add((ONE, Neg(Apply("sigmoid", (Neg(u),)))))
        case Pow(base=Add(args=(u, v)), exponent=Number(value=two)) if two == 2:
            middle = rng.choice((Mul((TWO, u, v)), Mul((u, v))))
            return Add((Pow(u, TWO), middle, Pow(v, TWO)))
        case Pow(base=Pow(base=u, exponent=m), exponent=n):
            return Pow(u, Mul((m, n)))
        case Pow(base=Mul(args=(u, v)), exponent=n):
            return Mul((Pow(u, n), Pow(v, n)))
        case Pow(base=u, exponent=Add(args=(m, n))):
            return Mul((Pow(u, m), Pow(u, n)))
        case Mul(args=(u, v)):
            return rng.choice(
                (
                    Mul((v, u)),
                    Div(u, Div(ONE, v)),
                    Apply("exp", (Add((Apply("log", (u,)), Apply("log", (v,)))),)),
                )
            )
        case Div(numerator=u, denominator=v):
            return rng.choice((Mul((u, Pow(v, Neg(ONE)))), Neg(Div(u, Neg(v)))))
        case Add(args=(u, v)):
            return rng.choice((Add((v, u)), Div(Add((Pow(u, TWO), Neg(Pow(v, TWO)))), Add((u, Neg(v))))))
        case Neg(arg=u):
            return u if rng.random() < 0.2 else Mul((Neg(ONE), u))
        case Number(value=n):
            return Number(n + 1) if rng.random() < 0.3 else Div(Number(n * n), Number(n))
        case _:
            return term


def changed(rng: random.Random, term: Term) -> Term:
    """One place, chosen at random, rewritten."""
    if not children(term) or rng.random() < 0.4:
        return rewritten(rng, term)
    chosen = rng.randrange(len(children(term)))
    seen = -1

    def visit(child: Term) -> Term:
        nonlocal seen
        seen += 1
        return changed(rng, child) if seen == chosen else child

    return map_children(term, visit)


def disagreement(left: Term, right: Term, assumed: tuple[Term, ...], rng: random.Random) -> str | None:
    with mpmath.workdps(30):
        for _ in range(12):
            at = {name: mpmath.mpf(rng.randint(-400, 400)) / 97 for name in ("x", "y")}
            try:
                if not all(evaluate(c, at) for c in assumed):
                    continue
                a, b = evaluate(left, at), evaluate(right, at)
            except (Outside, ZeroDivisionError, OverflowError):
                continue
            if max(abs(a), abs(b)) < 1e12 and abs(a - b) > 1e-12 * (1 + abs(a)):
                return f"{left.to_latex()} = {right.to_latex()} at {at}: {a} and {b}"
    return None


@pytest.mark.parametrize("block", range(5))
def test_nothing_false_is_proved(block: int) -> None:
    rng = random.Random(7919 * block + 1)
    proved = 0
    for _ in range(CASES // 5):
        left = grow(rng, 3)
        right = left
        for _ in range(rng.randint(1, 3)):
            right = changed(rng, right)
        if left == right:
            continue
        proof = prove_equal(left, right, Scope())
        if proof is None:
            continue
        proved += 1
        wrong = disagreement(left, right, proof.assumed, rng)
        assert wrong is None, f"{wrong} {proof}"
    assert proved > CASES // 40
