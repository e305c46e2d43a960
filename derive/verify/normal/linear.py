"""Linear operators on what is read: sums, integrals and expectations draw out what does not vary."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from derive.verify.normal.ring import Ratio, Ring


def linear(r: Ring, body: Ratio, varying: set[str], image: Callable[[Ratio, str], Ratio]) -> Ratio:
    """A linear operator on a ratio: what does not vary is drawn out, each varying term goes to
    `image(term, its key)`; a constant term has the key `1`."""

    def varies(j: int) -> bool:
        return bool(r.at(j).names & varying)

    below = r.one
    fixed = r.one
    if body.den != 1:
        _, factors = r.factors(Ratio(body.den, r.unit))
        for f, e in factors:
            part = r.power(r.poly(f), e)
            if any(varies(k.index) for k in r.used(f)):
                below = r.mul(below, part)
            else:
                fixed = r.mul(fixed, part)
        scale = r.div(Ratio(body.den, r.unit), r.mul(below, fixed))
        fixed = r.mul(fixed, scale)
    groups: dict[tuple[int, ...], dict[tuple[int, ...], Any]] = {}
    for exponents, c in r.terms(body.num):
        moving = tuple(e if e and varies(j) else 0 for j, e in enumerate(exponents))
        still = tuple(e - m for e, m in zip(exponents, moving, strict=True))
        groups.setdefault(moving, {})[still] = c
    total = r.nought
    for moving, still_terms in groups.items():
        piece = r.div(r.poly(r.monomial(moving)), below)
        coefficient = r.poly(r.context.from_dict(still_terms))
        total = r.add(total, r.mul(coefficient, image(piece, r.key(piece))))
    return r.div(total, fixed)
