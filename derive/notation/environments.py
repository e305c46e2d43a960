"""Matrices, cases and aligned rows inside a formula."""

from __future__ import annotations

from derive.notation.integrals import Integrals
from derive.notation.lexer import Token
from derive.notation.syntax import Cases, Chain, Ellipsis, Fence, Matrix, Sequence, Syntax, Text

MATRICES = frozenset(
    "matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix psmallmatrix bsmallmatrix "
    "array darray tabular "
    "subarray bordermatrix".split()
)
CASES = frozenset("cases dcases rcases drcases numcases".split())
#: environments whose rows are the rows of a display
ALIGNED = frozenset(
    "equation align aligned split gather gathered multline multlined eqnarray alignat "
    "alignedat flalign displaymath "
    "math dmath IEEEeqnarray xalignat subequations center dgroup eqn".split()
)


class Environments(Integrals):
    def environment(self) -> Syntax:
        begin = self.token
        kind = begin.value
        if kind not in MATRICES and kind not in CASES and kind not in ALIGNED:
            raise self.error(f"unknown environment {kind}", begin)
        self.i += 1
        self.enter()
        saved = self.bar, self.fence, self.scripts, self.font
        self.bar = self.fence = None
        self.scripts = 0
        self.cells += 1
        rows = self._rows(begin)
        self.cells -= 1
        self.bar, self.fence, self.scripts, self.font = saved
        self.depth -= 1
        if kind in CASES:
            return Cases(self.since(begin.start), tuple(self._case(row, begin) for row in rows))
        cells = tuple(tuple(_cell(parts) for parts in row) for row in rows)
        if not cells:
            raise self.error("empty matrix", begin)
        if kind == "subarray" and all(len(row) == 1 and row[0] is not None for row in cells):
            # lines below a sign, as in \substack
            lines = tuple(row[0] for row in cells if row[0] is not None)
            return lines[0] if len(lines) == 1 else Sequence(self.since(begin.start), lines)
        return Matrix(self.since(begin.start), begin.text if begin.text != kind else kind, cells)

    def _rows(self, begin: Token) -> list[list[list[Syntax]]]:
        rows: list[list[list[Syntax]]] = []
        row: list[list[Syntax]] = []
        while True:
            row.append(self._parts())
            token = self.token
            if token.role == "align":
                self.i += 1
            elif token.role == "newline":
                self.i += 1
                if any(row):
                    rows.append(row)
                row = []
            elif token.role == "end":
                if token.value != begin.value:
                    raise self.error(f"\\begin{{{begin.value}}} ended by \\end{{{token.value}}}", token)
                self.i += 1
                if any(row):
                    rows.append(row)
                return rows
            elif token.role == "stop":
                raise self.error(f"unclosed \\begin{{{begin.value}}}", begin)
            else:
                raise self.unexpected()

    def _parts(self) -> list[Syntax]:
        """A cell: statements and texts in order."""
        found: list[Syntax] = []
        while True:
            token = self.token
            if token.role in ("align", "newline", "end", "stop"):
                return found
            if token.role in ("quad", "comma", "semicolon", "period"):
                self.i += 1
            elif token.role == "text":
                found.append(self.text())
            elif token.role == "operator" and token.value in ("cdot", "bullet"):
                self.i += 1  # `\\cdot` alone in a cell stands for more of them
                found.append(Ellipsis(token.span, "cdots"))
            else:
                found.append(self.cell())

    def cell(self) -> Syntax:
        raise NotImplementedError

    def text(self) -> Text:
        raise NotImplementedError

    def _case(self, row: list[list[Syntax]], begin: Token) -> tuple[Syntax, Syntax | None]:
        cells = [parts for parts in row if parts]
        value, *rest = cells[0]
        conditions = [item for parts in (rest, *cells[1:]) for part in parts for item in _worded_items(part)]
        if isinstance(value, Sequence) and not conditions and not isinstance(value.items[0], Chain):
            first, *others = value.items
            if all(isinstance(item, Chain) for item in others):  # `1, x > 0` without a column sign
                value, conditions = first, others
        return value, _condition(conditions)

    def piecewise(self, node: Fence) -> Syntax:
        """`\\left\\{ \\begin{array}…\\end{array} \\right.` with two columns is a set of cases."""
        body = node.body
        if node.open != "{" or node.close != "." or not isinstance(body, Matrix):
            return node
        if all(len([cell for cell in row if cell is not None]) == 2 for row in body.rows):
            rows = []
            for row in body.rows:
                value, condition = (cell for cell in row if cell is not None)
                if isinstance(value, Text | Chain):
                    return node
                rows.append((value, _worded(condition)))
            return Cases(node.span, tuple(rows))
        return node


def _cell(parts: list[Syntax]) -> Syntax | None:
    if not parts:
        return None
    if len(parts) == 1:
        return parts[0]
    return Sequence(parts[0].span.cover(parts[-1].span), tuple(parts))


def _worded_items(part: Syntax) -> tuple[Syntax, ...]:
    if isinstance(part, Sequence) and any(isinstance(item, Text) for item in part.items):
        return part.items
    return (part,)


def _worded(cell: Syntax) -> Syntax:
    if isinstance(cell, Sequence) and any(isinstance(item, Text) for item in cell.items):
        return _condition(list(cell.items)) or cell
    return cell


def _condition(parts: list[Syntax]) -> Syntax | None:
    """The mathematics of a condition; its words only where there is nothing else."""
    if not parts:
        return None
    formulas: list[Syntax] = [part for part in parts if not isinstance(part, Text)]
    for part in parts:
        if isinstance(part, Text):
            formulas.extend(part.parts)
    if not formulas:
        return _cell(parts)
    words = " ".join(part.text for part in parts if isinstance(part, Text)).split()
    if any(word.strip(".,:;").lower() not in _PLAIN for word in words):
        return _cell(parts)
    return _cell(formulas)


#: words that add nothing to a condition
_PLAIN = frozenset("if when for and where with as provided that whenever all".split())
