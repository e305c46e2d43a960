"""`3 \\cdot 5 = 1` where the section reckons in residue classes."""

from __future__ import annotations

from collections.abc import Iterator

from derive.classes import replace
from derive.judge.doubts.doubt import Falls, Weaken, left_open, reread
from derive.model import Claim, Verdict
from derive.reasons import CONSTRAINT
from derive.term.nodes import Apply, Symbol, Term, Type, integer


def claims(claim: Claim, refuted: Verdict) -> Iterator[Claim]:
    """The claim as a congruence, by each modulus that the section names."""
    if claim.relation != "=":
        return
    for name in claim.scope.options.get("modulo", "").split():
        modulus: Term = integer(int(name)) if name.isdigit() else Symbol(name, Type("positive_integer"))
        right = Apply("mod", (claim.right, modulus))
        yield replace(reread(claim, claim.left, right), relation="equiv")


DOUBT = Weaken(
    "doubt/modulo",
    "the section reckons modulo a number, and equal means congruent there",
    claims,
    left_open(CONSTRAINT),
    falls=Falls.UNLESS_REFUTED,
    lifts=(
        "We reckon modulo $7$ from now on.\n\nNow to products.\n\nThen $$q = 3 \\cdot 5 = 1.$$",
        "In the field $\\mathbb{F}_2$ we get $$q = (a + b)^2 = a^2 + b^2.$$",
        "Over $\\mathrm{GF}(2)$ we get $$q = (a + b)^2 = a^2 + b^2.$$",
    ),
    stands=(
        "We reckon modulo $7$. Then $$q = 3 \\cdot 5 = 2.$$",
        "# One\n\nWe reckon modulo $7$.\n\n# Two\n\nThen $$q = 3 \\cdot 5 = 1.$$",
    ),
)
