"""An entry of a matrix has the index of another row or column.

In `\\begin{pmatrix} a_{11} & a_{12} \\\\ a_{11} & a_{22} \\end{pmatrix}` the first index tells the row and
the second the column everywhere but at one place. The letters of each kind are looked at by themselves, in
products, in derivatives, beside dots, and an index may tell the row or the column. Where two indices of an
entry are off, as in a symmetric matrix, or more than one entry is, nothing is said: it has another pattern.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from derive.classes import dataclass
from derive.expressions import regex
from derive.facts.pieces import walk
from derive.form.cause import survey
from derive.form.page import Page, Written
from derive.model import Diagnostic, Span
from derive.notation.syntax import Matrix, Name, Scripts

CODE, NAME = "DRV026", "odd-entry"
_TOKEN = regex(r"\\[A-Za-z]+|[A-Za-z]|\d")
_SIGNS = regex(rf"[\s{{}},]*(?:(?:{_TOKEN.pattern})[\s{{}},]*)+")
_FEWEST = 4
"""Entries with the letter before their indices make a pattern."""
_Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Index:
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Odd:
    cell: _Cell
    index: _Index
    meant: str
    line: str


def look(page: Page) -> Iterator[Diagnostic]:
    for written in page.written:
        for node in walk((written.display,)):
            if not isinstance(node, Matrix) or len(node.rows) < 2 or min(map(len, node.rows)) < 2:
                continue
            found = _odd(node, written)
            if found is not None and page.open(written.formula.locate(found.index.span)):
                yield _finding(page, written, found)


def _finding(page: Page, written: Written, found: _Odd) -> Diagnostic:
    row, column = found.cell
    place = f"row {row + 1}, column {column + 1}"
    old, span = found.index.value, found.index.span
    return page.finding(
        CODE,
        NAME,
        f"in {place} the index ${old}$ should tell the {found.line}, as it does in all other entries: "
        f"${found.meant}$",
        written,
        span,
        fix=page.put(written, span, old, found.meant),
    )


def _odd(matrix: Matrix, written: Written) -> _Odd | None:
    """The one index that is off, over all letters of the matrix; None where several are, or none."""
    found: list[_Odd] = []
    for cells in _by_letter(matrix, written).values():
        slots = {len(indices) for indices in cells.values()}
        if len(cells) < _FEWEST or len(slots) != 1:
            continue
        columns = [{c: i[slot] for c, i in cells.items()} for slot in range(slots.pop())]
        running = sum(len({i.value for i in column.values()}) > 1 for column in columns)
        for column in columns:
            found += _off(column, ties=running > 1)  # of `l_{c1}` and `l_{c2}` one sign alone runs
            if len(found) > 1:
                return None
    return found[0] if found else None


def _by_letter(matrix: Matrix, written: Written) -> Mapping[tuple[str, int], dict[_Cell, tuple[_Index, ...]]]:
    """(letter, how manyth time in its entry) → entry → its indices."""
    found: dict[tuple[str, int], dict[_Cell, tuple[_Index, ...]]] = defaultdict(dict)
    for r, row in enumerate(matrix.rows):
        for c, entry in enumerate(row):
            times: Counter[str] = Counter()
            for node in walk((entry,)) if entry is not None else ():
                match node:
                    case Scripts(base=Name() as base, sub=sub) if sub is not None:
                        letter = written.text(base.span)
                        found[letter, times[letter]][r, c] = _indices(written, sub.span)
                        times[letter] += 1
    return found


def _indices(written: Written, span: Span) -> tuple[_Index, ...]:
    """`12`, `1n`, `i,j` as single signs; an index that is reckoned (`n-1`) is one of its own."""
    text = written.formula.latex[span.start : span.end]
    if not _SIGNS.fullmatch(text):
        return (_Index(text.strip("{} "), span),)
    return tuple(
        _Index(m[0], Span(span.start + m.start(), span.start + m.end())) for m in _TOKEN.finditer(text)
    )


def _off(column: Mapping[_Cell, _Index], ties: bool) -> list[_Odd]:
    """The places where an index that tells the row, or the column, does not; none where it tells neither. One
    index by itself may be a name (`m_c`, `m_p`): it must have the most of its row behind it."""
    best: list[_Odd] | None = None
    for axis, line in ((0, "row"), (1, "column")):
        told = _told(column, axis, ties)
        if told is None:
            continue
        off = [_Odd(k, i, told[k[axis]], line) for k, i in column.items() if i.value != told[k[axis]]]
        if best is None or len(off) < len(best):
            best = off
    return best if best is not None and len(best) == 1 else [] if not best else [*best, *best]


def _told(column: Mapping[_Cell, _Index], axis: int, ties: bool) -> dict[int, str] | None:
    """What the index is in each row (or column), if it tells them apart: what most entries say, and where
    they are of two minds, what no other row has. None where it does not, or where a row has but one entry."""
    votes: dict[int, Counter[str]] = defaultdict(Counter)
    for cell, index in column.items():
        votes[cell[axis]][index.value] += 1
    if len(votes) < 2 or any(sum(v.values()) < 2 for v in votes.values()):
        return None
    certain = {k: v.most_common(1)[0][0] for k, v in votes.items() if len(v) == 1}
    told: dict[int, str] = {}
    for k, vote in votes.items():
        ranked = sorted(vote.items(), key=lambda item: (-item[1], item[0] in certain.values()))
        if len(ranked) > 1 and ranked[0][1] == ranked[1][1]:
            if not ties or (ranked[0][0] in certain.values()) == (ranked[1][0] in certain.values()):
                return None
        told[k] = ranked[0][0]
    return told if len(set(told.values())) == len(told) else None


CAUSE = survey(
    CODE,
    NAME,
    look,
    doc=__doc__,
    invalid=(
        "Let $$A = \\begin{pmatrix} a_{11} & a_{12} \\\\ a_{11} & a_{22} \\end{pmatrix}.$$\n",
        "The matrix of the samples is\n\n$$X = \\begin{bmatrix} x_{11} & x_{12} & \\cdots & x_{1N} \\\\ "
        "x_{21} & x_{21} & \\cdots & x_{2N} \\\\ \\vdots & \\vdots & \\ddots & \\vdots \\\\ "
        "x_{P1} & x_{P2} & \\cdots & x_{PN} \\end{bmatrix}$$\n",
        "The Jacobian matrix is\n\n$$J = \\begin{bmatrix} \\frac{\\partial f_1}{\\partial x_1} & "
        "\\frac{\\partial f_1}{\\partial x_2} & \\frac{\\partial f_1}{\\partial x_3} \\\\ "
        "\\frac{\\partial f_2}{\\partial x_1} & \\frac{\\partial f_1}{\\partial x_2} & "
        "\\frac{\\partial f_2}{\\partial x_3} \\end{bmatrix}$$\n",
    ),
    valid=(
        "Let $$A = \\begin{pmatrix} a_{11} & a_{12} \\\\ a_{21} & a_{22} \\end{pmatrix}.$$\n",
        "A symmetric one is $$S = \\begin{pmatrix} s_{11} & s_{12} \\\\ s_{12} & s_{22} \\end{pmatrix}.$$\n",
        "The inertia is $$M = \\begin{pmatrix} m_c + m_p & m_p l \\\\ m_p l & m_p l^2 \\end{pmatrix}.$$\n",
        "Stiffness is $$K = \\begin{pmatrix} l_{c1} + b & l_{c2} \\\\ l_{c2} & l_{c2} \\end{pmatrix}.$$\n",
        "A circulant matrix is $$C = \\begin{pmatrix} c_0 & c_1 & c_2 \\\\ c_2 & c_0 & c_1 \\\\ "
        "c_1 & c_2 & c_0 \\end{pmatrix}.$$\n",
        "A Vandermonde matrix is $$V = \\begin{pmatrix} 1 & x_1 & x_1^2 \\\\ 1 & x_2 & x_2^2 "
        "\\end{pmatrix}.$$\n",
        "The Hessian matrix is $$H = \\begin{pmatrix} \\frac{\\partial^2 f}{\\partial x_1^2} & "
        "\\frac{\\partial^2 f}{\\partial x_1 \\partial x_2} \\\\ "
        "\\frac{\\partial^2 f}{\\partial x_2 \\partial x_1} & \\frac{\\partial^2 f}{\\partial x_2^2} "
        "\\end{pmatrix}.$$\n",
    ),
)
