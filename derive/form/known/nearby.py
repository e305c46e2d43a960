"""The words around a formula: its sentence, what goes before in its paragraph, its headings."""

from __future__ import annotations

import re
from bisect import bisect_right

from derive.classes import dataclass
from derive.expressions import regex
from derive.mend.case import Case
from derive.model import Block, Formula, Span, Stance

_FORMULA = "\u25a1"
"""What stands in the place of a formula in a sentence."""
_ABOVE = 200
"""Blocks among which the heading is looked for: one farther off says little of a formula."""
_END = regex(r"(?<=[.!?;])\s+|\n\s*\n")
_SUPPOSED = frozenset((Stance.CONDITION, Stance.DENIED, Stance.ASKED, Stance.QUOTED))
_MADE = regex(
    r"\b(?:defin\w+|let|denot\w+|suppose|assum\w+|call|write|unnormali[sz]ed|propor\w+|approx\w+|wrong\w*"
    r"|incorrect\w*|mistak\w+"
    r"|(?<!squared )(?<!square )(?<!absolute )error|false\w*|not|instead|modif\w+|general\w*|variant"
    r"|analog\w*|similar\w*)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Words:
    """before: the sentence up to the formula; after: its rest; paragraph: both and what goes before them in
    the paragraph, or in the one before; heading: the nearest one."""

    before: str
    after: str
    paragraph: str
    heading: str

    @property
    def sentence(self) -> str:
        return f"{self.before} {_FORMULA} {self.after}"

    def name(self, pattern: str) -> bool:
        """Whether the sentence, the paragraph up to here or the heading names what the pattern says."""
        return re.search(pattern, f"{self.heading}. {self.paragraph}", re.I) is not None


def nearby(case: Case) -> Words:
    """The words around the case's formula."""
    entry = case.entry
    blocks = case.document.blocks
    at = bisect_right(blocks, entry.span.start, key=lambda b: b.span.start) - 1
    if at < 0 or not _holds(blocks[at].span, entry.span):
        return Words("", "", "", "")
    above = [blocks[k] for k in range(at - 1, max(-1, at - 1 - _ABOVE), -1)]
    before, after = _text(blocks[at], entry.span)
    earlier = ""
    if len(before.split()) < 3:  # a display that is a paragraph of its own
        previous = next((b for b in above if b.parts), None)
        if previous is not None and previous.kind != "heading":
            earlier = _text(previous, Span(previous.span.end, previous.span.end))[0]
    if not after.strip() and at + 1 < len(blocks) and blocks[at + 1].kind != "heading":
        following = _text(blocks[at + 1], Span(blocks[at + 1].span.start, blocks[at + 1].span.start))[1]
        after = following if following[:1].islower() else after
    said = f"{earlier} {before}".strip()
    heading = next((b for b in above if b.kind == "heading"), None)
    title = _text(heading, Span(heading.span.end, heading.span.end))[0] if heading is not None else ""
    last, rest = _END.split(said)[-1], _END.split(after)[0]
    return Words(last, rest, f"{said} {rest}", title)


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start < outer.end


def _text(block: Block, here: Span) -> tuple[str, str]:
    """The words of a block before and behind a place, a mark in the place of each other formula."""
    before: list[str] = []
    after: list[str] = []
    for part in block.parts:
        if part.span.start <= here.start < part.span.end:
            continue
        words = _FORMULA if isinstance(part, Formula) else part.text
        (before if part.span.end <= here.start else after).append(words)
    return " ".join(before), " ".join(after)


def may_be_told(case: Case, words: Words) -> bool:
    """Whether the text states the formula as what is known: it does not suppose, deny or define it."""
    return case.claim.stance not in _SUPPOSED and _MADE.search(words.sentence) is None
