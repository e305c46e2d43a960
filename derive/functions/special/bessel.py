"""Bessel functions J, Y, I, K of a given order; NIST DLMF 10.2, 10.25, derivatives 10.6.1 and 10.29.1."""

from __future__ import annotations

from derive.functions.record import Formula, Function
from derive.term.construct import add, apply, div, mul, neg, sub
from derive.term.nodes import ONE, TWO, Term


def _slope(head: str, sign: Term) -> Formula:
    """(C_{n-1} + sign C_{n+1})/2"""

    def rule(n: Term, x: Term) -> Term:
        return div(add(apply(head, sub(n, ONE), x), mul(sign, apply(head, add(n, ONE), x))), TWO)

    return rule


def _bessel(letter: str, source: str, slope: Formula) -> Function:
    lower = letter.lower()
    return Function(
        f"bessel_{lower}",
        f"{letter}_{{{{0}}}}",
        source,
        least=2,
        most=2,
        scripts=1,
        derivatives=(None, slope),
        costly=True,
        sympy=f"bessel{lower}",
        mpmath=f"bessel{lower}",
    )


_OF_K = _slope("bessel_k", ONE)

FUNCTIONS = (
    _bessel("J", "DLMF 10.2.2", _slope("bessel_j", neg(ONE))),
    _bessel("Y", "DLMF 10.2.3", _slope("bessel_y", neg(ONE))),
    _bessel("I", "DLMF 10.25.2", _slope("bessel_i", ONE)),
    _bessel("K", "DLMF 10.27.4", lambda n, x: neg(_OF_K(n, x))),
)
