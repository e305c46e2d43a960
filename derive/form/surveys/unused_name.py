"""A letter is explained behind a formula, and no formula has it.

`\\ddot x = \\frac{F}{x}` "where $F$ is the force and $m$ the mass": the words behind a display say what its
letters are, so one that stands in no formula of the document was to stand in this one. It is told where the
display has another letter more than once, which may stand in its place, and letters that the words explain
as well. A letter with an index counts as used where the letter stands with any, and so does one in another
font.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from derive.expressions import regex
from derive.facts.pieces import walk
from derive.form.cause import survey
from derive.form.page import Page, Written
from derive.form.pattern.leaves import PLAIN, bare_of, part
from derive.model import Block, Diagnostic, Formula, Label, Prose, Span
from derive.notation.syntax import Chain, Juxtaposition, Link, Name, Scripts

CODE, NAME = "DRV051", "unused-name"
_WHERE = regex(r"^[\s,.;:(]*(?:and\s+)?(?:where|here|in which|wherein)\b", re.IGNORECASE)
_IS = regex(r"^\s*(?:is|are|denotes?|represents?|stands? for|being|the)\b", re.IGNORECASE)
_GOES_ON = regex(r"[.!?]\s+\S")
_LETTER = regex(r"(?:\\[A-Za-z]+|[A-Za-z])")


def look(page: Page) -> Iterator[Diagnostic]:
    by_span = {w.formula.span: w for w in page.written}
    used: Counter[str] = Counter()
    for block in page.document.blocks:
        for piece in block.parts:
            if isinstance(piece, Formula):
                used.update(set(_names(piece.latex)))
    last: Formula | None = None
    for block in page.document.blocks:
        if block.kind == "heading":
            last = None
            continue
        yield from _in_block(page, block, last, by_span, used)
        last = next((p for p in reversed(block.parts) if isinstance(p, Formula) and p.display), None)


def _in_block(
    page: Page, block: Block, last: Formula | None, written: dict[Span, Written], used: Counter[str]
) -> Iterator[Diagnostic]:
    parts = list(block.parts)
    for k, piece in enumerate(parts):
        if isinstance(piece, Formula):
            last = piece if piece.display else last
            continue
        if last is None or not _WHERE.match(piece.text) or (k and parts[k - 1] is not last):
            continue
        display = written.get(last.span)
        explained = list(_explained(parts[k:], written))
        if display is None or len(explained) < 2:
            return
        leaves = Counter(
            bare_of(x.value)
            for row in display.display.rows
            for p in row.parts
            for x in part(p).leaves
            if x.place == PLAIN and not x.number
        )
        missing = [w for w in explained if _bare(w) not in leaves]
        there = [w for w in explained if _bare(w) in leaves]
        doubled = [name for name, n in leaves.items() if n > 1]
        if len(missing) == 1 and there and doubled and page.open(last.span):
            (lost,) = missing
            if used[_bare(lost)] > 1 and not (len(there) > 1 and _itself(display)):
                return  # it may be explained for another formula
            yield page.finding(
                CODE,
                NAME,
                f"${lost.formula.latex.strip()}$ is explained here, and no formula has it",
                lost,
                Span(0, len(lost.formula.latex)),
                labels=(Label(last.span, "it was to stand in here"),),
            )
        return


def _itself(written: Written) -> bool:
    """Whether a letter is multiplied by itself, written twice: `P_k P_k`, no square, or `W = W d`."""
    for row in written.display.rows:
        for node in (n for p in row.parts for n in walk((p,))):
            match node:
                case Juxtaposition(factors=factors):
                    names = [part(f) for f in factors if isinstance(f, Name | Scripts)]
                    if any(a.shape == b.shape and a.values == b.values for a, b in pairwise(names)):
                        return True
                case Chain(first=Name() as own, links=(Link(relation="=", right=right),)):
                    product = right.factors if isinstance(right, Juxtaposition) else ()
                    if any(isinstance(f, Name) and part(f).values == part(own).values for f in product):
                        return True
                case _:
                    pass
    return False


def _explained(parts: Sequence[Prose | Formula], written: dict[Span, Written]) -> Iterator[Written]:
    """The formulas of a sentence that are one letter each, and that its words say what they are."""
    for piece, behind in zip(parts, [*parts[1:], None], strict=False):
        if isinstance(piece, Prose):
            if _GOES_ON.search(piece.text):
                return
            continue
        found = written.get(piece.span)
        explains = isinstance(behind, Prose) and _IS.match(behind.text)
        if found is not None and explains and _letter(found) is not None:
            yield found


def _letter(written: Written) -> Name | None:
    """The letter that the formula is, with an index or without."""
    match [p for row in written.display.rows for p in row.parts]:
        case [Name(word=False) as name] | [Scripts(base=Name(word=False) as name)]:
            return name
        case _:
            return None


def _bare(written: Written) -> str:
    name = _letter(written)
    return "" if name is None else name.name


def _names(latex: str) -> Iterator[str]:
    """The letters of a formula, whatever it is made of; a command goes by its name."""
    return (found.lstrip("\\") for found in _LETTER.findall(latex))


CAUSE = survey(
    CODE,
    NAME,
    look,
    doc=__doc__,
    invalid=(
        "The glider moves by\n\n$$a = \\frac{1}{F} (F \\sin u + G)$$\n\nwhere $F$ is a force, $u$ is the "
        "angle and $m$ is the mass.\n",
        "With $g_k = \\nabla f_k$ we go on by\n\n$$w_{k+1} = w_k - s_k P_k P_k,$$\n\nwhere $w_k$ are the "
        "parameters, $g_k$ is the gradient, $s_k$ is the step and $P_k$ is a matrix.\n",
    ),
    valid=(
        "The glider moves by\n\n$$a = \\frac{1}{m} (F \\sin u + G)$$\n\nwhere $F$ is a force, $u$ is the "
        "angle and $m$ is the mass.\n",
        "The glider moves by\n\n$$a = \\frac{1}{F} (F \\sin u + G)$$\n\nwhere $F$ is a force, $u$ is the "
        "angle and $m$ is the mass. Then $m > 0$.\n",
    ),
)
