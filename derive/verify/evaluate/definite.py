"""Definiteness of matrices: `A \\succ 0`, `A \\succeq B`.

Elimination without exchanges: a symmetric matrix is positive definite if and only if all pivots are positive,
and semidefinite if and only if none is negative and the rest of the row of each that vanishes does so too.
"""

from __future__ import annotations

from flint import fmpq

from derive.reasons.gaps import Gap
from derive.verify.evaluate.arrays import add, real, scale
from derive.verify.evaluate.values import Array, Scalar, Uncertain, Unsupported, Value, is_exact_zero


def definite(a: Value, b: Value, op: str) -> bool:
    """Whether `a op b` for "succ" or "succeq": a − b is positive definite, or semidefinite.

    Raises Unsupported for what is no square matrix (of vectors the sign is read entry by entry by some), and
    for one that is not symmetric and yet has a positive quadratic form: some call such definite. Uncertain
    where balls do not tell.
    """
    match a, b:
        case Array(), Array():
            difference = add(a, scale(fmpq(-1), b))
        case Array(), _ if is_exact_zero(b):
            difference = a
        case _, Array() if is_exact_zero(a):
            difference = scale(fmpq(-1), b)
        case _:
            raise Unsupported(Gap.THIS_RELATION, op)
    if not isinstance(difference, Array) or len(difference.shape) != 2:
        raise Unsupported(Gap.THIS_RELATION, op)
    n = difference.rows
    if difference.columns != n:
        raise Unsupported(Gap.THIS_RELATION, op)
    rows = [[difference.items[i * n + j] for j in range(n)] for i in range(n)]
    half = fmpq(1, 2)
    found = _pivots([[half * (rows[i][j] + rows[j][i]) for j in range(n)] for i in range(n)], op == "succ")
    if found and not all(_same(rows[i][j], rows[j][i]) for i in range(n) for j in range(i)):
        raise Unsupported(Gap.THIS_RELATION, op)
    return found


def _pivots(rows: list[list[Scalar]], strictly: bool) -> bool:
    while rows:
        first, *rest = rows
        pivot = real(first[0])
        if is_exact_zero(pivot):
            if strictly or any(_certainly_not_zero(x) for x in first[1:]):
                return False
            rows = [row[1:] for row in rest]
            continue
        if pivot < 0:
            return False
        if not pivot > 0:
            raise Uncertain(Gap.ORDER_OF_TWO_BALLS_THAT_OVERLAP)
        rows = [[x - row[0] / pivot * y for x, y in zip(row[1:], first[1:], strict=True)] for row in rest]
    return True


def _certainly_not_zero(x: Scalar) -> bool:
    """Raises Uncertain for a ball around zero."""
    if is_exact_zero(x):
        return False
    if real(x) > 0 or real(x) < 0:
        return True
    raise Uncertain(Gap.MAY_BE_EQUAL)


def _same(x: Scalar, y: Scalar) -> bool:
    """Whether two entries are certainly, or as far as the balls tell, the same."""
    difference = real(x - y)
    return not (difference > 0 or difference < 0)
