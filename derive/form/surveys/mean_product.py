"""A product is divided by the number of its factors, as a sum is for its mean.

`\\frac{1}{n} \\prod_{i=1}^n (x_i - y_i)^2`: the mean of n numbers is their sum over n; that of a product is a
root. Told where the fraction has the number of factors of the product right behind it: its upper bound, one
more than that where it begins at 0, or the size of the set that it runs over.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from derive.form.cause import survey
from derive.form.page import Page
from derive.form.pattern.leaves import part
from derive.model import Diagnostic, Span
from derive.notation.syntax import Big, Chain, Fraction, Juxtaposition, Link, Number, Sum, Syntax

CODE, NAME = "DRV039", "mean-product"


def look(page: Page) -> Iterator[Diagnostic]:
    for written, node in page.nodes:
        if not isinstance(node, Juxtaposition):
            continue
        for a, b in pairwise(node.factors):
            if (count := _mean(a, b)) is None:
                continue
            name = written.text(count.span)
            span = Span(a.span.start, b.span.end)
            if page.open(written.formula.locate(span)):
                yield page.finding(
                    CODE,
                    NAME,
                    f"a product of ${name}$ factors is divided by ${name}$: a mean is of a sum",
                    written,
                    span,
                )


def _mean(a: Syntax, b: Syntax) -> Syntax | None:
    """What a product is divided by, where it is the number of its factors."""
    match a, b:
        case Fraction(kind="frac", numerator=Number(text="1"), denominator=below), Big(op="prod"):
            pass
        case _:
            return None
    if isinstance(below, Juxtaposition) and len(below.factors) == 2 and isinstance(below.factors[0], Number):
        below = below.factors[1]  # half the mean
    return below if _written(below) in _counts(b) else None


def _counts(product: Big) -> Iterator[tuple[str, tuple[str, ...]]]:
    """How many factors there are, as it may be written."""
    top = product.sup
    match product.sub:
        case Chain(links=(Link(relation="=", right=Number(text="1")),)) if top is not None:
            yield _written(top)
        case Chain(links=(Link(relation="=", right=Number(text="0")),)):
            match top:
                case Sum(parts=((_, n), ("-", Number(text="1")))):
                    yield _written(n)
                case _:
                    pass
        case Chain(links=(Link(relation="in", right=domain),)):
            shape, values = _written(domain)
            yield f"Fence | | {shape} end", values
        case _:
            pass


def _written(node: Syntax) -> tuple[str, tuple[str, ...]]:
    taken = part(node)
    return taken.shape, taken.values


CAUSE = survey(
    CODE,
    NAME,
    look,
    doc=__doc__,
    invalid=(
        "The error is $$e = \\frac{1}{N} \\prod_{n=1}^N (y_n - z_n)^2.$$\n",
        "The spectrum is $$P(f) = \\frac{1}{L} \\prod_{l=0}^{L-1} P_l(f).$$\n",
        "The risk is $$R = \\frac{1}{2|D|} \\prod_{x \\in D} (f(x) - y(x))^2.$$\n",
    ),
    valid=(
        "The error is $$e = \\frac{1}{N} \\sum_{n=1}^N (y_n - z_n)^2.$$\n",
        "All of them agree with chance $$c = \\frac{1}{K} \\prod_{n=1}^N p_n.$$\n",
    ),
)
