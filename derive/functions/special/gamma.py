"""Γ and its family; NIST Digital Library of Mathematical Functions, chapters 5 and 8."""

from __future__ import annotations

from typing import Any

from derive.functions.record import Analytic, Computed, Domain, Function
from derive.reasons.gaps import Gap
from derive.term.construct import add, apply, div, mul, neg, power, sub
from derive.term.nodes import ONE, ZERO, Relation, Term


def _no_pole(x: Any) -> bool | None:
    return not (not x > 0 and x.is_exact() and x.is_integer())


POLES = Domain(_no_pole, Gap.POLE_OF_GAMMA_FUNCTION, Gap.MAY_BE_POLE)


def _digamma(x: Term) -> Term:
    return apply("digamma", x)


def _beta_slope(a: Term, b: Term) -> Term:
    return mul(apply("beta", a, b), sub(_digamma(a), _digamma(add(a, b))))


def _density(a: Term, x: Term) -> Term:
    return mul(power(x, sub(a, ONE)), apply("exp", neg(x)))


FUNCTIONS = (
    Function(
        "gamma",
        "\\Gamma",
        "DLMF 5.2.1",
        derivatives=(lambda x: mul(apply("gamma", x), _digamma(x)),),
        value=Analytic(lambda x: x.gamma(), lambda x: x.gamma(), domain=POLES, extends=False),
        costly=True,
        continuous_where=lambda x, smooth: Relation(">", x, ZERO),
        sympy="gamma",
        mpmath="gamma",
        related=("factorial",),
    ),
    Function(
        "digamma",
        "\\psi",
        "DLMF 5.2.2",
        derivatives=(lambda x: apply("polygamma", ONE, x),),
        value=Analytic(lambda x: x.digamma(), lambda x: x.digamma(), domain=POLES, extends=False),
        costly=True,
        sympy="digamma",
        mpmath="digamma",
    ),
    Function(
        "polygamma",
        "\\psi^{({0})}",
        "DLMF 5.15.1",
        least=2,
        most=2,
        scripts=1,
        derivatives=(None, lambda n, x: apply("polygamma", add(n, ONE), x)),
        costly=True,
        whole=(0,),
        sympy="polygamma",
        mpmath="polygamma",
    ),
    Function(
        "beta",
        "\\operatorname{B}",
        "DLMF 5.12.1",
        least=2,
        most=2,
        derivatives=(_beta_slope, lambda a, b: _beta_slope(b, a)),
        value=Computed(lambda c, a, b: c.of("gamma", a) * c.of("gamma", b) * c.rgamma(a + b)),
        costly=True,
        normal=lambda a, b: div(mul(apply("gamma", a), apply("gamma", b)), apply("gamma", add(a, b))),
        sympy="beta",
        mpmath="beta",
    ),
    Function(
        "lower_gamma",
        "\\gamma",
        "DLMF 8.2.1",
        least=2,
        most=2,
        derivatives=(None, _density),
        costly=True,
        sympy="lowergamma",
        mpmath=lambda mp, a, x: mp.gammainc(a, 0, x),
    ),
    Function(
        "upper_gamma",
        "\\Gamma",
        "DLMF 8.2.2",
        least=2,
        most=2,
        derivatives=(None, lambda a, x: neg(_density(a, x))),
        costly=True,
        normal=lambda a, x: sub(apply("gamma", a), apply("lower_gamma", a, x)),
        sympy="uppergamma",
        mpmath=lambda mp, a, x: mp.gammainc(a, x),
    ),
)
