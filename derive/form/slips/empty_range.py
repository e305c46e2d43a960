"""A range is empty: an integral from a bound to itself, a law on an interval of no length, a chance above 1.

`\\int_a^a f(x) \\, dx` is zero whatever f is, nothing is uniform on `[1, 1]` or `[2, 1]`, and no coin falls
on heads with probability 2. An integral in a claim that is right is left alone, and so are letters.
"""

from __future__ import annotations

from derive.form.binding import found_in
from derive.form.cause import cause
from derive.mend.case import Case
from derive.model import Diagnostic, Severity
from derive.term.contents import among
from derive.term.fingerprint import same
from derive.term.nodes import Call, Integral, Term
from derive.verify.models.hypotheses import number
from derive.verify.probability.laws import Law, laws_of

CODE, NAME = "DRV028", "empty-range"


def check(case: Case) -> Diagnostic | None:
    if case.claim.relation == "sim":
        return _of_a_law(case)
    found = found_in(case, _shut)
    if found is None:
        return None
    _, integral = found
    assert integral.lower is not None
    bound = integral.lower.to_latex()
    return case.finding(
        CODE,
        NAME,
        f"both bounds of the integral are ${bound}$: it is zero",
        severity=Severity.WARNING,
        span=case.locate(integral),
    )


def _shut(term: Term, other: Term) -> Integral | None:
    """An integral from a bound to the same bound, where nothing says that it is zero."""
    shut = (n for n in among(term, Integral) if n.lower is not None and n.lower == n.upper and n.op == "int")
    found = None if number(other) == 0 else next(shut, None)
    if found is not None and isinstance(other, Call) and found.lower in other.args:
        return None  # `y(a) = \int_a^a f(t) \, dt + c`: the value at the bound
    return found


def _of_a_law(case: Case) -> Diagnostic | None:
    claim = case.claim
    laws = laws_of(claim.right)
    told = [_impossible(law) for law in laws]
    if not told or any(t is None for t in told):
        return None
    return case.finding(
        CODE,
        NAME,
        f"there is no such law: {told[0]}",
        severity=Severity.WARNING,
        span=case.locate(claim.right),
    )


def _impossible(law: Law) -> str | None:
    """What the parameters should be and are not; None where they may be."""
    first, last = law.args[0], law.args[-1]
    match law.family:
        case "uniform" if len(law.args) == 2:
            a, b = number(first), number(last)
            empty = same(first, last) or (a is not None and b is not None and a > b)
            return f"${first.to_latex()}$ is to be below ${last.to_latex()}$" if empty else None
        case "bernoulli" | "binomial":
            p = number(last)
            out = p is not None and not 0 <= p <= 1
            return f"${last.to_latex()}$ is to be a probability" if out else None
        case "poisson" | "exponential" | "gamma" | "beta":
            numbers = [n for a in law.args if (n := number(a)) is not None]
            return "its parameters are to be positive" if any(n < 0 for n in numbers) else None
        case _:
            return None


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "Let $X \\sim \\operatorname{Unif}(1, 1)$.\n",
        "Given $x$ we have $Y \\sim \\operatorname{Unif}(\\sqrt{1-x^2}, \\sqrt{1-x^2})$.\n",
        "The toss is $X \\sim \\operatorname{Bernoulli}(2)$.\n",
        "By the fundamental theorem, $$\\int_{a}^{a} f(x) \\, dx = F(b) - F(a)$$ if $F' = f$.\n",
    ),
    valid=(
        "The solution has the value $$y(a) = \\int_a^a f(t) \\, dt + c = c.$$\n",
        "Let $X \\sim \\operatorname{Unif}(0, 1)$.\n",
        "Given $x$ we have $Y \\sim \\operatorname{Unif}(-\\sqrt{1-x^2}, \\sqrt{1-x^2})$.\n",
        "The toss is $X \\sim \\operatorname{Bernoulli}(p)$.\n",
        "Of course $$\\int_{a}^{a} f(x) \\, dx = 0.$$\n",
    ),
    when="any",
)
