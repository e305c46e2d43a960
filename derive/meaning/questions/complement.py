"""`\\bar A`, `A'`: the complement of an event, the conjugate of a number, or another name?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from derive.classes import dataclass
from derive.facts.formula import Way
from derive.meaning.reader import Options, Reader
from derive.model import Span
from derive.reasons.choices import Choice, Chosen
from derive.rules import Answer, Rule, first

Meant: TypeAlias = Literal["complement", "conjugate", "name"]


@dataclass(frozen=True, slots=True)
class Marked:
    """A letter under a bar, or with a prime; `letter` without the mark, `marked` with it."""

    r: Reader
    letter: str
    marked: str
    mark: Literal["bar", "prime"]
    bare: str
    """The letter without any accent."""

    @property
    def domain(self) -> str | None:
        known = self.r.scope.symbols.get(self.letter)
        return None if known is None else known.domain


def _complement(q: Marked) -> Meant | None:
    event = q.letter in q.r.evidence.events and q.r.role(q.letter) in (None, "event", "set")
    return "complement" if event and not q.r.declared(q.marked) else None


def _declared_complex(q: Marked) -> Meant | None:
    return "conjugate" if q.mark == "bar" and q.domain == "complex" else None


def _declared_otherwise(q: Marked) -> Meant | None:
    return "name" if q.domain is not None or q.r.declared(q.marked) else None


def _habit(q: Marked) -> Meant | None:
    return "conjugate" if q.mark == "bar" and q.bare in ("z", "w") else None


TABLE: Sequence[Rule[Marked, Meant]] = (
    Rule(
        "complement/event",
        "the letter stands for an event in a probability",
        _complement,
        holds=(
            "P(\\bar A) = 1 - P(A)",
            "P(A') = 1 - P(A)",
            "P(B) = P(A \\cap B) + P(\\bar A \\cap B)",
            "P(B \\mid \\bar A) = 1 - P(\\bar B \\mid \\bar A)",
        ),
        fails=("P(\\bar X > 2) = 1", "A' = 1 - A", "y = \\bar A + A"),
    ),
    Rule(
        "complement/complex",
        "the letter is declared complex",
        _declared_complex,
        sure=True,
        holds=("u \\in \\mathbb{C} ;; v = \\bar u + u",),
        fails=("u \\in \\mathbb{R} ;; v = \\bar u + u",),
    ),
    Rule(
        "complement/declared",
        "the letter is declared, and is no complex number",
        _declared_otherwise,
        sure=True,
        holds=("z \\in \\mathbb{R} ;; v = \\bar z + z",),
    ),
    Rule(
        "complement/custom",
        "custom takes the letter for a complex number",
        _habit,
        holds=("v = \\bar z + z", "v = \\overline{\\overline{z}}"),
        fails=("v = \\bar x + x",),
    ),
    Rule("complement/name", "nothing says that the mark does something", lambda q: "name", sure=True),
)

_CHOICES = {
    ("bar", "complement"): Chosen.BAR_OVER_COMPLEMENT,
    ("bar", "conjugate"): Chosen.BAR_OVER_CONJUGATE,
    ("bar", "name"): Chosen.BAR_OVER_ANOTHER_NAME,
    ("prime", "complement"): Chosen.PRIME_OF_COMPLEMENT,
    ("prime", "name"): Chosen.PRIME_OF_NAME,
}


def settle(q: Marked, span: Span) -> str:
    found: Answer[Meant] | None = first(TABLE, q)
    assert found is not None, "the last rule always answers"
    others = dict.fromkeys((found.value, "name"))
    options: Options = tuple((o, Choice(_CHOICES[q.mark, o], (q.letter,))) for o in others)
    if found.value == "complement":
        span = q.r.evidence.place(Way.EVENT, q.letter) or span
    return q.r.settle(f"{q.mark}:{q.letter}", found, options, span)
