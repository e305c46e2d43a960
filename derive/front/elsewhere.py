"""Claims settled in a copy of this process, ahead of it and out of order, for the answers to their questions.

A claim knows what was learned before it: whether an equation of its scope turned out to be an identity or a
condition, what was put in the place of an atom in its section. So those equations are settled first, as far
as they were not when the copy was made. What a copy still does not know costs a question that nobody asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from derive.classes import replace
from derive.front.budget import Budget
from derive.front.cache.questions import Questions
from derive.judge.court import Court
from derive.judge.learned import after, taught
from derive.judge.relevance import relevant
from derive.model import Claim, Decided, Stance
from derive.term.nodes import Relation, Term
from derive.term.scope import Learned
from derive.verify import decide
from derive.verify.copies import Tell
from derive.verify.ladder.mentions import fresh_names


class Elsewhere:
    """The entries of a document from the `first` on that is not settled; `learned` is what is known of those
    before it."""

    def __init__(
        self, entries: Sequence[Claim | Decided], first: int, learned: Learned, budget: Budget
    ) -> None:
        self._entries = entries
        self._learned = learned
        self._budget = budget
        self._settled: dict[int, Decided | None] = {}
        self._needs: dict[int, list[int]] = {}
        self._stated: dict[Term, list[int]] = {}
        for k in range(first, len(entries)):
            entry = entries[k]
            if isinstance(entry, Claim) and entry.stance is not Stance.ASSERTED:
                self._stated.setdefault(Relation(entry.relation, entry.left, entry.right), []).append(k)

    def settle(self, k: int, tell: Tell) -> None:
        """A claim, and before it those that it hangs on. What goes wrong is met again where it is decided."""
        waiting, all_of = [k], {k}
        while waiting:
            new = set(self._needed(waiting.pop())) - all_of
            all_of |= new
            waiting += new
        court = Court(Questions(decide, tell=tell).decide)
        for j in sorted(all_of):
            entry = self._entries[j]
            if isinstance(entry, Claim) and j not in self._settled:
                with suppress(Exception):
                    self._budget.spent_in(partial(self._one, court, j, entry))
                self._settled.setdefault(j, None)

    def _one(self, court: Court, k: int, claim: Claim) -> None:
        self._settled[k] = court.settle(taught(claim, self._known(k, claim)))

    def _needed(self, k: int) -> list[int]:
        """The earlier entries that say what the equations in the scope of one are."""
        if k not in self._needs:
            entry, found = self._entries[k], list[int]()
            if isinstance(entry, Claim) and entry.scope.soft:
                near = relevant(replace(entry, fresh=fresh_names(entry)))
                found = [j for equation in near.scope.soft for j in self._stated.get(equation, ()) if j < k]
            self._needs[k] = found
        return self._needs[k]

    def _known(self, k: int, claim: Claim) -> Learned:
        learned = self._learned
        beside = (
            j
            for j, other in self._settled.items()
            if j < k and other is not None and other.claim is not None
            and other.claim.section == claim.section and other.claim.scope.substitutions
        )  # fmt: skip
        for j in sorted({*self._needed(k), *beside}):
            if (decided := self._settled.get(j)) is not None:
                learned = after(learned, decided)
        return learned
