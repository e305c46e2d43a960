"""`y + dy = (u + du)(v + dv)`: what is added to its own quantity is an increment of it."""

from __future__ import annotations

from derive.calculus.differentials import MARK
from derive.judge.doubts.doubt import Open, nodes
from derive.model import Claim, Verdict
from derive.reasons import CONSTRAINT, Reason
from derive.term.nodes import Add, Symbol
from derive.term.traverse import free_symbols


def reason(claim: Claim, refuted: Verdict) -> Reason | None:
    """What a defined quantity's differential comes to stands beside that quantity in a sum: products of
    differentials count there, which a definition differentiated has none of."""
    definitions = claim.scope.definitions
    for node in nodes(claim):
        if not isinstance(node, Add):
            continue
        varied = {name for arg in node.args for name in free_symbols(arg) if name.startswith(MARK)}
        for arg in node.args:
            if isinstance(arg, Symbol) and (known := definitions.get(arg.name)) is not None:
                if varied & {MARK + name for name in free_symbols(known.body)}:
                    return CONSTRAINT
    return None


DOUBT = Open(
    "doubt/increments",
    "a differential that is added to its own quantity is an increment of it",
    reason,
    unsaid=True,
    lifts=("Let $y = u v$. Then we have $$y + dy = (u + du) (v + dv).$$",),
    stands=("Let $y = u v$. We work out that $$dy = u \\, dv - v \\, du.$$",),
)
