"""What one document may cost, and what is said of that which it could not pay for."""

from __future__ import annotations

from collections.abc import Callable

from derive.classes import dataclass
from derive.reasons import Reason, Why
from derive.verify.budget import CLAIM_SECONDS, DOCUMENT_SECONDS, Allowance, Purse, StepsSpent, purse

_LEAST = 10_000
"""Steps that are worth a look."""
_DECIDING = 2 / 3
"""The share of a document's budget that deciding may use; explaining has the rest, and what deciding left."""


@dataclass(slots=True)
class Budget:
    """The budget of a document, for deciding first and then for explaining, each in source order."""

    claim: float
    document: float
    purse: Purse
    unreached: int = 0
    """Claims that were not decided since the budget was spent."""
    unsought: int = 0
    """Refuted claims that were told without a mend for the same reason."""

    def __init__(self, claim: float | None = None, document: float | None = None) -> None:
        self.claim, self.document = claim or CLAIM_SECONDS, document or DOCUMENT_SECONDS
        self.purse = purse(self.claim, _DECIDING * self.document)
        self.unreached = self.unsought = 0

    def spent_in(self, work: Callable[[], None]) -> Reason | None:
        """Do the work for one claim; the reason for which it was not done or not ended."""
        if self.purse.empty:
            self.unreached += 1
            return Reason(Why.NOT_REACHED)
        try:
            with self.purse.pay():
                work()
        except StepsSpent as spent:
            return Reason(Why.BUDGET if str(spent) == "steps" else Why.TIME)
        return None

    def in_passing(self, claims: int) -> Allowance:
        """What may go into each of so many claims beyond what is told of it: a share of the document's."""
        whole = self.purse
        share = max(_LEAST, whole.steps // max(claims, 1))
        return Allowance(min(whole.claim.steps, share), whole.claim.seconds)

    def explaining(self) -> Purse:
        """What is left for explaining."""
        rest = purse(self.claim, (1 - _DECIDING) * self.document)
        rest.seconds += max(0.0, self.purse.seconds)
        rest.steps += max(0, self.purse.steps)
        return rest

    def notes(self) -> tuple[str, ...]:
        """What the report says of it."""
        found: list[str] = []
        if self.unreached:
            many = f"{self.unreached} claims were" if self.unreached > 1 else "1 claim was"
            found.append(f"{many} not reached: the {self.document:g} s for the document were spent")
        if self.unsought:
            many = f"{self.unsought} errors" if self.unsought > 1 else "1 error"
            found.append(f"{many} told without a mend: the time to look for one was spent")
        return tuple(found)
