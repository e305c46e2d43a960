"""What the words around a formula say of its arrays: `a symmetric $n \\times n$ matrix $S$`, `a unit vector`.

A property stands in the noun phrase before the letters, whose size may stand between (`a symmetric
$n \\times n$ matrix $S$`), behind it (`a matrix $U$ with orthonormal columns`), or in a clause of its own
(`$S$ is symmetric`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from derive.classes import dataclass, field
from derive.context.reckoning import reckoning_in
from derive.expressions import regex
from derive.facts.naming import symbol_name
from derive.model import Document, Formula, Prose, Span
from derive.notation.syntax import Chain, Display, Syntax
from derive.notation.syntax import Sequence as Items
from derive.term.nodes import (
    ONE,
    ZERO,
    Apply,
    BigOp,
    Binder,
    Dimension,
    Element,
    Mul,
    Neg,
    Pow,
    Relation,
    Symbol,
    Term,
    Type,
    integer,
)
from derive.term.nodes import TWO as SECOND

_MEANT = {
    "skew": r"skew[\s-]?symmetric|skew|anti-?symmetric",
    "symmetric": r"symmetric",
    "rotation": r"rotation",
    "orthonormal": r"(?:with\s+)?(?:pairwise\s+)?orthonormal\s+(?:columns?|vectors?)|semi-?orthogonal",
    "orthogonal": r"orthogonal(?!\s+to\b)",
    "unit": r"unit(?=[\s-]+(?:\w+\s+)?(?:vectors?|length|norm|direction)|\s*$)|unit-norm|normali[sz]ed",
    "definite": r"positive[\s-]definite|spd",
    "semidefinite": r"positive[\s-]semi-?definite|psd",
    "covariance": r"covariance(?=\s+(?:matri|$))|gram(?=\s+matri)",
    "idempotent": r"idempotent",
    "diagonal": r"(?<!the )diagonal(?!i)(?!\s+(?:entr|element))",
    "onehot": r"one-hot",
    "columns": r"(?:of\s+|has\s+|have\s+|with\s+)?(?:full\s+column\s+rank|"
    r"(?:linearly\s+)?independent\s+columns)",
    "unread": r"unitary|hermitian|stochastic|diagonali[sz]\w*|(?:negative[\s-])(?:semi-?)?definite|nilpotent|"
    r"involutory",
}
LOOSE = frozenset(("covariance", "rotation"))
"""Words that stand for many things beside a property: by themselves they leave nothing open."""
_WORD = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _MEANT.items())
_PLAIN = "|".join(f"(?:{pattern})" for pattern in _MEANT.values())
_SPECIAL = regex(rf"\b(?:{_WORD})\b", re.IGNORECASE)
_FILL = (
    r"(?:\s|,|-|real|square|invertible|non-?singular|column|row|the|an?|and|matri(?:x|ces)|vectors?|direction|"
    r"normal|mass|stiffness|weight|noise|precision|empirical|sample|transition|projection|kernel|label|labels|"
    r"covariance|scatter|inertia|symmetric|positive|semi-?|definite|unit|target|encoded|fixed|constant|some|"
    r"d-dimensional|full|rank|length|of)*"
)
_BEFORE = regex(rf"\b(?:{_WORD})\b{_FILL}$", re.IGNORECASE)
_UNDER_SIZE = regex(
    r"^\s*(?:[\w-]+\s+){0,4}?(?:matri(?:x|ces)|vectors?)\s*$|^-dimensional\s+(?:[\w-]+\s+){0,3}?vectors?\s*$",
    re.IGNORECASE,
)
"""What stands between the size and the letters: `a symmetric $n \\times n$ mass matrix $M$`."""
_NAMED = r"(?:(?:for\s+)?(?:the|an?|its|our)\s+(?:[\w-]+\s+){0,3}?(?:matrix|vector)\s*,\s*)"
"""`$V$ the scale matrix, also symmetric`, `$\\Lambda$ for the precision matrix, a symmetric …`."""
_IS = (
    rf"^\s*,?\s*(?:{_NAMED}(?:(?:is|are|also|both|which is)\s+)?|(?:is|are|be|being|to be|which is|which are|"
    r"that is|assumed|for(?=\s+the\s+\())\s+|"
    # "with $U$ orthogonal and", "$A \\in \\mathbb{R}^{n \\times n}$ symmetric positive definite."
    rf"(?=(?:an?|its|their|the)\s|one-hot\b|(?:(?:{_PLAIN})\s*)+(?:and\b|[,.;:)])))"
    r"(?:an?|the|its|their|both|all|also|real|square|invertible|assumed|to|be|as|,|and|\(|\s)*"
)
_AFTER = regex(
    rf"{_IS}(?P<first>(?:{_SPECIAL.pattern}))(?!\s+(?:iff|if and only if|group|complement|projection|to\b))",
    re.IGNORECASE,
)
_BARE = regex(r"^\s*,?\s*one-hot\b", re.IGNORECASE)
_WITH = regex(
    r"^\s*,?\s*(?:with|whose columns are|has|have|having|of)\s+(?:(?:pairwise\s+)?orthonormal(?:\s+columns)?|"
    r"full\s+column\s+rank|(?:linearly\s+)?independent\s+columns)\b",
    re.I,
)
_SIZED = regex(r"^\s*(?:[\w-]+\s+){0,5}?(?:matri(?:x|ces)|vectors?)\b", re.IGNORECASE)
_LINK = regex(
    r"^\s*,?\s*(?:(?:is|are|be|denotes?|being)\s+)?(?:(?:an?|the|both|some|any)\s+)?(?P<adjectives>[\w\s,-]*)$",
    re.IGNORECASE,
)
_AND = regex(r"^\s*(?:,|and|, and|or)\s*$")

_WITHIN = regex(r"\\(?:text|mbox|textrm|textit|intertext)\s*\{([^{}]*)\}")
"""Words within a formula: `\\text{(if $M$ is symmetric)}`."""
SPECIAL = "special-arrays"
"""The option of a scope in which words narrow arrays in a way that no hypothesis tells: the words."""


@dataclass(slots=True)
class Said:
    """of: the properties of a formula's symbols, by its span, and whether the words stand right beside it
    (else an `and` shares them out). open: by number of section, words about arrays that go with no symbol.
    options: by section, what it says of the arithmetic it reckons in and of its matrices, for scopes."""

    of: dict[Span, tuple[frozenset[str], bool]] = field(default_factory=dict)
    open: dict[int, set[str]] = field(default_factory=dict)
    options: dict[int, dict[str, str]] = field(default_factory=dict)

    def tell(self, formula: Formula, names: frozenset[str], beside: bool) -> None:
        known, near = self.of.get(formula.span, (frozenset[str](), False))
        self.of[formula.span] = known | names, near or beside


def said_in(document: Document) -> Said:
    """What the prose of a document says of the symbols in the formulas beside it."""
    found = Said(options=reckoning_in(document))
    headings = [block.span.start for block in document.blocks if block.kind == "heading"]
    for block in document.blocks:
        for k, part in enumerate(block.parts):
            if not isinstance(part, Prose):
                within = {w.lastgroup for m in _WITHIN.finditer(part.latex) for w in _SPECIAL.finditer(m[1])}
                if within:
                    open_ = found.open.setdefault(bisect_right(headings, part.span.start), set())
                    open_.update(w for w in within if w is not None)
                continue
            taken = set(_attached(block.parts, k, part.text, found))
            loose = {
                m.lastgroup
                for m in _SPECIAL.finditer(part.text)
                if m.start() not in taken and m.lastgroup is not None and m.lastgroup not in LOOSE
            }
            if loose:
                found.open.setdefault(bisect_right(headings, part.span.start), set()).update(loose)
    return found


def _attached(parts: Sequence[Prose | Formula], k: int, text: str, found: Said) -> Iterator[int]:
    """Where the words stand that go with the formula before or after this piece of prose."""
    reached = 0
    if k > 0 and (behind := _AFTER.match(text) or _WITH.match(text)) is not None:
        reached = behind.end() + len(_rest(text[behind.end() :]))
        listed = _listed(parts[:k][::-1])
        # "$z \\in \\mathbb{R}^n$ and $y$ one-hot": without a verb it goes with the last alone
        yield from _tell(found, text, 0, reached, islice(listed, 1) if _BARE.match(text) else listed)
    elif k > 1 and (sized := _SIZED.match(text)) is not None and _bare(parts, k - 1):
        # "$A$ is a symmetric $n \\times n$ matrix with orthonormal columns": what stands behind the size
        reached = sized.end() + (m.end() if (m := _WITH.match(text[sized.end() :])) is not None else 0)
        before = parts[k - 2]
        if isinstance(before, Prose) and _LINK.match(before.text):
            yield from _tell(found, text, 0, reached, _listed(parts[: k - 2][::-1]))
        else:
            reached = 0
    ahead = _last_phrase(text, reached)
    if ahead is None or k + 1 >= len(parts):
        return  # "$A$ is symmetric and $b$ …" says nothing of b
    following = parts[k + 1 :]
    if len(following) > 1 and isinstance(following[1], Prose) and _bare(parts, k + 1):
        linked = _LINK.match(text) if k > 0 else None
        if linked is not None and ahead >= linked.start("adjectives") and _SIZED.match(following[1].text):
            yield from _tell(found, text, ahead, len(text), _listed(parts[:k][::-1]))
            return
        if _UNDER_SIZE.match(following[1].text):
            yield from _tell(found, text, ahead, len(text), _listed(following[2:]))
            return
    yield from _tell(found, text, ahead, len(text), _listed(following))


def _tell(found: Said, text: str, start: int, end: int, formulas: Iterator[Formula]) -> Iterator[int]:
    said = [m for m in _SPECIAL.finditer(text, start, end)]
    names = frozenset(m.lastgroup for m in said if m.lastgroup is not None)
    if not names:
        return
    told = False
    for number, formula in enumerate(formulas):
        found.tell(formula, names, number == 0)
        told = True
    if told:
        yield from (m.start() for m in said)


def _rest(text: str) -> str:
    """The rest of a list of properties: `symmetric and positive definite`."""
    more = re.match(rf"(?:\s|,|and|matri(?:x|ces)|vectors?|{_SPECIAL.pattern})*", text, re.IGNORECASE)
    return more[0] if more is not None else ""


def _last_phrase(text: str, reached: int) -> int | None:
    """Where the properties begin that stand right before what follows."""
    start: int | None = None
    for m in _SPECIAL.finditer(text, reached):
        if re.fullmatch(rf"(?:{_FILL}|{_SPECIAL.pattern}|\s)*", text[m.end() :], re.IGNORECASE):
            start = m.start() if start is None else start
        else:
            start = None
    return start


def _bare(parts: Sequence[Prose | Formula], k: int) -> bool:
    """Whether a part may be the size of an array: `n \\times n`, the `d` of `$d$-dimensional`."""
    part = parts[k]
    return (
        isinstance(part, Formula)
        and re.fullmatch(r"[\w\s{}\\,+-]+?(?:\\times[\w\s{}\\,+-]+)?", part.latex) is not None
    )


def _listed(parts: Sequence[Prose | Formula]) -> Iterator[Formula]:
    """The next formula, and more of them joined by `and`."""
    for part in parts:
        if isinstance(part, Formula):
            yield part
        elif not _AND.match(part.text):
            return


def hypotheses(words: frozenset[str], display: Display, symbols: Mapping[str, Type]) -> list[Term]:
    """What words say of the arrays that a formula names, as far as their types are known."""
    names = [symbol_name(node) for node in _named(display)]
    arrays = [Symbol(n, symbols[n]) for n in names if n is not None and n in symbols and symbols[n].shape]
    return [h for array in arrays for word in sorted(words) for h in property_of(word, array)]


def property_of(word: str, array: Symbol) -> list[Term]:
    """The hypotheses that a property of an array is; none where its shape does not take it."""
    turned = Apply("transpose", (array,))
    match word, array.type.shape:
        case "symmetric", (m, n) if m == n:
            return [Relation("=", array, turned)]
        case "skew", (m, n) if m == n:
            return [Relation("=", array, Neg(turned))]
        case "definite" | "semidefinite" | "covariance", (m, n) if m == n:
            # a matrix that is called so is symmetric, unless its author says that it need not be
            return [
                Relation("=", array, turned),
                Relation("succ" if word == "definite" else "succeq", array, ZERO),
            ]
        case "orthogonal" | "rotation", (m, n) if m == n:
            found: list[Term] = [Relation("=", Mul((turned, array)), Apply("identity", (_size(n),)))]
            return [*found, Relation("=", Apply("det", (array,)), ONE)] if word == "rotation" else found
        case "orthonormal", (_, n):
            return [Relation("=", Mul((turned, array)), Apply("identity", (_size(n),)))]
        case "idempotent", (m, n) if m == n:
            return [Relation("=", Pow(array, SECOND), array)]
        case "diagonal", (m, n) if m == n:
            return [Relation("=", array, Apply("hadamard", (Apply("identity", (_size(n),)), array)))]
        case "columns", (_, _):
            return [Relation("!=", Apply("det", (Mul((turned, array)),)), ZERO)]
        case "unit", (_,):
            return [Relation("=", Apply("norm", (array,)), ONE)]
        case "onehot", (n,):
            i = Symbol("\\#0", Type("positive_integer", (), "index"))
            entry = Element(array, (i,))
            total = BigOp("sum", entry, (Binder(i, ONE, _size(n)),))
            return [Relation("=", Apply("hadamard", (array, array)), array), Relation("=", total, ONE)]
        case _:
            return []


def property_of_expression(words: frozenset[str], term: Term) -> list[Term]:
    """The same for an expression; none where a word says more of it than a relation does."""
    found: list[Term] = []
    for word in sorted(words):
        match word:
            case "symmetric":
                found.append(Relation("=", term, Apply("transpose", (term,))))
            case "definite":
                found.append(Relation("succ", term, ZERO))
            case "semidefinite":
                found.append(Relation("succeq", term, ZERO))
            case "idempotent":
                found.append(Relation("=", Pow(term, SECOND), term))
            case _:
                return []
    return found


def _size(n: Dimension) -> Term:
    return integer(n) if isinstance(n, int) else Symbol(n, Type("positive_integer"))


def _named(display: Display) -> Iterator[Syntax]:
    if not display.rows or not display.rows[0].parts:
        return
    part = display.rows[0].parts[0]
    first = part.first if isinstance(part, Chain) else part
    if isinstance(first, Items):
        yield from first.items
    elif first is not None:
        yield first
