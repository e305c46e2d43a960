"""Powers of parallel terms: the one that lost its square, or never had it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from derive.classes import dataclass, replace
from derive.facts.pieces import walk
from derive.form.pattern.columns import regular
from derive.form.pattern.leaves import part
from derive.model import Span
from derive.notation.syntax import (
    Chain,
    Display,
    Fence,
    Infix,
    Juxtaposition,
    Number,
    Row,
    Scripts,
    Sum,
    Syntax,
)

_COMPARED = frozenset({"=", "<=", ">=", "<", ">", ":=", "equiv"})
_FEWEST_NORMS = 4


@dataclass(frozen=True, slots=True)
class Power:
    """A term whose power differs: where it stands, its power and that of the others."""

    span: Span
    has: str | None
    others: str
    siblings: int
    evidence: str


def odd_powers(display: Display) -> Iterator[Power]:
    """Every term that alone has another power than its siblings."""
    for row in display.rows:
        yield from _of_norms(row)
        for node in walk(row.parts):
            if isinstance(node, Sum) and len(node.parts) >= 3:
                yield from _of_terms([p for _, p in node.parts])


def _of_terms(terms: Sequence[Syntax]) -> Iterator[Power]:
    """`x_1^2 + x_2 + x_3^2`: one of the terms has no power, the others all the same."""
    raised = [t for t in terms if isinstance(t, Scripts)]
    if len(raised) != len(terms):
        return
    powers = [t.sup.text if isinstance(t.sup, Number) else None for t in raised]
    given = {p for p in powers if p is not None}
    if (
        len(given) != 1
        or powers.count(None) != 1
        or any(p is None and t.sup is not None for p, t in zip(powers, raised, strict=True))
    ):
        return
    bare = [part(replace(t, sup=None)) for t in raised]
    if len({b.shape for b in bare}) == 1 and regular([b.leaves for b in bare]):
        lone = raised[powers.index(None)]
        yield Power(lone.span, None, given.pop(), len(terms), "terms")


def _of_norms(row: Row) -> Iterator[Power]:
    """`‖v + w‖ + ‖v - w‖^2 = 2‖v‖^2 + 2‖w‖^2`: every term is a number times the power of one norm."""
    for chain in row.parts:
        if not isinstance(chain, Chain) or chain.first is None or len(chain.links) != 1:
            continue
        if chain.links[0].relation not in _COMPARED:
            continue
        norms = [_norm(t) for side in (chain.first, chain.links[0].right) for t in _summands(side)]
        known = [n for n in norms if n is not None]
        if len(known) < len(norms) or len(known) < _FEWEST_NORMS:
            continue
        powers = [power for _, power in known]
        for value in set(powers):
            if powers.count(value) == 1 and len(set(powers)) == 2:
                other = next(p for p in powers if p != value)
                span = known[powers.index(value)][0].span
                yield Power(span, value if value != "1" else None, other, len(known), "norms")


def _summands(side: Syntax) -> list[Syntax]:
    return [p for _, p in side.parts] if isinstance(side, Sum) else [side]


def _norm(term: Syntax) -> tuple[Syntax, str] | None:
    """The one norm of a term, with its power; None where the term is anything else."""
    factors = term.factors if isinstance(term, Juxtaposition) else (term,)
    if isinstance(term, Infix) and term.op == "cdot":
        factors = (term.left, term.right)
    found: tuple[Syntax, str] | None = None
    for factor in factors:
        match factor:
            case Number():
                continue
            case Fence(open="‖"):
                here: tuple[Syntax, str] = (factor, "1")
            case Scripts(base=Fence(open="‖"), sup=None):
                here = (factor, "1")
            case Scripts(base=Fence(open="‖"), sup=Number(text=text)):
                here = (factor, text)
            case _:
                return None
        if found is not None:
            return None
        found = here
    return found
