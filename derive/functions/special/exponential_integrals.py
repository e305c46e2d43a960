"""Ei, li, Si and Ci; NIST Digital Library of Mathematical Functions 6.2."""

from __future__ import annotations

from typing import Any

from derive.functions.domains import NONZERO, POSITIVE, below_one, negative
from derive.functions.record import Analytic, Domain, Function
from derive.reasons.gaps import Gap
from derive.term.construct import apply, div
from derive.term.nodes import ONE


def _off_one(x: Any) -> bool | None:
    positive = POSITIVE.inside(x)
    return False if positive and x == 1 else positive


_POSITIVE_OFF_ONE = Domain(_off_one, Gap.POLE_OF_LI, POSITIVE.unsure)

FUNCTIONS = (
    Function(
        "Ei",
        "\\operatorname{Ei}",
        "DLMF 6.2.5",
        words=("Ei",),
        derivatives=(lambda x: div(apply("exp", x), x),),
        value=Analytic(lambda x: x.ei(), lambda x: x.ei(), negative, domain=NONZERO, extends=False),
        costly=True,
        sympy="Ei",
        mpmath="ei",
    ),
    Function(
        "li",
        "\\operatorname{li}",
        "DLMF 6.2.8",
        words=("li",),
        derivatives=(lambda x: div(ONE, apply("log", x)),),
        value=Analytic(
            lambda x: x.li(), lambda x: x.li(), below_one, domain=_POSITIVE_OFF_ONE, extends=False
        ),
        costly=True,
        sympy="li",
        mpmath="li",
    ),
    Function(
        "Si",
        "\\operatorname{Si}",
        "DLMF 6.2.9",
        words=("Si",),
        derivatives=(lambda x: div(apply("sin", x), x),),
        slope=lambda x: apply("sinc", x),
        value=Analytic(lambda x: x.si(), lambda x: x.si()),
        costly=True,
        continuity="smooth",
        sympy="Si",
        mpmath="si",
        parity="odd",
    ),
    Function(
        "Ci",
        "\\operatorname{Ci}",
        "DLMF 6.2.11",
        words=("Ci",),
        derivatives=(lambda x: div(apply("cos", x), x),),
        value=Analytic(lambda x: x.ci(), lambda x: x.ci(), negative, domain=POSITIVE),
        costly=True,
        sympy="Ci",
        mpmath="ci",
    ),
)
