"""What a document says of its arrays in words, sets and use, gathered once for all of its formulas."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from derive.classes import replace
from derive.facts.arrays.lengths import summed
from derive.facts.arrays.normal import normals
from derive.facts.arrays.turned import derivatives, turned
from derive.facts.arrays.uses import Kind, forced
from derive.facts.arrays.words import Told, told, told_by_chance
from derive.facts.document import Evidence, declared_type
from derive.facts.naming import symbol_name
from derive.facts.pieces import walk
from derive.model import Document, Span
from derive.notation import NotationError
from derive.notation.syntax import Apply, Big, Chain, Display, Name
from derive.notation.syntax import Sequence as Listed
from derive.term.nodes import Dimension, Type
from derive.term.scope import Origin

_CLOSE = 3
"""How many characters of markup there are between a formula and the words that go on from it."""
Shape: TypeAlias = tuple[Dimension, ...]


def arrays_of(
    document: Document, displays: Mapping[Span, Display | NotationError], evidence: Evidence
) -> dict[str, tuple[Origin, ...]]:
    """Where the shape of each letter comes from; what is said of it goes into the evidence."""
    sections = _sections(document)
    starts = [start for start, _ in sections[1:]]

    def place(name: str, how: str, span: Span, shape: Shape | None = None) -> tuple[str, Origin]:
        return name, Origin(how, span, shape, *sections[bisect_right(starts, span.start)])

    read = [(f, d) for f in document.formulas if isinstance(d := displays[f.span], Display)]
    pieces = [list(walk((display,))) for _, display in read]
    _turned([bisect_right(starts, f.span.start) for f, _ in read], pieces, evidence)
    # a derivative has the shape of what it is taken by, whether a small letter stands for it or not
    derived = {name for nodes in pieces for name in derivatives(nodes)}
    for name in derived & evidence.vectors.keys():
        del evidence.vectors[name]
    found: list[tuple[str, Origin]] = []
    for (formula, _), nodes in zip(read, pieces, strict=True):
        found += [place(name, "set", formula.locate(at), shape) for name, at, shape in _declared(nodes)]
    collects: set[str] = set()
    for said in (*told(document, displays), *told_by_chance(document, displays)):
        if said.type.shape == () and said.type.domain == "real" and not _array_before(evidence, said, starts):
            continue  # a letter is a number unless something says more
        evidence.tell(said.name, bisect_right(starts, said.span.start), said.type)
        found.append(place(said.name, "words", said.span, _stated(said.type)))
        collects |= {said.name} if said.collects else set()
    for name, end in summed(pieces, evidence, collects):
        evidence.sequences.discard(name)  # `y^{(i)}` is an entry of "the vector of targets"
        kinds = evidence.declarations[name]
        kinds[:] = [(number, replace(kind, shape=(end,))) for number, kind in kinds]
    for name, (kind, index, where) in forced(pieces, evidence).items():
        if name in derived and kind == "vector":
            continue
        span = read[index][0].locate(where)
        _use(evidence, name, bisect_right(starts, span.start), kind)
        found.append(place(name, "use", span))
    for (formula, _), nodes in zip(read, pieces, strict=True):
        for mean, name in normals(nodes) if evidence.matrices else ():
            _use(evidence, name, bisect_right(starts, formula.span.start), "square")
            if mean is not None:
                _use(evidence, mean, bisect_right(starts, formula.span.start), "vector")
    for (formula, _), nodes in zip(read, pieces, strict=True):
        found += [place(name, "equated", formula.locate(at)) for name, at in _equated(nodes, evidence)]
    return _by_name(found)


def _array_before(evidence: Evidence, said: Told, starts: Sequence[int]) -> bool:
    section = bisect_right(starts, said.span.start)
    known = [kind for number, kind in evidence.declarations.get(said.name, ()) if number <= section]
    return bool(known and known[-1].shape)


def _turned(numbers: Sequence[int], pieces: Sequence[Sequence[Any]], evidence: Evidence) -> None:
    """By section, the letters that are transposed and nowhere said to be symmetric."""
    symmetric: set[str] = set()
    for number, nodes in zip(numbers, pieces, strict=True):
        found, same = turned(nodes)
        symmetric |= same
        evidence.turned.setdefault(number, set()).update(found)
    for names in evidence.turned.values():
        names -= symmetric


def _sections(document: Document) -> list[tuple[int, int | None]]:
    """Where each section begins and where it ends, with all that stand below it; what stands before the
    first heading goes on to the end."""
    headings = [block for block in document.blocks if block.kind == "heading"]
    found: list[tuple[int, int | None]] = [(0, None)]
    for k, heading in enumerate(headings):
        after = (h.span.start for h in headings[k + 1 :] if h.level <= heading.level)
        found.append((heading.span.start, next(after, None)))
    return found


def _stated(kind: Type) -> Shape | None:
    """The shape where the author gave its dimensions."""
    own = kind.shape is None or any(isinstance(d, str) and d[:2] in ("n_", "m_") for d in kind.shape)
    return None if own else kind.shape


def arrays_in(displays: list[Display], evidence: Evidence) -> dict[str, tuple[Origin, ...]]:
    """The same for formulas without a document around them."""
    pieces = [list(walk((display,))) for display in displays]
    found = [(name, Origin("set")) for nodes in pieces for name, _, _ in _declared(nodes)]
    for name, (kind, _, _) in forced(pieces, evidence).items():
        _use(evidence, name, 0, kind)
        found.append((name, Origin("use")))
    found += [(name, Origin("equated")) for nodes in pieces for name, _ in _equated(nodes, evidence)]
    return _by_name(found)


def _by_name(found: list[tuple[str, Origin]]) -> dict[str, tuple[Origin, ...]]:
    """The origins of each letter, in source order; where it is declared, its use tells nothing new."""
    origins: dict[str, tuple[Origin, ...]] = {}
    for name, origin in sorted(found, key=lambda o: -1 if o[1].span is None else o[1].span.start):
        if not any(_same_breath(known, origin) for known in origins.get(name, ())[-1:]):
            origins[name] = (*origins.get(name, ()), origin)
    declared = {n for n, os in origins.items() if any(o.how != "use" for o in os)}
    return {n: tuple(o for o in os if n not in declared or o.how != "use") for n, os in origins.items()}


def _same_breath(known: Origin, said: Origin) -> bool:
    """`$X \\in \\mathbb{R}^{n \\times p}$ be the data matrix`: words right behind a set add nothing."""
    if said.how != "words" or said.shape is not None or known.shape is None:
        return False
    if known.span is None or said.span is None:
        return False
    return said.span.start - known.span.end <= _CLOSE


def _use(evidence: Evidence, name: str, section: int, kind: Kind) -> None:
    """What use forces gives way to what is said."""
    match kind:
        case "vector":
            evidence.vectors.setdefault(name, section)
        case "matrix":
            evidence.matrices.setdefault(name, section)
        case "square":
            evidence.tell(name, section, Type("real", (f"n_{name}", f"n_{name}")), said=False)
        case "space":
            evidence.tell(name, section, Type("real", (3,)), said=False)
        case "complex":
            evidence.tell(name, section, Type("complex"), said=False)


def _equated(nodes: Sequence[Any], evidence: Evidence) -> Iterator[tuple[str, Span]]:
    """The dimensions that a formula sets equal to a letter, `m = n`: wherever it stands, they may agree.
    A trace or a variance that comes to a length, `\\operatorname{tr} H = n`, makes no two lengths agree."""
    dimensions = {d for kinds in evidence.declarations.values() for _, t in kinds for d in t.shape or ()}
    for node in nodes if dimensions else ():
        if not isinstance(node, Chain) or any(link.relation != "=" for link in node.links):
            continue
        sides = [s for s in (node.first, *(link.right for link in node.links)) if s is not None]
        named = [s for s in sides if any(isinstance(n, Name) for n in walk((s,)))]
        if sum(not any(isinstance(n, Apply | Big) for n in walk((s,))) for s in named) < 2:
            continue
        yield from ((s.name, node.span) for s in sides if isinstance(s, Name) and s.name in dimensions)


def _declared(nodes: Sequence[Any]) -> Iterator[tuple[str, Span, Shape | None]]:
    """The letters that a formula puts into a set of arrays, with the place and the shape."""
    for node in nodes:
        if not isinstance(node, Chain) or node.first is None or node.links[0].relation != "in":
            continue
        kind = declared_type(node.links[0].right)
        if kind is None or not kind.shape:
            continue
        for item in node.first.items if isinstance(node.first, Listed) else (node.first,):
            if (name := symbol_name(item)) is not None:
                yield name, node.span, None if _unnamed(kind.shape) else kind.shape


def _unnamed(shape: Shape) -> bool:
    """Whether a dimension is an expression, `d + 1`, or has a script: it has no name to compare."""
    return any(isinstance(d, str) and d.startswith("?") for d in shape)
