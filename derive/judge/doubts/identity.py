"""An `I` set apart by its font, which nothing defines, may be the identity: `\\mathbb{I}^n = \\mathbb{I}`.

A plain `I` is a current or an integral as often: a factor of that name that was lost is an error.
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.expressions import regex
from derive.judge.doubts.doubt import Weaken, left_open, nodes, reread
from derive.model import Claim, Verdict
from derive.reasons import Reason, Why
from derive.term.nodes import ONE, Add, Apply, Mul, Neg, Pow, Symbol, Term
from derive.term.traverse import substitute

_NAME = regex(r"\\(?:mathbf|boldsymbol|mathbb|mathrm)\{I\}|\\mathbb\{1\}")


def claims(claim: Claim, refuted: Verdict) -> Iterator[Claim]:
    inside = {n for side in (claim.left, claim.right) for n in _in_products(side)}
    found = {n for n in inside if _NAME.fullmatch(n.name) and n.name not in claim.scope.definitions}
    if found and not any(isinstance(n, Apply) for n in nodes(claim)):
        put: dict[Term, Term] = dict.fromkeys(found, ONE)
        yield reread(claim, substitute(claim.left, put), substitute(claim.right, put))


def _in_products(term: Term) -> Iterator[Symbol]:
    """The names that a sum of products and powers is made of. A determinant is none of the product's."""
    match term:
        case Symbol():
            yield term
        case Add(args=args) | Mul(args=args):
            for arg in args:
                yield from _in_products(arg)
        case Neg(arg=arg) | Pow(base=arg):
            yield from _in_products(arg)


DOUBT = Weaken(
    "doubt/identity",
    "an I in a font of its own that nothing defines may be the identity, which is one in every product",
    claims,
    left_open(Reason(Why.OPEN_NOTATION)),
    unsaid=True,
    lifts=(
        "We get $$B^{2} = B \\mathbb{I}^n = B \\mathbb{I} = B B^{0}.$$",
        "Hence $$a = \\mathbb{I}^n = \\mathbb{I}.$$",
    ),
    stands=(
        "Hence $$a = 2 \\mathbb{I}^n = \\mathbb{I}.$$",
        "The power is $$P = I^2 R + 0 = I R.$$",
    ),
)
