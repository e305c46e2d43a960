"""A matrix that is written out is not what the text calls it.

The columns of a rotation matrix in sines and cosines are orthonormal; the rows of a transition matrix, or its
columns, sum to one; a projection is its own square. A transition matrix is told of where all of its rows, or
all of its columns, do so but one. Entries of other letters leave it open.
"""

from __future__ import annotations

import re
from fractions import Fraction

from derive.classes import replace
from derive.expressions import regex
from derive.form.cause import cause
from derive.form.known.nearby import may_be_told, nearby
from derive.mend.case import GOOD, Case
from derive.model import Diagnostic, Status
from derive.term.construct import add, mul
from derive.term.nodes import (
    ONE,
    ZERO,
    Add,
    Apply,
    Constant,
    Div,
    Matrix,
    Mul,
    Neg,
    Number,
    Pow,
    Root,
    Symbol,
    Term,
)
from derive.term.scope import Reading
from derive.term.traverse import children

CODE, NAME = "DRV063", "matrix-property"
_ROTATION = regex(r"\b(?:rotation|orthogonal) matrix\b", re.I)
_TRANSITION = regex(r"\b(?<!state )(?:transition|stochastic) matrix\b", re.I)
_PROJECTION = regex(r"\b(?:projection matrix|projector|idempotent matrix)\b", re.I)
_ROUNDED = Fraction(2, 100)
_ARITHMETIC = (Add, Mul, Neg, Div, Pow, Root, Number, Constant)


def check(case: Case) -> Diagnostic | None:
    claim = case.claim
    if case.verdict.status in GOOD or claim.relation not in ("=", ":="):
        return None
    if not isinstance(claim.left, Symbol) or not isinstance(claim.right, Matrix):
        return None
    rows: tuple[tuple[Term, ...], ...] = claim.right.rows
    if len(rows) < 2 or any(len(row) != len(rows) for row in rows):
        return None
    words = nearby(case)
    if not may_be_told(case, words):
        return None
    message: str | None = None
    if _ROTATION.search(words.sentence):
        message = _orthonormal(case, rows)
    elif _TRANSITION.search(words.sentence):
        message = _stochastic(rows)
    elif _PROJECTION.search(words.sentence):
        message = _idempotent(rows)
    return case.finding(CODE, NAME, message) if message is not None else None


def _orthonormal(case: Case, rows: tuple[tuple[Term, ...], ...]) -> str | None:
    if not all(_of_angles(entry) for row in rows for entry in row):
        return None
    for i, one in enumerate(rows):
        for j in range(i + 1):
            total = add(*(mul(a, b) for a, b in zip(one, rows[j], strict=True)))
            wanted: Term = ONE if i == j else ZERO
            asked = replace(
                case.claim, left=total, right=wanted, relation="=", readings=(Reading((total, wanted)),)
            )
            verdict = case.mender.verdict(asked)
            if verdict is not None and verdict.status is Status.REFUTED:
                return (
                    f"row {i + 1} of this matrix is not of length one"
                    if i == j
                    else f"rows {j + 1} and {i + 1} of this matrix are not orthogonal"
                )
    return None


def _of_angles(term: Term) -> bool:
    """Numbers, and sines and cosines of anything."""
    if isinstance(term, Apply):
        return term.head in ("sin", "cos")
    return isinstance(term, _ARITHMETIC) and all(_of_angles(c) for c in children(term))


def _numbers(rows: tuple[tuple[Term, ...], ...]) -> list[list[Fraction]] | None:
    found = [[_number(entry) for entry in row] for row in rows]
    return [[v for v in row if v is not None] for row in found] if all(None not in r for r in found) else None


def _number(term: Term) -> Fraction | None:
    match term:
        case Number(value=value):
            return value
        case Neg(arg=inner):
            opposite = _number(inner)
            return -opposite if opposite is not None else None
        case Div(numerator=a, denominator=b):
            above, below = _number(a), _number(b)
            return above / below if above is not None and below else None
        case _:
            return None


def _stochastic(rows: tuple[tuple[Term, ...], ...]) -> str | None:
    values = _numbers(rows)
    if values is None or any(not 0 <= v <= 1 for row in values for v in row):
        return None
    columns = [list(column) for column in zip(*values, strict=True)]
    wrong_rows = [k for k, row in enumerate(values) if abs(_total(row) - 1) > _ROUNDED]
    wrong_columns = [k for k, column in enumerate(columns) if abs(_total(column) - 1) > _ROUNDED]
    if not wrong_rows or not wrong_columns or min(len(wrong_rows), len(wrong_columns)) > 1:
        return None
    if len(wrong_rows) == 1:
        k = wrong_rows[0]
        return f"row {k + 1} of the transition matrix sums to {_shown(_total(values[k]))}, not to 1"
    k = wrong_columns[0]
    return f"column {k + 1} of the transition matrix sums to {_shown(_total(columns[k]))}, not to 1"


def _total(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction())


def _shown(value: Fraction) -> str:
    return f"{float(value):.6g}"


def _idempotent(rows: tuple[tuple[Term, ...], ...]) -> str | None:
    values = _numbers(rows)
    if values is None:
        return None
    size = range(len(values))
    square = [[sum((values[i][k] * values[k][j] for k in size), Fraction()) for j in size] for i in size]
    if all(abs(square[i][j] - values[i][j]) <= _ROUNDED for i in size for j in size):
        return None
    return "this matrix is not its own square, so it is no projection"


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "The rotation matrix is $$R = \\begin{pmatrix} \\cos\\theta & \\sin\\theta \\\\ "
        "\\sin\\theta & \\cos\\theta \\end{pmatrix}.$$\n",
        "The transition matrix of the chain is $$P = \\begin{pmatrix} 0.9 & 0.1 \\\\ "
        "0.5 & 0.6 \\end{pmatrix}.$$\n",
    ),
    valid=(
        "The rotation matrix is $$R = \\begin{pmatrix} \\cos\\theta & -\\sin\\theta \\\\ "
        "\\sin\\theta & \\cos\\theta \\end{pmatrix}.$$\n",
        "The transition matrix of the chain is $$P = \\begin{pmatrix} 0.9 & 0.5 \\\\ "
        "0.1 & 0.5 \\end{pmatrix}.$$\n",
    ),
    when="any",
)
