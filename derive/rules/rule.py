"""A rule, and the two ways of asking a table of them: all answers, or the first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from derive.classes import dataclass
from derive.model import Step

Q = TypeVar("Q")
A = TypeVar("A")


@dataclass(frozen=True, slots=True)
class Rule(Generic[Q, A]):
    """One rule of a table.

    name: `room/what-it-says`, shown by `derive explain`. because: one sentence for the reader.
    answer: None where it has no opinion; pure, it sees the question's facts only.
    sure: True where the other answers are no plausible ones: it closes the question.
    holds, fails: documents (or formulas, as the table says) in which it applies, and ones that look like
    them in which it must not; they are its tests, and every rule is run on the examples of all the others.
    """

    name: str
    because: str
    answer: Callable[[Q], A | None]
    sure: bool = False
    holds: tuple[str, ...] = ()
    fails: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer(Generic[A]):
    value: A
    rule: str
    because: str
    sure: bool = False

    def step(self, question: str) -> Step:
        """The answer as a step of a trail."""
        value = self.value
        said = value.value if hasattr(value, "value") else value
        return Step(question, str(said), self.rule, self.because, self.sure)


def ask(rules: Sequence[Rule[Q, A]], question: Q) -> tuple[Answer[A], ...]:
    """Every answer in the order of the table until a sure one closes the question.

    Order decides which is shown first, never which is left out: a sure answer stands alone.
    """
    found: list[Answer[A]] = []
    for rule in rules:
        value = rule.answer(question)
        if value is None:
            continue
        answer = Answer(value, rule.name, rule.because, rule.sure)
        if rule.sure:
            return (answer,)
        found.append(answer)
    return tuple(found)


def first(rules: Sequence[Rule[Q, A]], question: Q) -> Answer[A] | None:
    """The first answer of the table: for tables whose order is their meaning."""
    for rule in rules:
        value = rule.answer(question)
        if value is not None:
            return Answer(value, rule.name, rule.because, rule.sure)
    return None
