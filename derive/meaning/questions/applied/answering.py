"""The tables asked in turn, and where the fact stands that an answer rests on."""

from __future__ import annotations

from derive.facts.formula import Way
from derive.meaning.questions.applied.anyway import ANYWAY
from derive.meaning.questions.applied.asked import Applied, Taken
from derive.meaning.questions.applied.in_scope import IN_SCOPE
from derive.meaning.questions.applied.unknown import UNKNOWN
from derive.meaning.reader import Reader
from derive.model import Span
from derive.rules import Answer, first


def answer(q: Applied) -> Answer[Taken]:
    found = first(ANYWAY, q) or first(IN_SCOPE if q.role is not None else UNKNOWN, q)
    assert found is not None, "the last rule of either table always answers"
    return found


OF_THE_WHOLE = frozenset({"applied/numbered-alone", "applied/transition"})
"""Rules that speak of the letter with its scripts, not of the letter wherever it stands."""


def place(r: Reader, found: Answer[Taken], letter: str) -> Span | None:
    """Where the fact stands that an answer rests on; None where that is the parenthesis itself."""
    way = _RESTS_ON.get(found.rule)
    return None if way is None else r.evidence.place(way, letter)


_RESTS_ON = {
    "applied/factor-beside": Way.FACTOR,
    "applied/factor-again": Way.ALONE,
    "applied/function-letter-alone": Way.ALONE,
    "applied/numbered-alone": Way.INDEXED,
    "applied/used-so": Way.APPLIED,
}
