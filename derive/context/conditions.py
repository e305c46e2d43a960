"""Conditions in words: `for subsonic flow`, `for even $k$`, `in the second case`.

They are no hypotheses: what a sentence says under one holds there. The next sentence under another condition
speaks for itself.
"""

from __future__ import annotations

import re

from derive.context.stance.speech import MARK, Speech
from derive.term.congruence import INTEGERS
from derive.term.nodes import ONE, Add, Div, Neg, Relation, Symbol, Term, integer

_CONDITION = re.compile(
    r"(?:^\W*(?:(?:and|but|now|while|then|so|similarly|likewise|finally|however)\W+)?|"
    r"[,;:]\s*(?:and |but |while |whereas )?|"
    r"\b(?:and|but|while|whereas)\s+)"
    r"(?P<said>(?:for|in|under|at|when|if|on|during|above|below|inside|outside)\s+(?P<rest>[^,;:.]+?))"
    r"\s*(?=[,;:]|\b(?:we|one|you|it|this|they)\b\s+(?:have|get|obtain|find|is|are|gives?|becomes?)|$)",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"^(?:all|any|every|each|some|example|instance|simplicity|brevity|convenience|now|short|fact|general|"
    r"particular|"
    r"addition|order|terms|other words|matrix form|vector form|the following|what follows|"
    r"this (?:case|section|way|example)|"
    r"both cases|either case|summary|total|conclusion|practice|our|most|which|that|"
    r"it|us|we|one|respect|a similar|the same|"
    r"least|first|last|once|contrast|the sequel|the end)\b",
    re.IGNORECASE,
)


def condition_in(speech: Speech) -> str:
    """The words of the condition under which a relation is stated; empty where there is none."""
    if not speech.english:
        return ""
    lead = " ".join(speech.lead.split())
    found = [m for m in _CONDITION.finditer(lead) if not _NONE.match(m["rest"])]
    if found:
        return found[-1]["said"].lower()
    behind = re.match(
        rf"\s*(?P<said>(?:for|in|under|when|if)\s+(?P<rest>[^,;:.{MARK}]+))(?=[,;:.]|$|\band\b)",
        speech.tail,
        re.IGNORECASE,
    )
    if behind is not None and not _NONE.match(behind["rest"]):
        return behind["said"].lower()
    return ""


def hangs_behind(lead: str) -> bool:
    """Whether a condition that these words lead to stands behind a relation of its sentence."""
    return re.search(rf"{MARK}\W*(?:for|if|when|whenever)\b[^{MARK}]*$", lead, re.IGNORECASE) is not None


_BEFORE = re.compile(
    r"\b(?P<said>even|odd)(?:\s+(?:and|integers?|numbers?|values?(?:\s+of)?|positive|natural|index|order))*\s*$",
    re.I,
)
_AFTER = re.compile(r"^\s*(?:is|are|be|being)?\s*(?P<said>even|odd)\b", re.IGNORECASE)
_SUPPOSED = re.compile(
    r"\b(?:for|if|when|whenever|suppose|assume|let|with|where|case)\b[^.]*$", re.IGNORECASE
)


def parity(before: str, symbol: Symbol, after: str) -> Term | None:
    """`for even $k$`, `if $k$ is odd`: what it says of the symbol."""
    if _SUPPOSED.search(before) is None:
        return None
    said = _BEFORE.search(before) or _AFTER.match(after)
    if said is None:
        return None
    rest: Term = symbol if said["said"].lower() == "even" else Add((symbol, Neg(ONE)))
    return Relation("in", Div(rest, integer(2)), INTEGERS)
