"""The complete elliptic integrals, by the parameter m = k²; NIST DLMF 19.2.8."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from derive.functions.record import Analytic, Domain, Function, Letter, Meaning
from derive.reasons.gaps import Gap
from derive.term.construct import apply, div, mul, square, sub
from derive.term.nodes import ONE, TWO, Relation, Term


def _below(x: Any) -> bool | None:
    return True if x < 1 else False if x >= 1 else None


_BELOW_ONE = Domain(_below, Gap.NOT_BELOW_1, Gap.MAY_NOT_BE_BELOW_1)
_UP_TO_ONE = Domain(lambda x: True if x <= 1 else False if x > 1 else None, Gap.ABOVE_1, Gap.MAY_BE_ABOVE_1)


def _from_one(m: Any) -> bool:
    return bool(m.imag.contains(0)) and not bool(m.real < 1)


def _real(method: str) -> Callable[[Any], Any]:
    """Of a real ball; python-flint has the complex function only."""

    def value(m: Any) -> Any:
        from flint import acb

        return getattr(acb(m), method)().real

    return value


def _first_slope(m: Term) -> Term:
    """DLMF 19.4.1, by m instead of k."""
    top = sub(apply("elliptic_e", m), mul(sub(ONE, m), apply("elliptic_k", m)))
    return div(top, mul(TWO, m, sub(ONE, m)))


def _second_slope(m: Term) -> Term:
    """DLMF 19.4.2, by m instead of k."""
    return div(sub(apply("elliptic_e", m), apply("elliptic_k", m)), mul(TWO, m))


def _letter(letter: str, head: str) -> Letter:
    return Letter(
        letter,
        "argument",
        ("elliptic integral",),
        (
            Meaning("by the modulus", lambda k: apply(head, square(k)), ("modulus",)),
            Meaning("by the parameter", lambda m: apply(head, m), ("parameter",)),
        ),
    )


FUNCTIONS = (
    Function(
        "elliptic_k",
        "K",
        "DLMF 19.2.8",
        letters=(_letter("K", "elliptic_k"),),
        derivatives=(_first_slope,),
        value=Analytic(_real("elliptic_k"), lambda m: m.elliptic_k(), _from_one, domain=_BELOW_ONE),
        costly=True,
        continuous_where=lambda m, smooth: Relation("<", m, ONE),
        restrictions=lambda real, m: (Relation("<", m, ONE),) if real else (Relation("!=", m, ONE),),
        sympy="elliptic_k",
        mpmath="ellipk",
        related=("elliptic_e",),
    ),
    Function(
        "elliptic_e",
        "E",
        "DLMF 19.2.8",
        letters=(_letter("E", "elliptic_e"),),
        derivatives=(_second_slope,),
        value=Analytic(_real("elliptic_e"), lambda m: m.elliptic_e(), _from_one, domain=_UP_TO_ONE),
        costly=True,
        continuous_where=lambda m, smooth: Relation("<" if smooth else "<=", m, ONE),
        restrictions=lambda real, m: (Relation("<=", m, ONE),) if real else (),
        sympy="elliptic_e",
        mpmath="ellipe",
    ),
)
