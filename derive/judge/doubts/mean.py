"""A bar over the letter of a sample is its mean: `\\bar X` beside the `X_i` that a sum runs over."""

from __future__ import annotations

from collections.abc import Iterator

from derive.judge.doubts.doubt import Weaken, nodes, reread
from derive.model import Claim, Verdict
from derive.term.construct import div
from derive.term.contents import among
from derive.term.nodes import BigOp, Element, Symbol, Term
from derive.term.traverse import substitute

_BARS = ("\\bar{", "\\overline{")


def claims(claim: Claim, refuted: Verdict) -> Iterator[Claim]:
    means = dict(_means(claim))
    if means:
        yield reread(claim, substitute(claim.left, means), substitute(claim.right, means))


def _means(claim: Claim) -> Iterator[tuple[Term, Term]]:
    """Each barred letter that nothing defines, with the mean of its sample."""
    for node in nodes(claim):
        base = node.base if isinstance(node, Element) else node
        if not isinstance(base, Symbol) or base.name in claim.scope.definitions:
            continue
        bar = next((b for b in _BARS if base.name.startswith(b)), None)
        if bar is not None and (mean := _mean(base.name[len(bar) : -1], claim)) is not None:
            yield node, mean


def _mean(name: str, claim: Claim) -> Term | None:
    for total in nodes(claim):
        if not isinstance(total, BigOp) or total.op != "sum" or len(total.binders) != 1:
            continue
        (binder,) = total.binders
        sample = next(
            (n for n in _elements(total) if isinstance(n.base, Symbol) and n.base.name == name), None
        )
        if sample is not None and binder.upper is not None:
            return div(BigOp("sum", sample, (binder,)), binder.upper)
    return None


def _elements(total: BigOp) -> Iterator[Element]:
    variable = total.binders[0].variable
    yield from (n for n in among(total.body, Element) if n.indices == (variable,))


DOUBT = Weaken(
    "doubt/mean",
    "a bar over the letter of a sample is the mean of the sample",
    claims,
    lambda weakened, answer, claim, refuted: answer,
    lifts=(
        "We can rewrite $$\\sum_{i=1}^n (X_i - \\bar{X})^2 = \\sum_{i=1}^n X_i^2 - n\\bar{X}^2.$$",
        "We can rewrite $$\\sum_{i=1}^n (y_i - \\bar{y}) = 0.$$",
    ),
    stands=("We can rewrite $$\\sum_{i=1}^n (X_i - \\bar{X})^2 = \\sum_{i=1}^n X_i^2 + n\\bar{X}^2.$$",),
)
