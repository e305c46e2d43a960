"""Layers: in `h = \\tanh(Wx + b)` one column makes all the small letters columns, and the capitals matrices.

Nothing here makes the first of them: some use elsewhere does, a transpose, a norm, a set. What it made goes
through the equations of the document, forwards and backwards, until nothing new comes of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from derive.classes import dataclass
from derive.facts.document import GREEK
from derive.facts.naming import spell
from derive.facts.pieces import walk
from derive.model import Span
from derive.notation.syntax import (
    Apply,
    Big,
    Chain,
    Fence,
    Fraction,
    Juxtaposition,
    Name,
    Number,
    Prefix,
    Scripts,
    Sum,
)


@dataclass(frozen=True, slots=True)
class Layer:
    """`Wx + b`, or a function of it, and what it is set equal to.

    matrices and columns: the capitals that multiply and the small letters at their ends and beside them.
    value: the letter that it defines; None where a function stands before it whose value may be a number.
    column: the letter that it defines where the function goes entry by entry, for all one knows.
    """

    matrices: tuple[str, ...]
    columns: tuple[str, ...]
    column: str | None
    value: str | None
    display: int
    span: Span


def layers(formulas: Sequence[Sequence[Any]]) -> list[Layer]:
    """The affine forms in the equations of a document, and the differences in its norms, which are of one
    kind; of each formula all its pieces are given. A capital that counts anywhere is no matrix."""
    counts = {name for pieces in formulas for name in _counting(pieces)}
    varied = {name for pieces in formulas for name in _varied(pieces)}
    numbers = {name for pieces in formulas for name in _totals(pieces)}
    found: list[Layer] = []
    for k, pieces in enumerate(formulas):
        for node in pieces:
            match node:
                case Chain(first=first) if first is not None:
                    found += (n for n in _layers(node, k, varied) if not counts & set(n.matrices))
                    found += (n for n in _differences(node, k) if not numbers & set(n.columns))
                case Fence(open="‖", body=Sum(parts=parts)):
                    names = [_small(p) for _, p in parts]
                    if (columns := tuple(n for n in names if n is not None)) and None not in names:
                        found.append(Layer((), columns, None, None, k, node.span))
                case _:
                    pass
    return found


def spread(
    found: list[Layer], columns: AbstractSet[str], matrices: AbstractSet[str]
) -> tuple[dict[str, Layer], dict[str, Layer]]:
    """The columns and the matrices that follow from those that are known, each with the layer that tells."""
    known, made = set(columns), set(matrices)
    new_columns: dict[str, Layer] = {}
    new_matrices: dict[str, Layer] = {}
    waiting = list(found)
    moved = True
    while moved:
        moved = False
        for layer in list(waiting):
            results = {n for n in (layer.value, layer.column) if n is not None}
            if not (known & {*layer.columns, *results} or made & set(layer.matrices)):
                continue
            waiting.remove(layer)
            moved = True
            told = (*layer.columns, *(() if layer.value is None else (layer.value,)))
            new_columns.update({n: layer for n in told if n not in known})
            new_matrices.update({n: layer for n in layer.matrices if n not in made})
            known |= set(told)
            made |= set(layer.matrices)
    return new_columns, new_matrices


def _layers(chain: Chain, k: int, varied: AbstractSet[str]) -> Iterator[Layer]:
    sides = [chain.first, *(link.right for link in chain.links)]
    if any(link.relation != "=" for link in chain.links):
        return
    name = next((own for s in sides if (own := _small(s)) is not None), None)
    for side in sides:
        inner, entrywise = _argument(side)
        parts = _affine(inner) or _product(inner, side is not inner, varied)
        if parts is not None and name is not None:
            yield Layer(*parts, name, name if entrywise else None, k, chain.span)


def _argument(side: Any) -> tuple[Any, bool]:
    """What a function is taken of, and whether its value is an array as its argument is."""
    match side:
        case Apply(function=Name(), argument=argument):
            return _opened(argument), True
        case Juxtaposition(factors=(Name() as function, Fence() as fence)) if not _capital(function):
            return _opened(fence), False
        case _:
            return side, True


def _affine(node: Any) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The matrices and the columns of `Wx + b`: products that end with a small letter, and such letters."""
    if not isinstance(node, Sum):
        return None
    matrices: list[str] = []
    columns: list[str] = []
    alone = False
    for _, part in node.parts:
        if (own := _small(part)) is not None:
            columns.append(own)
            alone = True
        elif isinstance(part, Juxtaposition) and (last := _small(part.factors[-1])) is not None:
            before = [_large(f) for f in part.factors[:-1]]
            if None in before:
                return None
            matrices += [b for b in before if b is not None]
            columns.append(last)
        else:
            return None
    return (tuple(matrices), tuple(columns)) if matrices and alone else None


def _product(
    node: Any, inside: bool, varied: AbstractSet[str]
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """`Wx` by itself, where a function is taken of it, or something is differentiated by W: what a mass
    does to a velocity is none."""
    if not isinstance(node, Juxtaposition) or (last := _small(node.factors[-1])) is None:
        return None
    before = [b for f in node.factors[:-1] if (b := _large(f)) is not None]
    if len(before) < len(node.factors) - 1 or not (inside or varied & set(before)):
        return None
    return tuple(before), (last,)


def _differences(chain: Chain, k: int) -> Iterator[Layer]:
    """`g = \\hat y - y`: letters of one kind."""
    name = _small(chain.first)
    for link in chain.links:
        if name is None or link.relation != "=" or not isinstance(link.right, Sum):
            continue
        parts = [_small(p) for _, p in link.right.parts]
        columns = tuple(p for p in parts if p is not None)
        if len(columns) == len(parts):
            yield Layer((), columns, name, name, k, chain.span)


def _opened(node: Any) -> Any:
    while isinstance(node, Fence) and node.open in "([{" and node.body is not None:
        node = node.body
    return node


def _own(node: Any) -> tuple[Name, str] | None:
    """A letter, or one of those that a number tells apart, `W_1`, and how it is spelled."""
    match node:
        case Name(word=False):
            return node, spell(node)
        case Scripts(base=Name(word=False) as base, sub=Number(text=text), sup=None):
            return base, f"{spell(base)}_{{{text}}}"
        case _:
            return None


def _small(node: Any) -> str | None:
    own = _own(node)
    return own[1] if own is not None and not _capital(own[0]) else None


def _large(node: Any) -> str | None:
    if isinstance(node, Scripts) and isinstance(node.sup, Name):  # a transpose
        node = Scripts(node.span, node.base, node.sub, None) if node.sub is not None else node.base
    own = _own(node)
    return own[1] if own is not None and _capital(own[0]) and own[0].name != "I" else None


def _capital(name: Name) -> bool:
    return name.name.isupper() if len(name.name) == 1 else name.name in GREEK and name.name[0].isupper()


def _counting(pieces: Sequence[Any]) -> Iterator[str]:
    """Capitals that are numbers somewhere: the end of a sum, a denominator, an exponent, an index."""
    for node in pieces:
        places: tuple[Any, ...] = ()
        match node:
            case Big(sub=sub, sup=sup):
                places = (sub, sup)
            case Fraction(denominator=below) if not _differential(below):
                places = (below,)
            case Scripts(sub=sub, sup=sup):
                places = (sub, sup)
            case _:
                pass
        for place in places:
            if place is not None:
                yield from (own for n in walk((place,)) if (own := _large(n)) is not None)


def _varied(pieces: Sequence[Any]) -> Iterator[str]:
    """The capitals that something is differentiated by."""
    for node in pieces:
        if isinstance(node, Fraction) and _differential(node.denominator):
            yield from (own for n in walk((node.denominator,)) if (own := _large(n)) is not None)


def _totals(pieces: Sequence[Any]) -> Iterator[str]:
    """The letters that are put as sums over something, or as numbers: `\\mu = \\frac1n \\sum_i x_i`."""
    for node in pieces:
        if isinstance(node, Chain) and (name := _small(node.first)) is not None:
            rights = [link.right for link in node.links]
            if any(isinstance(n, Big | Fraction) for n in walk(rights)) or any(
                isinstance(r, Number) for r in rights
            ):
                yield name


def _differential(below: Any) -> bool:
    """`\\partial W`, `dW`: what a derivative is taken by."""
    first = below.factors[0] if isinstance(below, Juxtaposition) else below
    first = first.operator if isinstance(first, Prefix) else first
    return isinstance(first, Name) and first.name in ("partial", "d")
