"""What the words around a formula say of its arrays: `a symmetric matrix $S$`, `$u$ is a unit vector`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from derive.context.reckoning import reckoning_in
from derive.facts.naming import symbol_name
from derive.model import Document, Formula, Prose, Span
from derive.notation.syntax import Chain, Display, Sequence, Syntax
from derive.term.nodes import ONE, Apply, Mul, Relation, Symbol, Term, Type, integer

_SAID = r"(?P<said>symmetric|orthogonal|unit|normali[sz]ed)"
_FILL = r"(?:\s|,|-|real|square|invertible|column|row|the|an?|and|matri(?:x|ces)|vectors?|direction|normal)*"
_BEFORE = re.compile(rf"\b{_SAID}\b{_FILL}$", re.IGNORECASE)
_AFTER = re.compile(
    r"^\s*(?:is|are|be|being|to be|which is|that is)\s+"
    rf"(?:an?|the|both|all|also|real|square|assumed|to|be|\s)*{_SAID}\b"
    r"(?!\s+(?:iff|if and only if|group|complement|projection))",
    re.IGNORECASE,
)
_AND = re.compile(r"^\s*(?:,|and|, and|or)\s*$")
_SPECIAL = re.compile(
    r"\b(?:symmetric|orthogonal|unit(?:ary)?\s+(?:vector|matri|column|normal|length|direction)|unitary|unit-norm|"
    r"normali[sz]ed|orthonormal|hermitian|skew|antisymmetric|diagonal|diagonali[sz]\w*|idempotent|stochastic|"
    r"(?:semi-?)?definite|psd|spd)",
    re.IGNORECASE,
)


SPECIAL = "special-arrays"
"""The option of a scope in which words narrow arrays in a way that no hypothesis tells."""


@dataclass(slots=True)
class Said:
    """of: the word for a formula's symbols, by its span, and whether it stands right beside it (else an `and`
    shares it out). open: numbers of sections with words about arrays that go with no symbol. reckoning: by
    section, what it says of the arithmetic it reckons in, as options of scopes."""

    of: dict[Span, tuple[str, bool]] = field(default_factory=dict)
    open: set[int] = field(default_factory=set)
    reckoning: dict[int, dict[str, str]] = field(default_factory=dict)


def said_in(document: Document) -> Said:
    """What the prose of a document says of the symbols in the formulas beside it."""
    found = Said(reckoning=reckoning_in(document))
    headings = [block.span.start for block in document.blocks if block.kind == "heading"]
    for block in document.blocks:
        for k, part in enumerate(block.parts):
            if not isinstance(part, Prose):
                continue
            taken = set(_attached(block.parts, k, part.text, found))
            if any(m.start() not in taken for m in _SPECIAL.finditer(part.text)):
                found.open.add(bisect_right(headings, part.span.start))
    return found


def _attached(parts: tuple[Prose | Formula, ...], k: int, text: str, found: Said) -> Iterator[int]:
    """Where the words stand that go with the formula before or after this piece of prose."""
    behind = _AFTER.match(text) if k > 0 else None
    if behind is not None:
        for number, formula in enumerate(_listed(parts[:k][::-1])):
            found.of[formula.span] = behind["said"].lower(), number == 0
        yield behind.start("said")
    ahead = _BEFORE.search(text) if k + 1 < len(parts) else None
    if ahead is None or (behind is not None and ahead.start("said") == behind.start("said")):
        return  # "$A$ is symmetric and $b$ …" says nothing of b
    for number, formula in enumerate(_listed(parts[k + 1 :])):
        found.of[formula.span] = ahead["said"].lower(), number == 0
    yield ahead.start("said")


def _listed(parts: tuple[Prose | Formula, ...]) -> Iterator[Formula]:
    """The next formula, and more of them joined by `and`."""
    for part in parts:
        if isinstance(part, Formula):
            yield part
        elif not _AND.match(part.text):
            return


def hypotheses(word: str, display: Display, symbols: Mapping[str, Type]) -> list[Term]:
    """What a word says of the arrays that a formula names, as far as their types are known."""
    names = [symbol_name(node) for node in _named(display)]
    arrays = [Symbol(n, symbols[n]) for n in names if n is not None and n in symbols and symbols[n].shape]
    found: list[Term] = []
    for array in arrays:
        match word, array.type.shape:
            case "symmetric", (m, n) if m == n:
                found.append(Relation("=", array, Apply("transpose", (array,))))
            case "orthogonal", (m, n) if m == n:
                size = integer(n) if isinstance(n, int) else Symbol(n, Type("positive_integer"))
                product = Mul((Apply("transpose", (array,)), array))
                found.append(Relation("=", product, Apply("identity", (size,))))
            case "unit" | "normalized" | "normalised", (_,):
                found.append(Relation("=", Apply("norm", (array,)), ONE))
            case _:
                pass
    return found


def _named(display: Display) -> Iterator[Syntax]:
    if not display.rows or not display.rows[0].parts:
        return
    part = display.rows[0].parts[0]
    first = part.first if isinstance(part, Chain) else part
    if isinstance(first, Sequence):
        yield from first.items
    elif first is not None:
        yield first
