"""Slips with arrays: a transpose or an inverse lost, factors in the wrong order, an array left out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from derive.classes import replace
from derive.mend.rewrites import Place, Rewrite, Vocabulary, product
from derive.term.contents import among
from derive.term.nodes import Add, Apply, Div, Element, Mul, Neg, Number, Pow, Symbol, Term
from derive.term.traverse import children, free_symbols, walk

_NO_VALUE = ("head", "index", "variable", "bound")


def arrays_of(*terms: Term) -> tuple[Term, ...]:
    """The arrays of the terms as they stand there, with the transpose or the inverse that is on them."""
    found: dict[Term, None] = {}
    for node in (n for term in terms for n in walk(term)):
        match node:
            case Apply(head="transpose" | "inverse", args=(inner,)) if isinstance(_bare(inner), Symbol):
                found.setdefault(node)
            case Symbol(type=kind) if kind.shape:
                found.setdefault(node)
            case _:
                pass
    return tuple(found)[:8]


def rewritten(node: Term, place: Place, words: Vocabulary) -> Iterator[Rewrite]:
    """Every single edit of this node that has to do with arrays, in no order."""
    yield from orders(node, place)
    yield from arrays(node, place)
    yield from left_out(node, place, words)


def orders(node: Term, place: Place) -> Iterator[Rewrite]:
    """Matrices in the wrong order, a transpose lost, the variable of a derivative mixed up."""
    match node:
        case Mul(args=args) if sum(not _scalar(a) for a in args) >= 2:
            for k in range(len(args) - 1):
                if not _scalar(args[k]) and not _scalar(args[k + 1]):
                    swapped = (*args[:k], args[k + 1], args[k], *args[k + 2 :])
                    yield Rewrite(replace(node, args=swapped), "transposition", 1.5)
            yield from uncommuted(args)
        case Symbol(type=kind) if kind.shape != () and place.role not in ("head", "variable", "index"):
            yield Rewrite(Apply("transpose", (node,)), "transposition", 1.5)
        case _:
            pass


def uncommuted(args: tuple[Term, ...]) -> Iterator[Rewrite]:
    """What is right of matrices where an author reckoned with numbers: `AB + BA` for `2AB`, `ABAB` for
    `A^2B^2`."""
    match args:
        case (Number(value=2), a, b) if not _scalar(a) and not _scalar(b):
            yield Rewrite(Add((Mul((a, b)), Mul((b, a)))), "transposition", 1.6)
        case (Pow(base=a, exponent=Number(value=2)), Pow(base=b, exponent=Number(value=2))):
            yield Rewrite(Mul((a, b, a, b)), "transposition", 1.6)
        case _:
            pass


def arrays(node: Term, place: Place) -> Iterator[Rewrite]:
    """An array transposed or inverted where it was not, a product entry by entry for one of arrays."""
    if place.role in _NO_VALUE:
        return
    match node:
        case Symbol(type=kind) if kind.shape is not None and len(kind.shape) == 2:
            yield Rewrite(Apply("transpose", (node,)), "transposition", 1.5)
            if kind.shape[0] == kind.shape[1]:
                yield Rewrite(Apply("inverse", (node,)), "transposition", 1.6)
        case Apply(head="inverse", args=(Symbol() as a,)):
            yield Rewrite(Apply("transpose", (node,)), "transposition", 1.7)
            yield Rewrite(Apply("inverse", (Apply("transpose", (a,)),)), "transposition", 1.9)
        case Apply(head="kron" as head, args=(a, b)) if free_symbols(node):
            yield Rewrite(Apply(head, (b, a)), "transposition", 1.5)
        case Element(base=Symbol(type=kind)) if kind.shape:
            yield Rewrite(Apply("transpose", (node,)), "transposition", 1.6)
        case Add() if place.role == "factor" and not _scalar(node):
            yield Rewrite(Apply("transpose", (node,)), "transposition", 1.7)
        case Apply(head="hadamard", args=(a, b)):
            yield Rewrite(Mul((a, b)), "transposition", 1.8)
            yield Rewrite(Mul((Apply("transpose", (a,)), b)), "transposition", 1.9)
        case Mul(args=args):
            numbers = [a for a in args if _scalar(a)]
            others = [a for a in args if not _scalar(a)]
            front = [*numbers, *others] == list(args)
            if len(others) > 1 and front and place.role != "argument":
                turned = Apply("transpose", (Mul(tuple(others)),))
                yield Rewrite(product(*numbers, turned), "transposition", 1.65)
            for k, (a, b) in enumerate(pairwise(args)):
                if not _scalar(a) and not _scalar(b):
                    swapped = (*args[:k], b, a, *args[k + 2 :])
                    yield Rewrite(Mul(swapped), "transposition", 1.6)
                    together = Apply("hadamard", (a, b))
                    yield Rewrite(product(*args[:k], together, *args[k + 2 :]), "transposition", 1.8)
        case _:
            pass


def left_out(node: Term, place: Place, words: Vocabulary) -> Iterator[Rewrite]:
    """A product of arrays in which one of the claim's own arrays was left out."""
    if place.role in (*_NO_VALUE, "factor", "exponent") or isinstance(node, Add | Neg | Div | Number):
        return
    factors = node.args if isinstance(node, Mul) else (node,)
    if all(map(_scalar, factors)):
        return
    for k, lost in enumerate(words.arrays):
        for at in range(len(factors) + 1):
            if at and _scalar(factors[at - 1]) and at < len(factors):
                continue
            new = product(*factors[:at], lost, *factors[at:])
            yield Rewrite(new, "missing-factor", 1.62 + 0.01 * k, lost)


def _bare(term: Term) -> Term:
    while isinstance(term, Apply) and term.head in ("transpose", "inverse"):
        (term,) = children(term)
    return term


def _scalar(term: Term) -> bool:
    return all(s.type.shape == () for s in free_symbols(term).values()) or any(
        t.head in ("det", "trace", "norm", "dot") for t in among(term, Apply)
    )
