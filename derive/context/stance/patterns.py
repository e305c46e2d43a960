"""How a rule about words looks at a sentence: at the governing clause, or at the whole of it."""

from __future__ import annotations

import re
from collections.abc import Callable

from derive.context.stance.speech import Clause, Speech
from derive.expressions import regex
from derive.model import Stance
from derive.rules import Rule

WordRule = Rule[Speech, Stance]
CLAUSE: dict[str, re.Pattern[str]] = {}
"""The pattern of each rule about the governing clause: of several, the one nearest to the relation counts."""


def clause(
    name: str, pattern: str, stance: Stance, *, open_only: bool = False
) -> Callable[[Speech], Stance | None]:
    """Answers where the governing clause has the pattern."""
    compiled = CLAUSE[name] = regex(pattern, re.IGNORECASE)

    def answer(speech: Speech) -> Stance | None:
        clause: Clause = speech.clause
        if open_only and not clause.open:
            return None
        return stance if compiled.search(clause.text) else None

    return answer


def sentence(lead: str, tail: str, stance: Stance, following: str = "") -> Callable[[Speech], Stance | None]:
    """Answers where the words before, those behind or the next sentence have a pattern; empty: not asked."""
    patterns = [regex(p, re.IGNORECASE) if p else None for p in (lead, tail, following)]

    def answer(speech: Speech) -> Stance | None:
        texts = (speech.lead, speech.tail, speech.following)
        found = any(
            p is not None and p.search(" ".join(t.split())) for p, t in zip(patterns, texts, strict=True)
        )
        return stance if found else None

    return answer
