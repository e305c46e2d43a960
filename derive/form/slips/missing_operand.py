"""A sign stands last in a bracket or a fraction: what it adds or takes away is missing.

`\\left[ \\frac{a}{b} - c + \\right]`, `\\frac{a - }{b}`: no bracket ends in a sign that joins two things.
Limits from one side, `f(x+)`, `0-`, charges and signs by themselves, `(-, +)`, are left alone, and so is what
goes on in the next row.
"""

from __future__ import annotations

from derive.expressions import regex
from derive.form.cause import cause
from derive.form.told import formula_of
from derive.mend.case import Case
from derive.model import Diagnostic, Formula, Severity, Span, Status

CODE, NAME = "DRV029", "missing-operand"
_ENDS = regex(r"([+-])((?:\s|~|\\[,;:! ])*)(\\right\s*(?:\)|\]|\\\})|\)|\]|\\\}|\})")
_OPENS = {")": "(", "]": "[", "}": "{"}
_SCRIPT = regex(r"(?:[_^]|\\(?:text\w*|mbox|ce|math[a-z]+|operatorname|label|tag|begin|color)\*?)\s*$")
_NO_OPERAND = (",", "+", "-", "_", "^", "|", "\\mid", "=")
"""Behind these a sign joins nothing: it stands in a list, is the index itself, `P_+`, or the outcome of
a test, `P(D \\mid +)`."""
_ATOM = regex(r"\s*(?:\\[A-Za-z]+|[A-Za-z]|\d+(?:\.\d+)?)(?:[_^](?:\{[^{}]*\}|\\?[A-Za-z0-9]+))*\s*")
"""One letter or number: what a limit from one side is at."""


def check(case: Case) -> Diagnostic | None:
    reason = case.entry.verdict.reason
    if case.entry.verdict.status is not Status.UNREAD or reason is None:
        return None
    if not any(isinstance(a, str) and a.startswith("missing operand") for a in reason.args):
        return None
    formula = formula_of(case)
    where = None if formula is None else _dangling(formula)
    if formula is None or where is None:
        return None
    sign = formula.latex[where.start]
    return case.finding(
        CODE,
        NAME,
        f"nothing stands behind the sign ${sign}$",
        severity=Severity.WARNING,
        span=formula.locate(where),
    )


def _dangling(formula: Formula) -> Span | None:
    latex = formula.latex
    for found in _ENDS.finditer(latex):
        opened = _opened(latex, found.start(3), found[3][-1])
        if opened is None:
            continue
        body = latex[opened + 1 : found.start()]
        script = found[3] == "}" and _SCRIPT.search(latex[:opened])
        said = body.strip() and not _ATOM.fullmatch(body) and not body.rstrip().endswith(_NO_OPERAND)
        if said and not script:
            return Span(found.start(1), found.end(1))
    return None


def _opened(latex: str, end: int, closer: str) -> int | None:
    """Where the bracket begins that ends there."""
    depth, opener = 0, _OPENS[closer]
    for k in range(end - 1, -1, -1):
        if latex[k] == closer:
            depth += 1
        elif latex[k] == opener:
            if not depth:
                return k
            depth -= 1
    return None


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "The index is $$j = f(a) + g \\left[ \\frac{a}{b} - c + \\right].$$\n",
        "The index is $$j = \\frac{2a - }{b}.$$\n",
        "The index is $$j = a (2b + \\, ) - c.$$\n",
    ),
    valid=(
        "The mean of $P_+$ is $$\\mathrm{E}{P_+} = f(v_+, a_-) + g(b -).$$\n",
        "The index is $$j = f(a) + g \\left[ \\frac{a}{b} - c + \\frac{1}{2} \\right].$$\n",
        "The test says $$P(D \\mid +) = \\frac{P(+ \\mid D) P(D)}{P(+)}.$$\n",
        "From the right it is $$f(x+) = f(0-) + 1.$$\n",
        "The metric has the signs $$(-, +, +, +)$$ or $x^{2+}$ and $[+]$.\n",
    ),
    when="formula",
)
