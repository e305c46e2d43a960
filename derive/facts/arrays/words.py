"""What words declare of arrays: "invertible matrices $A$ and $B$", "the $d$-dimensional vector $x$".

A noun phrase right before formulas speaks of the letters that they list; "$A$ is a matrix" speaks of the ones
before. Any adjective may stand in the phrase, no word that starts another: "a vector in the span of $A$" ends
with another noun.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from derive.classes import dataclass
from derive.expressions import regex
from derive.facts.chance import chance_in
from derive.facts.document import _dimensions, declared_type
from derive.facts.naming import applied_name, symbol_name
from derive.model import Document, Formula, Prose, Span
from derive.notation import NotationError
from derive.notation.syntax import Chain, Display, Fence, Infix, Juxtaposition, Name, Number, Syntax
from derive.notation.syntax import Sequence as Items
from derive.term.nodes import Dimension, Type

_BREAKS = (
    r"(?:of|in|for|to|by|with|and|or|not|no|than|from|whose|that|which|is|are|be|as|on|at|if|when|where|we|it|its|"
    r"has|have|let|every|each|between|among|over|under|about|along|across|through|against|within|into|onto|per|via)\b"
)
_ADJECTIVES = rf"(?P<adjectives>(?:(?!{_BREAKS})[A-Za-z][A-Za-z-]*,?[\s-]+){{0,5}}?)"
_NOUN = (
    r"(?P<noun>(?P<matrix>matri(?:x|ces))|(?P<vector>(?:eigen)?vectors?|"
    r"(?<=one-hot )(?:labels?|targets?|encodings?|representations?))|"
    r"(?P<complex>complex(?:\s+numbers?)?))"
)
_WHAT = (
    r"(?:\s+of\s+(?:\w+\s+)?"
    r"(?:data|size|[a-z]+s))?"
)
_COLLECTED = regex(r"\s+of\s+(?:\w+\s+)?(?!ones\b|zeros\b)[a-z]+s\b", re.IGNORECASE)
_BEFORE = regex(rf"(?:^|(?<=[\s(-])){_ADJECTIVES}{_NOUN}{_WHAT}\s*$", re.IGNORECASE)
_AFTER = regex(
    r"^\s*(?:,\s*)?(?:(?:is|are|be|denotes?|being|as)\s+|(?=the\s+vector\s+of\s|an?\s))(?:(?:an?|the|both|all|also|some|any|assumed|to|be)\s+)*"
    rf"{_ADJECTIVES}{_NOUN}(?!\s*(?:-|product|multipl|norm|space|field|bundle|equation|element|entr|"
    r"valued|group|algebra|potential))",
    re.IGNORECASE,
)
_LINK = regex(
    rf"^\s*(?:,\s*)?(?:(?:is|are|be|denotes?|being)\s+)?(?:(?:an?|the|both|some|any)\s+)+{_ADJECTIVES}$|"
    rf"^\s*(?:are|be)\s+{_ADJECTIVES.replace('adjectives', 'plural')}$|"
    r"^\s*(?:(?:ranges?|runs?|var(?:y|ies))\s+(?:over|through)|lies?\s+in)\s+(?:(?:the|all)\s+)+(?:set\s+of\s+)?(?:all\s+)?$",
    re.IGNORECASE,
)
_IS = regex(r"^\s*(?:is|are|be|being)\s*$", re.IGNORECASE)
"""`$A$ is $m \\times n$`, where the paragraph speaks of matrices."""
_MATRICES = regex(r"\bmatri(?:x|ces)\b", re.IGNORECASE)
_OF_SIZE = (
    r"(?:\s+of\s+(?:\w+\s+){0,2}?(?:samples|ones|zeros|weights|data|observations|parameters|inputs|labels))?\s+"
    r"(?:(?:of|with|having)\s+(?:the\s+)?(?:same\s+)?(?:size|length|dimensions?|shape)|with|of|in)\s*$"
)
_BEHIND = regex(
    r"^\s*(?:,\s*)?(?:(?:is|are|be|denotes?|being|as)\s+)?(?:(?:an?|the|both|also|some|any)\s+)*"
    rf"{_ADJECTIVES}{_NOUN}{_OF_SIZE}",
    re.IGNORECASE,
)
"""`$x$ a vector of length $n$`, `are vectors with $d$ entries`, `a vector in $\\mathbb{R}^n$`."""
_NUMBERS = regex(
    r"(?:\b(?:two|three|four|real|scalar|the)\s+)(?:numbers|scalars|scalar\s+variables|real\s+variables)\s*$",
    re.IGNORECASE,
)
"""`a function of two numbers $f(x, y)$`, `the scalars $x$ and $y$`: arrays elsewhere are none here."""
_COUNTED = regex(r"^\s*(?:entries|components|elements|rows|dimensions|coordinates|features)\b", re.IGNORECASE)
_SIZED = regex(rf"^(?P<long>-dimensional\s|-(?=vector))?\s*{_ADJECTIVES}{_NOUN}", re.IGNORECASE)
_AND = regex(r"^\s*(?:,|and|, and|or)\s*$")
_SQUARE = regex(
    r"\b(?:square|symmetric|skew\w*|antisymmetric|orthogonal|orthonormal|unitary|hermitian|diagonal|"
    r"invertible|non-?singular|singular|idempotent|nilpotent|(?:semi)?-?definite|psd|spd|stochastic|covariance|"
    r"identity|triangular|projection|rotation|permutation|adjacency|laplacian|gram|kernel|hessian|transition)\b",
    re.IGNORECASE,
)
_KINDS = (
    r"(?:symmetric|invertible|non-?singular|diagonali[sz]able|skew-symmetric|orthogonal|"
    r"positive[\s-](?:semi-?)?definite)\b"
)
_PROPERTY = regex(
    rf"^\s*(?:is|are|be)\s+(?:both\s+|also\s+|assumed\s+)?{_KINDS}(?!\s+(?:in|about|under|around|relation|function|"
    rf"operator|group|and\s+(?:transitive|reflexive)))|^\s*,?\s*{_KINDS}\s*(?:and\b|[,.;:)])",
    re.IGNORECASE,
)
"""`$A$ is symmetric`, and "with $U$ orthogonal and …"."""
_ENCODED = regex(
    r"^\s*(?:,\s*)?(?:(?P<verb>is|are|be|being)\s+)?one-hot(?:[\s-]encoded)?(?!\s+(?:vectors?|labels?|targets?|"
    r"encodings?|representations?)\b)(?!-)",
    re.IGNORECASE,
)

_DRESSED = regex(r"\\[a-z]+\{(?P<letter>.+)\}(?:_\{\w+\})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """What words say a letter is, and where they stand."""

    name: str
    type: Type
    span: Span
    collects: bool = False
    """Whether its entries are what is told of: "the vector of targets", "a one-hot label"."""


def told(document: Document, displays: Mapping[Span, Display | NotationError]) -> Iterator[Told]:
    """What the prose of a document declares of the letters beside it, in source order."""
    for block in document.blocks:
        parts = block.parts
        for k, part in enumerate(parts):
            if isinstance(part, Prose):
                yield from _around(parts, k, part, displays)


def told_by_chance(document: Document, displays: Mapping[Span, Display | NotationError]) -> Iterator[Told]:
    """A random vector with its moments: "a random vector in $\\mathbb{R}^n$ with mean $\\mu$ …"."""
    for said in chance_in(document):
        if not said.vector:
            continue
        names = _names(iter(said.subjects), displays)
        if len(names) != 1:
            continue
        sets = [*said.within, *(f for w, f in said.parameters if w == "mean")]
        shapes = [shape for f in sets if (shape := _set_of(displays[f.span])) is not None and len(shape) == 1]
        (d,) = shapes[0] if shapes else (f"n_{names[0]}",)
        span = said.last.span
        yield Told(names[0], Type("real", (d,)), span)
        for word, formula in said.parameters:
            for name in _names(iter((formula,)), displays):
                if word == "mean":
                    yield Told(name, Type("real", (d,)), span)
                elif word.startswith("covariance"):
                    yield Told(name, Type("real", (d, d)), span)


def _set_of(display: Display | NotationError) -> tuple[Dimension, ...] | None:
    """The shape of the set that a formula is, or that it puts something in."""
    part = _only(display)
    if isinstance(part, Chain):
        part = part.links[-1].right if part.links and part.links[-1].relation == "in" else None
    declared = declared_type(part) if part is not None else None
    return declared.shape if declared is not None and declared.shape else None


def _around(
    parts: Sequence[Prose | Formula],
    k: int,
    prose: Prose,
    displays: Mapping[Span, Display | NotationError],
) -> Iterator[Told]:
    text = prose.text
    before = _names(_listed(parts[:k][::-1]), displays)
    after = _names(_listed(parts[k + 1 :]), displays)
    sized = _SIZED.match(text)
    size = _size(parts[k - 1], displays, bool(sized["long"])) if k and sized is not None else None
    if sized is not None and size is not None:
        # "$n \times n$ matrices $A$ and $B$", "$A$ is an $n \times n$ matrix"
        linked = parts[k - 2] if k >= 2 else None
        if isinstance(linked, Prose) and _LINK.match(linked.text):
            subjects = _names(_listed(parts[: k - 2][::-1]), displays)
            yield from _say(subjects, sized, size, prose.span)
        elif sized.end() == len(text.rstrip()) or re.fullmatch(_WHAT + r"\s*", text[sized.end() :]):
            yield from _say(after, sized, size, prose.span)
        return
    if before and (told_ := list(_of_size(parts, k, text, before, displays, prose.span))):
        yield from told_
        return
    if before and _IS.match(text) and (bare := _bare_size(parts, k, displays)) is not None:
        yield from (Told(name, Type("real", bare), prose.span) for name in before if _capital(name))
        return
    if (said := _AFTER.match(text)) is not None and before:
        yield from _say(before, said, None, prose.span)
    elif _PROPERTY.match(text) and before:
        square = (n for n in before if _capital(n))
        yield from (Told(n, Type("real", (f"n_{n}", f"n_{n}")), prose.span) for n in square)
    elif (encoded := _ENCODED.match(text)) is not None:
        told_of = before if encoded["verb"] else before[:1]
        yield from (Told(n, Type("real", (f"n_{n}",)), prose.span, True) for n in told_of if not _capital(n))
    if (ahead := _BEFORE.search(text)) is not None and (said is None or ahead.start("noun") > said.end()):
        yield from _say(after, ahead, None, prose.span)
    if _NUMBERS.search(text) and k + 1 < len(parts) and isinstance(behind := parts[k + 1], Formula):
        for name in [*_arguments(displays[behind.span])] or after:
            yield Told(name, Type("real"), prose.span)


def _bare_size(
    parts: Sequence[Prose | Formula], k: int, displays: Mapping[Span, Display | NotationError]
) -> tuple[Dimension, ...] | None:
    """`$m \\times n$` behind the verb, no noun behind it; of two numbers it may be a product."""
    size = _size(parts[k + 1], displays, False) if k + 1 < len(parts) else None
    if size is None or len(size) != 2 or all(isinstance(d, int) for d in size):
        return None
    return size if any(isinstance(p, Prose) and _MATRICES.search(p.text) for p in parts) else None


def _of_size(
    parts: Sequence[Prose | Formula],
    k: int,
    text: str,
    before: list[str],
    displays: Mapping[Span, Display | NotationError],
    span: Span,
) -> Iterator[Told]:
    """`$y$ a vector of length $n$`, `the vectors $x$ and $z$ with $d$ entries`: the size behind the noun."""
    said = _BEHIND.match(text) if before else None
    if said is None or k + 1 >= len(parts) or (size := _told_size(parts, k + 1, displays, said)) is None:
        return
    yield from _say(before, said, size, span)


def _told_size(
    parts: Sequence[Prose | Formula],
    k: int,
    displays: Mapping[Span, Display | NotationError],
    said: re.Match[str],
) -> tuple[Dimension, ...] | None:
    """The size that a formula gives: `n`, `m \\times n`, or the set `\\mathbb{R}^n` of the arrays."""
    part = parts[k]
    node = _only(displays[part.span]) if isinstance(part, Formula) else None
    if node is None:
        return None
    declared = declared_type(node)
    if said[0].rstrip().lower().endswith("in"):
        return declared.shape if declared is not None and declared.shape else None
    if said[0].rstrip().lower().endswith("with"):
        behind = parts[k + 1] if k + 1 < len(parts) else None
        if not isinstance(behind, Prose) or not _COUNTED.match(behind.text):
            return None
    if isinstance(node, Infix) and node.op == "times":
        return _dimensions(node)
    return _dimensions(node) if isinstance(node, Name | Number) else None


def _say(
    names: Sequence[str], match: re.Match[str], size: tuple[Dimension, ...] | None, span: Span
) -> Iterator[Told]:
    words = match["adjectives"] or ""
    if re.search(r"\brandom\b", words, re.IGNORECASE):
        return
    if re.search(r"(?:matrix|vector|label|target|encoding|representation)$", match["noun"], re.IGNORECASE):
        names = names[:1]  # one thing has one name: in "the matrix $A$ and $y$" the other is another
    one_hot = "one-hot" in match.string[: match.end("noun")][-40:].lower()
    collects = one_hot or _COLLECTED.match(match.string[match.end("noun") :]) is not None
    for name in names:
        kind = _type(name, match, words, size)
        if kind is not None:
            yield Told(name, kind, span, collects)


def _type(name: str, match: re.Match[str], words: str, size: tuple[Dimension, ...] | None) -> Type | None:
    domain = "complex" if re.search(r"\bcomplex\b", words, re.IGNORECASE) else "real"
    if match["complex"]:
        return Type("complex") if size is None else None
    if match["matrix"]:
        if size is not None and len(size) == 1 and _SQUARE.search(words):
            return Type(domain, (*size, *size))  # "symmetric matrices of size $n$"
        if size is not None:
            return Type(domain, size) if len(size) == 2 else None
        if _SQUARE.search(words):
            return Type(domain, (f"n_{name}", f"n_{name}"))
        return Type(domain, (f"m_{name}", f"n_{name}"))
    if size is not None:
        return Type(domain, size) if len(size) == 1 else None
    if re.search(r"\brow\b", words, re.IGNORECASE):
        return Type(domain, (1, f"n_{name}"))
    return Type(domain, (f"n_{name}",))


def _capital(name: str) -> bool:
    """`A`, `\\Sigma`, and the letter in a font or under an accent: `\\mathbf{V}`, `\\hat{\\Sigma}`."""
    while (inner := _DRESSED.fullmatch(name)) is not None:
        name = inner["letter"]
    return name.lstrip("\\")[:1].isupper()


def _listed(parts: Sequence[Prose | Formula]) -> Iterator[Formula]:
    """The next formula, and more of them joined by `and`."""
    for part in parts:
        if isinstance(part, Formula):
            yield part
        elif not _AND.match(part.text):
            return


def _names(formulas: Iterator[Formula], displays: Mapping[Span, Display | NotationError]) -> list[str]:
    """The letters that formulas list, each a bare letter or a list of them, `A`, `u, v`, `A(t)`."""
    found: list[str] = []
    for formula in formulas:
        for node in _items(displays[formula.span]):
            name = symbol_name(node) or applied_name(node)
            if name is None:
                return found
            found.append(name)
    return found


def _arguments(display: Display | NotationError) -> Iterator[str]:
    """The letters that a formula applies its function to: `f(x, y) = …`."""
    part = _only(display)
    first = part.first if isinstance(part, Chain) else part
    if isinstance(first, Juxtaposition) and len(first.factors) == 2:
        inside = first.factors[1]
        if isinstance(inside, Fence) and inside.open == "(" and inside.body is not None:
            items = inside.body.items if isinstance(inside.body, Items) else (inside.body,)
            yield from (n for item in items if (n := symbol_name(item)) is not None)


def _items(display: Display | NotationError) -> Sequence[Syntax]:
    part = _only(display)
    first = part.first if isinstance(part, Chain) else part
    if isinstance(first, Items):
        return first.items
    return (first,) if first is not None else ()


def _only(display: Display | NotationError) -> Syntax | None:
    if isinstance(display, NotationError) or len(display.rows) != 1 or len(display.rows[0].parts) != 1:
        return None
    return display.rows[0].parts[0]


def _size(
    part: Prose | Formula, displays: Mapping[Span, Display | NotationError], long: bool
) -> tuple[Dimension, ...] | None:
    """`n \\times d`, and (`long`) the `d` of "a $d$-dimensional vector"."""
    if not isinstance(part, Formula):
        return None
    node = _only(displays[part.span])
    if isinstance(node, Infix) and node.op == "times":
        return _dimensions(node)
    return _dimensions(node) if long and isinstance(node, Name | Number) else None
