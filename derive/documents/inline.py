"""A block's text as its parts: prose and formulas in order."""

from __future__ import annotations

from collections.abc import Callable

from derive.classes import dataclass, field, replace
from derive.documents import cleaning
from derive.documents.comments.met import Comment, noted, noted_inside
from derive.documents.delimiters import Region, regions
from derive.documents.mapped import Mapped
from derive.expressions import regex
from derive.model import Block, Formula, Macro, Problem, Prose, Span

#: what names a display behind its closing dollars: Quarto's `{#eq-one}`, MyST's `(eq-one)`
_NAMED = regex(
    r"[ \t]*(?:\{#([\w:.-]+)[^{}\n]*\}|\((?=[\w:.-]*[-_:.\d])([A-Za-z][\w:.-]*)\)(?=[ \t]*(?:\n|\Z)))"
)


@dataclass(slots=True)
class Found:
    """What a reader has collected so far."""

    blocks: list[Block] = field(default_factory=list)
    macros: list[Macro] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)


def unclosed(opener: str) -> str:
    return (
        f"`{opener}` is never closed; what follows it, at most up to the end of the paragraph, was read "
        "as its formula"
    )


def parts(
    block: Mapped,
    found: Found,
    readable: Callable[[str], str],
    markdown: bool = True,
    mathematics: Callable[[Mapped, Region], Mapped] | None = None,
    ticks: bool = False,
) -> list[Prose | Formula]:
    """Prose and formulas of a block; macros and problems go to `found`."""
    result: list[Prose | Formula] = []
    begun = 0

    def prose(end: int) -> None:
        words = readable(block.text[begun:end])
        if words.strip():
            result.append(Prose(block.span(begun, end), words))

    for region in regions(block.text, markdown, ticks):
        if region.kind in ("code", "hidden"):
            if region.kind == "hidden":
                noted(found.comments, block, region.start, region.end)
            continue
        start, end = region.inner
        inner = block[start:end]
        if mathematics is not None:
            inner = mathematics(inner, region)
        if region.kind == "unclosed":
            opener = block.text[region.start : max(start, region.start + 2)].strip()
            found.problems.append(Problem(block.span(region.start, region.start + 2), unclosed(opener)))
        noted_inside(found.comments, inner)
        formula = cleaning.formula(inner, region.display, found.macros)
        prose(region.start)
        begun = region.end
        if formula is not None and region.display and (named := _NAMED.match(block.text, region.end)):
            begun = named.end()
            formula = replace(formula, label=formula.label or named.group(1) or named.group(2))
        if formula is not None:
            result.append(formula)
    prose(len(block.text))
    return result


def cover(block: list[Prose | Formula]) -> Span:
    return Span(block[0].span.start, block[-1].span.end)
