"""The questions of a step of solving: what must hold if it is right, asked of the tower and of all doubts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from derive.classes import dataclass, replace
from derive.judge.doubts import doubts, examined
from derive.judge.relevance import beside, relevant
from derive.mend.case import Case
from derive.mend.edits import LEFT, Edit, edits
from derive.mend.triviality import trivial
from derive.model import Claim, Stance, Status, Verdict
from derive.term.contents import among
from derive.term.nodes import (
    At,
    BigOp,
    Call,
    Derivative,
    Expectation,
    Integral,
    Limit,
    Neg,
    Number,
    Partial,
    Prime,
    Symbol,
    Term,
)
from derive.term.scope import Reading, Scope
from derive.term.traverse import free_symbols, walk
from derive.verify.budget import CheckerFault

Sides = tuple[Term, Term]
_DEAREST = 1.75
_EDITS = 1200
_DECISIONS = 12


@dataclass(frozen=True)
class Asking:
    """What must hold: `made` gives, for the two sides of the claim, the two sides of the question; None
    where there is none. `scope` is where it is asked, `variable` what a solution is a function of, `right`
    the right side of the claim in the reading that is asked about, if it is not the first."""

    case: Case
    scope: Scope
    made: Callable[[Term, Term], Sides | None]
    variable: Symbol | None = None
    right: Term | None = None

    def question(self, left: Term, right: Term) -> Claim | None:
        sides = self.made(left, right)
        if sides is None:
            return None
        asked = replace(
            self.case.claim,
            left=sides[0],
            right=sides[1],
            relation="=",
            readings=(Reading(sides),),
            scope=self.scope,
            stance=Stance.ASSERTED,
            fresh=(),
        )
        return _without_chance(relevant(asked))

    def verdict(self, left: Term, right: Term) -> Verdict | None:
        """What comes of it for these sides, every doubt asked; None where it cannot be asked."""
        asked = self.question(left, right)
        if asked is None:
            return None
        try:
            bare = replace(asked, scope=replace(asked.scope, soft=()))
            found = self.case.mender.decide(bare)
            return examined(asked, found, self.case.mender.decide, doubts)
        except CheckerFault:
            return None  # the equations around contradict one another: nothing follows

    def fails(self) -> bool:
        claim = self.case.claim
        found = self.verdict(claim.left, claim.right if self.right is None else self.right)
        return found is not None and found.status is Status.REFUTED and "rests_on" not in found.evidence

    def mend(self, allowed: Callable[[Edit], bool], *, left: bool) -> Edit | None:
        """The smallest edit of the claim after which it is proved to follow."""
        case, claim = self.case, self.case.claim
        start = self.question(claim.left, claim.right)
        if start is None:
            return None
        from derive.mend.screening import Screen

        words = case.words
        screen = Screen(start, (*words.symbols, *words.elements))
        budget = _DECISIONS
        arrays = any(s.type.shape for side in (start.left, start.right) for s in free_symbols(side).values())
        for edit in edits((claim.left, claim.right), words, left=left, limit=_EDITS):
            if edit.cost > _DEAREST + LEFT or budget <= 0:
                return None
            if edit.own_cost > _DEAREST or not allowed(edit):
                continue
            sides = (claim.left, edit.term) if edit.side else (edit.term, claim.right)
            asked = self.question(*sides)
            if asked is None or trivial(*sides) or not case.mender.could_hold(screen, asked):
                continue
            budget -= 1
            found = case.mender.verdict(asked)
            if found is not None and (
                found.status is Status.PROVED or (arrays and found.status is Status.HOLDS)
            ):
                return edit  # of arrays little is proved
        return None


def _without_chance(asked: Claim) -> Claim:
    """The question without the equations stated before that speak of chance, where it does not."""
    scope: Scope = asked.scope
    return replace(asked, scope=replace(scope, soft=tuple(s for s in scope.soft if not beside(s, asked))))


def in_words(edit: Edit) -> str:
    """`with … in the place of …`, or which sign turns."""
    if edit.kind == "sign" and edit.piece is not None:
        piece = edit.piece.arg if isinstance(edit.piece, Neg) else edit.piece
        return f"with the other sign before ${piece.to_latex()}$"
    return f"with ${edit.new.to_latex()}$ in the place of ${edit.old.to_latex()}$"


def rounded(*terms: Term) -> bool:
    """Whether a term has a decimal fraction: what is printed may be rounded."""
    return any(n.text is not None and "." in n.text for t in terms for n in among(t, Number))


def without(scope: Scope, names: Sequence[str]) -> Scope:
    """The scope in which these names are unknowns again: nothing defines them or speaks of them."""
    unknown = set(names)

    def free_of(terms: tuple[Term, ...]) -> tuple[Term, ...]:
        return tuple(t for t in terms if not free_symbols(t).keys() & unknown)

    return replace(
        scope,
        definitions={k: v for k, v in scope.definitions.items() if k not in unknown},
        hypotheses=free_of(scope.hypotheses),
        soft=free_of(scope.soft),
        elsewhere=(),
    )


def at_one_time(scope: Scope, *terms: Term) -> Scope:
    """The scope for terms without calculus: there `q(t)` and `\\dot q(t)` are two numbers, whatever t is."""
    if any(isinstance(n, _CALCULUS) for t in terms for n in walk(t)):
        return scope
    letters = {n for t in terms for n in free_symbols(t)}
    return replace(scope, dependencies={k: v for k, v in scope.dependencies.items() if k not in letters})


_CALCULUS = (At, BigOp, Call, Derivative, Expectation, Integral, Limit, Partial, Prime)
