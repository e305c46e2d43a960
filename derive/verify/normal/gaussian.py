"""The minimal polynomial of exp(iπ/n) over the Gaussian rationals."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from flint import fmpz_poly

Gaussian = tuple[Fraction, Fraction]
_ZERO: Gaussian = (Fraction(0), Fraction(0))


def _times(a: Gaussian, b: Gaussian) -> Gaussian:
    return (a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0])


def _over(a: Gaussian, b: Gaussian) -> Gaussian:
    size = b[0] ** 2 + b[1] ** 2
    return _times(a, (b[0] / size, -b[1] / size))


def _remainder(p: list[Gaussian], q: list[Gaussian]) -> list[Gaussian]:
    p = list(p)
    while len(p) >= len(q):
        factor = _over(p[-1], q[-1])
        shift = len(p) - len(q)
        for k, c in enumerate(q):
            product = _times(factor, c)
            p[k + shift] = (p[k + shift][0] - product[0], p[k + shift][1] - product[1])
        while p and p[-1] == _ZERO:
            p.pop()
    return p


@lru_cache(maxsize=64)
def minimal_polynomial(n: int) -> tuple[Gaussian, ...]:
    """Monic, lowest coefficient first; n even. It is gcd(Φ_2n(x), x^(n/2) - i)."""
    p = [(Fraction(int(c)), Fraction(0)) for c in fmpz_poly.cyclotomic(2 * n).coeffs()]
    q = [_ZERO] * (n // 2 + 1)
    q[0], q[-1] = (Fraction(0), Fraction(-1)), (Fraction(1), Fraction(0))
    while q:
        p, q = q, _remainder(p, q)
    return tuple(_over(c, p[-1]) for c in p)
