"""μ beside an expectation is habitually the mean of what it is taken of, σ² the variance."""

from __future__ import annotations

from collections.abc import Iterator

from derive.judge.doubts.doubt import Weaken, left_open, nodes, reread
from derive.model import Claim, Verdict
from derive.reasons import CONSTRAINT
from derive.term.nodes import TWO, Expectation, Pow, Symbol, Term
from derive.term.traverse import free_symbols, substitute


def claims(claim: Claim, refuted: Verdict) -> Iterator[Claim]:
    if "moments" in refuted.evidence:
        return  # what they are was told
    letters = free_symbols(claim.left) | free_symbols(claim.right)
    for variable in dict.fromkeys(_variables(claim)):
        put_in: dict[Term, Term] = {}
        for name, symbol in letters.items():
            if name in claim.scope.definitions:
                continue
            if name in ("\\mu", f"\\mu_{{{variable.name}}}"):
                put_in[symbol] = Expectation("E", (variable,))
            if name in ("\\sigma", f"\\sigma_{{{variable.name}}}"):
                put_in[Pow(symbol, TWO)] = Expectation("Var", (variable,))
        if put_in:
            yield reread(claim, substitute(claim.left, put_in), substitute(claim.right, put_in))


def _variables(claim: Claim) -> Iterator[Symbol]:
    """The letters that expectations of the claim are taken of."""
    for node in nodes(claim):
        if isinstance(node, Expectation) and node.op in ("E", "Var"):
            for name, symbol in free_symbols(node).items():
                if not name.startswith(("\\mu", "\\sigma")):
                    yield symbol


DOUBT = Weaken(
    "doubt/moments",
    "μ and σ² are habitually the mean and the variance of the random variable beside them",
    claims,
    left_open(CONSTRAINT),
    unsaid=True,
    lifts=("Hence $$E[X^2] - 2\\mu E[X] + \\mu^2 = E[X^2] - \\mu^2.$$",),
    stands=("Hence $$E[X^2] - 2\\mu E[X] + \\mu^2 = E[X^2] + \\mu^2.$$",),
)
