"""Whether a term is a law's left side up to the names of its letters.

A small letter of the law stands for a number: a small or Greek letter, a number, what these make. A capital
stands for anything. Functions keep their names. Sums and products match in any order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import permutations

from derive.classes import fields
from derive.term.nodes import (
    Add,
    Apply,
    Call,
    Constant,
    Element,
    Mul,
    Neg,
    Number,
    Pow,
    Probability,
    Symbol,
    Term,
)
from derive.term.traverse import children, map_children, walk

Bound = Mapping[Term, Term]
_MOST = 4
"""Parts of a sum or product that are tried in every order."""


def matches(pattern: Term, term: Term) -> Iterator[dict[Term, Term]]:
    """What the letters of the pattern, which is plain, stand for, in every way in which it is the term."""
    for bound in _unify(pattern, plain(term), {}):
        small = [v for k, v in bound.items() if _is_small(k)]
        if len(set(small)) == len(small):
            yield bound


def plain(term: Term) -> Term:
    """One spelling of what has several: `exp(x)` is `e^x`, `Re` and `Im` are the functions, `p` is `P`."""
    term = map_children(term, plain)
    match term:
        case Apply(head="exp", args=(x,)):
            return Pow(Constant("e"), x, span=term.span)
        case Call(function=Symbol(name="Re" | "Im" as head), args=(x,)):
            return Apply(head, (x,), span=term.span)
        case Probability(args=args, given=given, parameters=parameters):
            return Probability(args, given, parameters, span=term.span)
        case _:
            return term


def _unify(pattern: Term, term: Term, bound: Bound) -> Iterator[dict[Term, Term]]:
    match pattern:
        case Symbol():
            if pattern in bound:
                if bound[pattern] == term:
                    yield dict(bound)
            elif pattern == term or _may_stand(pattern, term):
                yield {**bound, pattern: term}
        case Number() | Constant():
            if pattern == term:
                yield dict(bound)
        case Add(args=args) | Mul(args=args) if isinstance(term, type(pattern)):
            others: tuple[Term, ...] = term.args
            if len(args) == len(others):
                orders = permutations(others) if len(args) <= _MOST else iter((others,))
                for order in orders:
                    yield from _all(args, order, bound)
        case Call(function=Symbol() as function, args=args):
            match term:
                case Call(function=other, args=others) if function == other and len(args) == len(others):
                    yield from _all(args, others, bound)
        case Apply(head="applied", args=own):
            match term:
                case Apply(head="applied", args=theirs) if own[0] == theirs[0]:
                    yield from _all(own[1:], theirs[1:], bound)
        case _:
            if type(pattern) is type(term) and _same_labels(pattern, term):
                yield from _all(children(pattern), children(term), bound)


def _all(patterns: tuple[Term, ...], terms: tuple[Term, ...], bound: Bound) -> Iterator[dict[Term, Term]]:
    if len(patterns) != len(terms):
        return
    if not patterns:
        yield dict(bound)
        return
    for first in _unify(patterns[0], terms[0], bound):
        yield from _all(patterns[1:], terms[1:], first)


def _same_labels(a: Term, b: Term) -> bool:
    """Whether what the two nodes hold besides terms is the same: the head, the operator, what is absent."""
    for f in fields(a):
        if f.name == "span" or not f.compare:
            continue
        one, other = getattr(a, f.name), getattr(b, f.name)
        if isinstance(one, (str, int, bool)) and one != other:
            return False
        if (one is None) != (other is None):
            return False
        if isinstance(one, tuple) and (not isinstance(other, tuple) or len(one) != len(other)):
            return False
    return True


def _is_small(letter: Term) -> bool:
    return isinstance(letter, Symbol) and (letter.name[0].islower() or letter.name[0] == "\\")


def _may_stand(letter: Symbol, term: Term) -> bool:
    if not _is_small(letter):
        return True
    for node in walk(term):
        match node:
            case Symbol(name=name, type=kind):
                if kind.shape != () or kind.role in ("random", "event") or not _is_small(node):
                    return False
                if name.startswith(("\\mathbf", "\\boldsymbol", "\\vec", "\\bm", "\\mathcal")):
                    return False
            case Number() | Constant() | Add() | Mul() | Neg() | Pow() | Element():
                pass
            case _:
                return False
    return True
