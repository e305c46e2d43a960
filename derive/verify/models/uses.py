"""What the use of a symbol tells of the values it can take: integer, function, indexed, an array."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from derive.calculus.gradient import shape_of
from derive.classes import dataclass, field
from derive.functions import FUNCTIONS
from derive.term import nodes as t
from derive.term.contents import among
from derive.term.traverse import bound_here, children, free_symbols, walk

INTEGER_NAMES = frozenset(("n", "m", "N", "M", "k", "K", "j", r"\ell", "l", "i", "J", "L"))
"""Letters that stand for natural numbers where nothing says otherwise (`\\sin(n\\pi) = 0`)."""

_INTEGER_HEADS = frozenset(f.name for f in FUNCTIONS.values() if f.integers)
_VECTOR_HEADS = frozenset(("transpose", "dot", "norm", "cross", "hadamard", "softmax", "adjoint"))
_SQUARE_HEADS = frozenset(("det", "trace", "inverse"))


@dataclass(slots=True)
class Usage:
    symbols: dict[str, t.Symbol] = field(default_factory=dict)  # free ones
    functions: dict[str, int] = field(default_factory=dict)  # applied names → most arguments
    indexed: set[str] = field(default_factory=set)
    listed: set[str] = field(default_factory=set)  # whose elements are arrays, `\\boldsymbol x_i`
    alone: set[str] = field(default_factory=set)  # free, outside of any index or call
    integers: set[str] = field(default_factory=set)
    limits: set[str] = field(default_factory=set)  # in the bounds of a sum or product
    vectors: set[str] = field(default_factory=set)
    summed: set[str] = field(default_factory=set)  # a summand of what a norm is taken of
    squares: set[str] = field(default_factory=set)
    from_zero: set[str] = field(default_factory=set)  # indexed by a variable that starts at 0
    from_one: set[str] = field(default_factory=set)
    orders: set[str] = field(default_factory=set)
    ranges: dict[str, list[tuple[t.Term, t.Term]]] = field(default_factory=dict)  # over what a name is summed
    axes: dict[str, set[t.Dimension]] = field(
        default_factory=dict
    )  # free index → how long what it indexes is
    index_of: dict[str, set[str]] = field(default_factory=dict)  # free index → what it indexes
    open_ranges: bool = False  # a sum that names no range
    complex: bool = False
    guards: list[tuple[str, t.Term]] = field(default_factory=list)  # (positive | nonzero, term)


def usage(terms: Iterable[t.Term]) -> Usage:
    u = Usage()
    for term in terms:
        for name, symbol in free_symbols(term).items():
            u.symbols.setdefault(name, symbol)
        _visit(u, term)
    u.vectors |= u.summed & u.indexed
    u.guards = [g for g in u.guards if free_symbols(g[1]).keys() <= u.symbols.keys()][:8]
    return u


def _visit(u: Usage, term: t.Term) -> None:
    stack: list[tuple[t.Term, frozenset[str]]] = [(term, frozenset())]
    while stack:
        node, bound = stack.pop()
        kind = type(node)
        if kind is t.Symbol:
            if node.name not in bound:  # type: ignore[union-attr]
                u.alone.add(node.name)  # type: ignore[union-attr]
            continue
        if kind is t.Number:
            continue
        here = bound_here(node)
        inner = bound | {s.name for s in here} if here else bound
        skipped: t.Term | None = None
        match node:
            case t.Constant(name="i"):
                u.complex = True
            case t.Element(base=base, indices=indices):
                for i in indices:
                    u.integers |= free_symbols(i).keys()
                shape = shape_of(base)
                sequence = isinstance(base, t.Symbol) and base.type.role == "sequence"
                if shape and len(shape) == len(indices) and not sequence:
                    for i, d in zip(indices, shape, strict=True):
                        if isinstance(i, t.Symbol) and i.name not in bound:
                            u.axes.setdefault(i.name, set()).add(d)
                if isinstance(base, t.Symbol):
                    u.indexed.add(base.name)
                    if base.type.role == "sequence" and base.type.shape:
                        u.listed.add(base.name)
                    skipped = base
                    for i in indices:
                        if isinstance(i, t.Symbol) and i.name not in bound:
                            u.index_of.setdefault(i.name, set()).add(base.name)
            case t.Call(function=function, args=args):
                skipped = _function(u, function, len(args))
            case t.BigOp(binders=binders):
                _binders(u, node, binders)
            case t.Derivative(variables=variables):
                for _, order in variables:
                    u.integers |= free_symbols(order).keys()
                    u.orders |= free_symbols(order).keys()
            case t.Pow(base=base, exponent=exponent):
                if _negative(base):
                    u.integers |= free_symbols(exponent).keys()
                if not _whole(exponent) and not isinstance(base, t.Constant):
                    u.guards.append(("positive", base))
            case t.Mul(args=args):
                # in x^T y the other factor is an array as well
                for a, b in pairwise(args):
                    if isinstance(a, t.Apply) and a.head == "transpose" and isinstance(b, t.Symbol):
                        u.vectors.add(b.name)
            case t.Root(radicand=radicand):
                u.guards.append(("nonnegative", radicand))
            case t.Div(denominator=denominator):
                u.guards.append(("nonzero", denominator))
            case t.Apply(head=head, args=args):
                _head(u, head, args)
        stack.extend([(c, inner) for c in children(node) if c is not skipped])


def _function(u: Usage, function: t.Term, arity: int) -> t.Term | None:
    base = function
    while isinstance(base, t.Prime | t.Partial):
        if isinstance(base, t.Prime):
            u.integers |= free_symbols(base.order).keys()
            u.orders |= free_symbols(base.order).keys()
        base = base.function
    if isinstance(base, t.Element):
        for i in base.indices:
            u.integers |= free_symbols(i).keys()
        base = base.base
    if isinstance(base, t.Symbol):
        u.functions[base.name] = max(arity, u.functions.get(base.name, 0))
        return function
    return None


def _binders(u: Usage, node: t.BigOp, binders: tuple[t.Binder, ...]) -> None:
    for b in binders:
        for part in (b.lower, b.upper):
            if part is not None:
                u.integers |= free_symbols(part).keys()
                u.limits |= free_symbols(part).keys()
        if b.lower is None and b.upper is None and b.domain is None:
            u.open_ranges = True
        if b.lower is not None:
            zero = b.lower == t.ZERO
            for inner in walk(node.body):
                if not (isinstance(inner, t.Element) and isinstance(inner.base, t.Symbol)):
                    continue
                if b.variable not in inner.indices:
                    continue
                (u.from_zero if zero else u.from_one).add(inner.base.name)
                if b.upper is not None:
                    u.ranges.setdefault(inner.base.name, []).append((b.lower, b.upper))


def _head(u: Usage, head: str, args: tuple[t.Term, ...]) -> None:
    if head in _INTEGER_HEADS:
        for a in args:
            u.integers |= {s.name for s in _sum_of_symbols(a)}
    for k in FUNCTIONS[head].whole if head in FUNCTIONS else ():
        u.integers |= free_symbols(args[k]).keys()
    if head in _VECTOR_HEADS:
        u.vectors |= {a.name for a in args if isinstance(a, t.Symbol)}
    if head == "norm":  # of a sum it is the norm of vectors, where their elements stand beside
        terms = args[0].args if isinstance(args[0], t.Add) else ()
        bare = (a.arg if isinstance(a, t.Neg) else a for a in terms)
        u.summed |= {a.name for a in bare if isinstance(a, t.Symbol)}
    if head in _SQUARE_HEADS:
        u.squares |= {s for a in args for s in free_symbols(a)}
    if head in ("Re", "Im", "conjugate", "arg"):
        u.complex = True
    if head == "log":
        u.guards.append(("positive", args[0]))


def _sum_of_symbols(term: t.Term) -> list[t.Symbol]:
    """The symbols of `n`, `n + 1`, `2n`: those that must be integers for the whole to be one."""
    return [n for n in among(term, t.Symbol)]


def _negative(term: t.Term) -> bool:
    return (isinstance(term, t.Neg) and isinstance(term.arg, t.Number)) or (
        isinstance(term, t.Number) and term.value < 0
    )


def _whole(exponent: t.Term) -> bool:
    if isinstance(exponent, t.Neg):
        return _whole(exponent.arg)
    if isinstance(exponent, t.Number):
        return exponent.value.denominator == 1
    if isinstance(exponent, t.Symbol):
        return (
            exponent.type.domain in ("integer", "natural", "positive_integer")
            or exponent.name in INTEGER_NAMES
        )
    if isinstance(exponent, t.Add | t.Mul):
        return all(_whole(a) for a in exponent.args)
    return isinstance(exponent, t.Apply) and exponent.head in ("transpose",)
