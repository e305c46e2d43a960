"""What is called an eigenvalue or an eigenvector of a matrix that is written out is none.

`$A = \\begin{pmatrix}2 & 1\\\\ 1 & 2\\end{pmatrix}$ has the eigenvalues $\\lambda = 1$ and $\\lambda = 4$`:
the determinant of A less the value must be zero, and a matrix of two rows must keep the direction of its
eigenvector. It is an error where one edit makes it so, a warning where none does. Rounded values are left
alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import combinations

from derive.expressions import regex
from derive.form.cause import cause
from derive.form.solving.asking import Asking, Sides, in_words, rounded
from derive.form.solving.surroundings import Beside, equations_before
from derive.form.solving.words import denied
from derive.mend.case import Case
from derive.mend.mending import fix_of
from derive.model import SET_ASIDE, Diagnostic, Label, Severity
from derive.term.construct import add, mul, sub
from derive.term.nodes import ZERO, Apply, Matrix, Symbol, Term, Tuple
from derive.term.traverse import free_symbols

CODE, NAME = "DRV044", "wrong-eigenvalue"
_VALUE = regex(r"\beigenvalues?\b[^.]*$", re.IGNORECASE)
_VECTOR = regex(r"\beigenvectors?\b[^.]*$", re.IGNORECASE)
_CALLED = regex(r"^\W*(?:is|are)\b[^.#]*\beigenvectors?\b", re.IGNORECASE)
_LARGEST = 5
_REACH = 12
"""How many relations back the matrix may stand: its polynomial and other values come between."""


def check(case: Case) -> Diagnostic | None:
    claim = case.claim
    if claim.relation != "=" or claim.stance in SET_ASIDE or not isinstance(claim.left, Symbol):
        return None
    if rounded(claim.right):
        return None
    found = _matrix(case)
    if found is None:
        return None
    beside, matrix = found
    value = _column(claim.right)
    made = _question(claim.left, value, matrix, beside)
    if made is None or free_symbols(claim.right).keys() - free_symbols(matrix).keys():
        return None
    asking = Asking(case, claim.scope, made, right=value)
    if not asking.fails():
        return None
    edit = asking.mend(lambda e: e.term != ZERO, left=False)
    word = "eigenvector" if isinstance(value, Matrix) else "eigenvalue"
    message = f"this is no {word} of ${beside.claim.left.to_latex()}$"
    return case.finding(
        CODE,
        NAME,
        message if edit is None else f"{message}: it would be {in_words(edit)}",
        severity=Severity.WARNING if edit is None else Severity.ERROR,
        labels=(Label(beside.claim.span, "the matrix"),),
        fix=fix_of(claim, edit) if edit is not None else None,
    )


def _matrix(case: Case) -> tuple[Beside, Matrix] | None:
    """The nearest square matrix before the claim, other values of a list passed over."""
    for beside in equations_before(case, _REACH):
        right = beside.claim.right
        if isinstance(right, Matrix) and len(right.rows) == len(right.rows[0]) > 1:
            if len(right.rows) > _LARGEST or rounded(right) or denied(beside):
                return None
            return beside, right
    return None


def _column(term: Term) -> Term:
    """`(1, 2)^\\top`, `(1, 2)` as a column."""
    inner = term.args[0] if isinstance(term, Apply) and term.head == "transpose" else term
    return Matrix(tuple((item,) for item in inner.items)) if isinstance(inner, Tuple) else term


def _question(
    left: Symbol, right: Term, matrix: Matrix, beside: Beside
) -> Callable[[Term, Term], Sides | None] | None:
    words = f"{beside.lead} {beside.between}"
    if isinstance(right, Matrix):
        if not (_VECTOR.search(words) or _CALLED.search(beside.tail)):
            return None
        if len(right.rows) != len(matrix.rows) or any(len(r) != 1 for r in right.rows):
            return None
        return lambda _, vector: _parallel(matrix, vector)
    if not _VALUE.search(beside.between) or not left.name.startswith("\\lambda"):
        return None
    return lambda _, value: (Apply("det", (_less(matrix, value),)), ZERO)


def _less(matrix: Matrix, value: Term) -> Matrix:
    return Matrix(
        tuple(
            tuple(sub(entry, value) if i == j else entry for j, entry in enumerate(row))
            for i, row in enumerate(matrix.rows)
        )
    )


def _parallel(matrix: Matrix, vector: Term) -> Sides | None:
    """That the image of a vector has its direction: `(Av)_i v_j = (Av)_j v_i`."""
    vector = _column(vector)
    if not isinstance(vector, Matrix) or [len(r) for r in vector.rows] != [1] * len(matrix.rows):
        return None
    entries = [entry for (entry,) in vector.rows]
    image = [add(*(mul(a, x) for a, x in zip(row, entries, strict=True))) for row in matrix.rows]
    pairs = list(combinations(range(len(entries)), 2))
    first = tuple((mul(image[i], entries[j]),) for i, j in pairs)
    second = tuple((mul(image[j], entries[i]),) for i, j in pairs)
    return (first[0][0], second[0][0]) if len(pairs) == 1 else (Matrix(first), Matrix(second))


_EXAMPLE = "A = \\begin{pmatrix}2 & 1\\\\ 1 & 2\\end{pmatrix}"

CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        f"The matrix ${_EXAMPLE}$ has the eigenvalues $\\lambda_1 = 1$ and $\\lambda_2 = 4$.\n",
        f"The matrix ${_EXAMPLE}$ has the eigenvector $v = \\begin{{pmatrix}}1\\\\ 2\\end{{pmatrix}}$.\n",
    ),
    valid=(
        f"The matrix ${_EXAMPLE}$ has the eigenvalues $\\lambda_1 = 1$ and $\\lambda_2 = 3$.\n",
        f"The matrix ${_EXAMPLE}$ has the eigenvector $v = \\begin{{pmatrix}}1\\\\ -1\\end{{pmatrix}}$.\n",
    ),
    when="any",
)
