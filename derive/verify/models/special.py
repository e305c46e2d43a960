"""Exact rational arrays that have a property by construction: symmetric, orthogonal (by Cayley's transform),
definite, idempotent, diagonal, of length one, one-hot."""

from __future__ import annotations

import random
from collections.abc import Mapping
from fractions import Fraction

from flint import fmpq, fmpq_mat

from derive.term import nodes as t

Rows = tuple[tuple[Fraction, ...], ...]
MADE = frozenset(
    (
        "symmetric", "skew", "definite", "semidefinite", "orthonormal", "orthonormal rows", "idempotent",
        "involution", "diagonal", "unit determinant",
    )
)  # fmt: skip
"""Properties of matrices that are made here; others are left to the plan's equations."""
ONE_HOT = frozenset(("binary", "total one"))
OF_ROWS = frozenset(("row sums one",))
OF_LENGTH_ONE = frozenset(("unit length",))
_SMALL = tuple(Fraction(k) for k in (1, -1, 2, 1, -2, 3, 0))


def makes(properties: Mapping[str, tuple[t.Term, ...]], shape: tuple[t.Dimension, ...] | None) -> bool:
    """Whether arrays of a shape can be made with all of these properties."""
    names = frozenset(properties)
    if shape is not None and len(shape) == 1:
        return names in (ONE_HOT, OF_LENGTH_ONE)
    if shape is not None and len(shape) == 2 and names == OF_ROWS:
        return True
    if shape is None or len(shape) != 2 or not names <= MADE:
        return False
    orthogonal = bool(names & {"orthonormal", "orthonormal rows"})
    if names & {"skew", "involution"} and len(names) > 1:
        return False
    if "unit determinant" in names:
        return orthogonal and not names & {"symmetric", "idempotent", "definite", "semidefinite", "diagonal"}
    return not (orthogonal and names & {"definite", "semidefinite", "idempotent"})


def special(names: frozenset[str], shape: tuple[int, ...], rng: random.Random) -> object | None:
    """An array with these properties; None where a shape has none (more orthonormal columns than rows)."""
    if names == OF_LENGTH_ONE:
        turned = _orthogonal(shape[0], rng)
        return tuple(Fraction(int(x.p), int(x.q)) for x in (turned[i, 0] for i in range(shape[0])))
    if len(shape) == 1:
        hot = rng.randrange(shape[0])
        return tuple(Fraction(int(k == hot)) for k in range(shape[0]))
    m, n = shape
    if names == OF_ROWS:
        rows = [[rng.choice(_SMALL) for _ in range(n - 1)] for _ in range(m)]
        return tuple((*row, 1 - sum(row, Fraction(0))) for row in rows)
    if "orthonormal" in names and m != n:
        return _rows(_orthogonal(m, rng), n) if m > n else None
    if "orthonormal rows" in names and m != n:
        return _turned(_rows(_orthogonal(n, rng), m)) if n > m else None
    if m != n:
        return None
    return _rows(_square(names, n, rng), n)


def _square(names: frozenset[str], n: int, rng: random.Random) -> fmpq_mat:
    diagonal = "diagonal" in names
    if names & {"orthonormal", "orthonormal rows"}:
        if diagonal:
            return _diagonal([fmpq(rng.choice((1, -1))) for _ in range(n)])
        q = _orthogonal(n, rng)
        if "symmetric" in names:
            return q * _signs(n, rng) * q.transpose()
        return (
            q
            if "unit determinant" in names
            else q * _diagonal([fmpq(rng.choice((1, -1))), *[fmpq(1)] * (n - 1)])
        )
    if names & {"definite", "semidefinite"}:
        if diagonal:
            return _diagonal([fmpq(rng.choice((1, 2, 3))) for _ in range(n)])
        lower = fmpq_mat(
            n, n, [_entry(rng) if j < i else fmpq(int(i == j)) for i in range(n) for j in range(n)]
        )
        return lower * _diagonal([fmpq(rng.choice((1, 2, 3))) for _ in range(n)]) * lower.transpose()
    if "idempotent" in names:
        zeros_and_ones = _diagonal([fmpq(int(k < max(1, n - 1 - rng.randrange(2)))) for k in range(n)])
        base = _orthogonal(n, rng) if "symmetric" in names else _regular(n, rng)
        return zeros_and_ones if diagonal else base * zeros_and_ones * base.inv()
    if "involution" in names:
        base = _regular(n, rng)
        return base * _signs(n, rng) * base.inv()
    if diagonal:
        return _diagonal([_entry(rng) for _ in range(n)])
    w = fmpq_mat(n, n, [_entry(rng) for _ in range(n * n)])
    return w - w.transpose() if "skew" in names else w + w.transpose()


def _entry(rng: random.Random) -> fmpq:
    value = rng.choice(_SMALL)
    return fmpq(value.numerator, value.denominator)


def _diagonal(entries: list[fmpq]) -> fmpq_mat:
    n = len(entries)
    return fmpq_mat(n, n, [entries[i] if i == j else fmpq(0) for i in range(n) for j in range(n)])


def _signs(n: int, rng: random.Random) -> fmpq_mat:
    """Both signs, where there is room for them."""
    return _diagonal([fmpq(1), *(fmpq(-1) if k == 0 else fmpq(rng.choice((1, -1))) for k in range(n - 1))])


def _regular(n: int, rng: random.Random) -> fmpq_mat:
    """An invertible matrix: unit triangles multiplied."""
    lower = fmpq_mat(n, n, [_entry(rng) if j < i else fmpq(int(i == j)) for i in range(n) for j in range(n)])
    upper = fmpq_mat(n, n, [_entry(rng) if j > i else fmpq(int(i == j)) for i in range(n) for j in range(n)])
    return lower * upper


def _orthogonal(n: int, rng: random.Random) -> fmpq_mat:
    """(I - S)(I + S)^{-1} of a skew S: I + S is invertible, the product orthogonal of determinant 1."""
    w = fmpq_mat(
        n, n, [fmpq(rng.choice((1, 2, -1, 3, -2))) if j > i else fmpq(0) for i in range(n) for j in range(n)]
    )
    s, one = w - w.transpose(), _diagonal([fmpq(1)] * n)
    return (one - s) * (one + s).inv()


def _rows(matrix: fmpq_mat, columns: int) -> Rows:
    return tuple(
        tuple(Fraction(int(x.p), int(x.q)) for x in (matrix[i, j] for j in range(columns)))
        for i in range(matrix.nrows())
    )


def _turned(rows: Rows) -> Rows:
    return tuple(zip(*rows, strict=True))
