"""Arithmetic on numbers done, once random variables have values."""

from __future__ import annotations

from fractions import Fraction

from derive.reasons.gaps import Gap
from derive.term.construct import add, div, mul, neg, power
from derive.term.nodes import ONE, Add, Apply, Constant, Div, Mul, Neg, Number, Pow, Relation, Term
from derive.verify.evaluate.values import Unsupported


def compared(op: str, a: Fraction, b: Fraction) -> bool:
    match op:
        case "=":
            return a == b
        case "!=":
            return a != b
        case "<":
            return a < b
        case "<=":
            return a <= b
        case ">":
            return a > b
        case ">=":
            return a >= b
        case _:
            raise Unsupported(Gap.RELATION_IN_PROBABILITY, op)


def folded(term: Term) -> Term:
    """One node whose parts are folded: arithmetic on numbers done, vectors taken for single numbers (what is
    false of vectors of one component is false)."""
    match term:
        case Add(args=args):
            return add(*args)
        case Mul(args=args):
            return mul(*args)
        case Neg(arg=arg):
            return neg(arg)
        case Div(numerator=a, denominator=b):
            return div(a, b)
        case Pow(base=Number(value=x), exponent=Number(value=k)) if k.denominator == 1 and abs(k) <= 16:
            if x == 0 and k < 0:
                return term
            return Number(x ** int(k))
        case Pow(base=base, exponent=exponent):
            return power(base, exponent)
        case Apply(head="transpose" | "trace" | "det", args=(x,)):
            return x
        case Apply(head="norm" | "abs", args=(Number(value=value), *_)):
            return Number(abs(value))
        case Apply(head="norm", args=(x, *_)):
            return Apply("abs", (x,))
        case Apply(head="dot" | "hadamard", args=args):
            return mul(*args)
        case Apply(head="inverse", args=(x,)):
            return div(ONE, x)
        case Apply(head="indicator", args=(Number() as x,)):
            return x
        case Apply(head="indicator", args=(Constant(name=("true" | "false") as told),)):
            return Number(Fraction(int(told == "true")))
        case Relation(op=op, left=Number(value=a), right=Number(value=b)) if op in (
            "=",
            "!=",
            "<",
            "<=",
            ">",
            ">=",
        ):
            return Constant("true" if compared(op, a, b) else "false")
        case _:
            return term
