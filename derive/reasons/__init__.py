"""Why a verdict is what it is, and what a reading chose: codes with arguments.

Later stages compare codes, never words; only `derive.report` turns them into words. Every stage may use
this package; it imports nothing.
"""

from __future__ import annotations

from enum import Enum

from derive.classes import dataclass
from derive.reasons.gaps import Gap


class Why(str, Enum):
    """The kinds of reasons that verdicts have. The comment says what the arguments are."""

    # undecided
    UNSUPPORTED = "unsupported"  # inner: the gap
    NO_DEFINITION = "no-definition"  # the names; or inner: what is not told of them
    CONSTRAINT = "constraint"  # what the text says that no model can follow; or none
    BUDGET = "budget"
    TIME = "time"  # the fence behind the budget: on another machine it may be another verdict
    NOT_REACHED = "not-reached"  # before the budget of the document ended
    PRECISION = "precision"
    ROUNDING = "rounding"
    NO_PROOF = "no-proof"
    UNDEFINED = "undefined"  # at every point tried
    FAULT = "fault"  # the exception, its message
    OPEN_NOTATION = "open-notation"  # true under one reading and false under another that is as good
    SECOND_READER = "second-reader"  # the reading of the second reader, under which it holds; the one here
    NO_CLAIM = "no-claim"
    # what a definition is missing of
    SHAPE = "shape"  # of the names
    LENGTH = "length"
    RANGE = "range"
    DISTRIBUTION = "distribution"  # of the whole claim
    MODULUS = "modulus"  # of the whole claim
    PLACE = "place"  # where the names go
    RANDOM = "random"  # whether the names are random
    # what a verdict that holds rests on
    LESS_LIKELY_READING = "less-likely-reading"
    NOT_IDENTICAL = "not-identical"
    CUT_OFF = "cut-off"
    TO_DIGITS_PRINTED = "to-digits-printed"
    ONE_TO_ONE = "one-to-one"
    NATURAL_FROM_ONE = "natural-from-one"
    UNDER_GIVEN = "under-given"  # what the document states before
    # ill formed
    MISFIT = "misfit"  # the parts that clash, each followed by its shape
    # given
    CONDITION = "condition"  # inner: why it is undecided; none where it is no identity
    STATES_NOTHING = "states-nothing"
    HEADING = "heading"
    GOES_ON_FROM_NOTHING = "goes-on-from-nothing"
    # unread
    UNREAD = "unread"  # what the reader says that stopped it: for people, nothing may be read out of it
    UNKNOWN_COMMAND = "unknown-command"  # the command; inner: as the reader says it
    UNDECLARED_COMMAND = "undeclared-command"  # the files that were looked in; inner: the unknown command
    DISPUTED_COMMAND = "disputed-command"  # the files that disagree; inner: the unknown command


@dataclass(frozen=True, slots=True)
class Reason:
    """A code, the names and formulas that it speaks of, and the reason beneath it."""

    code: Why | Gap
    args: tuple[str, ...] = ()
    inner: Reason | None = None

    @property
    def path(self) -> str:
        """The codes from the outermost to the innermost: `unsupported/dots`."""
        return self.code.value if self.inner is None else f"{self.code.value}/{self.inner.path}"

    @property
    def key(self) -> tuple[str, tuple[str, ...]]:
        """By it reasons are put in order."""
        inner = self.inner.key if self.inner is not None else ("", ())
        return f"{self.code.value}/{inner[0]}", (*self.args, *inner[1])


CONSTRAINT = Reason(Why.CONSTRAINT)


def unsupported(gap: Gap | Reason, *args: str) -> Reason:
    """A construct that nothing here has a value or a rule for."""
    return Reason(Why.UNSUPPORTED, inner=gap if isinstance(gap, Reason) else Reason(gap, args))


def no_definition(*names: str, of: Why | None = None) -> Reason:
    """Names without a meaning; `of`: what of them is not told (their shape, their length, …)."""
    if of is None:
        return Reason(Why.NO_DEFINITION, names)
    return Reason(Why.NO_DEFINITION, inner=Reason(of, names))
