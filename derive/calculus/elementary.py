"""Derivatives of the built-in functions of numbers, as terms in their arguments.

`partial(head, args, k)` is the derivative of `head(args)` by its k-th argument. Formulas: NIST
Digital Library of Mathematical Functions, chapters 4 to 10 and 25.
"""

from __future__ import annotations

from collections.abc import Callable

from derive.term.construct import add, apply, div, mul, neg, power, square, sub
from derive.term.nodes import ONE, TWO, ZERO, Constant, Number, Piecewise, Pow, Relation, Root, Term

PI = Constant("pi")


def _sqrt(term: Term) -> Term:
    return Root(term, TWO)


def _where(*cases: tuple[Term, Term]) -> Term:
    """A function by cases, undefined where none of the conditions holds."""
    return Piecewise(tuple(cases))


def _sigmoid_slope(x: Term) -> Term:
    s = apply("sigmoid", x)
    return mul(s, sub(ONE, s))


_ONE_ARGUMENT: dict[str, Callable[[Term], Term]] = {
    "exp": lambda x: apply("exp", x),
    "sin": lambda x: apply("cos", x),
    "cos": lambda x: neg(apply("sin", x)),
    "tan": lambda x: div(ONE, square(apply("cos", x))),
    "cot": lambda x: neg(div(ONE, square(apply("sin", x)))),
    "sec": lambda x: mul(apply("sec", x), apply("tan", x)),
    "csc": lambda x: neg(mul(apply("csc", x), apply("cot", x))),
    "sinh": lambda x: apply("cosh", x),
    "cosh": lambda x: apply("sinh", x),
    "tanh": lambda x: div(ONE, square(apply("cosh", x))),
    "coth": lambda x: neg(div(ONE, square(apply("sinh", x)))),
    "sech": lambda x: neg(mul(apply("sech", x), apply("tanh", x))),
    "csch": lambda x: neg(mul(apply("csch", x), apply("coth", x))),
    "arcsin": lambda x: div(ONE, _sqrt(sub(ONE, square(x)))),
    "arccos": lambda x: neg(div(ONE, _sqrt(sub(ONE, square(x))))),
    "arctan": lambda x: div(ONE, add(ONE, square(x))),
    "arccot": lambda x: neg(div(ONE, add(ONE, square(x)))),
    "arcsec": lambda x: div(ONE, mul(apply("abs", x), _sqrt(sub(square(x), ONE)))),
    "arccsc": lambda x: neg(div(ONE, mul(apply("abs", x), _sqrt(sub(square(x), ONE))))),
    "arsinh": lambda x: div(ONE, _sqrt(add(square(x), ONE))),
    "arcosh": lambda x: div(ONE, mul(_sqrt(sub(x, ONE)), _sqrt(add(x, ONE)))),
    "artanh": lambda x: div(ONE, sub(ONE, square(x))),
    "arcoth": lambda x: div(ONE, sub(ONE, square(x))),
    "arsech": lambda x: neg(div(ONE, mul(x, _sqrt(sub(ONE, square(x)))))),
    "arcsch": lambda x: neg(div(ONE, mul(apply("abs", x), _sqrt(add(ONE, square(x)))))),
    "abs": lambda x: div(x, apply("abs", x)),
    "relu": lambda x: _where((ONE, Relation(">", x, ZERO)), (ZERO, Relation("<", x, ZERO))),
    "sign": lambda x: _where((ZERO, Relation("!=", x, ZERO))),
    "heaviside": lambda x: _where((ZERO, Relation("!=", x, ZERO))),
    "floor": lambda x: _where((ZERO, Relation("!=", apply("floor", x), x))),
    "ceil": lambda x: _where((ZERO, Relation("!=", apply("ceil", x), x))),
    "sigmoid": _sigmoid_slope,
    "softplus": lambda x: apply("sigmoid", x),
    "gamma": lambda x: mul(apply("gamma", x), apply("digamma", x)),
    "factorial": lambda x: mul(apply("factorial", x), apply("digamma", add(x, ONE))),
    "digamma": lambda x: apply("polygamma", ONE, x),
    "erf": lambda x: mul(div(TWO, _sqrt(PI)), apply("exp", neg(square(x)))),
    "erfc": lambda x: neg(mul(div(TWO, _sqrt(PI)), apply("exp", neg(square(x))))),
    "erfi": lambda x: mul(div(TWO, _sqrt(PI)), apply("exp", square(x))),
    "Ei": lambda x: div(apply("exp", x), x),
    "li": lambda x: div(ONE, apply("log", x)),
    "Si": lambda x: div(apply("sin", x), x),
    "Ci": lambda x: div(apply("cos", x), x),
    "lambert_w": lambda x: div(apply("lambert_w", x), mul(x, add(ONE, apply("lambert_w", x)))),
}


def _bessel(head: str, sign: Term, n: Term, x: Term) -> Term:
    """C_n' = (C_{n-1} + sign C_{n+1})/2 for J, Y (sign -1) and I (+1); K takes a minus in front."""
    return div(add(apply(head, sub(n, ONE), x), mul(sign, apply(head, add(n, ONE), x))), TWO)


_MINUS_ONE = neg(ONE)

_BY_ARGUMENT: dict[tuple[str, int], Callable[[Term, Term], Term]] = {
    ("bessel_j", 1): lambda n, x: _bessel("bessel_j", _MINUS_ONE, n, x),
    ("bessel_y", 1): lambda n, x: _bessel("bessel_y", _MINUS_ONE, n, x),
    ("bessel_i", 1): lambda n, x: _bessel("bessel_i", ONE, n, x),
    ("bessel_k", 1): lambda n, x: neg(_bessel("bessel_k", ONE, n, x)),
    ("polygamma", 1): lambda n, x: apply("polygamma", add(n, ONE), x),
    ("lower_gamma", 1): lambda a, x: mul(power(x, sub(a, ONE)), apply("exp", neg(x))),
    ("upper_gamma", 1): lambda a, x: neg(mul(power(x, sub(a, ONE)), apply("exp", neg(x)))),
    ("beta", 0): lambda a, b: mul(apply("beta", a, b), sub(apply("digamma", a), apply("digamma", add(a, b)))),
    ("beta", 1): lambda a, b: mul(apply("beta", a, b), sub(apply("digamma", b), apply("digamma", add(a, b)))),
    ("binomial", 0): lambda n, k: mul(
        apply("binomial", n, k),
        sub(apply("digamma", add(n, ONE)), apply("digamma", add(sub(n, k), ONE))),
    ),
    ("log", 0): lambda x, b: div(ONE, mul(x, apply("log", b))),
    ("log", 1): lambda x, b: neg(div(apply("log", x), mul(b, Pow(apply("log", b), TWO)))),
}


def partial(head: str, args: tuple[Term, ...], k: int) -> Term | None:
    """The derivative of `head(args)` by `args[k]`; None where no rule is known."""
    if head == "log" and len(args) == 1:
        return div(ONE, args[0])
    if len(args) == 1:
        rule = _ONE_ARGUMENT.get(head)
        return rule(args[0]) if rule else None
    if len(args) == 2:
        pair = _BY_ARGUMENT.get((head, k))
        return pair(args[0], args[1]) if pair else None
    return None


def choice(head: str, args: tuple[Term, ...], slopes: tuple[Term, ...]) -> Term:
    """The derivative of `max` or `min` of numbers with these slopes; undefined at ties."""
    op = ">" if head == "max" else "<"
    cases: list[tuple[Term, Term]] = []
    for k, (arg, slope) in enumerate(zip(args, slopes, strict=True)):
        conditions = tuple(Relation(op, arg, other) for j, other in enumerate(args) if j != k)
        if not conditions:
            return slope
        cases.append((slope, conditions[0] if len(conditions) == 1 else apply("and", *conditions)))
    return _where(*cases)


def is_constant(term: Term) -> bool:
    return isinstance(term, Number | Constant)
