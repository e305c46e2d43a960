"""A formula has one parenthesis too many or too few, and cannot be read for it.

`\\frac{1}{2} \\times (e^{-z}))` closes what nothing opened. Half-open intervals, labels, formulas that go
on in the text and whatever has other brackets too are left alone.
"""

from __future__ import annotations

from derive.expressions import regex
from derive.form.cause import cause
from derive.form.told import formula_of
from derive.mend.case import Case
from derive.model import Diagnostic, Formula, Severity, Status

CODE, NAME = "DRV020", "unbalanced-bracket"
_WORDS = regex(r"\\(?:text\w*|mbox|label|tag|ref|eqref|intertext)\s*\{[^{}]*\}|%[^\n]*")
_OTHERS = regex(r"[\[\]|]|\\[{}|]|\\l?r?(?:angle|floor|ceil|vert|Vert|brace)")
_RELATION = regex(r"=|\\(?:leq?|geq?|approx|equiv)(?![A-Za-z])")
_BESIDE = 4
_STOPPED = regex(r"unclosed \(|unexpected \)|\( closed by|closed by \)")


def check(case: Case) -> Diagnostic | None:
    reason = case.entry.verdict.reason
    if case.entry.verdict.status is not Status.UNREAD or reason is None:
        return None
    if not any(isinstance(a, str) and _STOPPED.search(a) for a in reason.args):
        return None
    formula = formula_of(case)
    if formula is None:
        return None
    latex = _WORDS.sub("", formula.latex)
    if _OTHERS.search(latex) or not _RELATION.search(latex):
        return None
    more = latex.count("(") - latex.count(")")
    if formula.latex.count("(") == formula.latex.count(")"):
        return None  # the other one stands in a text within
    if abs(more) != 1 or _in_the_text(case, formula, more):
        return None
    told = "is never closed" if more > 0 else "closes what nothing opened"
    return case.finding(CODE, NAME, f"a parenthesis {told}", severity=Severity.WARNING, span=case.entry.span)


def _in_the_text(case: Case, formula: Formula, more: int) -> bool:
    """Whether the other parenthesis stands right beside the formula, `$P(X = x$)`."""
    text = case.document.source.text
    if _completed(case, formula, more):
        return True
    if more > 0:
        return ")" in text[formula.span.end : formula.span.end + _BESIDE]
    return "(" in text[max(0, formula.span.start - _BESIDE) : formula.span.start]


def _completed(case: Case, formula: Formula, more: int) -> bool:
    """Whether another formula of the paragraph has the other one, `$(p = 2$ and $q \\le 2)$`."""
    for block in case.document.blocks:
        if formula in block.parts:
            beside = (p for p in block.parts if isinstance(p, Formula) and p is not formula)
            return any(p.latex.count("(") - p.latex.count(")") == -more for p in beside)
    return False


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=("We get $$g = \\frac{1}{(1 + a)^2} \\times (1 + b)) = c.$$\n",),
    valid=(
        "We get $$g = \\frac{1}{(1 + a)^2} \\times (1 + b) = c.$$\n",
        "Let $$x \\in [0, 1), \\quad y = 2.$$\n",
        "We get $$s = \\sqrt{t^2} = t \\qquad \\textrm{ (since } t \\ge 0).$$\n",
        "That is so if $(p + 1 = 2$ or $q = 2)$.\n",
        "There is no such chance ($P(X = x$), as they say.\n",
    ),
    when="formula",
)
