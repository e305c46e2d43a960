"""`i`, `j`, `e`, `\\pi`: a reader takes them for constants, and a point that gives them a number is none."""

from __future__ import annotations

from collections.abc import Iterator

from derive.classes import replace
from derive.judge.doubts.doubt import Falls, Weaken, left_open, nodes, reread
from derive.model import Claim, Verdict
from derive.reasons import CONSTRAINT
from derive.term.nodes import Apply, Constant, Element, Relation, Symbol, Term
from derive.term.traverse import free_symbols, substitute

_CONSTANTS = {"i": "i", "j": "i", "\\mathrm{i}": "i", "\\mathrm{j}": "i", "e": "e", "\\pi": "pi"}


def claims(claim: Claim, refuted: Verdict) -> Iterator[Claim]:
    """The claim with such letters as constants, where nothing says of them what they are: no index is one."""
    scope = claim.scope
    spoken = {n for h in scope.hypotheses for n in _said_of(h)} | scope.definitions.keys()
    spoken |= {
        name for n in nodes(claim) if isinstance(n, Element) for i in n.indices for name in free_symbols(i)
    }
    letters: dict[Term, Term] = {
        symbol: Constant(_CONSTANTS[name])
        for name, symbol in {**free_symbols(claim.left), **free_symbols(claim.right)}.items()
        if name in _CONSTANTS and name not in spoken and _plain(symbol)
    }
    if letters:
        under = replace(scope, hypotheses=tuple(substitute(h, letters) for h in scope.hypotheses))
        put = reread(claim, substitute(claim.left, letters), substitute(claim.right, letters))
        yield replace(put, scope=under)


def _said_of(hypothesis: Term) -> Iterator[str]:
    """The names that a hypothesis says something of: they are all of a side. `z = 3 + 3 i` is about z."""
    match hypothesis:
        case Relation(left=left, right=right):
            yield from (side.name for side in (left, right) if isinstance(side, Symbol))
        case Apply(head="and", args=args):
            for arg in args:
                yield from _said_of(arg)
        case _:
            yield from free_symbols(hypothesis)


def _plain(symbol: Symbol) -> bool:
    """A number; where it is an index elsewhere, it is none here."""
    kind = symbol.type
    return kind.shape == () and kind.role in ("variable", "constant", "index")


DOUBT = Weaken(
    "doubt/constant-letter",
    "the counterexample gives a number to a letter that a reader takes for a constant",
    claims,
    left_open(CONSTRAINT),
    falls=Falls.UNLESS_REFUTED,
    paired=True,
    lifts=(
        "We get $$q = (2 + 3 j)^2 = 4 + 12 j - 9.$$",
        "Let $z + w = 2 + j$. We get $$q = (2 + 3 j)^2 = 4 + 12 j - 9.$$",
    ),
    stands=(
        "We get $$q = (2 + 3 j)^2 = 4 + 6 j - 9.$$",
        "Let $j = 2$. We get $$q = (2 + 3 j)^2 = 4 + 12 j - 9.$$",
    ),
)
