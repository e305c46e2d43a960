"""Lengths, masses and rates are positive, and no text says so."""

from __future__ import annotations

from collections.abc import Iterator

from derive.judge.doubts.doubt import Weaken, given, nodes, under_conditions
from derive.model import Claim, Verdict
from derive.term.nodes import Relation, integer
from derive.term.traverse import bound_here, free_symbols
from derive.verify.ladder.mentions import many_valued, reached


def claims(claim: Claim, refuted: Verdict) -> Iterator[Claim]:
    """Where roots, logarithms and broken powers make the difference: all numbers of which nothing is said."""
    if claim.relation != "=" or not any(many_valued(n) for n in nodes(claim)):
        return
    spoken = {n for h in claim.scope.hypotheses for n in free_symbols(h)}
    bound = {s.name for n in nodes(claim) for s in bound_here(n)}
    numbers = [
        symbol
        for name, symbol in reached(claim.left, claim.scope, reached(claim.right, claim.scope)).items()
        if name not in spoken | bound
        and symbol.type.domain == "real"
        and symbol.type.shape == ()
        and symbol.type.role in {"variable", "constant"}
    ]
    if numbers:
        yield given(claim, *(Relation(">", symbol, integer(0)) for symbol in numbers))


DOUBT = Weaken(
    "doubt/positive",
    "quantities under a root or a logarithm are positive for most authors, and seldom said to be",
    claims,
    under_conditions,
    paired=True,
    unsaid=True,
    lifts=(
        "We see that $$\\sqrt{x^2 y} = x \\sqrt{y}.$$",
        "A body falls $h = \\frac12 g t^2$, so $t = \\sqrt{2h/g}$, and $v = g t = \\sqrt{2 g h}$.",
    ),
    stands=(
        "We see that $$\\log(x + y) = \\log x + \\log y.$$",
        "For $x < 0$ we see that $$\\sqrt{x^2} = x.$$",
    ),
)
