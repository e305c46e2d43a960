"""The relation that a line follows from or solves, and the words between the two."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice

from derive.classes import dataclass
from derive.context.stance.speech import sentences
from derive.expressions import regex
from derive.mend.case import Case
from derive.model import Block, Claim, Decided, Document, Formula, Prose, Span, Status
from derive.term.nodes import Term

MARK = "#"
"""Stands for a formula in the words between two others."""
_REACH = 5
"""How many relations back the equation may stand that a line speaks of."""
_BLOCKS = 3
_EQUAL = ("=", "equiv")
_ORDERED = ("<", "<=", ">", ">=")


@dataclass(frozen=True, slots=True)
class Beside:
    """An equation near a claim. lead: the words of its sentence before the one that stands first, between:
    those between the two, tail: those behind the second. `ahead`: the equation stands behind the claim."""

    claim: Claim
    lead: str
    between: str
    tail: str
    same_formula: bool
    ahead: bool = False


def equations_before(case: Case, reach: int = _REACH) -> Iterator[Beside]:
    """The equations before a claim in its part of the document, nearest first."""
    before = (e for e in reversed(case.decided[: case.index]) if e.claim is not None)
    for entry in islice(before, reach):  # a letter by itself, `where $a$ is …`, is no relation
        found = _beside(case, entry, ahead=False)
        if found is not None:
            yield found


def inequality_before(case: Case) -> Beside | None:
    """The relation that stands next before a claim, where it is an inequality."""
    before = (e for e in reversed(case.decided[: case.index]) if e.claim is not None)
    for entry in islice(before, _REACH):
        if entry.claim is not None and entry.claim.right_span is not None:
            return _beside(case, entry, ahead=False, relations=_ORDERED)
    return None


def equation_behind(case: Case) -> Beside | None:
    """The equation that stands next behind a claim."""
    for entry in case.decided[case.index + 1 : case.index + 2]:
        return _beside(case, entry, ahead=True)
    return None


def _beside(case: Case, entry: Decided, *, ahead: bool, relations: tuple[str, ...] = _EQUAL) -> Beside | None:
    own, other = case.claim, entry.claim
    if other is None or other.section != own.section or other.relation not in relations:
        return None
    if own.formula is None or other.formula is None:
        return None
    first, second = (own, other) if ahead else (other, own)
    if first.formula == second.formula:
        latex = case.document.source.text[first.span.end : second.span.start]
        said = " ".join(_TEXT.findall(latex))
        return Beside(other, "", said, "", True, ahead)
    assert first.formula is not None and second.formula is not None
    if ahead and _block(case.document, first.formula.span) != _block(case.document, second.formula.span):
        return None  # the next problem
    words = words_around(case.document, first.formula, second.formula)
    return None if words is None else Beside(other, *words, False, ahead)


_TEXT = regex(r"\\(?:text|mbox|textrm|intertext)\s*\{([^{}]*)\}")


def words_around(document: Document, first: Formula, second: Formula) -> tuple[str, str, str] | None:
    """The words before, between and behind two formulas; None where a heading or much text parts them."""
    start, end = _block(document, first.span), _block(document, second.span)
    if start is None or end is None or end - start >= _BLOCKS:
        return None
    blocks = document.blocks[start : end + 1]
    if any(b.kind == "heading" for b in blocks):
        return None
    parts = [part for block in blocks for part in block.parts]
    lead = _said(p for p in parts if p.span.end <= first.span.start)
    between = _said(p for p in parts if first.span.end <= p.span.start and p.span.end <= second.span.start)
    tail = _said(p for p in parts if second.span.end <= p.span.start)
    opening = [lead[a:b] for a, b in sentences(lead)][-1:]
    closing = [tail[a:b] for a, b in sentences(tail)][:1]
    return "".join(opening), _LISTED.sub("", between), "".join(closing)


_LISTED = regex(r"(?:#\s*(?:,|and|or|, and|, or)\s*)+$")
"""Other values in one list with the second formula: the words before them speak of all."""


def _block(document: Document, span: Span) -> int | None:
    k = bisect_right(document.blocks, span.start, key=_start) - 1
    return k if k >= 0 and document.blocks[k].span.end >= span.end else None


def _start(block: Block) -> int:
    return block.span.start


def _said(parts: Iterator[Prose | Formula]) -> str:
    return " ".join(" ".join(p.text.split()) if isinstance(p, Prose) else _mark(p) for p in parts).strip()


def _mark(formula: Formula) -> str:
    """A formula is a mark among the words; zero, to which an equation is set, is a word."""
    return "0" if formula.latex.strip() == "0" else MARK


def chained(case: Case, last: Claim) -> tuple[Term, Term] | None:
    """The two ends of the chain of equations that a claim is the last link of; None where a link is none, or
    is wrong itself."""
    left, link, reached = last.left, last, False
    for k in range(case.index - 1, -1, -1):
        d = case.decided[k]
        other = d.claim
        if other is last:
            reached = True
            if d.verdict.status is Status.REFUTED:
                return None
            continue
        if other is None or other.formula != last.formula or other.right_span is None:
            continue
        if not reached:
            if other.left_span == last.right_span:
                return None  # the chain goes on behind it
            continue
        if other.right_span != link.left_span:
            break
        if other.relation not in _EQUAL or d.verdict.status is Status.REFUTED or len(other.readings) > 1:
            return None
        left, link = other.left, other
    return left, last.right


def alone(case: Case, entry: Claim) -> bool:
    """Whether a relation is a whole one, no link of a longer chain."""
    for d in case.decided[max(0, case.index - _REACH - 1) : case.index + 2]:
        other = d.claim
        if other is None or other is entry or other.formula != entry.formula or other.right_span is None:
            continue
        if entry.left_span is not None and other.right_span == entry.left_span:
            return False
        if entry.right_span is not None and other.left_span == entry.right_span:
            return False
        if other.right_span.end == entry.span.start or entry.span.end == other.span.start:
            return False
    return True
