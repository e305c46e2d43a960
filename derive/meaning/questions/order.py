"""`f^{(k)}`: the k-th derivative, or the k-th of several?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from derive.classes import dataclass
from derive.meaning.letters.habits import FUNCTION_LETTERS
from derive.meaning.reader import Options, Reader
from derive.model import Span
from derive.reasons.choices import Choice, Chosen
from derive.rules import Rule, first

Meant: TypeAlias = Literal["order", "sample"]


@dataclass(frozen=True, slots=True)
class Above:
    """A letter with something in parentheses above it, and no argument behind it."""

    r: Reader
    letter: str

    @property
    def functional(self) -> bool:
        role = self.r.role(self.letter)
        return role == "function" or (role is None and self.letter in FUNCTION_LETTERS)


TABLE: Sequence[Rule[Above, Meant]] = (
    Rule(
        "order/sequence",
        "the text makes the letter a sequence",
        lambda q: "sample" if q.r.role(q.letter) in ("sequence", "index") else None,
        sure=True,
    ),
    Rule(
        "order/derivative-beside",
        "the letter is a function, and the formula differentiates",
        lambda q: "order" if q.functional and q.r.evidence.differentiates else None,
        holds=("\\frac{d^n}{dx^n}(fg) = \\sum_{k=0}^n \\binom nk f^{(k)} g^{(n-k)}",),
        fails=("f^{(k)} = g^{(k)} + 1", "\\frac{d}{dx} y = \\sum_k a^{(k)}"),
    ),
    Rule("order/sample", "nothing is differentiated", lambda q: "sample", sure=True),
)


def settle(q: Above, span: Span) -> str:
    found = first(TABLE, q)
    assert found is not None, "the last rule always answers"
    options: Options = (
        ("order", Choice(Chosen.PARENTHESIS_ABOVE_ORDER, (q.letter,))),
        ("sample", Choice(Chosen.PARENTHESIS_ABOVE_ONE_OF_SEVERAL, (q.letter,))),
    )
    return q.r.settle(f"above:{q.letter}", found, options, span)
