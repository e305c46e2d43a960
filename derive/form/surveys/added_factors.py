"""A product is taken of what is added and never multiplied.

`\\prod_i y_i \\log p_i`, `\\prod_k c_k x^k`, `\\prod_k a_{ik} b_{kj}`: logarithms, terms of a power series,
entries of two matrices that share an index, differences squared, a value with its chance, and what a share
is divided by are summed; their product is nothing that anybody asks for. A likelihood, powers of indexed
letters, differences of one letter and all others (`\\prod_k (x - x_k)^2`) are products.
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.form.cause import survey
from derive.form.page import Page
from derive.form.pattern.leaves import part
from derive.form.pattern.summands import factors_of, product_of, summands
from derive.model import Diagnostic, Span
from derive.notation.syntax import Big, Fraction, Root, Syntax

CODE, NAME = "DRV081", "added-factors"
_COMMAND = len("\\prod")


def look(page: Page) -> Iterator[Diagnostic]:
    for written, node in page.nodes:
        for product, why in _found(node):
            where = Span(product.span.start, product.span.start + _COMMAND)
            if page.open(written.formula.locate(where)):
                yield page.finding(
                    CODE,
                    NAME,
                    f"${written.text(product.span)}$ is a product of {why}",
                    written,
                    where,
                    fix=page.put(written, where, "\\prod", "\\sum"),
                )


def _found(node: Syntax) -> Iterator[tuple[Big, str]]:
    match node:
        case Big(op="prod"):
            product = product_of(node)
            if product is not None and (what := summands(product)) is not None:
                yield node, f"{what}, which are added"
        case Fraction(numerator=above, denominator=below):
            for one, other in ((above, below), (below, above)):
                if (product_ := _beside_a_sum(one, other)) is not None:
                    yield product_, "what is summed on the other side of the line"
            if (norm := _normaliser(above, below)) is not None:
                yield norm, "what a share is divided by, which is the sum of all of them"
        case _:
            return


def _normaliser(above: Syntax, below: Syntax) -> Big | None:
    """`\\frac{e^{z_i}}{\\prod_j e^{z_j}}`: the same above the line, with another index."""
    if not isinstance(below, Big) or below.op != "prod" or (product := product_of(below)) is None:
        return None
    mine, theirs = part(above), part(below.body)
    if mine.shape != theirs.shape or len(mine.leaves) <= 1:
        return None
    apart = {(a, b) for a, b in zip(mine.values, theirs.values, strict=True) if a != b}
    return below if len(apart) == 1 and next(iter(apart))[1] == product.letter else None


def _beside_a_sum(one: Syntax, other: Syntax) -> Big | None:
    """The product on one side of a line, where the other side is a sum over the same."""
    product = next((f for f in _roots(one) if isinstance(f, Big) and f.op == "prod"), None)
    if product is None or product.sub is None:
        return None
    sums = [f for f in _roots(other) if isinstance(f, Big) and f.op == "sum"]
    return product if any(_same(product.sub, s.sub) and _same(product.sup, s.sup) for s in sums) else None


def _roots(node: Syntax) -> Iterator[Syntax]:
    """The factors, those below a root with them."""
    for factor in factors_of(node):
        if isinstance(factor, Root):
            yield from factors_of(factor.radicand)
        else:
            yield factor


def _same(a: Syntax | None, b: Syntax | None) -> bool:
    if a is None or b is None:
        return a is b
    return part(a).shape == part(b).shape and part(a).values == part(b).values


CAUSE = survey(
    CODE,
    NAME,
    look,
    doc=__doc__,
    invalid=(
        "The loss is\n\n$$L = -\\prod_{i=1}^n y_i \\log p_i$$\n",
        "The bound is\n\n$$B = \\prod_n E[\\log p(y_n)] - K$$\n",
        "The error is\n\n$$e = \\prod_{i=1}^n (y_i - z_i)^2$$\n",
        "The entries are\n\n$$c_{ij} = \\prod_k a_{ik} b_{kj}$$\n",
        "The output is\n\n$$y[n] = \\prod_{k=0}^n x[k] h[n - k]$$\n",
        "The series is\n\n$$f(x) = \\prod_{k=0}^\\infty c_k x^k$$\n",
        "The mean is\n\n$$m = \\prod_k k P(X = k)$$\n",
        "The matrix is\n\n$$M = \\prod_{n=1}^N x_n y_n^\\top$$\n",
        "The shares are\n\n$$q_i = \\frac{e^{z_i}}{\\prod_{j=1}^n e^{z_j}}$$\n",
        "The variance is\n\n$$v = \\prod_{i=1}^n (y_i - \\bar y)^2$$\n",
        "The rule is\n\n$$P(A) = \\prod_i P(A | B_i) P(B_i)$$\n",
        "The value is\n\n$$V(s) = \\prod_a \\pi(a | s) [r(s, a) + g V(a)]$$\n",
        "The loss is\n\n$$L = \\prod_j \\max(0, s_j - t + 1)$$\n",
        "The cosine is\n\n$$s = \\frac{\\prod_{i=1}^n v_i w_i}{\\sqrt{\\sum_{i=1}^n v_i^2}}$$\n",
    ),
    valid=(
        "The loss is\n\n$$L = -\\sum_{i=1}^n y_i \\log p_i$$\n",
        "The likelihood is\n\n$$L = \\prod_{i=1}^n q^{y_i} (1 - q)^{1 - y_i}$$\n",
        "The weight is\n\n$$w = \\prod_{k=1}^n (x - x_k)^2 \\prod_{i < j} (x_i - x_j)^2$$\n",
        "The factors are\n\n$$f = \\prod_{k=1}^\\infty (1 - x^k) \\prod_{k=1}^K a_k^{b_k}$$\n",
        "The chances of all points are\n\n$$p = \\prod_n p(z_n) p(x_n | z_n), \\quad q = \\prod_n p(x_n | z) "
        "p(z)$$\n",
        "The norm is\n\n$$N = \\prod_i |x_i|, \\quad r = \\prod_i a_{ii} \\sum_k b_{ik} c_k$$\n",
        "Of the sums of all, it is\n\n$$z = \\prod_i q_i \\sum_i \\ln q_i$$\n",
        "The chances of a path are\n\n$$p = \\prod_{t=1}^T a_{s_{t-1} s_t} b_{s_t}$$\n",
        "All of it is\n\n$$A = \\prod_n B_n C_n^\\top, \\quad r = \\frac{\\prod_i a_i}{\\sum_j a_j}$$\n",
    ),
)
