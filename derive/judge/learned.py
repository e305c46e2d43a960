"""What one claim teaches for later ones, as facts in their scope: a fold in source order."""

from __future__ import annotations

from derive.classes import replace
from derive.judge.doubts import GOOD
from derive.model import Claim, Decided, Stance, Status
from derive.term.nodes import Relation
from derive.term.scope import Learned


def taught(claim: Claim, learned: Learned) -> Claim:
    """The claim in a scope that knows what was learned before."""
    return replace(claim, scope=replace(claim.scope, learned=learned))


def after(learned: Learned, decided: Decided) -> Learned:
    """What is known after one more claim.

    The first substitution of an atom in a section stands there. An equation that is no step is an identity
    or a condition, whichever it turned out to be.
    """
    claim = decided.claim
    if claim is None:
        return learned
    learned = unfit(learned, decided)
    new = {(claim.section, atom): value for atom, value in claim.scope.substitutions}
    if any(key not in learned.substitutions for key in new):
        learned = replace(learned, substitutions={**new, **learned.substitutions})
    if claim.stance is not Stance.ASSERTED:
        equation = Relation(claim.relation, claim.left, claim.right)
        if decided.verdict.status in GOOD:
            learned = replace(learned, identities=learned.identities | {equation})
        else:
            learned = replace(learned, conditions=learned.conditions | {equation})
    return learned


def unfit(learned: Learned, decided: Decided) -> Learned:
    """What is known after a line whose shapes may not fit: then its letter is said to be nothing."""
    if decided.claim is None or decided.verdict.status is not Status.ILL_FORMED:
        return learned
    return replace(learned, unfit=learned.unfit | {decided.claim.right})
