"""Solution sets of two equations: the same, or roots gained or lost on the way from one to the other.

Exact for equations whose difference has a polynomial numerator: irreducible factors are compared, and
those of one variable without a real root (or with one that the scope forbids) left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flint import fmpq_poly

from derive.calculus.resolve import TooLarge, resolve_pair
from derive.term.nodes import ZERO, Relation, Symbol, Term
from derive.term.scope import Scope
from derive.verify.normal.form import attempt
from derive.verify.normal.reader import Reader
from derive.verify.normal.ring import Poly, Ratio


@dataclass(frozen=True, slots=True)
class Solutions:
    """kind: `same`, `enlarged` (roots gained), `lost`, `different` (both). `gained` and `lost` are
    equations `factor = 0` that only the second, or only the first, has solutions of."""

    kind: str
    gained: tuple[Term, ...] = ()
    lost: tuple[Term, ...] = ()


def compare_solutions(first: Relation, second: Relation, scope: Scope) -> Solutions | None:
    """How the solutions of the second equation compare with those of the first; None where unknown."""
    try:
        a = resolve_pair(first.left, first.right, scope)
        b = resolve_pair(second.left, second.right, scope)
    except TooLarge:
        return None
    return attempt(scope, lambda reader: _compare(reader, a, b))


def _compare(reader: Reader, first: tuple[Term, Term], second: tuple[Term, Term]) -> Solutions | None:
    before, after = _factors(reader, *first), _factors(reader, *second)
    if before is None or after is None:
        return None
    gained, lost = (
        [_real(reader, f) for key, f in sorted(one.items()) if key not in other]
        for one, other in ((after, before), (before, after))
    )
    if any(real is None for _, real in (*gained, *lost)):
        return None
    more = tuple(_equation(reader, f) for f, real in gained if real)
    fewer = tuple(_equation(reader, f) for f, real in lost if real)
    kind = "different" if more and fewer else "enlarged" if more else "lost" if fewer else "same"
    return Solutions(kind, more, fewer)


def _factors(reader: Reader, left: Term, right: Term) -> dict[str, Poly] | None:
    """The irreducible factors of left - right that can be zero, by key."""
    ring = reader.ring
    reader.denominators = {}
    gap = ring.sub(reader.read(left), reader.read(right))
    excluded = list(reader.denominators.values())
    if gap.num == 0:
        return None
    found: dict[str, Poly] = {}
    for f, e in ring.factors(Ratio(gap.num, ring.unit))[1]:
        if e <= 0 or reader.signs.nonzero(f):
            continue
        if any(divmod(d, f)[1] == 0 for d in excluded):
            continue  # its zeros are poles of a side
        found[ring.poly_key(f)] = f
    return found


def _real(reader: Reader, f: Poly) -> tuple[Poly, bool | None]:
    """Whether the factor has a real zero in scope: None where that is not plain to see."""
    used = reader.ring.used(f)
    if len(used) != 1 or not isinstance(used[0].term, Symbol) or not used[0].real:
        return f, None
    index = used[0].index
    coefficients: dict[int, Any] = {m[index]: c for m, c in reader.ring.terms(f)}
    poly = fmpq_poly([coefficients.get(k, 0) for k in range(max(coefficients) + 1)])
    roots = [z.real for z, _ in poly.numer().complex_roots() if z.imag.is_zero()]
    if not roots:
        return f, False
    known = [*reader.signs.positive_polys, *reader.signs.nonnegative_polys, *reader.signs.nonzero_polys]
    if any(index in {k.index for k in reader.ring.used(p)} for p in known):
        return f, None  # the scope narrows the variable: whether a root is left is not settled here
    if used[0].sign or used[0].integer:
        return f, None
    return f, True


def _equation(reader: Reader, f: Poly) -> Relation:
    return Relation("=", reader.powers.term(reader.ring.poly(f)), ZERO)
