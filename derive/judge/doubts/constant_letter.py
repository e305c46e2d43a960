"""`i`, `j`, `e`, `\\pi`: a reader takes them for constants, and a point that gives them a number is none."""

from __future__ import annotations

from collections.abc import Iterator

from derive.judge.doubts.doubt import Falls, Weaken, left_open, nodes, reread
from derive.model import Claim, Verdict
from derive.reasons import CONSTRAINT
from derive.term.nodes import Constant, Element, Symbol, Term
from derive.term.traverse import free_symbols, substitute

_CONSTANTS = {"i": "i", "j": "i", "\\mathrm{i}": "i", "\\mathrm{j}": "i", "e": "e", "\\pi": "pi"}


def claims(claim: Claim, refuted: Verdict) -> Iterator[Claim]:
    """The claim with such letters as constants, where nothing says of them what they are: no index is one."""
    scope = claim.scope
    spoken = {n for h in scope.hypotheses for n in free_symbols(h)} | scope.definitions.keys()
    spoken |= {
        name for n in nodes(claim) if isinstance(n, Element) for i in n.indices for name in free_symbols(i)
    }
    letters: dict[Term, Term] = {
        symbol: Constant(_CONSTANTS[name])
        for name, symbol in {**free_symbols(claim.left), **free_symbols(claim.right)}.items()
        if name in _CONSTANTS and name not in spoken and _plain(symbol)
    }
    if letters:
        yield reread(claim, substitute(claim.left, letters), substitute(claim.right, letters))


def _plain(symbol: Symbol) -> bool:
    """A number that is no index."""
    kind = symbol.type
    return kind.shape == () and kind.domain in ("real", "complex") and kind.role in ("variable", "constant")


DOUBT = Weaken(
    "doubt/constant-letter",
    "the counterexample gives a number to a letter that a reader takes for a constant",
    claims,
    left_open(CONSTRAINT),
    falls=Falls.UNLESS_REFUTED,
    paired=True,
    lifts=("We get $$q = (2 + 3 j)^2 = 4 + 12 j - 9.$$",),
    stands=(
        "We get $$q = (2 + 3 j)^2 = 4 + 6 j - 9.$$",
        "Let $j = 2$. We get $$q = (2 + 3 j)^2 = 4 + 12 j - 9.$$",
    ),
)
