"""`\\dot E`: the derivative by time of E, or a name of its own?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from derive.classes import dataclass
from derive.meaning.reader import Options, Reader
from derive.model import Span
from derive.reasons.choices import Choice, Chosen
from derive.rules import Rule, first

Meant: TypeAlias = Literal["derivative", "name"]


@dataclass(frozen=True, slots=True)
class Dotted:
    """letter: without its dot; dotted: with it."""

    r: Reader
    letter: str
    dotted: str


def _undotted(q: Dotted) -> bool:
    """Every letter with a dot has a scalar of its name in the pieces, or in the scope."""
    dotted = q.r.evidence.dotted
    return all(n in q.r.evidence.bare or n in q.r.scope.definitions for n in dotted) and not any(
        q.r.is_array(n) for n in dotted
    )


TABLE: Sequence[Rule[Dotted, Meant]] = (
    Rule(
        "dot/name",
        "the text declares the letter with its dot, or the letter is an array or a function",
        lambda q: (
            "name"
            if q.r.declared(q.dotted) or not _undotted(q) or q.r.role(q.letter) in ("function", "index")
            else None
        ),
        sure=True,
        holds=("y = \\dot x + 1", "\\dot x = 1 ;; \\mathbf{x} = \\dot{\\mathbf{x}}"),
    ),
    Rule(
        "dot/defined",
        "the text defines the letter without its dot",
        lambda q: "derivative" if q.r.evidence.dotted & q.r.scope.definitions.keys() else None,
    ),
    Rule(
        "dot/beside",
        "the letter stands without its dot beside it",
        lambda q: "name",
        holds=("\\dot x = x", "\\dot y = y \\dot x + x"),
        fails=("\\dot x = y",),
    ),
)
_OPTIONS: Options = (
    ("derivative", Choice(Chosen.DOT_OVER_DERIVATIVE)),
    ("name", Choice(Chosen.DOT_OVER_NAME)),
)


def settle(q: Dotted, span: Span) -> str:
    found = first(TABLE, q)
    assert found is not None, "the last rule always answers"
    return q.r.settle("dot", found, _OPTIONS, span)
