"""The text says what an expression is, and it is something else.

`$\\int \\cos^2 x\\,dx$, which is $x/2 - \\sin(2x)/4$`: two formulas that words join are an equation. It is
told where the two differ, speak of the same letters, and one small edit of the second proves them equal.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from derive.classes import replace
from derive.expressions import regex
from derive.form.cause import cause
from derive.form.solving.asking import Asking, rounded
from derive.meaning import elaborate
from derive.mend.case import Case
from derive.mend.mending import fix_of
from derive.model import Claim, Diagnostic, Formula, Severity, Span, Stance, Status
from derive.notation import NotationError, read
from derive.notation.syntax import Chain, Syntax
from derive.term.contents import among
from derive.term.nodes import Call, Element, Number, Symbol, Term
from derive.term.scope import Reading, Scope

CODE, NAME = "DRV067", "called-value"
_BETWEEN = 20
"""Pieces of prose in a row: a comment parts two of them."""
_IS = regex(
    r"^\W*which (?:[^.;:]*, |by [^.;:]*\W)?"
    r"(?:is|equals|evaluates to|simplifies to|comes to|reduces to)(?: (?:just|simply|again))?\W*$",
    re.IGNORECASE,
)


def check(case: Case) -> Diagnostic | None:
    pair = _joined(case)
    if case.entry.claim is not None or case.entry.verdict.status is not Status.GIVEN or pair is None:
        return None
    claim = _claim(case, *pair)
    if claim is None or isinstance(claim.left, (Symbol, Element, Number)) or rounded(claim.left, claim.right):
        return None
    if _letters(claim.left) != _letters(claim.right):
        return None  # `$2x$, which is $4$` there
    entry = replace(case.entry, claim=claim)
    other = replace(case, decided=(*case.decided[: case.index], entry, *case.decided[case.index + 1 :]))
    asking = Asking(other, claim.scope, lambda left, right: (left, right))
    found = (asking.verdict(*r.terms) for r in claim.readings)
    if not all(f is not None and f.status is Status.REFUTED and "rests_on" not in f.evidence for f in found):
        return None
    edit = asking.mend(lambda e: _letters(e.term) == _letters(claim.left), left=False)
    if edit is None:
        return None
    return other.finding(
        CODE,
        NAME,
        f"this is not what ${pair[0].latex.strip()}$ is",
        severity=Severity.WARNING,
        span=case.entry.span,
        fix=fix_of(claim, edit),
    )


def _joined(case: Case) -> tuple[Formula, Formula] | None:
    """The formula of the entry and the one before it, where the words between say that one is the other."""
    span, blocks = case.entry.span, case.document.blocks
    at = bisect_right(blocks, span.start, key=lambda b: b.span.start) - 1
    parts = blocks[at].parts if at >= 0 else ()
    k = bisect_right(parts, span.start, key=lambda p: p.span.start) - 1
    if k < 1 or not isinstance(own := parts[k], Formula) or span.start >= own.span.end:
        return None
    words = ""
    for before in reversed(parts[max(0, k - _BETWEEN) : k]):
        if isinstance(before, Formula):
            return (before, own) if _IS.match(" ".join(words.split())) is not None else None
        words = before.text + words
    return None


def _claim(case: Case, first: Formula, second: Formula) -> Claim | None:
    """The equation of two formulas that state nothing by themselves, in the scope of the claim before."""
    base = next((d.claim for d in reversed(case.decided[: case.index]) if d.claim is not None), None)
    try:
        sides = [_part(case, first), _part(case, second)]
        if base is None or None in sides:
            return None
        scope: Scope = base.scope
        read_so = elaborate([s for s in sides if s is not None], scope)
    except NotationError:
        return None
    readings = tuple(Reading(r.terms, r.choices) for r in read_so)
    if not readings:
        return None
    left, right = readings[0].terms
    return replace(
        base,
        span=case.entry.span,
        left=left,
        relation="=",
        right=right,
        stance=Stance.ASSERTED,
        latex=second.latex,
        left_span=first.span,
        right_span=Span(case.entry.span.start, case.entry.span.end),
        readings=readings,
        formula=second,
        fresh=(),
    )


def _part(case: Case, formula: Formula) -> Syntax | None:
    parts = [p for row in read(formula.latex, case.document.macros).rows for p in row.parts]
    return parts[0] if len(parts) == 1 and not isinstance(parts[0], Chain) else None


def _letters(term: Term) -> set[str]:
    return {s.name for s in among(term, Symbol)} | {
        c.function.name for c in among(term, Call) if isinstance(c.function, Symbol)
    }


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "Let $n = 2$ here. We need $\\int \\cos^2 x\\,dx$, which is $x/2 - \\sin(2x)/4$.\n",
        "Let $n = 2$ here. What is left is $(a + b)^2 - (a - b)^2$ (which is $2 a b$).\n",
    ),
    valid=(
        "Let $n = 2$ here. We need $\\int \\cos^2 x\\,dx$, which is $x/2 + \\sin(2x)/4$.\n",
        "Let $n = 2$ here. What is left is $(a + b)^2 - (a - b)^2$ (which is $4 a b$).\n",
        "Let $n = 2$ here. The slope is $2x$, which is $4$ there.\n",
        "Let $n = 2$ here. We need $A B$, which is not $B A$.\n",
    ),
    when="formula",
)
