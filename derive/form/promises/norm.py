"""What the text calls a density does not integrate to one, or a mass function does not sum to one.

The words name it ("the probability density function", "the mass function", "normally distributed"), the
formula gives it; the integral over the range that is stated, or that the name has, or over each usual range,
is decided with positive parameters. A factor that is a letter of its own (`c e^{-x}`), a condition, a
mixture, joint and cumulative functions promise nothing.
"""

from derive.form.cause import cause
from derive.form.known.nearby import may_be_told, nearby
from derive.form.known.norms import promised, totals
from derive.mend.case import GOOD, Case
from derive.model import Diagnostic, Status

CODE, NAME = "DRV061", "norm"


def check(case: Case) -> Diagnostic | None:
    claim = case.claim
    if case.verdict.status in GOOD or (claim.left_span and claim.left_span.start < claim.span.start):
        return None
    words = nearby(case)
    what = promised(case, words)
    if what is None or not what.bounds or not may_be_told(case, words):
        return None
    for total in totals(case, what):
        verdict = case.mender.verdict(total)
        if verdict is None or verdict.status is not Status.REFUTED:
            return None
    noun, verb = ("a density", "integrates") if what.kind == "density" else ("a mass function", "sums")
    message = f"{noun} {verb} to one, this does not"
    notes: tuple[str, ...] = ()
    if what.distribution is not None:
        named = what.distribution
        message += f"; that of the {named.name} distribution is ${named.body}$"
        notes = (f"the {named.name} distribution: {named.reference}",)
    return case.finding(CODE, NAME, message, notes=notes)


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "The probability density function of the exponential distribution is "
        "$$f(x) = \\lambda e^{-x/\\lambda}, \\quad x \\ge 0.$$\n",
        "The probability mass function of the Poisson distribution is "
        "$$P(X = k) = \\frac{\\lambda^k e^{\\lambda}}{k!}.$$\n",
    ),
    valid=(
        "The probability density function of the exponential distribution is "
        "$$f(x) = \\lambda e^{-\\lambda x}, \\quad x \\ge 0.$$\n",
        "The figure maps a uniform pdf through the function $f(x) = 2x + 1$.\n",
        "The probability density function is, up to a constant, $$f(x) = c e^{-x^2}.$$\n",
    ),
    when="any",
)
