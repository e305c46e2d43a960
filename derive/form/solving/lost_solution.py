"""Two rows that solve for one letter have different solutions; one small edit, and they have the same.

`4x + 9 = 5x - 15` and in the next row `x = 23`: the one is solved by 24. Rows of a display are compared, or
formulas that words draw from one another, with both sides rational in a single letter. A step may gain
solutions, as by squaring, or choose among them; an inequality must keep its own. What stands before and
behind the two tells which of them has the slip. Lists of values, systems and rounded numbers are left alone.
"""

from __future__ import annotations

from derive.classes import dataclass
from derive.expressions import regex
from derive.form.cause import cause
from derive.form.solving.asking import in_words, rounded
from derive.form.solving.putting_back import solution_of
from derive.form.solving.solution_sets import Solutions, Stretches, Zeros, solutions
from derive.form.solving.surroundings import equations_before
from derive.form.solving.words import Says, said_of
from derive.mend.case import Case
from derive.mend.edits import LEFT, Edit, edits
from derive.mend.mending import fix_of
from derive.mend.rewrites import Vocabulary
from derive.model import SET_ASIDE, Claim, Diagnostic, Label, Severity, Status
from derive.term.nodes import Number, Term
from derive.term.traverse import free_symbols
from derive.verify.budget import spend

CODE, NAME = "DRV083", "lost-solution"
_RELATIONS = frozenset({"=", "<", "<=", ">", ">="})
_KINDS = frozenset({"sign", "arithmetic", "wrong-factor", "wrong-exponent", "missing-bracket"})
_DEAREST = 1.7
_EDITS = 120
_STEPS = 300
"""What a comparison costs: two small polynomials."""
_REACH = 24
_SYSTEM = regex(
    r"cases\}|\\left\s*\\\{|\\begin\s*\{(?:array|[bpvB]?matrix)\}|\\(?:text|mbox|intertext|q?quad)"
)


@dataclass(frozen=True, slots=True)
class _Row:
    """One relation, at its place among the links of its row, with what solves it."""

    claim: Claim
    letter: str
    solved: Solutions

    def agrees(self, other: _Row) -> bool:
        spend(_STEPS)
        match self.solved, other.solved:
            case Zeros() as mine, Zeros() as its:
                return mine.follows_from(its)
            case Stretches(), Stretches():
                return self.solved == other.solved
            case _:
                return False


def check(case: Case) -> Diagnostic | None:
    claim = case.claim
    if claim.relation not in _RELATIONS or case.verdict.status is Status.REFUTED:
        return None
    here = _row(claim)
    if here is None or (around := _around(case)) is None:
        return None
    first, before, behind = (_alike(c, here) for c in around)
    if before is None or here.agrees(before) or type(here.solved) is not type(before.solved):
        return None
    if solution_of(before.claim.left, before.claim.right) is not None:
        return None  # a list of values, or one that is put in
    if first is not None and here.agrees(first):
        return None  # the one between has the slip
    wrong_here = first is not None and before.agrees(first)
    right_here = behind is not None and behind.agrees(here)
    if (wrong_here or not right_here) and (edit := _edit(here, before, None if right_here else behind)):
        return _finding(case, here, before, edit)
    if not wrong_here and (edit := _edit(before, here, first)):
        return _finding(case, before, here, edit)
    return None


def _finding(case: Case, wrong: _Row, right: _Row, edit: Edit) -> Diagnostic:
    claim = wrong.claim
    at = next(k for k, d in enumerate(case.decided) if d.claim is claim)
    return case.at(at).finding(
        CODE,
        NAME,
        f"${claim.latex}$ has other solutions than ${right.claim.latex}$: "
        f"it would have the same {in_words(edit)}",
        severity=Severity.WARNING,
        span=claim.formula.locate(edit.old.span) if claim.formula and edit.old.span else claim.span,
        labels=(Label(right.claim.span, "this has other solutions"),),
        fix=fix_of(claim, edit),
    )


def _row(claim: Claim, left: Term | None = None, right: Term | None = None) -> _Row | None:
    left, right = left or claim.left, right or claim.right
    if claim.relation not in _RELATIONS or claim.stance in SET_ASIDE or len(claim.readings) > 1:
        return None
    letters = {**free_symbols(left), **free_symbols(right)}
    if len(letters) != 1 or rounded(left, right) or claim.formula is None or claim.left_span is None:
        return None
    (letter,) = letters.values()
    if letter.type.shape != () or letter.type.role not in ("variable", "constant", "parameter"):
        return None
    solved = solutions(claim.relation, left, right, letter.name)
    return None if solved is None else _Row(claim, letter.name, solved)


def _alike(claim: Claim | None, here: _Row) -> _Row | None:
    row = _row(claim) if claim is not None else None
    return row if row is not None and row.letter == here.letter else None


def _edit(wrong: _Row, right: _Row, other: _Row | None) -> Edit | None:
    """The smallest edit of the one row that gives it the solutions of the other, and of the next but one."""
    claim = wrong.claim
    tried = edits((claim.left, claim.right), Vocabulary(), left=True, limit=_EDITS)
    for edit in sorted(tried, key=lambda e: e.own_cost):
        if edit.own_cost > _DEAREST or edit.cost > _DEAREST + LEFT or edit.kind not in _KINDS:
            continue
        if isinstance(edit.old, Number) and edit.old.value == 0:
            continue
        sides = (claim.left, edit.term) if edit.side else (edit.term, claim.right)
        row = _row(claim, *sides)
        if row is not None and row.agrees(right) and (other is None or row.agrees(other)):
            return edit
    return None


def _around(case: Case) -> tuple[Claim | None, Claim | None, Claim | None] | None:
    """The relation before the last, the last and the next, each in its own row at the same place."""
    claim = case.claim
    latex = claim.formula.latex if claim.formula is not None else ""
    if _SYSTEM.search(latex):
        return None
    rows = _rows(case)
    at = next(((k, row.index(claim)) for k, row in enumerate(rows) if claim in row), None)
    if at is None:
        return None
    k, place = at

    def there(n: int) -> Claim | None:
        fits = 0 <= n < len(rows) and len(rows[n]) == len(rows[k])
        return rows[n][place] if fits else None

    if place and there(k - 1) is not None and _parted(rows[k][place - 1], rows[k - 1][place - 1]):
        return None  # told of the link before
    if k == 0:
        return None, _drawn_from(case), there(1)
    return there(k - 2), there(k - 1), there(k + 1)


def _parted(claim: Claim, before: Claim) -> bool:
    here = _row(claim)
    there = _alike(before, here) if here is not None else None
    return here is not None and there is not None and not here.agrees(there)


def _drawn_from(case: Case) -> Claim | None:
    """The equation before, where the words draw this one from it."""
    if case.claim.relation != "=":
        return None
    before = next(equations_before(case), None)
    if before is None or before.same_formula or (said := said_of(before)) is None:
        return None
    return before.claim if said.value is Says.FOLLOWS else None


def _rows(case: Case) -> list[list[Claim]]:
    """The relations of the claim's formula, row by row; none where a row goes on with the side before."""
    text = case.document.source.text
    rows: list[list[Claim]] = []
    last: Claim | None = None
    near = case.decided[max(0, case.index - _REACH) : case.index + _REACH]
    for other in (d.claim for d in near):
        if other is None or other.formula != case.claim.formula:
            continue
        if other.left_span is None or other.right_span is None:
            return []
        if last is None or last.right_span is None:
            rows.append([other])
        elif other.left_span == last.right_span:
            if "\\\\" in text[other.left_span.end : other.right_span.start]:
                return []
            rows[-1].append(other)
        elif "\\\\" in text[last.right_span.end : other.left_span.start]:
            rows.append([other])
        else:
            return []  # several beside one another are a list
        last = other
    return rows


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "It follows that\n\n$$\\begin{aligned} 3x + 5 &= 7x - 7 \\\\ x &= 4 \\end{aligned}$$\n",
        "We collect the terms:\n\n$$\\begin{aligned} 2x - 7x &= -4 + 11 \\\\ -5x &= -15 \\end{aligned}$$\n",
        "We get\n\n$$\\begin{aligned} -8 &< 2x + 5 \\leq 10 \\\\ -12 &< 2x \\leq 6 \\\\"
        " -6 &< x \\leq 3 \\end{aligned}$$\n",
        "Together this is\n\n$$\\begin{aligned} \\frac{3}{2x-1} - 3 &\\leq 0 \\\\"
        " \\frac{3}{2x-1} - \\frac{3(2x+1)}{2x-1} &\\leq 0 \\\\"
        " \\frac{-6x+6}{2x-1} &\\leq 0 \\end{aligned}$$\n",
    ),
    valid=(
        "It follows that\n\n$$\\begin{aligned} 3x + 5 &= 7x - 7 \\\\ x &= 3 \\end{aligned}$$\n",
        "We collect the terms:\n\n$$\\begin{aligned} 2x - 7x &= -4 - 11 \\\\ -5x &= -15 \\end{aligned}$$\n",
        "We get\n\n$$\\begin{aligned} -8 &< 2x + 4 \\leq 10 \\\\ -12 &< 2x \\leq 6 \\\\"
        " -6 &< x \\leq 3 \\end{aligned}$$\n",
        "Squared:\n\n$$\\begin{aligned} x - 1 &= 2x \\\\ (x - 1)^2 &= 4x^2 \\end{aligned}$$\n",
        "The roots are\n\n$$\\begin{aligned} x &= 2 \\\\ x &= 3 \\end{aligned}$$\n",
        "Solve each:\n\n$$\\begin{aligned} 3x + 5 &= 11 \\\\ 2x^2 - 9x &= 100 \\end{aligned}$$\n",
    ),
)
