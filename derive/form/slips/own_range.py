"""The variable of a sum or product stands in the bounds of its own range.

`\\sum_{k=1}^{k} x_k`, `\\sum_{N=0}^{N-1} u[n]`: a bound says how far the variable goes and cannot depend on
it. Integrals, whose bound is often spelled like their variable, and ranges that go over the elements of a
set are left alone.
"""

from derive.form.binding import SUMMING, found_in, kind
from derive.form.cause import cause
from derive.form.letters import scoped
from derive.mend.case import Case
from derive.model import Diagnostic
from derive.term.nodes import BigOp, Symbol, Term
from derive.term.traverse import free_symbols

CODE, NAME = "DRV075", "own-range"


def check(case: Case) -> Diagnostic | None:
    if (answer := found_in(case, _ranged)) is None:
        return None
    _, (node, variable, bound) = answer
    name = variable.to_latex()
    return case.finding(
        CODE,
        NAME,
        f"the {kind(node)} runs over ${name}$ up to ${bound.to_latex()}$: "
        "a bound cannot have the letter that it bounds",
        span=case.locate(node),
    )


def _ranged(term: Term, other: Term) -> tuple[BigOp, Symbol, Term] | None:
    for node, _ in scoped(term):
        if not (isinstance(node, BigOp) and node.op in SUMMING):
            continue
        for b in node.binders:
            if b.lower is None or b.upper is None:
                continue
            if b.variable.name in free_symbols(b.upper) and b.variable.name not in free_symbols(b.lower):
                return node, b.variable, b.upper
    return None


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "The last share is what is left:\n\n$$s = 1 - \\sum_{k=1}^{k-1} s_k$$\n",
        "The gain is\n\n$$C = \\sum_{p=1}^p r_p$$\n",
    ),
    valid=(
        "The last share is what is left:\n\n$$s_K = 1 - \\sum_{k=1}^{K-1} s_k$$\n",
        "The area is $A(x) = \\int_0^x f(x)\\,dx$, and the gain is\n\n$$C_p = \\sum_{i=1}^p r_i$$\n",
    ),
    when="structure",
)
