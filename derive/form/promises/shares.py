"""The probabilities of a distribution that the text lists do not add up to one.

`The stationary distribution is $(\\frac14, \\frac14, \\frac14)$`: exact fractions that are said to be a
distribution have the sum one. Two numbers may be a point or its parameters, decimals are rounded, and what a
distribution is only proportional to may have any sum.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from derive.expressions import regex
from derive.form.cause import cause
from derive.form.known.nearby import nearby
from derive.meaning import elaborate
from derive.mend.case import Case
from derive.model import SET_ASIDE, Diagnostic, Severity, Status
from derive.notation import NotationError, read
from derive.notation.syntax import Chain
from derive.term.nodes import Div, Matrix, Number, Term, Tuple
from derive.term.scope import Scope

CODE, NAME = "DRV068", "shares"
_DISTRIBUTION = regex(
    r"\b(?:(?:stationary|steady[- ]state|limiting|equilibrium|invariant|initial|probability|discrete)"
    r" distribution|probability vector|probabilities)\b",
    re.IGNORECASE,
)
_IS = regex(r"(?:\b(?:is|are|it's|be|then|thus|so|namely|becomes|given by)|[=:])\W*$", re.IGNORECASE)
_OTHERWISE = regex(
    r"\b(?:not|no|never|cannot|unnormali[sz]ed|wrong\w*|would|if|conditional)\b", re.IGNORECASE
)
_FEWEST = 3


def check(case: Case) -> Diagnostic | None:
    listed = _listed(case)
    if listed is None:
        return None
    shares = [_share(t) for t in listed]
    known = [s for s in shares if s is not None]
    if len(known) < max(len(shares), _FEWEST) or not all(0 <= s <= 1 for s in known):
        return None
    total = sum(known, Fraction(0))
    if total == 1 or all(s.denominator == 1 for s in known):
        return None
    words = nearby(case)
    if not _DISTRIBUTION.search(words.before) or _OTHERWISE.search(words.before):
        return None
    if case.entry.claim is None and not _IS.search(words.before):
        return None
    return case.finding(
        CODE,
        NAME,
        f"the probabilities of a distribution add up to one, these to ${total}$",
        severity=Severity.WARNING,
        span=case.entry.span,
    )


def _listed(case: Case) -> Iterable[Term] | None:
    """The entries of the list that a formula is, or that it sets a name to."""
    claim = case.entry.claim
    if claim is not None:
        if claim.relation != "=" or claim.stance in SET_ASIDE:
            return None
        return _entries(claim.right)
    latex = case.entry.latex
    if case.entry.verdict.status is not Status.GIVEN or "," not in latex:
        return None
    try:
        parts = [p for row in read(latex, case.document.macros).rows for p in row.parts]
        if len(parts) != 1 or isinstance(parts[0], Chain):
            return None
        readings = elaborate(parts, Scope())
    except NotationError:
        return None
    return _entries(readings[0].terms[0]) if readings else None


def _entries(term: Term) -> Iterable[Term] | None:
    match term:
        case Tuple(items=items):
            return items
        case Matrix(rows=rows) if len(rows) == 1 or all(len(r) == 1 for r in rows):
            return [e for row in rows for e in row]
        case _:
            return None


def _share(term: Term) -> Fraction | None:
    match term:
        case Number(value=value, text=text) if text is None or "." not in text:
            return value
        case Div(numerator=Number() as above, denominator=Number() as below) if below.value:
            return above.value / below.value
        case _:
            return None


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "The stationary distribution is proportional to $(2, 1, 3)$, so it's "
        "$(\\frac{2}{6}, \\frac{2}{6}, \\frac{3}{6})$.\n",
        "The stationary distribution is $s = (\\frac14, \\frac14, \\frac14)$.\n",
    ),
    valid=(
        "The stationary distribution is proportional to $(2, 1, 3)$, so it's "
        "$(\\frac{2}{6}, \\frac{1}{6}, \\frac{3}{6})$.\n",
        "The stationary distribution is proportional to $(\\frac12, 1, \\frac12)$.\n",
        "The stationary distribution is found from the point $(\\frac12, \\frac12, \\frac12)$.\n",
        "The line meets the plane at $(\\frac14, \\frac14, \\frac14)$.\n",
    ),
    when="formula",
)
