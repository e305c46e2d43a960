"""What a formula means in its document, where the same formula by itself would leave it open."""

from __future__ import annotations

import pytest

from derive.context import read_claims
from derive.documents import read_document
from derive.model import Claim, Source


def last_relation(text: str) -> str:
    """The best reading of the last relation of a document, printed without its spacing commands."""
    for entry in reversed(read_claims(read_document(Source("notes.md", text)))):
        claim = entry if isinstance(entry, Claim) else entry.claim
        if claim is not None:
            printed = f"{claim.left.to_latex()} {claim.relation} {claim.right.to_latex()}"
            for hidden in ("\\left", "\\right"):
                printed = printed.replace(hidden, "")
            return printed.replace(" \\cdot ", " ")
    raise AssertionError("no relation")


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        # an extremum over vectors or numbers is no count from 1 to N, one over an index is
        (r"$$m = \min_{\mathbf w} \|\mathbf w - c\|$$", r"m = \min_{\mathbf{w}} \|\mathbf{w} - c\|"),
        (r"$$m = \max_u u x$$", r"m = \max_{u} (u x)"),
        (r"$$m = \max_j a_j$$", r"m = \max_{j = 1}^{N_{j}} a_{j}"),
        # a sum goes as far as its index stands, whether or not the document bound the letter before
        (
            r"With $\sum_{i=1}^n w_i = 1$ we have $$S = \sum_{i=1}^n a_i + b_i + c$$",
            r"S = \sum_{i = 1}^{n} (a_{i} + b_{i}) + c",
        ),
        # ... not to where an expectation or an integral binds the letter anew
        (
            r"$$S = \sum_x a_x + \int_0^1 x^2 dx$$",
            r"S = \sum_{x = 1}^{N_{x}} a_{x} + \int_{0}^{1} x^{2} \, dx",
        ),
        (
            r"$$S = \sum_{x \in D} f(x) - \mathbb{E}_{x \sim p}[f(x)]$$",
            r"S = (\sum_{x \in D} f(x)) - \mathbb{E}_{x \sim p}[f(x)]",
        ),
        # a T that is a function somewhere transposes as ever
        (r"Let $T(y) = y$. Then $$h = \theta^T x$$", r"h = \theta^{\top} x"),
        # a policy above what is applied is a mark, a number has powers
        (r"$$Q^\pi(s, a) = r + V^{\pi^*}(s)$$", r"Q^{\pi}(s, a) = r + V^{\pi^{*}}(s)"),
        (r"$$a = x^\pi$$", r"a = x^{\pi}"),
        # dots in a condition are a range of their own
        (
            r"$$s = \sum_{1 \le p < \dots < q \le n} a_p$$",
            r"s = \sum_{p, q, (1 \le p) \land (p < \cdots) \land (\cdots < q) \land (q \le n)} a_{p}",
        ),
        # I of a relation is an indicator whatever I(x) is elsewhere
        (r"The information is $I(x) = 2x$. Then $$h = I(X \le r)$$", r"h = \mathbb{1}[X \le r]"),
        # a sum over all of several letters counts none
        (r"$$Z = \sum_{x_1, \dots, x_n} f(x_c)$$", r"Z = \sum_{x} f(x_{c})"),
        # what an index runs over is a set, no product, and a function by its use elsewhere may multiply a sum
        (r"Let $n = 2$. $$p = \prod_{k \in n(i)} m_k$$", r"p = \prod_{k \in n(i)} m_{k}"),
        # events have a probability
        (
            r"Then $P(A) = 1$ and $P(C)$. $$P({\bf A}) = P({\bf A} \cap {\bf B})$$",
            r"\mathbb{P}(\mathbf{A}) = \mathbb{P}(\mathbf{A} \cap \mathbf{B})",
        ),
        # bold letters and components: a cross is a cross
        (r"Let ${\bf F}^T {\bf F} = 1$. $$m = {\bf r} \times {\bf F}$$", r"m = \mathbf{r} \times \mathbf{F}"),
        (r"$$m = [r_i \times F_i]_y$$", r"m = (r_{i} \times F_{i})_{y}"),
        # a conditional is no product
        (r"Let $A^T A = I$. $$q = A(x \mid y)$$", r"q = A(x \mid y)"),
        (
            r"Let $P_{s_t,a_t}$ be given. $$m = \max_{a_t} R(a_t) P_{s_t,a_t}$$",
            r"m = \max_{a_{t}} (R(a_{t}) P_{s_{t},a_{t}})",
        ),
        # a congruence, whatever its sign
        (r"$$b = 1 \pmod n$$", r"b equiv 1 \bmod n"),
        # what a script picks out is not counted from 1 to N
        (r"$$S = \sum_{p_k \le N} p_k$$", r"S = \sum_{p_{k} \le N} p_{k}"),
        # a bound letter in a known word
        (r"$$s = \sum_{i=1}^m dist_{ij}$$", r"s = \sum_{i = 1}^{m} \mathrm{dist}_{i,j}"),
    ],
)
def test_the_document_decides(text: str, meaning: str) -> None:
    assert last_relation(text) == meaning
