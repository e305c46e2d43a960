"""What a document tells of a letter: in words, by a definition, a range, another formula of the section.

A letter is loose if nothing around says what it is: no word ("for every j"), no formula of its own, no range
behind the formula, no other formula of the section that has it free.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from derive.expressions import regex
from derive.form.binding import free_letters
from derive.form.letters import bound_letters
from derive.mend.case import Case
from derive.model import Claim, Formula, Prose, Span
from derive.term.nodes import BigOp, Call, Symbol, Term
from derive.term.scope import Scope
from derive.term.traverse import bound_here, free_symbols, walk

_BINDING = regex(r"\\(?:sum|prod|coprod|bigcup|bigcap|int|max|min|sup|inf|lim)\b(?:\\limits)?\s*_")


def loose(case: Case, name: str) -> bool:
    """Whether nothing around the claim says what the letter is."""
    return not (_known(case, name) or _said(case, name) or _beside(case, name))


def formula_of(case: Case) -> Formula | None:
    """The formula that an entry of the document begins in, read or not."""
    here = case.entry.span.start
    return next((f for f in case.document.formulas if f.span.start <= here < f.span.end), None)


def in_section(case: Case) -> Iterator[Term]:
    """Every subterm of the claims of the section."""
    for _, claim in case.claims():
        if claim.section == case.claim.section:
            yield from walk(claim.left)
            yield from walk(claim.right)


def runs(case: Case, name: str) -> bool:
    """Whether a sum or product of the section runs over the letter."""
    return any(s.name == name for n in in_section(case) if isinstance(n, BigOp) for s in bound_here(n))


def given(case: Case, name: str) -> bool:
    """Whether the letter has a value: it is defined or assumed something of, or the words name it."""
    return _known(case, name) or _said(case, name)


def nowhere_else(case: Case, name: str) -> bool:
    """Whether the section has the letter at this one place: in no word and in no other formula."""
    section = _section(case)
    formulas = {
        (part.span, part.latex)
        for block in case.document.blocks
        for part in block.parts
        if isinstance(part, Formula) and section.start <= part.span.start < section.end
    }
    if (own := case.claim.formula) is not None:
        formulas.add((own.span, own.latex))
    return sum(len(places(latex, name)) for _, latex in formulas) == 1 and not _said(case, name)


def places(latex: str, name: str) -> tuple[int, ...]:
    """Where a formula has the letter, also in a run of letters (`\\mu_{xy}`); commands have none."""
    if name.startswith("\\"):
        return tuple(m.start() for m in re.finditer(re.escape(name) + r"(?![A-Za-z])", latex))
    return tuple(m.start() for m in re.finditer(rf"(\\[A-Za-z]+)|{re.escape(name)}", latex) if m[1] is None)


def _token(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z\\]){re.escape(name)}(?![A-Za-z])")


def _known(case: Case, name: str) -> bool:
    """Whether it is defined, depends on something, or is spoken of by what is assumed."""
    scope: Scope = case.claim.scope
    if name in scope.definitions or name in scope.dependencies:
        return True
    assumed = (*scope.hypotheses, *scope.soft)
    return any(name in free_symbols(h) for h in assumed) or any(
        isinstance(c.left, Symbol) and c.left.name == name for _, c in case.claims()
    )


def _section(case: Case) -> Span:
    """From the heading before the claim to the heading behind it."""
    here = case.claim.span
    heads = [b.span for b in case.document.blocks if b.kind == "heading"]
    start = max((h.start for h in heads if h.start <= here.start), default=0)
    end = min((h.start for h in heads if h.start > here.start), default=len(case.document.source.text))
    return Span(start, end)


def _said(case: Case, name: str) -> bool:
    """Whether the words of the section name the letter: "the j-th", "for all j"."""
    section, token = _section(case), _token(name)
    if name in ("a", "s", "t"):  # an article and the ends of words: said where something is said of them
        token = re.compile(token.pattern + r"\s+(?:is|are|be|denotes|stands|means)\b")
    return any(
        token.search(part.text) is not None
        for block in case.document.blocks
        if block.span.end > section.start and block.span.start < section.end
        for part in block.parts
        if isinstance(part, Prose)
    )


def _beside(case: Case, name: str) -> bool:
    """Whether another formula of the section, or the rest of this one, has the letter other than bound."""
    section, own = _section(case), case.claim.formula
    covered: list[Span] = []
    for d in case.decided:
        if not (section.start <= d.span.start < section.end):
            continue
        if d.claim is None:
            if places(d.latex, name) and not _BINDING.search(d.latex):
                return True
            continue
        if own is not None and d.claim.formula is own:
            covered.append(d.span)
            if d.claim.left_span is not None:
                covered.append(d.claim.left_span)
        if d is not case.entry and not _continues(case, d.claim) and _has_free(d.claim, name):
            return True
    if own is None:
        return False
    for start in places(own.latex, name):
        at = own.locate(Span(start, start + len(name)))
        if not any(c.start <= at.start and at.end <= c.end for c in covered):
            return True
    return False


def _continues(case: Case, claim: Claim) -> bool:
    """Whether a claim is a link of the same chain: it repeats this one's side and says nothing new of it."""
    mine = case.claim
    return claim.formula is mine.formula and (
        claim.left_span == mine.right_span or claim.right_span == mine.left_span
    )


def _has_free(claim: Claim, name: str) -> bool:
    """Whether the claim has the letter free, other than as the argument that it defines a function at."""
    if isinstance(claim.left, Call) and any(
        isinstance(a, Symbol) and a.name == name for a in claim.left.args
    ):
        return False
    return name in free_letters(claim.left, claim.right) and name not in bound_letters(
        claim.left, claim.right
    )
