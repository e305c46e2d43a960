"""A fault of the checker in one formula costs that formula, and is told with its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from derive.classes import dataclass, field
from derive.model import Decided, Formula, Problem, Span, Status, Verdict
from derive.notation import NotationError
from derive.reasons import Reason, Why

T = TypeVar("T")


class Broken(NotationError):
    """A formula at which the reader itself failed. `cause` is what it failed with."""

    def __init__(self, formula: Formula, cause: Exception) -> None:
        super().__init__(Span(0, len(formula.latex)), str(cause))
        self.cause = cause


@dataclass(slots=True)
class Faults:
    """What failed in this stage, with its places. `first` is where a fault of the whole document is told."""

    first: Span
    met: list[Problem] = field(default_factory=list)

    def tell(self, span: Span, error: Exception) -> None:
        self.met.append(Problem(span, f"{type(error).__name__}: {error}"))

    def or_else(self, default: T, work: Callable[[], T], span: Span | None = None) -> T:
        """What the work gives; the default where it fails, and the fault is told."""
        try:
            return work()
        except Exception as error:  # the boundary of one formula, or of one thing gathered of the document
            self.tell(span or self.first, error)
            return default


def undecided(span: Span, latex: str, error: Exception) -> Decided:
    """What stands in the report for what a fault cost."""
    return Decided(span, latex, Verdict(Status.UNDECIDED, Reason(Why.FAULT, (type(error).__name__,))))


def offsets(span: Span) -> dict[str, int]:
    """A place as evidence has it."""
    return {"start": span.start, "end": span.end}
