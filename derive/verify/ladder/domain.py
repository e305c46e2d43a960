"""Where a term has a value: the restrictions that its parts put on the symbols."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from derive.functions import FUNCTIONS
from derive.term.nodes import (
    ZERO,
    Add,
    Apply,
    BigOp,
    Constant,
    Div,
    Integral,
    Limit,
    Mul,
    Neg,
    Number,
    Pow,
    Relation,
    Root,
    Symbol,
    Term,
)
from derive.term.traverse import bound_here, children, free_symbols


def restrictions(term: Term, *, real: bool = True) -> tuple[Relation, ...]:
    """Relations that must hold for the term to have a value; in the reals also those of logarithms and roots.

    Parts under a binder are left out where they speak of the bound variable.
    """
    found: dict[Relation, None] = {}
    for relation in _restrictions(term, frozenset(), real):
        if not _plainly_true(relation):
            found.setdefault(relation)
    return tuple(found)


def _restrictions(term: Term, bound: frozenset[str], real: bool) -> Iterator[Relation]:
    if isinstance(term, BigOp | Integral | Limit):
        bound = bound | {s.name for s in bound_here(term)}
        if isinstance(term, Integral):
            bound = bound | {term.variable.name}
    for relation in _own(term, real):
        if not (free_symbols(relation).keys() & bound) and free_symbols(relation):
            yield relation
    for child in children(term):
        yield from _restrictions(child, bound, real)


def _own(term: Term, real: bool) -> Iterator[Relation]:
    match term:
        case Div(denominator=denominator):
            yield from (Relation("!=", factor, ZERO) for factor in _factors(denominator))
        case Pow(base=base, exponent=exponent):
            yield from _power(base, exponent, real)
        case Root(radicand=radicand, index=Number(value=index)) if (
            real and index.denominator == 1 and index % 2 == 0
        ):
            yield Relation(">=", radicand, ZERO)
        case Apply(head=head, args=args) if (function := FUNCTIONS.get(head)) is not None:
            if function.restrictions is not None and function.takes(len(args)):
                yield from function.restrictions(real, *args)
        case _:
            return


def _power(base: Term, exponent: Term, real: bool) -> Iterator[Relation]:
    if isinstance(base, Number | Constant):
        return
    match exponent:
        case Number(value=value) | Neg(arg=Number(value=value)):
            value = -value if isinstance(exponent, Neg) else value
            if value < 0:
                yield Relation("!=", base, ZERO)
            if real and value.denominator % 2 == 0:
                yield Relation(">=", base, ZERO)
        case Div(numerator=Number(value=p), denominator=Number(value=q)) if (
            real and q and (p / q).denominator % 2 == 0
        ):
            yield Relation(">=", base, ZERO)
        case _:
            whole = all(s.type.domain in _WHOLE for s in free_symbols(exponent).values())
            if real and not whole:
                yield Relation(">", base, ZERO)


_WHOLE = frozenset({"integer", "natural", "positive_integer", "binary"})


def _factors(term: Term) -> Iterator[Term]:
    match term:
        case Mul(args=args):
            for a in args:
                yield from _factors(a)
        case Neg(arg=arg):
            yield from _factors(arg)
        case Root(radicand=radicand):
            yield from _factors(radicand)
        case Pow(base=base, exponent=Number(value=value)) if value > 0:
            yield from _factors(base)
        case _:
            yield term


def _plainly_true(relation: Relation) -> bool:
    return _positive(relation.left) if relation.op in ("!=", ">", ">=") and relation.right == ZERO else False


def _positive(term: Term) -> bool:
    """Whether the term is positive wherever it is defined, as far as its form tells."""
    match term:
        case Number(value=value):
            return value > 0
        case Constant(name=name):
            return name in ("pi", "e", "euler_gamma", "golden_ratio", "catalan")
        case Pow(base=base):
            return _positive(base)
        case Apply(head=head) if head in ("exp", "cosh", "sigmoid", "softplus"):
            return True
        case Symbol(type=type_):
            return type_.domain in ("positive", "positive_integer")
        case Mul(args=args):
            return all(_positive(a) for a in args)
        case Div(numerator=a, denominator=b):
            return _positive(a) and _positive(b)
        case Root(radicand=radicand):
            return _positive(radicand)
        case Add(args=args):
            return all(_nonnegative(a) for a in args) and any(_positive(a) for a in args)
        case _:
            return False


def _nonnegative(term: Term) -> bool:
    match term:
        case Pow(exponent=Number(value=value)) if value % 2 == 0:
            return True
        case Apply(head=head) if head in ("abs", "norm"):
            return True
        case Symbol(type=type_):
            return type_.domain in ("nonnegative", "natural", "unit", "binary") or _positive(term)
        case Number(value=value):
            return value >= Fraction(0)
        case Mul(args=args):
            return all(_nonnegative(a) for a in args)
        case _:
            return _positive(term)


_OPPOSITE = {"!=": "=", ">": "<=", ">=": "<", "<": ">=", "<=": ">", "=": "!="}


def opposite(relation: Relation) -> Relation:
    return Relation(_OPPOSITE[relation.op], relation.left, relation.right)
