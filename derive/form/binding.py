"""Bound variables of a claim's sides: who binds them, what mentions them, what is left without a binder.

What the causes of form share. A letter counts as mentioned wherever it stands, also inside a symbol's name
(`\\mathbf{z}_{j}`, `\\nu_{var(j)}`): a slip of form is told only where no reading of a name can hide the use.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import TypeVar

from derive.classes import replace
from derive.expressions import regex
from derive.meaning import elaborate
from derive.mend.case import GOOD, Case
from derive.model import Claim, Fix, Macro, Span, Status
from derive.notation import NotationError, read
from derive.notation.syntax import Chain, Display
from derive.term.contents import among
from derive.term.nodes import BigOp, Element, Integral, Symbol, Term
from derive.term.traverse import bound_here, children, free_symbols, substitute, walk

SUMMING = {
    "sum": "sum",
    "prod": "product",
    "coprod": "coproduct",
    "bigcup": "union",
    "bigcap": "intersection",
}

Found = TypeVar("Found")
_TOKEN = regex(r"\\[A-Za-z]+|[A-Za-z]|\d+")
_FONTS = frozenset(
    r"\mathbf \boldsymbol \mathrm \mathcal \mathbb \mathfrak \mathsf \hat \bar \tilde \vec \dot \ddot".split()
)


@cache
def letters_of(name: str) -> frozenset[str]:
    """The letters and numbers that a symbol's name is made of."""
    return frozenset(t for t in _TOKEN.findall(name) if t not in _FONTS)


def mentioned(*terms: Term | None) -> frozenset[str]:
    """Every letter that stands anywhere in the terms, bound ones and parts of names too."""
    found: set[str] = set()
    for term in terms:
        if term is not None:
            for node in walk(term):
                if isinstance(node, Symbol):
                    found |= letters_of(node.name)
    return frozenset(found)


def free_letters(*terms: Term | None) -> frozenset[str]:
    """The letters of what is free in the terms; a bound that only the checker put there is not counted."""
    found: set[str] = set()
    for term in terms:
        if term is not None:
            implied = {f"N_{{{v.name}}}" for node in walk(term) for v in bound_here(node)}
            for name in free_symbols(term):
                if name not in implied:
                    found |= letters_of(name)
    return frozenset(found)


def speaks_of(term: Term, variable: Symbol) -> bool:
    """Whether any letter of the variable's name stands in the term."""
    return bool(letters_of(variable.name) & mentioned(term))


def under_binders(term: Term) -> Iterator[tuple[Term, frozenset[str]]]:
    """Every subterm with the names that are bound around it. Iterative: depth is no limit."""
    stack: list[tuple[Term, frozenset[str]]] = [(term, frozenset())]
    while stack:
        node, bound = stack.pop()
        yield node, bound
        inside = bound | {s.name for s in bound_here(node)}
        stack.extend((child, inside) for child in reversed(children(node)))


def indices(term: Term) -> dict[str, Symbol]:
    """The free letters that stand as an index of an element, by name."""
    free = free_symbols(term)
    return {
        i.name: i
        for node in among(term, Element)
        for i in node.indices
        if isinstance(i, Symbol) and i.name in free
    }


def written(node: BigOp) -> bool:
    """Whether the author wrote a range: `\\sum_{l=1}^k`, `\\sum_{z \\ne j}`, `\\prod_{t \\in T}`."""
    return any(
        b.domain is not None
        or b.condition is not None
        or (b.lower is not None and getattr(b.lower, "text", "") is not None)
        for b in node.binders
    )


def binds(node: Term) -> tuple[Symbol, Term] | None:
    """The one variable that a sum, a product or a definite integral binds, and its body."""
    match node:
        case BigOp(op=op, body=body, binders=(one,)) if op in SUMMING:
            return one.variable, body
        case Integral(body=body, variable=variable, lower=a, upper=b) if a is not None and b is not None:
            return variable, body
        case _:
            return None


def kind(node: Term) -> str:
    return SUMMING.get(node.op, node.op) if isinstance(node, BigOp) else "integral"


# Claims ---------------------------------------------------------------------------------------------------


def in_doubt(case: Case) -> bool:
    """Whether a slip may be told of the claim: what was shown to be right has none."""
    return case.verdict.status not in GOOD


def sides(claim: Claim) -> tuple[int, ...]:
    """The sides that this claim brings in: a link of a chain has its left side from the link before."""
    own = claim.left_span is not None and claim.left_span.start >= claim.span.start
    return (0, 1) if own else (1,)


@lru_cache(maxsize=4)
def _read_once(latex: str, macros: tuple[Macro, ...]) -> Display:
    """A display of many rows is asked for by each of them. Raises `NotationError`."""
    return read(latex, macros)


def as_written(case: Case) -> tuple[Term, Term] | None:
    """The two sides in the best reading of the author's text, with nothing written out or put in.

    What a claim was decided by has its differentials replaced; a slip of form is in what stands there.
    """
    claim = case.claim
    if claim.formula is None or claim.right_span is None:
        return None
    try:
        display = _read_once(claim.formula.latex, case.document.macros)
        for part in (p for row in display.rows for p in row.parts):
            if isinstance(part, Chain) and part.first is not None:
                sides = (part.first, *(link.right for link in part.links))
                for left, right in pairwise(sides):
                    if claim.formula.locate(right.span) == claim.right_span:
                        return elaborate((left, right), claim.scope)[0].terms[:2]  # type: ignore[return-value]
    except NotationError:
        return None
    return None


def in_every_reading(claim: Claim, side: int, find: Callable[[Term, Term], Found | None]) -> Found | None:
    """What `find(side, other side)` gives, if every plausible reading shows something of the kind."""
    pairs = [(claim.left, claim.right), *(r.terms for r in claim.readings[1:])]
    found = [find(pair[side], pair[1 - side]) for pair in pairs[:1]]
    if found[0] is None or any(find(pair[side], pair[1 - side]) is None for pair in pairs[1:]):
        return None
    return found[0]


def found_in(case: Case, find: Callable[[Term, Term], Found | None]) -> tuple[int, Found] | None:
    """What `find(side, other side)` gives of the first side that shows it, of a claim that is in doubt."""
    if not in_doubt(case):
        return None
    for side in sides(case.claim):
        if (found := in_every_reading(case.claim, side, find)) is not None:
            return side, found
    return None


def respelt(case: Case, term: Term, old: str, new: str) -> Fix | None:
    """The mend that puts one letter for another within a term, if the old one stands there just once."""
    formula = case.claim.formula
    if formula is None or term.span is None:
        return None
    start = term.span.start
    text = formula.latex[start : term.span.end]
    places = list(re.finditer(rf"(?<![\\A-Za-z]){re.escape(old)}(?![A-Za-z])", text))
    if len(places) != 1:
        return None
    where = formula.locate(Span(start + places[0].start(), start + places[0].end()))
    return Fix(new, f"put ${new}$ in the place of ${old}$", where)


def rebound(case: Case, node: BigOp, new: Symbol, side: int) -> Fix | None:
    """The mend that puts another letter under the sign of a sum, if the old one stands there just once."""
    claim, (binder,) = case.claim, node.binders
    if claim.formula is None or node.span is None or node.body.span is None:
        return None
    old, start = binder.variable, node.span.start
    head = claim.formula.latex[start : node.body.span.start]
    bare = "|".join(re.escape(n) for n in (old.name, re.sub(r"\{(\w)\}", r"\1", old.name)))
    places = list(re.finditer(rf"(?<![\\A-Za-z])(?:{bare})(?![A-Za-z])", head))
    if len(places) != 1:
        return None
    text = new.to_latex()
    where = claim.formula.locate(Span(start + places[0].start(), start + places[0].end()))
    fix = Fix(text, f"put ${text}$ in the place of ${old.to_latex()}$", where)
    mended = replace(node, binders=(replace(binder, variable=new),))
    pair = [claim.left, claim.right]
    pair[side] = substitute(pair[side], {node: mended})
    return accepted(case, pair[0], pair[1], fix)


def accepted(case: Case, left: Term, right: Term, fix: Fix | None) -> Fix | None:
    """The mend, unless the mended claim is refuted; what defines or assumes is not decided."""
    if fix is None or case.verdict.status is Status.GIVEN:
        return fix
    verdict = case.mender.verdict(case.with_sides(left, right))
    return None if verdict is None or verdict.status is Status.REFUTED else fix
