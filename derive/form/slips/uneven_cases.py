"""The cases of a function leave a stretch of the line out, or claim it twice.

Of `|a| = a` for `a \\ge 1` and `-a` for `a < 0` nothing is said between 0 and 1: where one case ends the next
was to begin. It is told where the cases reach from one end of the line to the other with numbers as their
bounds, and meet everywhere but once. What is left out around zero by as much on either side (the margin
between two labels), points, and cases of whole numbers are left alone.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from derive.classes import dataclass
from derive.form.binding import in_every_reading
from derive.form.cause import cause
from derive.mend.case import Case
from derive.model import Diagnostic, Severity
from derive.term.nodes import Piecewise, Relation, Symbol, Term
from derive.term.traverse import free_symbols
from derive.verify.models.hypotheses import flatten, number

CODE, NAME = "DRV027", "uneven-cases"
_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Where a condition holds: between `low` and `high`, None where there is no end."""

    low: Fraction | None
    high: Fraction | None
    shut: tuple[bool, bool]
    condition: Term


def check(case: Case) -> Diagnostic | None:
    if case.claim.relation not in ("=", ":=", "defined"):
        return None
    found = in_every_reading(case.claim, 1, _uneven)
    if found is None:
        return None
    before, after = found
    assert before.high is not None and after.low is not None
    what = "is in no case" if before.high < after.low else "is in two cases"
    first, second = sorted((before.high, after.low))
    return case.finding(
        CODE,
        NAME,
        f"what lies between ${first}$ and ${second}$ {what}",
        severity=Severity.WARNING,
        span=case.locate(after.condition),
    )


def _uneven(term: Term, other: Term) -> tuple[_Stretch, _Stretch] | None:
    """The two neighbouring cases that do not meet, where all others do."""
    if not isinstance(term, Piecewise) or any(c is None for _, c in term.cases):
        return None
    stretches = [_stretch(c) for _, c in term.cases if c is not None]
    letters = {n for _, c in term.cases if c is not None for n in free_symbols(c)}
    if len(letters) != 1 or any(s is None for s in stretches):
        return None
    line = sorted((s for s in stretches if s is not None), key=_place)
    if line[0].low is not None or line[-1].high is not None:
        return None
    odd = [(a, b) for a, b in pairwise(line) if a.high != b.low]
    if len(odd) != 1:
        return None
    (before, after) = odd[0]
    if before.high is None or after.low is None or before.high == -after.low:
        return None
    return None if before.high < after.low and _whole(before, after) else (before, after)


def _place(stretch: _Stretch) -> tuple[bool, Fraction]:
    return stretch.low is not None, stretch.low or Fraction(0)


def _whole(before: _Stretch, after: _Stretch) -> bool:
    """Whether no whole number lies in what is left out."""
    assert before.high is not None and after.low is not None
    k = before.high.__floor__() + 1 if before.shut[1] else before.high.__ceil__()
    return not (k < after.low or (k == after.low and not after.shut[0]))


def _stretch(condition: Term) -> _Stretch | None:
    """None for a condition that compares more than a letter with numbers."""
    low = high = None
    shut = [False, False]
    for relation in flatten((condition,)):
        match relation:
            case Relation(op=op, left=Symbol(), right=bound) if op in _FLIPPED:
                pass
            case Relation(op=op, left=bound, right=Symbol()) if op in _FLIPPED:
                op = _FLIPPED[op]
            case _:
                return None
        value = number(bound)
        if value is None:
            return None
        if op in (">", ">=", "="):
            low, shut[0] = value, op != ">"
        if op in ("<", "<=", "="):
            high, shut[1] = value, op != "<"
    return _Stretch(low, high, (shut[0], shut[1]), condition)


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "The absolute value is $$|a| = \\begin{cases} a & \\text{if } a \\ge 1 \\\\ -a & \\text{if } a < 0 "
        "\\end{cases}$$\n",
        "Let $$f(x) = \\begin{cases} 0 & x < 0 \\\\ x & 0 \\le x < 2 \\\\ 1 & x \\ge 1 \\end{cases}$$\n",
    ),
    valid=(
        "The absolute value is $$|a| = \\begin{cases} a & \\text{if } a \\ge 0 \\\\ -a & \\text{if } a < 0 "
        "\\end{cases}$$\n",
        "Let $$f(x) = \\begin{cases} 0 & x < 0 \\\\ x & 0 \\le x < 1 \\\\ 1 & x \\ge 1 \\end{cases}$$\n",
        "The label is $$y = \\begin{cases} 1 & \\text{if } z \\ge 1 \\\\ -1 & \\text{if } z \\le -1 "
        "\\end{cases}$$\n",
        "Let $$f(n) = \\begin{cases} 1 & n \\le 0 \\\\ 2 & n \\ge 1 \\end{cases}$$\n",
        "Let $$s(x) = \\begin{cases} -1 & x < 0 \\\\ 0 & x = 0 \\\\ 1 & x > 0 \\end{cases}$$\n",
    ),
    when="any",
)
