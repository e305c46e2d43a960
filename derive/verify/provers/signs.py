"""The sign of a term by its normal form: sums of squares, combinations of what is known to be nonnegative."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import Any

from derive.term.nodes import Term
from derive.term.scope import Scope
from derive.verify.normal.form import attempt
from derive.verify.normal.proof import Proof
from derive.verify.normal.reader import Reader


def by_signs(term: Term, strict: bool, scope: Scope) -> Proof | None:
    """The numerator and denominator of the normal form show the sign: sums of squares, positive kernels."""

    def work(reader: Reader) -> Proof | None:
        value = reader.read(term)
        if not reader.signs.real_poly(value.num) or not reader.signs.real_poly(value.den):
            return None
        for sign in (1, -1):
            how = sign_of(reader, sign * value.den, True)
            if how is None:
                continue
            top = sign_of(reader, sign * value.num, strict)
            if top is not None:
                return Proof("sign of the normal form", witness={"how": top})
        return None

    return attempt(scope, work)


def sign_of(reader: Reader, poly: Any, strict: bool) -> str | None:
    """How one sees that a polynomial over real kernels is nonnegative (positive); None if one does not."""
    signs = reader.signs
    if (signs.positive if strict else signs.nonnegative)(poly):
        return "terms"
    if psd(poly, strict):
        return "sum of squares"
    if combination(reader, poly, strict):
        return "combination of the hypotheses"
    poly = in_roots(reader, poly)
    if psd(poly, strict):
        return "sum of squares of roots"
    if len(poly) > 120 or poly.total_degree() > 30:
        return None
    constant, factors = poly.factor()
    sign = 1 if constant > 0 else -1
    for factor, power in factors:
        if int(power) % 2 == 0:
            if strict and not signs.nonzero(factor):
                return None
        elif (signs.positive if strict else signs.nonnegative)(factor) or psd(factor, strict):
            continue
        elif (signs.positive if strict else signs.nonnegative)(-factor) or psd(-factor, strict):
            sign = -sign
        else:
            return None
    return "factors" if sign > 0 and factors else None


def combination(reader: Reader, poly: Any, strict: bool) -> bool:
    """Whether the polynomial is a combination, with coefficients ≥ 0, of at most three that are known to be
    nonnegative, plus a constant ≥ 0 (> 0, or a positive one of the three, for a strict sign)."""
    known = [(h, True) for h in reader.signs.positive_polys] + [
        (h, False) for h in reader.signs.nonnegative_polys
    ]
    target = _coefficients(poly)
    columns = [(_coefficients(h), positive) for h, positive in known[:8]]
    for size in (1, 2, 3):
        for chosen in combinations(columns, size):
            weights = _solve([c for c, _ in chosen], target)
            if weights is None or any(w < 0 for w in weights[0]) or weights[1] < 0:
                continue
            if (
                not strict
                or weights[1] > 0
                or any(w > 0 and p for w, (_, p) in zip(weights[0], chosen, strict=True))
            ):
                return True
    return False


def _coefficients(poly: Any) -> dict[tuple[int, ...], Fraction]:
    return {tuple(int(e) for e in m): Fraction(int(c.p), int(c.q)) for m, c in poly.to_dict().items()}


def _solve(
    columns: list[dict[tuple[int, ...], Fraction]], target: dict[tuple[int, ...], Fraction]
) -> tuple[list[Fraction], Fraction] | None:
    """Weights with Σ w·column = target but for the constant term, and what of it is left over."""
    monomials = sorted({m for c in (*columns, target) for m in c if any(m)})
    rows = [[c.get(m, Fraction(0)) for c in columns] + [target.get(m, Fraction(0))] for m in monomials]
    weights = [Fraction(0)] * len(columns)
    pivots: list[int] = []
    done = 0
    for k in range(len(columns)):
        row = next((r for r in range(done, len(rows)) if rows[r][k]), None)
        if row is None:
            return None
        rows[done], rows[row] = rows[row], rows[done]
        head = rows[done][k]
        rows[done] = [x / head for x in rows[done]]
        for r in range(len(rows)):
            if r != done and rows[r][k]:
                factor = rows[r][k]
                rows[r] = [x - factor * y for x, y in zip(rows[r], rows[done], strict=True)]
        pivots.append(k)
        done += 1
    if any(r[-1] for r in rows[done:]):
        return None
    for r, k in enumerate(pivots):
        weights[k] = rows[r][-1]
    constants = [next((c[m] for m in c if not any(m)), Fraction(0)) for c in columns]
    own = next((target[m] for m in target if not any(m)), Fraction(0))
    return weights, own - sum((w * c for w, c in zip(weights, constants, strict=True)), Fraction(0))


def in_roots(reader: Reader, poly: Any) -> Any:
    """Generators that have a root among the kernels, written as powers of it: a + b - 2√a√b is a square."""
    powers: dict[int, tuple[int, int]] = {}
    for j, (degree, numerator, denominator) in reader.ring.relations.items():
        if denominator == 1 and len(numerator) == 1:
            ((m, c),) = numerator.to_dict().items()
            if c == 1 and sum(int(e) for e in m) == 1:
                powers[[int(e) for e in m].index(1)] = (j, int(degree))
    if not powers:
        return poly
    terms: dict[tuple[int, ...], Any] = {}
    for m, c in poly.to_dict().items():
        exponents = [int(e) for e in m]
        for base, (j, degree) in powers.items():
            exponents[j] += degree * exponents[base]
            exponents[base] = 0
        key = tuple(exponents)
        terms[key] = terms.get(key, 0) + c
    return reader.ring.context.from_dict(terms) if terms else poly


def psd(poly: Any, strict: bool) -> bool:
    """Whether a polynomial of degree 2 (also in squares of the generators) is a sum of squares.

    With `strict`, a positive constant must remain: the form with the constant is positive definite.
    """
    terms = {tuple(int(e) for e in m): c for m, c in poly.to_dict().items()}
    if all(e % 2 == 0 for m in terms for e in m):
        terms = {tuple(e // 2 for e in m): c for m, c in terms.items()}
        if any(sum(m) > 2 for m in terms):
            return False
        # in squares y = x²: a quadratic form in y that is a sum of squares is one in x too
    if any(sum(m) > 2 for m in terms):
        return False
    used = sorted({j for m in terms for j, e in enumerate(m) if e})
    if len(used) > 8:
        return False
    size = len(used) + 1
    place = {j: k + 1 for k, j in enumerate(used)}
    gram = [[Fraction(0)] * size for _ in range(size)]
    for m, c in terms.items():
        value = Fraction(int(c.p), int(c.q))
        spots = [place[j] for j, e in enumerate(m) for _ in range(e)]
        spots += [0] * (2 - len(spots))
        i, k = spots
        gram[i][k] += value / 2
        gram[k][i] += value / 2
    return _semidefinite(gram, strict)


def _semidefinite(gram: list[list[Fraction]], strict: bool) -> bool:
    """By elimination in rationals; strict asks for a positive remainder at the constant (place 0)."""
    size = len(gram)
    rows = [row[:] for row in gram]
    for k in range(size - 1, -1, -1):
        pivot = rows[k][k]
        if pivot < 0 or (k == 0 and strict and pivot == 0):
            return False
        if pivot == 0:
            if any(rows[k][j] for j in range(k)):
                return False
            continue
        for i in range(k):
            factor = rows[i][k] / pivot
            if factor:
                for j in range(k + 1):
                    rows[i][j] -= factor * rows[k][j]
    return True
