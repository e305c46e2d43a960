"""A symbol that one side alone has and nothing defines: the text has a value for it in mind."""

from __future__ import annotations

from derive.calculus.expansions import expands
from derive.calculus.sized import identities
from derive.calculus.undefined import by_chain_rule
from derive.judge.alignment import vanishing
from derive.judge.doubts.doubt import Open
from derive.judge.substituting import names_moved
from derive.model import Claim, Stance, Verdict
from derive.reasons import Reason, no_definition
from derive.term.contents import among
from derive.term.nodes import Expectation, Number
from derive.term.traverse import free_symbols
from derive.verify.ladder.mentions import reached


def reason(claim: Claim, refuted: Verdict) -> Reason | None:
    if claim.stance is not Stance.ASSERTED or not claim.fresh or claim.scope.substitutions:
        return None
    if "moments" in refuted.evidence:
        return None  # the parameters of a distribution that the text gives
    if expands(claim.left, claim.right, claim.scope):
        return None
    gone, new = names_moved(claim)
    if not any(a != claim.left for a in vanishing(claim.left, claim.right, gone)):
        names = new
    else:
        if not new and _new_numbers(claim):
            new = frozenset(gone)  # values that the text gives elsewhere were put in
        names = new | frozenset(gone) if new else new
    names -= identities(claim.left, claim.right, claim.scope)
    names -= _averaged_over(claim)
    left, right = by_chain_rule((claim.left, claim.right), claim.scope)
    if (left, right) != (claim.left, claim.right):
        names -= reached(left, claim.scope).keys()  # what leads to an argument of a loss that nothing defines
    return no_definition(*sorted(names)) if names else None


def _averaged_over(claim: Claim) -> set[str]:
    """The X of `E[\\operatorname{Var}(Y \\mid X)]`: whatever it is, the mean over it is taken."""
    means = [n for side in (claim.left, claim.right) for n in among(side, Expectation)]
    inner = [n for mean in means for a in mean.args for n in among(a, Expectation) if n.given is not None]
    return {name for n in inner if n.given is not None for name in free_symbols(n.given)}


def _new_numbers(claim: Claim) -> bool:
    """Whether the right side has numbers that the left has not, beyond the smallest."""
    old = {n.value for n in among(claim.left, Number)}
    return any(n.value not in old and n.value > 2 for n in among(claim.right, Number))


DOUBT = Open(
    "doubt/undefined-name",
    "one side has a symbol, or numbers in its place, that nothing before defines",
    reason,
    unsaid=True,
    lifts=(
        "$$r = \\frac{a}{2} + \\frac{b - a}{h} x = \\frac54 + \\frac{5}{38} x$$",
        "Therefore $$q = 2 (a + b) = 2 a + 2 b + c.$$",
    ),
    stands=(
        "Therefore $$q = 2 (a + b) = 2 a + b.$$",
        "Therefore $$\\mathbf{Q} = 2 (\\mathbf{A} + \\mathbf{A}^{-1} \\mathbf{A}) "
        "= 2 \\mathbf{A} + \\mathbf{I}.$$",
    ),
)
