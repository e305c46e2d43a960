"""What the use of a letter forces: a matrix in a determinant, between `x^\\top` and `x`, in `\\|Xw\\|`.

Capitals are weak evidence by themselves; here the operator around them speaks, and the capital only tells the
matrix from a number in front of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, Literal, TypeAlias

from derive.facts.arrays.affine import layers, spread
from derive.facts.arrays.listed import columns, written_out
from derive.facts.document import GREEK, Evidence
from derive.facts.naming import spell
from derive.model import Span
from derive.notation.syntax import (
    Apply,
    Chain,
    Fence,
    Infix,
    Juxtaposition,
    Name,
    Number,
    Scripts,
    Sum,
)

Kind: TypeAlias = Literal["matrix", "square", "vector", "space", "complex"]
Forced: TypeAlias = tuple[str, Kind, Span]

_SQUARE = frozenset(("det", "tr", "Tr", "trace"))
_TRANSPOSED = frozenset(("top", "intercal", "transpose", "T"))
_CONJUGATES = frozenset(("Im", "Re", "arg"))


def forced(formulas: Sequence[Sequence[Any]], evidence: Evidence) -> dict[str, tuple[Kind, int, Span]]:
    """The letters whose kind their use forces: the kind, which formula forces it, and where in it. Of each
    formula all its pieces are given."""
    found: dict[str, tuple[Kind, int, Span]] = {}
    taken = {*evidence.functions, *evidence.indices}
    marks = _TRANSPOSED - {"T"} if _quantity("T", formulas) else _TRANSPOSED

    def take(k: int, uses: Iterable[Forced]) -> None:
        for name, kind, span in uses:
            if name not in taken and (name not in found or (kind, found[name][0]) == ("square", "matrix")):
                found[name] = kind, k, span

    for k, nodes in enumerate(formulas):
        for node in nodes:
            if type(node) in _FORCING:
                take(k, _by(node, marks))
    arrays = {n for n, (kind, _, _) in found.items() if kind in ("matrix", "square")}
    arrays |= {n for n, kinds in evidence.declarations.items() if any(_rank(t.shape) == 2 for _, t in kinds)}
    for k, nodes in enumerate(formulas if arrays else ()):
        if any(isinstance(n, Name) and spell(n) in arrays for n in nodes):
            take(k, (use for n in nodes for use in _inverted(n)))
    lengths = dict(entry for nodes in formulas for entry in written_out(nodes))
    for k, nodes in enumerate(formulas if lengths else ()):
        take(k, (use for n in nodes for use in columns(n, lengths)))
    _through_layers(formulas, evidence, found, take)
    return found


def _through_layers(
    formulas: Sequence[Sequence[Any]],
    evidence: Evidence,
    found: dict[str, tuple[Kind, int, Span]],
    take: Callable[[int, Iterable[Forced]], None],
) -> None:
    """What `h = \\tanh(Wx + b)` makes of its letters, once one of them is known."""
    declared = {n: {_rank(t.shape) for _, t in kinds} for n, kinds in evidence.declarations.items()}
    columns = {n for n, (kind, _, _) in found.items() if kind == "vector"}
    matrices = {n for n, (kind, _, _) in found.items() if kind in ("matrix", "square")}
    columns |= {n for n, ranks in declared.items() if ranks == {1}}
    matrices |= {n for n, ranks in declared.items() if ranks == {2}}
    if not columns and not matrices:
        return
    new_columns, new_matrices = spread(layers(formulas), columns, matrices)
    for name, layer in new_columns.items():
        if name in (layer.value, layer.column) and all(m in declared for m in layer.matrices):
            continue  # it has the length of what it is equal to, and none of its own
        take(layer.display, [(name, "vector", layer.span)])
    for name, layer in new_matrices.items():
        take(layer.display, [(name, "matrix", layer.span)])


def _quantity(letter: str, formulas: Sequence[Sequence[Any]]) -> bool:
    """Whether a letter stands for something by itself, and not only as a mark on others: `t < T`."""
    alone = sum(_plain(n, letter) for pieces in formulas for n in pieces if type(n) is Name)
    if not alone:
        return False
    marks = (n.sup for pieces in formulas for n in pieces if isinstance(n, Scripts))
    return alone > sum(_plain(n, letter) for n in marks)


def _plain(node: Any, letter: str) -> bool:
    return isinstance(node, Name) and node.name == letter and node.font not in ("roman", "sans")


def _rank(shape: tuple[object, ...] | None) -> int:
    return len(shape or ())


_FORCING = frozenset((Apply, Fence, Scripts, Chain, Sum, Infix, Juxtaposition))
"""The kinds of pieces of which one alone may tell."""


def _by(node: Any, marks: frozenset[str]) -> Iterator[Forced]:
    """What one node forces. marks: what transposes as a superscript; an italic T does not where the document
    has a quantity T: `\\gamma^T` is a power there, as far as anybody can be sure."""
    match node:
        case Apply(function=Name(name=name), argument=argument) if name in _SQUARE:
            inner = _opened(argument)
            kind: Kind = "square" if isinstance(inner, Name) else "matrix"
            yield from ((spell(n), kind, node.span) for n in _matrices(inner))
        case Apply(function=Name(name=name), argument=argument) if name in _CONJUGATES:
            yield from _complex(argument, node.span)
        case Fence(open="‖", body=body) if body is not None:
            yield from _in_norm(body, node.span)
        case Scripts(base=Fence(body=Juxtaposition() as body), sup=Name() as sup) if _transposes(sup, marks):
            if all(isinstance(f, Name) and _capital(f) for f in body.factors):
                yield from ((spell(n), "matrix", node.span) for n in _matrices(body))
        case Scripts(base=Fence(open="‖", body=body), sub=Name(name="F")) if body is not None:
            yield from ((spell(n), "matrix", node.span) for n in _matrices(body))
        case Scripts(base=Name() as base, sub=sub, sup=Name() as sup) if (
            _transposes(sup, marks) and not base.word
        ):
            own = f"{spell(base)}_{{{sub.text}}}" if isinstance(sub, Number) else spell(base)
            yield own, "matrix" if _capital(base) else "vector", node.span
        case Chain(first=first, links=links) if first is not None:
            yield from _to_identity([first, *(link.right for link in links)], node.span)
        case Scripts(base=Fence(body=Sum() as body), sup=Name() as sup) if _transposes(sup, marks):
            parts = [p for _, p in body.parts]
            if all(_lower(p) or _moved(p) for p in parts) and any(_lower(p) for p in parts):
                ends = [p.factors[-1] if isinstance(p, Juxtaposition) else p for p in parts]
                yield from ((spell(p), "vector", node.span) for p in ends if isinstance(p, Name))
        case Sum(parts=parts) if any(_turned_about(p, marks) for _, p in parts):
            names = [p for _, p in parts if isinstance(p, Name) and _capital(p)]
            yield from ((spell(n), "square", node.span) for n in names)
        case Infix(op="odot", left=left, right=right):
            sides = (_opened(left), _opened(right))
            yield from ((spell(s), "vector", node.span) for s in sides if isinstance(s, Name) and _lower(s))
        case Infix(op="cdot", left=left, right=right):
            yield from _triple(left, right, node.span)
        case Juxtaposition(factors=factors):
            yield from _quadratic(factors, node.span, marks)
            yield from ((spell(n), "square", node.span) for n in _between(factors, marks))
            last = factors[-1]
            if isinstance(last, Name) and _lower(last) and any(_solves(f, marks) for f in factors[:-1]):
                yield spell(last), "vector", node.span
            if len(factors) == 2 and isinstance(factors[0], Name) and factors[0].name in _CONJUGATES:
                yield from _complex(factors[1], node.span)
        case _:
            pass


def _transposes(sup: Name, marks: frozenset[str]) -> bool:
    return sup.name in marks or (sup.name == "T" and sup.font in ("roman", "sans"))


def _triple(left: Any, right: Any, span: Span) -> Iterator[Forced]:
    """`(u \\times v) \\cdot w`: two signs for products of which one makes a number, with letters in space."""
    for crossed, other in ((left, right), (right, left)):
        inner = _opened(crossed)
        if inner is crossed or not (isinstance(inner, Infix) and inner.op == "times"):
            continue
        letters = (inner.left, inner.right, other)
        if all(_lower(x) for x in letters):
            yield from ((spell(x), "space", span) for x in letters if isinstance(x, Name))


def _opened(node: Any) -> Any:
    while isinstance(node, Fence) and node.open in "([{" and node.body is not None:
        node = node.body
    return node


def _capital(name: Name) -> bool:
    if name.word or name.accents or name.name == "I":
        return False
    return name.name.isupper() if len(name.name) == 1 else name.name in GREEK and name.name[0].isupper()


def _lower(node: Any) -> bool:
    return isinstance(node, Name) and not node.word and not _capital(node) and node.name != "I"


def _complex(argument: Any, span: Span) -> Iterator[Forced]:
    inner = _opened(argument)
    if isinstance(inner, Name) and not inner.word and not inner.font and inner.name.islower():
        yield spell(inner), "complex", span


def _matrices(node: Any) -> Iterator[Name]:
    """The capitals that are factors of the terms of a sum."""
    match node:
        case Name() if _capital(node):
            yield node
        case Fence(open="(" | "[", body=body) if body is not None:
            yield from _matrices(body)
        case Scripts(base=base, sub=None):
            yield from _matrices(base)
        case Sum(parts=parts):
            for _, part in parts:
                yield from _matrices(part)
        case Infix(op="cdot" | "odot" | "*", left=left, right=right):
            yield from _matrices(left)
            yield from _matrices(right)
        case Juxtaposition(factors=factors):
            for k, factor in enumerate(factors):
                following = factors[k + 1] if k + 1 < len(factors) else None
                if isinstance(factor, Name) and isinstance(following, Fence) and len(factors) == 2:
                    continue  # `F(x)` may be an application
                yield from _matrices(factor)
        case _:
            pass


def _quadratic(factors: Sequence[Any], span: Span, marks: frozenset[str]) -> Iterator[Forced]:
    """`x^\\top A x`, `x^\\top A^{-1} y`: what stands between a transposed vector and a vector."""
    for k, factor in enumerate(factors):
        if not (isinstance(factor, Scripts) and isinstance(factor.sup, Name) and _column(factor.base)):
            continue
        if not _transposes(factor.sup, marks):
            continue
        between: list[Name] = []
        for other in factors[k + 1 :]:
            base = other.base if isinstance(other, Scripts) and other.sub is None else other
            if isinstance(base, Name) and _capital(base):
                between.append(base)
                continue
            if between and _column(other):
                yield from ((spell(n), "matrix", span) for n in between)
                yield from ((spell(n), "vector", span) for n in (*_letters(other), *_letters(factor.base)))
            break


def _solves(node: Any, marks: frozenset[str]) -> bool:
    """`(X^\\top X + \\lambda I)^{-1}`: the inverse of a matrix, at work on what stands at the end."""
    match node:
        case Scripts(base=Fence(body=body), sub=None, sup=Sum(parts=(("-", Number(text="1")),))):
            products = [p for _, p in body.parts] if isinstance(body, Sum) else [body]
            factors = [f for p in products for f in (p.factors if isinstance(p, Juxtaposition) else (p,))]
            return any(_is_turned(f, marks) for f in factors)
        case _:
            return False


def _is_turned(node: Any, marks: frozenset[str]) -> bool:
    """`X^\\top`, a capital."""
    match node:
        case Scripts(base=Name() as base, sup=Name() as sup):
            return _capital(base) and _transposes(sup, marks)
        case _:
            return False


def _between(factors: Sequence[Any], marks: frozenset[str]) -> Iterator[Name]:
    """`H P H^\\top`, `A^\\top P A`: what stands by itself between a matrix and its transpose is square."""
    for before, name, behind in zip(factors, factors[1:], factors[2:], strict=False):
        if isinstance(name, Name) and _capital(name) and _turned_about_each_other(before, behind, marks):
            yield name


def _turned_about(node: Any, marks: frozenset[str]) -> bool:
    """`A B A^\\top`: a product that begins and ends with a matrix and its transpose."""
    match node:
        case Juxtaposition(factors=(first, _, *_, last)):
            return _turned_about_each_other(first, last, marks)
        case _:
            return False


def _turned_about_each_other(first: Any, last: Any, marks: frozenset[str]) -> bool:
    for plain, other in ((first, last), (last, first)):
        match other:
            case Scripts(base=Name() as base, sub=None, sup=Name() as sup) if _transposes(sup, marks):
                if isinstance(plain, Name) and _capital(plain) and spell(plain) == spell(base):
                    return True
            case _:
                pass
    return False


def _column(node: Any) -> bool:
    """A small letter, or a sum of them in parentheses: `x`, `(x - \\mu)`."""
    return bool(_letters(node))


def _letters(node: Any) -> tuple[Name, ...]:
    if _lower(node):
        return (node,)
    if isinstance(node, Fence) and node.open in ("(", "[") and isinstance(node.body, Sum):
        parts = [p for _, p in node.body.parts]
        if all(_lower(p) for p in parts):
            return tuple(p for p in parts if isinstance(p, Name))
    return ()


def _in_norm(body: Any, span: Span) -> Iterator[Forced]:
    """`\\|Xw - y\\|`: a capital before a letter in a norm is a matrix, and the letters are vectors."""
    parts = [p for _, p in body.parts] if isinstance(body, Sum) else [body]
    products = [p for p in parts if isinstance(p, Juxtaposition) and _moves(p)]
    if not products:
        return
    for product in products:
        yield from ((spell(n), "matrix", span) for n in _matrices(product))
        last = product.factors[-1]
        assert isinstance(last, Name)
        yield spell(last), "vector", span
    yield from ((spell(p), "vector", span) for p in parts if isinstance(p, Name) and _lower(p))


def _moved(node: Any) -> bool:
    """`Z b` beside a column that is transposed with it."""
    return isinstance(node, Juxtaposition) and _moves(node)


def _moves(product: Juxtaposition) -> bool:
    """Whether it is a matrix, or several, at work on a letter: `Xw`, `A^\\top B x`."""
    *before, last = product.factors
    bases = [f.base if isinstance(f, Scripts) and f.sub is None else f for f in before]
    matrices = [b for b in bases if isinstance(b, Name) and _capital(b)]
    return (
        _lower(last)
        and bool(matrices)
        and all(
            isinstance(b, Number) or (isinstance(b, Name) and (_capital(b) or b is bases[0])) for b in bases
        )
    )


def _to_identity(sides: Sequence[Any], span: Span) -> Iterator[Forced]:
    """`A^{-1}A = I`: a letter beside its own inverse, equal to what is written like the identity."""
    if not any(isinstance(side, Name) and side.name == "I" for side in sides):
        return
    for side in sides:
        for a, b in pairwise(side.factors if isinstance(side, Juxtaposition) else ()):
            plain, inverse = (a, b) if isinstance(a, Name) else (b, a)
            found = [name for name, _, _ in _inverted(inverse)]
            if isinstance(plain, Name) and found == [spell(plain)]:
                yield found[0], "square", span


def _inverted(node: Any) -> Iterator[Forced]:
    """`A^{-1}` beside matrices is an inverse, and `A` square."""
    match node:
        case Scripts(base=base, sub=None, sup=Sum(parts=(("-", Number(text="1")),))):
            inner = _opened(base)
            if isinstance(inner, Name):
                yield from ((spell(n), "square", node.span) for n in _matrices(inner))
        case _:
            pass
