"""Limits in closed form."""

import pytest

from derive import read
from derive.calculus.resolve import resolve
from derive.term.nodes import Limit, Relation, Type
from derive.term.scope import Scope
from derive.verify.normal.form import prove_resolved
from derive.verify.provers.closed_limits import closed_limit
from derive.verify.provers.monomials import NoClosedForm

SCOPE = Scope().with_hypotheses(Relation(">", read("a"), read("0"))).with_symbol("a", Type())


def _limit(latex: str) -> Limit:
    term = resolve(read(latex), SCOPE)
    assert isinstance(term, Limit)
    return term


@pytest.mark.parametrize(
    ("latex", "value"),
    [
        (r"\lim_{x\to 0}\frac{\sin x}{x}", "1"),
        (r"\lim_{x\to 0}\frac{e^x-1-x}{x^2}", r"\frac12"),
        (r"\lim_{x\to 0}\frac{\tan x-\sin x}{x^3}", r"\frac12"),
        (r"\lim_{x\to a}\frac{x^n-a^n}{x-a}", "na^{n-1}"),
        (r"\lim_{h\to 0}\frac{(x+h)^3-x^3}{h}", "3x^2"),
        (r"\lim_{x\to 0}\frac{1}{x}\ln(1+3x)", "3"),
        (r"\lim_{x\to 1}(x^2+1)", "2"),
        (r"\lim_{x\to 0}\frac{x^2}{\sin x}", "0"),
    ],
)
def test_limits_at_a_point(latex: str, value: str) -> None:
    proof = prove_resolved(closed_limit(_limit(latex), SCOPE), read(value), SCOPE)
    assert proof is not None


@pytest.mark.parametrize(
    "latex",
    [
        r"\lim_{x\to 0}\frac{1}{x}",
        r"\lim_{x\to 0}\frac{|x|}{x}",
        r"\lim_{x\to 0}\frac{\sin x}{x^2}",
        r"\lim_{x\to 0}\frac{\sqrt{x}}{x}",
        r"\lim_{x\to 0} x\ln x",
        r"\lim_{x\to b}\frac{x}{b}",  # which may be zero
        r"\lim_{n\to\infty}\frac{1}{n}",
        r"\lim_{x\to 0}\lfloor x\rfloor",
    ],
)
def test_no_closed_form(latex: str) -> None:
    with pytest.raises(NoClosedForm):
        closed_limit(_limit(latex), SCOPE)
