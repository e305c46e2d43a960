"""Lengths, masses and rates are positive, and no text says so."""

from __future__ import annotations

from collections.abc import Iterator

from derive.judge.doubts.doubt import Weaken, given, nodes, under_conditions
from derive.model import Claim, Verdict
from derive.term.nodes import Apply, Constant, Div, Relation, Term, integer
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
        positive = [Relation(">", symbol, integer(0)) for symbol in numbers]
        yield given(claim, *positive)
        if acute := [Relation("<", symbol, _RIGHT) for symbol in numbers if symbol in _angles(claim)]:
            yield given(claim, *positive, *acute)


_RIGHT = Div(Constant("pi"), integer(2))


def _angles(claim: Claim) -> set[Term]:
    """What sines and their kin are taken of: a root of `1 - \\sin^2 x` is its cosine in the first quarter."""
    waves = [n for n in nodes(claim) if isinstance(n, Apply) and n.head in _WAVES]
    return {symbol for wave in waves for symbol in free_symbols(wave).values()}


_WAVES = frozenset(("sin", "cos", "tan", "cot", "sec", "csc"))


DOUBT = Weaken(
    "doubt/positive",
    "quantities under a root or a logarithm are positive for most authors, and seldom said to be",
    claims,
    under_conditions,
    paired=True,
    unsaid=True,
    lifts=(
        "We see that $$\\sqrt{x^2 y} = x \\sqrt{y}.$$",
        "We see that $$\\sqrt{2 - 2 \\sin t} = 2 \\sin\\left(\\frac{\\pi}{4} - \\frac{t}{2}\\right).$$",
        "A body falls $h = \\frac12 g t^2$, so $t = \\sqrt{2h/g}$, and $v = g t = \\sqrt{2 g h}$.",
    ),
    stands=(
        "We see that $$\\log(x + y) = \\log x + \\log y.$$",
        "We see that $$\\sqrt{1 - \\sin^2 t} = \\sin t.$$",
        "For $x < 0$ we see that $$\\sqrt{x^2} = x.$$",
    ),
)
