"""A doubt: what a refutation must survive, in two shapes, with the documents that are its tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any

from derive.classes import dataclass, replace
from derive.model import Claim, Status, Verdict
from derive.reasons import Reason
from derive.term.nodes import Term
from derive.term.scope import Reading
from derive.term.traverse import walk

Decide = Callable[[Claim], Verdict]
GOOD = frozenset({Status.PROVED, Status.HOLDS})
Answers = tuple[tuple[Claim, Verdict], ...]


class Falls(Enum):
    """What must come of a weakened claim for the refutation to fall."""

    IF_IT_HOLDS = "holds"
    UNLESS_REFUTED = "is not refuted"
    """Another meaning of the same words: the error must be one under it too."""
    UNLESS_IT_HOLDS = "does not hold"
    """The contrary of the claim: it fails throughout, or for some values only."""


@dataclass(frozen=True, slots=True)
class Weaken:
    """Does the claim hold under this reading or condition?

    name, because: shown by `derive explain`. claims: the weakened claims, the strongest hypotheses first,
    none where the doubt does not apply. becomes: the verdict when the refutation falls, from (weakened claim,
    its verdict, the doubted claim, the refutation). rest: what the answers leave open where none of them
    makes it fall. evidence: what is told of an answer before which the refutation stands. paired: may be
    needed together with another such doubt. unsaid: it rests on what a text leaves unsaid, and is not asked
    where all that counts is told.
    lifts: documents in which it lifts an error. stands: look-alikes in which the error stands.
    """

    name: str
    because: str
    claims: Callable[[Claim, Verdict], Iterable[Claim]]
    becomes: Callable[[Claim, Verdict, Claim, Verdict], Verdict]
    falls: Falls = Falls.IF_IT_HOLDS
    rest: Callable[[Claim, Answers], Verdict | None] | None = None
    evidence: Callable[[Claim, Verdict], dict[str, Any]] | None = None
    paired: bool = False
    unsaid: bool = False
    lifts: tuple[str, ...] = ()
    stands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Open:
    """Is something missing, so that the counterexample may be none? reason: what; None where nothing is."""

    name: str
    because: str
    reason: Callable[[Claim, Verdict], Reason | None]
    unsaid: bool = False
    lifts: tuple[str, ...] = ()
    stands: tuple[str, ...] = ()


Doubt = Weaken | Open


def undecided(reason: Reason, refuted: Verdict) -> Verdict:
    """What a refutation becomes that something speaks against; it stays in the evidence."""
    return Verdict(Status.UNDECIDED, reason, evidence={"refuted_as_it_stands": refuted.evidence})


def left_open(reason: Reason) -> Callable[[Claim, Verdict, Claim, Verdict], Verdict]:
    """The verdict of a weakening that the text may or may not mean."""
    return lambda weakened, answer, claim, refuted: undecided(reason, refuted)


def under_conditions(weakened: Claim, answer: Verdict, claim: Claim, refuted: Verdict) -> Verdict:
    """The weakened claim's verdict, what was added to its hypotheses among the conditions."""
    return replace(answer, conditions=with_added(weakened, answer, claim))


def with_added(weakened: Claim, answer: Verdict, claim: Claim) -> tuple[str, ...]:
    before = set(claim.scope.hypotheses)
    added = tuple(h.to_latex() for h in weakened.scope.hypotheses if h not in before)
    return tuple(dict.fromkeys((*answer.conditions, *added)))


def given(claim: Claim, *hypotheses: Term) -> Claim:
    """The claim with these added to its hypotheses."""
    return replace(claim, scope=claim.scope.with_hypotheses(*hypotheses))


def reread(claim: Claim, left: Term, right: Term) -> Claim:
    """The claim about these two sides, with this reading alone."""
    return replace(claim, left=left, right=right, readings=(Reading((left, right)),))


def changed(claim: Claim, change: Callable[[Term], Term]) -> tuple[Claim, ...]:
    """The claim with both sides changed, if that changes anything (a type counts)."""
    left, right = change(claim.left), change(claim.right)
    if left is claim.left and right is claim.right:
        return ()
    if typed(left) == typed(claim.left) and typed(right) == typed(claim.right):
        return ()
    return (reread(claim, left, right),)


def typed(term: Term) -> list[tuple[Term, object]]:
    return [(n, getattr(n, "type", None)) for n in walk(term)]


def nodes(claim: Claim) -> tuple[Term, ...]:
    """All terms of both sides."""
    left, right = claim.left, claim.right
    if not _last or _last[0][0] is not left or _last[0][1] is not right:
        _last[:] = [(left, right, (*walk(left), *walk(right)))]
    return _last[0][2]


_last: list[tuple[Term, Term, tuple[Term, ...]]] = []
"""The terms of the last claim: one doubt after another asks for them."""
