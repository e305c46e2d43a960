"""The words around one relation, cut into clauses: what leads to it in its sentence, and what follows."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from derive.classes import dataclass, replace
from derive.expressions import regex
from derive.model import Block, Formula, Prose

MARK = "#"
"""Stands for a formula in the words around another."""


@dataclass(frozen=True, slots=True)
class Speech:
    """lead: the words of the sentence before the relation, tail: those behind it; other formulas are `#`.
    following: the next sentence. display: it stands on lines of its own. struck: it is struck out.
    english: False where the language of the document is not known: then words say nothing."""

    lead: str = ""
    tail: str = ""
    following: str = ""
    display: bool = False
    struck: bool = False
    english: bool = True
    number: int = 0
    """Which sentence of its paragraph it stands in."""
    offered: bool = False
    """It stands among the answers that a question offers."""
    comment: Literal["", "asserted", "assumed"] = ""
    """What a comment for derive says of it."""
    reported: bool = False
    """It belongs to an argument of somebody else's that the text goes on to judge."""

    @property
    def clause(self) -> Clause:
        return governing(self.lead)

    def behind(self, words: str) -> Speech:
        """The speech of a later relation of the same formula, with the words between."""
        return replace(self, lead=words)


@dataclass(frozen=True, slots=True)
class Clause:
    """The clause that governs what follows it. `open`: nothing closes it before the relation, so that its
    last words stand right beside it. `after_condition`: a clause such as "if …," stands between its beginning
    and the relation, or alone before it. `quantified`: "for all x" stands right before the relation."""

    text: str
    open: bool = True
    after_condition: bool = False
    quantified: bool = False


_STOP = regex(r"(?<=[.!?])(?:[)\"'”’]*)(?:\s+|$)|\n\s*\n")
_ABBREVIATION = regex(
    r"\b(?:i\.e|e\.g|s\.t|w\.r\.t|cf|resp|eqs?|figs?|sec|vs|ex|ch|thm|prop|approx|[A-Z])\.$", re.IGNORECASE
)


def sentences(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a text stand."""
    found: list[tuple[int, int]] = []
    start = 0
    for stop in _STOP.finditer(text):
        before = text[start : stop.start()]
        if _ABBREVIATION.search(before) or (
            text[stop.end() : stop.end() + 1].islower() and "\n" not in stop[0]
        ):
            continue
        found.append((start, stop.end()))
        start = stop.end()
    if text[start:].strip():
        found.append((start, len(text)))
    return found


REACH = 4000
"""Characters of a sentence on each side of a formula: one may have thousands of formulas."""


def speeches(
    blocks: Sequence[Block], carried: str, english: bool, offered: bool = False, reported: bool = False
) -> dict[int, Speech]:
    """The words around each formula of some blocks, by the formula's `id`; `carried` stands before them.

    `offered`: the blocks are answers among which a question lets choose; `reported`: they are an argument of
    somebody else's."""
    pieces: list[str] = [carried]
    places: list[tuple[Formula, int, int]] = []
    length = len(carried)
    for number, block in enumerate(blocks):
        if number:
            pieces.append(" ")
            length += 1
        for part in block.parts:
            if isinstance(part, Prose):
                piece = part.text
            else:
                ends = part.latex.rstrip().rstrip("}$").rstrip()
                piece = f" {MARK}{'.' if ends.endswith('.') else ''} "
                places.append((part, length, length + len(piece)))
            pieces.append(piece)
            length += len(piece)
    text = "".join(pieces)
    found: dict[int, Speech] = {}
    spans = sentences(text)
    for formula, start, end in places:
        k = bisect_right(spans, start + 1, key=lambda s: s[0]) - 1
        if k < 0 or start + 1 >= spans[k][1]:
            found[id(formula)] = Speech(
                display=formula.display,
                english=english,
                offered=offered,
                comment=formula.said,
                reported=reported,
            )
            continue
        a, b = spans[k]
        following = text[slice(*spans[k + 1])] if k + 1 < len(spans) else ""
        found[id(formula)] = Speech(
            text[max(a, start - REACH) : start],
            text[min(end, b) : min(b, end + REACH)],
            following,
            formula.display,
            formula.struck,
            english,
            k,
            offered,
            formula.said,
            reported,
        )
    return found


_QUANTIFIER = regex(
    rf"\b(?:for|over|with)\s+(?:all|every|any|each|some|almost every|arbitrary)\b[^,;:{MARK}]*"
    rf"(?:{MARK}(?:\s*(?:,|and|or)\s*{MARK})*)?\s*,?\s*$",
    re.IGNORECASE,
)
"""`for all real #`: it binds what it names, and leaves open who governs the relation."""
_STATED_THROUGHOUT = regex(
    rf"\bfor\s+(?:all|every|any|each)\b[^,;:{MARK}]*{MARK}(?:\s*(?:,|and|or)\s*{MARK})*\s*,?\s*"
    r"(?:(?:we|one)\s+(?:then\s+|also\s+|thus\s+)?(?:have|has|get|obtain)|(?:it|there)\s+holds)(?:\s+that)?\s*:?\s*$",
    re.IGNORECASE,
)
"""`for all real # we have`: what is said behind it is said of all."""
_BREAK = regex(
    r"[,;:()—–]|\s-\s|\.(?=\s)"
    r"|\b(?=(?:and\s+)?(?:then|so that|so|hence|thus|therefore|consequently|because|since|where|wherein|"
    r"which|whence|if|when|whenever|provided|such that|implying|giving|yielding)\b)",
    re.IGNORECASE,
)
_JOINT = regex(r"^(?:and|or|also|but|again|as well as|plus|&|similarly|likewise|respectively)?$", re.I)
_ADVERBIAL = regex(
    r"^(?:and\s+)?(?:by|with|using|from|in|on|at|after|under|via|as|of|upon|without|through|to|for|due|up|"
    r"in fact|indeed|of course|finally|similarly|likewise|however|moreover|also|again|now|first|next|instead|"
    r"e\.g|i\.e)\b",
    re.IGNORECASE,
)
_RELATIVE = regex(r"^(?:which|who|whose|that)\b", re.IGNORECASE)
_CONDITION = regex(
    r"^(?:and\s+)?(?:if|when|whenever|since|because|as|for|given|assuming|provided|unless|while|although|"
    r"once)\b",
    re.IGNORECASE,
)


def governing(lead: str) -> Clause:
    """The clause that governs a relation, from the words that lead to it.

    Clauses that a comma closes are passed over where they are adverbial ("with the binomial formula,"),
    relative ("which is right,") or a condition ("if x is small,"): what they speak of ends with them.
    """
    text = " ".join(lead.split())
    if text.endswith("("):
        text = text[:-1].rstrip()  # an aside belongs to the words that it stands behind
    bare = _QUANTIFIER.sub("", text)
    passed = bare != text
    quantified = passed or _STATED_THROUGHOUT.search(text) is not None
    cuts = [0, *sorted({m.end() if m.group() else m.start() for m in _BREAK.finditer(bare)}), len(bare)]
    parts = [bare[a:b].strip(" ,;:()—–-") for a, b in pairwise(cuts)]
    if not parts or (not bare and not quantified):
        return Clause("", after_condition=passed, quantified=quantified)
    last = parts[-1]
    if last and not (_JOINT.match(last) and len(parts) > 1):
        return Clause(last, True, passed, quantified)
    for part in reversed(parts[:-1]):
        if not part or _JOINT.match(part):
            continue
        told = MARK in part or len(part.split()) > 2
        if told and _CONDITION.match(part):
            if last == "and":
                return Clause(
                    part, True, passed, quantified
                )  # "if a is small, and": no new sentence begins so
            passed = True
            continue
        if _RELATIVE.match(part) or _ADVERBIAL.match(part):
            continue
        return Clause(part, False, passed, quantified)
    return Clause("", False, passed, quantified)


_OFFERS = regex(
    r"\b(?:(?:which|what) (?:one )?of (?:the (?:following|statements|equations|options)|these|those|them)|"
    r"(?:select|choose|pick|mark|circle|tick) (?:the|all|one|any)\b|true or false|true/false|multiple choice|"
    r"(?:decide|determine|say|state) (?:whether|which|if) (?:the following|each|these)|(?:find|"
    r"spot) the (?:error|mistake)|"
    r"prove or disprove)\b",
    re.IGNORECASE,
)


def offers(text: str) -> bool:
    """Whether a sentence at the end of a block lets the reader choose among the items that follow."""
    return any(_OFFERS.search(text[a:b]) for a, b in sentences(text)[-2:])


def asks(text: str) -> bool:
    """Whether a block ends with a question."""
    return re.search(r"\?\W*$", text) is not None


_SOMEBODY = (
    r"(?:student|classmate|pupil|friend|beginner|learner|colleague|candidate|contestant|someone|somebody)"
)
_ARGUES = regex(
    rf"\b{_SOMEBODY}s?\b[^.]*\b(?:argument|argu(?:es?|ed)|reason(?:s|ed|ing)|computations?|calculations?|"
    r"solutions?|proofs?|work|answers?|steps|writes|wrote|claims?)\b[^.]*:\s*$",
    re.IGNORECASE,
)
_JUDGES = regex(
    rf"\b{_SOMEBODY}s?\b|\b(?:correct|incorrect|wrong|mistakes?|errors?|flaws?|flawed|fallacy)\b",
    re.IGNORECASE,
)


def reports(words: str) -> bool:
    """Whether words announce an argument that is somebody else's: "A student argues as follows:"."""
    return _ARGUES.search(" ".join(words.split())) is not None


def judges(words: str) -> bool:
    """Whether words come back to what somebody argued: "Determine whether the student is correct"."""
    return _JUDGES.search(words) is not None
