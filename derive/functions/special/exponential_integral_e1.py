"""E_1(x), the integral of e^{-t}/t from x on; NIST Digital Library of Mathematical Functions 6.2.1."""

from __future__ import annotations

from derive.functions.domains import POSITIVE, negative
from derive.functions.ranges import POSITIVE as ABOVE_ZERO
from derive.functions.record import Analytic, Function, Letter
from derive.term.construct import apply, div, neg
from derive.term.nodes import ZERO, Relation

FUNCTIONS = (
    Function(
        "E1",
        "E_{1}",
        "DLMF 6.2.1",
        letters=(Letter("E", "argument", ("exponential integral",), subscript="1"),),
        derivatives=(lambda x: neg(div(apply("exp", neg(x)), x)),),
        value=Analytic(
            lambda x: x.expint(type(x)(1)), lambda x: x.expint(type(x)(1)), negative, domain=POSITIVE
        ),
        costly=True,
        range=ABOVE_ZERO,
        continuous_where=lambda x, smooth: Relation(">", x, ZERO),
        restrictions=lambda real, x: (Relation(">" if real else "!=", x, ZERO),),
        sympy=lambda sp, x, evaluate=True: sp.expint(1, x),
        raised=("expint", (1,)),
        mpmath="e1",
    ),
)
