"""What is said of a solution with open constants, and has none of them, is said of one with special values:
`y' = 4 e^{4x}` where y was `C_1 e^{4x} + C_2 x`."""

from __future__ import annotations

from derive.judge.doubts.doubt import Open
from derive.model import Claim, Verdict
from derive.reasons import CONSTRAINT, Reason
from derive.term.contents import among
from derive.term.nodes import Prime, Symbol
from derive.term.traverse import free_symbols


def reason(claim: Claim, refuted: Verdict) -> Reason | None:
    """An unknown of a differential equation alone: of other functions the text tells all constants."""
    said = free_symbols(claim.left).keys() | free_symbols(claim.right).keys()
    for name in said & claim.scope.definitions.keys():
        definition = claim.scope.definitions[name]
        if definition.kind != "function" or name not in _unknowns(claim):
            continue
        own = {p.name for p in definition.parameters}
        open_ = free_symbols(definition.body).keys() - own - claim.scope.definitions.keys()
        if open_ and not open_ & said:
            return CONSTRAINT
    return None


def _unknowns(claim: Claim) -> set[str]:
    """What an equation before differentiates and speaks of once more, `y'' - 8y' + 16y = 0`."""
    found: set[str] = set()
    for term in (*claim.scope.soft, *claim.scope.hypotheses):
        names = [n.name for n in among(term, Symbol)]
        for node in among(term, Prime):
            if isinstance(node.function, Symbol) and names.count(node.function.name) > 1:
                found.add(node.function.name)
    return found


DOUBT = Open(
    "doubt/particular",
    "the solution has constants that this does not speak of: it may be a particular one",
    reason,
    lifts=(
        "For $y'' - 8y' + 16y = 0$ the general solution is $$y = C_1 e^{4x} + C_2 x e^{4x}.$$ "
        "Let us check the second one. We get $$y'(x) + y(x) = e^{4x} + 5 x e^{4x}.$$",
    ),
    stands=(
        "Let $f(x) = a x^2 + b$. Hence $$f'(x) + 1 = 2 x + 1.$$",
        "For $y'' - 8y' + 16y = 0$ the general solution is $$y = C_1 e^{4x} + C_2 x e^{4x}.$$ "
        "Hence we get $$y'(x) + y(x) = 5 C_1 e^{4x} + 5 C_2 x e^{4x}.$$",
    ),
)
