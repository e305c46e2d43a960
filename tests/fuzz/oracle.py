"""What decides the truth of a random claim: exact rationals, enumeration, mpmath. Nothing of `derive`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product

import mpmath

F = Fraction
Number = Fraction | int
RATIONALS = tuple(
    F(p, q)
    for p, q in (
        (0, 1), (1, 1), (-1, 1), (2, 1), (-2, 1), (1, 2), (-1, 2), (3, 1), (-3, 1), (1, 3), (3, 2), (-5, 4),
        (9, 10), (11, 10), (10, 1), (-10, 1), (1, 100), (-1, 100), (100, 1), (1000, 7),
    )
)  # fmt: skip


@dataclass(frozen=True)
class Claim:
    """A formula under givens, whether it is true, and the kind of claim that it is."""

    kind: str
    latex: str
    given: tuple[str, ...]
    truth: bool


def points(count: int) -> Iterator[tuple[Fraction, ...]]:
    """A grid over the rationals, near, far, tiny and negative."""
    values = RATIONALS if count <= 2 else RATIONALS[:12] if count == 3 else RATIONALS[:7]
    return product(values, repeat=count)


def true_on_grid(
    count: int, claim: Callable[..., bool | None], where: Callable[..., bool] = lambda *_: True
) -> bool:
    """Whether the claim is true at every point of the grid that fulfils the conditions; where the claim gives
    None a side has no value. One point of these must give a value."""
    seen = False
    for point in points(count):
        if where(*point):
            said = claim(*point)
            if said is False:
                return False
            seen = seen or said is True
    assert seen, "a claim without a single point"
    return True


def evaluate(coefficients: Sequence[Number], x: Fraction) -> Fraction:
    """A polynomial, constant first."""
    total = F(0)
    for c in reversed(coefficients):
        total = total * x + c
    return total


def nonnegative(coefficients: Sequence[int], low: Fraction | None, high: Fraction | None) -> bool | None:
    """Whether a polynomial is ≥ 0 on an interval; None where roots lie too close to tell."""
    trimmed = list(coefficients)
    while len(trimmed) > 1 and trimmed[-1] == 0:
        trimmed.pop()
    marks = [low, high]
    if len(trimmed) > 1:
        with mpmath.workdps(60):
            roots = mpmath.polyroots(list(reversed(trimmed)), maxsteps=400, extraprec=400, error=False)
            for r in roots:
                size = abs(mpmath.im(r))
                if mpmath.mpf(10) ** -25 < size < mpmath.mpf(10) ** -6:
                    return None
                if size <= mpmath.mpf(10) ** -25:
                    marks.append(F(int(mpmath.nint(mpmath.re(r) * 10**20)), 10**20))
    ends = sorted(m for m in marks if m is not None)
    inside = [x for x in ends if (low is None or x >= low) and (high is None or x <= high)]
    samples = [(a + b) / 2 for a, b in pairwise(inside)]
    if low is None:
        samples.append((inside[0] if inside else F(0)) - 1)
    else:
        samples.append(low)
    if high is None:
        samples.append((inside[-1] if inside else F(0)) + 1)
    else:
        samples.append(high)
    return all(evaluate(trimmed, x) >= 0 for x in samples)


def semidefinite(matrix: Sequence[Sequence[Fraction]]) -> bool:
    """By all principal minors, each computed over the rationals (Sylvester)."""
    size = len(matrix)
    for chosen in range(1, 1 << size):
        rows = [k for k in range(size) if chosen >> k & 1]
        if determinant([[matrix[i][j] for j in rows] for i in rows]) < 0:
            return False
    return True


def determinant(matrix: Sequence[Sequence[Fraction]]) -> Fraction:
    if len(matrix) == 1:
        return F(matrix[0][0])
    minors = ([row[:j] + row[j + 1 :] for row in map(list, matrix[1:])] for j in range(len(matrix)))
    return sum((F((-1) ** j) * matrix[0][j] * determinant(m) for j, m in enumerate(minors)), F(0))


def times(a: Sequence[Sequence[Number]], b: Sequence[Sequence[Number]]) -> list[list[Fraction]]:
    return [
        [sum((F(x) * y for x, y in zip(r, c, strict=True)), F(0)) for c in zip(*b, strict=True)] for r in a
    ]


def plus(a: Sequence[Sequence[Number]], b: Sequence[Sequence[Number]], k: int = 1) -> list[list[Fraction]]:
    return [[F(x) + k * y for x, y in zip(r, s, strict=True)] for r, s in zip(a, b, strict=True)]


def transposed(a: Sequence[Sequence[Number]]) -> list[list[Fraction]]:
    return [[F(x) for x in column] for column in zip(*a, strict=True)]


def residues(
    modulus: int, count: int, claim: Callable[..., int], where: Callable[..., bool] = lambda *_: True
) -> bool:
    """Whether a difference is divisible at every integer point of a box that is wide enough for all residues."""
    return all(claim(*p) % modulus == 0 for p in product(range(2 * modulus), repeat=count) if where(*p))


def power(x: Fraction, y: Fraction) -> mpmath.mpf | None:
    """x^y for real numbers, None where it has no value: 0 to a negative power, a broken power of a negative."""
    if x == 0:
        return mpmath.mpf(0) if y > 0 else (mpmath.mpf(1) if y == 0 else None)
    if x < 0 and y.denominator != 1:
        return None
    return (
        mpmath.mpf(x.numerator) / x.denominator ** mpmath.mpf(1)
        if y == 1
        else ((mpmath.mpf(x.numerator) / x.denominator) ** (mpmath.mpf(y.numerator) / y.denominator))
    )


def tables(values: Iterable[Fraction]) -> Iterator[dict[tuple[int, int], Fraction]]:
    """Joint distributions of two variables with values in {0, 1, 2} × {1, 2}."""
    weights = list(values)
    cells = list(product((0, 1, 2), (1, 2)))
    for shift in range(4):
        own = [weights[(k * (shift + 1) + shift) % len(weights)] for k in range(len(cells))]
        total = sum(own, F(0))
        yield {c: w / total for c, w in zip(cells, own, strict=True)}
