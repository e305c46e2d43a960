"""A product is divided by the number of its factors, as a sum is for its mean.

`\\frac{1}{n} \\prod_{i=1}^n (x_i - y_i)^2`: the mean of n numbers is their sum over n; that of a product is a
root. Told where the n of the fraction is the upper bound of the product right behind it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from derive.form.cause import survey
from derive.form.page import Page
from derive.form.pattern.leaves import part
from derive.model import Diagnostic, Span
from derive.notation.syntax import Big, Fraction, Juxtaposition, Name, Number, Syntax

CODE, NAME = "DRV039", "mean-product"


def look(page: Page) -> Iterator[Diagnostic]:
    for written, node in page.nodes:
        if not isinstance(node, Juxtaposition):
            continue
        for a, b in pairwise(node.factors):
            if (name := _mean(a, b)) is None:
                continue
            span = Span(a.span.start, b.span.end)
            if page.open(written.formula.locate(span)):
                yield page.finding(
                    CODE,
                    NAME,
                    f"a product of ${name}$ factors is divided by ${name}$: a mean is of a sum",
                    written,
                    span,
                )


def _mean(a: Syntax, b: Syntax) -> str | None:
    match a, b:
        case (
            Fraction(kind="frac", numerator=Number(text="1"), denominator=Name() as n),
            Big(op="prod", sup=Name() as top),
        ) if part(n).values == part(top).values:
            return n.name
        case _:
            return None


CAUSE = survey(
    CODE,
    NAME,
    look,
    doc=__doc__,
    invalid=("The error is $$e = \\frac{1}{N} \\prod_{n=1}^N (y_n - z_n)^2.$$\n",),
    valid=(
        "The error is $$e = \\frac{1}{N} \\sum_{n=1}^N (y_n - z_n)^2.$$\n",
        "All of them agree with chance $$c = \\frac{1}{K} \\prod_{n=1}^N p_n.$$\n",
    ),
)
