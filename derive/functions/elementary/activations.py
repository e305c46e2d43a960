"""Activation functions of numbers; Goodfellow, Bengio, Courville: Deep Learning (2016), 3.10 and 6.3."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from derive.functions.ranges import NONNEGATIVE, POSITIVE, Range
from derive.functions.record import Analytic, Function
from derive.term.construct import add, apply, div, mul, sub
from derive.term.nodes import ONE, TWO, ZERO, Constant, Piecewise, Relation, Term

_INFINITY = Constant("infinity")


def _sigmoid_slope(x: Term) -> Term:
    s = apply("sigmoid", x)
    return mul(s, sub(ONE, s))


def _relu_slope(x: Term) -> Term:
    return Piecewise(((ONE, Relation(">", x, ZERO)), (ZERO, Relation("<", x, ZERO))))


def _softplus(x: Any) -> Any:
    return x.exp().log1p() if x < 0 else x + (-x).exp().log1p()


FUNCTIONS = (
    Function(
        "sigmoid",
        "\\sigma",
        "Deep Learning 3.30",
        words=("sigmoid", "Sigmoid"),
        derivatives=(_sigmoid_slope,),
        value=Analytic(lambda x: 1 / (1 + (-x).exp()), lambda x: 1 / (1 + (-x).exp())),
        spread="arrays",
        range=Range(Fraction(0), Fraction(1), True, True),
        increasing=True,
        at_zero=Fraction(1, 2),
        limits=(ONE, ZERO),
        continuity="smooth",
        sympy=lambda sp, x, evaluate=True: 1 / (1 + sp.exp(-x)),
        mpmath=lambda mp, x: 1 / (1 + mp.exp(-x)),
        related=("tanh",),
    ),
    Function(
        "softplus",
        "\\operatorname{softplus}",
        "Deep Learning 3.31",
        words=("softplus",),
        derivatives=(lambda x: apply("sigmoid", x),),
        value=Analytic(
            _softplus,
            lambda x: (1 + x.exp()).log(),
            principal=lambda x, a: (1 + x.exp()).log(analytic=a),
        ),
        spread="arrays",
        range=POSITIVE,
        increasing=True,
        limits=(_INFINITY, ZERO),
        continuity="smooth",
        normal=lambda x: apply("log", add(ONE, apply("exp", x))),
        mpmath=lambda mp, x: mp.log(1 + mp.exp(x)),
    ),
    Function(
        "relu",
        "\\operatorname{ReLU}",
        "Deep Learning 6.37",
        words=("relu", "ReLU"),
        derivatives=(_relu_slope,),
        spread="arrays",
        range=NONNEGATIVE,
        limits=(_INFINITY, ZERO),
        continuity="continuous",
        normal=lambda x: div(add(x, apply("abs", x)), TWO),
        sympy=lambda sp, x, evaluate=True: sp.Max(0, x),
        mpmath=lambda mp, x: max(mp.mpf(0), x),
    ),
)
