"""`dx` outside of integrals and fractions."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from derive.facts.naming import spell, symbol_name
from derive.facts.pieces import walk
from derive.meaning.reader import Reader
from derive.notation import syntax as s
from derive.reasons.choices import Choice, Chosen
from derive.term.nodes import Apply, Term


def differential(r: Reader, d: s.Name, following: Any) -> Term | None:
    """`dx` outside an integral and a fraction: the differential of x; None where d is a factor."""
    if r.declared("d") or d.font not in ("", "roman", "italic"):
        return None
    name = symbol_name(following)
    if name is None:
        return None
    span = d.span.cover(following.span)
    if d.font == "roman":
        return Apply("differential", (r.term(following),), span=span)
    base = following.base if isinstance(following, s.Scripts) else following
    letter = spell(base) if isinstance(base, s.Name) else ""
    if (
        letter not in _DIFFERENTIATED
        and not r.evidence.differentials
        and not r.fact(("differential",), lambda: _another(r))
    ):
        return None
    if _d_elsewhere(r):
        return None
    if r.fact(("differential", "throughout"), lambda: _throughout(r)):
        return Apply("differential", (r.term(following),), span=span)
    options = (
        ("differential", Choice(Chosen.D_BEFORE_LETTER_DIFFERENTIAL)),
        ("factor", Choice(Chosen.D_FACTOR)),
    )
    if r.ask("d", options) == "differential":
        return Apply("differential", (r.term(following),), span=span)
    return None


_DIFFERENTIATED = frozenset(
    [
        *"xyztuvwrsfgFGHSEQWVpqTPUAN",
        "\\theta",
        "\\phi",
        "\\varphi",
        "\\omega",
        "\\mu",
        "\\mathbf{x}",
        "\\mathbf{r}",
    ]
)


def _another(r: Reader) -> bool:
    """Whether a differential of a customary letter stands in the same formula: `dV = r^2\\,dh`."""
    return any(
        isinstance(a, s.Name) and a.name == "d" and isinstance(b, s.Name) and spell(b) in _DIFFERENTIATED
        for n in walk(r.nodes)
        if isinstance(n, s.Juxtaposition)
        for a, b in pairwise(n.factors)
    )


def _throughout(r: Reader) -> bool:
    """Whether every summand on both sides has one: as a factor it would cancel, and nobody writes it."""
    return len(r.nodes) > 1 and all(_has_one(summand) for side in r.nodes for summand in _summands(side))


def _summands(side: s.Syntax) -> list[s.Syntax]:
    if isinstance(side, s.Sum):
        return [part for _, part in side.parts]
    return [] if isinstance(side, s.Number) and side.text == "0" else [side]


def _has_one(summand: s.Syntax) -> bool:
    return any(
        isinstance(a, s.Name) and a.name == "d" and isinstance(b, s.Name | s.Scripts)
        for n in walk([summand])
        if isinstance(n, s.Juxtaposition)
        for a, b in pairwise(n.factors)
    )


def _d_elsewhere(r: Reader) -> bool:
    names = r.evidence.names
    return ("a" in names and "b" in names and "c" in names) or bool(r.evidence.indexed.get("d"))
