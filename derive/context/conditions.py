"""Conditions in words: `for subsonic flow`, `for even $k$`, `in the second case`.

They are no hypotheses: what a sentence says under one holds there. The next sentence under another condition
speaks for itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.context.stance.speech import MARK, Speech
from derive.expressions import regex
from derive.model import Formula, Prose
from derive.term.congruence import INTEGERS
from derive.term.nodes import ONE, ZERO, Add, Div, Neg, Relation, Symbol, Term, integer

_CONDITION = regex(
    r"(?:^\W*(?:(?:and|but|now|while|then|so|similarly|likewise|finally|however)\W+)?|"
    r"[,;:]\s*(?:and |but |while |whereas )?|"
    r"\b(?:and|but|while|whereas)\s+)"
    r"(?P<said>(?:for|in|under|at|when|if|on|during|above|below|inside|outside)\s+(?P<rest>[^,;:.]+?))"
    r"\s*(?=[,;:]|\b(?:we|one|you|it|this|they)\b\s+(?:have|get|obtain|find|is|are|gives?|becomes?)|$)",
    re.IGNORECASE,
)
_NONE = regex(
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


_SAID = r"(?P<said>even|odd|(?:strictly )?positive|negative|non-?negative|non-?positive|non-?zero)"
_SIGNS = {"positive": ">", "negative": "<", "nonnegative": ">=", "nonpositive": "<=", "nonzero": "!="}
_BEFORE = regex(
    rf"(?<![\w-]){_SAID}(?:\s+(?:and|real|integers?|numbers?|values?(?:\s+of)?|natural|index|order))*\s*$",
    re.IGNORECASE,
)
_TURNED = regex(
    rf"\b(?:for|if|when|with)\s+(?:(?:an?|all|any|the)\s+)?{_SAID}\s+(?:real\s+)?"
    r"(?:numbers?|values?|ones?|arguments?|integers?)\b",
    re.IGNORECASE,
)
_AFTER = regex(rf"^\s*(?:is|are|be|being)?\s*{_SAID}(?!\s+(?:semi-?)?definite|\w|-)", re.IGNORECASE)
_MULTIPLE = regex(
    r"^\s*(?:is|are|be|being)?\s*(?:an? )?(?:divisible by|(?:integer )?multiples? of) (?P<by>\d{1,4})\b",
    re.IGNORECASE,
)
_VERB = (
    r"(?:(?P<verb>is|are|be|lies?|lying|var(?:y|ies|ying)|rang(?:es?|ing)|runs?|running|moves?|moving|goes|going)"
    r"\s+)?"
)
_BETWEEN = regex(
    rf"^\s*{_VERB}(?:anywhere |somewhere )?(?P<strictly>strictly )?(?:between|from)\s*$", re.IGNORECASE
)
_LETTER = regex(r"(?<!\\)\b[A-Za-z]|\\(?!pi\b|infty\b|frac\b|sqrt\b)[A-Za-z]+")
"""A name in a bound: what is no number."""
_AND = regex(r"^\s*(?:and|to|up to)\s*$", re.IGNORECASE)
_INTERVAL = regex(
    rf"^\s*{_VERB}(?:in|on|over|within|inside)\s+(?:the\s+)?(?:open |closed |half-open |unit )?"
    r"(?:interval|range)\s*$",
    re.IGNORECASE,
)
_SUPPOSED = regex(r"\b(?:for|if|when|whenever|suppose|assume|let|with|where|case)\b[^.]*$", re.IGNORECASE)


def property_of(before: str, symbol: Symbol, after: str) -> Term | None:
    """`for even $k$`, `if $x$ is negative`, `when $n$ is divisible by 3`: what it says of the symbol."""
    if _SUPPOSED.search(before) is None:
        return None
    said = _BEFORE.search(before) or _AFTER.match(after)
    if said is None:
        multiple = _MULTIPLE.match(after)
        if multiple is None or int(multiple["by"]) == 0:
            return None
        return Relation("in", Div(symbol, integer(int(multiple["by"]))), INTEGERS)
    return _property(said["said"], symbol)


def _property(said: str, symbol: Symbol) -> Term:
    word = said.lower().replace("-", "").removeprefix("strictly ")
    if word in _SIGNS:
        return Relation(_SIGNS[word], symbol, ZERO)
    rest: Term = symbol if word == "even" else Add((symbol, Neg(ONE)))
    return Relation("in", Div(rest, integer(2)), INTEGERS)


def turned(words: str, symbol: Symbol, *, named: bool) -> Term | None:
    """`… whereas for a negative number`: what is said, without its letter, of the symbol that the sentence
    had another case of. `named`: a symbol stands behind these words, which may be the letter."""
    for found in _TURNED.finditer(words):
        if not (named and not words[found.end() :].strip()):
            return _property(found["said"], symbol)
    return None


def supposed(before: str) -> bool:
    """Whether the words before a symbol put what is said of it as a condition: `for $x$ between …`."""
    return _SUPPOSED.search(before) is not None


def bounds(after: Sequence[Prose | Formula]) -> tuple[Formula, Formula, str] | None:
    """`$x$ lies between $0$ and $\\pi$`: the two bounds behind a symbol, and the relation to them."""
    match after:
        case [Prose(text=said), Formula() as low, Prose(text=joined), Formula() as high, *_]:
            found = _BETWEEN.match(said)
            if found is not None and _AND.match(joined) is not None:
                # "the angle $\\theta$ between $u$ and $v$" is one of two lines
                told = found["verb"] is not None or not any(_LETTER.search(f.latex) for f in (low, high))
                return (low, high, "<" if found["strictly"] else "<=") if told else None
    return None


def interval(after: Sequence[Prose | Formula]) -> Formula | None:
    """`$x$ in the interval $(0, 1)$`: the interval behind a symbol."""
    match after:
        case [Prose(text=said), Formula() as found, *_] if _INTERVAL.match(said) is not None:
            return found
    return None
