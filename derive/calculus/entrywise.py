"""Functions of numbers at work on arrays, entry by entry.

`\\sigma(Vx)` with `\\sigma(z) = 1/(1 + e^{-z})` is the vector of the values of σ; in `h \\odot (1 - h)` the
one is a vector of ones, and `e^{z}` of a vector z has the entries e^{z_i}. Powers and exponentials of square
matrices mean something else and stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping

from derive.calculus.gradient import _ELEMENTWISE, shape_of
from derive.term.construct import apply, mul, neg, transpose
from derive.term.contents import among
from derive.term.nodes import (
    Add,
    Apply,
    Constant,
    Dimension,
    Div,
    Mul,
    Neg,
    Number,
    Pow,
    Root,
    Symbol,
    Term,
    Type,
    integer,
)
from derive.term.traverse import free_symbols, map_children, substitute

Shape = tuple[Dimension, ...]
MINUS_ONE = Number(integer(-1).value)
_ATOMS = frozenset((Symbol, Number, Constant))


def size(d: Dimension) -> Term:
    return integer(d) if isinstance(d, int) else Symbol(d, Type("positive_integer"))


def ones(shape: Shape) -> Term:
    """Ones in an array of a shape; a matrix of them is a column times a row."""
    if len(shape) == 1:
        return apply("ones", size(shape[0]))
    return Mul((apply("ones", size(shape[0])), transpose(apply("ones", size(shape[1])))))


def applied(body: Term, values: Mapping[Term, Term]) -> Term:
    """The body of a function of numbers with arrays put in for its parameters: entry by entry where it has
    arrays for arguments and only what goes entry by entry, else as it stands."""
    shapes = {shape for v in values.values() if (shape := shape_of(v))}
    whole = substitute(body, dict(values))
    if len(shapes) != 1:
        return whole
    arrays = {name.name for name, v in values.items() if isinstance(name, Symbol) and shape_of(v)}
    if any(n.name in arrays and n.type.shape for n in among(body, Symbol)):
        return whole  # declared to take arrays
    found = _Entrywise(dict(values), arrays, shapes.pop()).of(body)
    return whole if found is None else found


class _Entrywise:
    """values: what the parameters stand for; arrays: those of them that are arrays, all of one shape."""

    def __init__(self, values: dict[Term, Term], arrays: set[str], shape: Shape) -> None:
        self.values, self.arrays, self.shape = values, arrays, shape

    def _plain(self, term: Term) -> bool:
        return not free_symbols(term).keys() & self.arrays

    def of(self, term: Term) -> Term | None:
        """None where something does not go entry by entry."""
        if self._plain(term):
            return substitute(term, self.values)
        match term:
            case Symbol():
                return self.values[term]
            case Neg(arg=arg):
                inner = self.of(arg)
                return None if inner is None else neg(inner)
            case Add(args=args):
                parts = [self.of(a) for a in args]
                if any(p is None for p in parts):
                    return None
                whole = [
                    mul(p, ones(self.shape)) if self._plain(a) else p
                    for a, p in zip(args, parts, strict=True)
                    if p is not None
                ]
                return Add(tuple(whole))
            case Mul(args=args):
                numbers = [substitute(a, self.values) for a in args if self._plain(a)]
                arrays = [self.of(a) for a in args if not self._plain(a)]
                if any(a is None for a in arrays):
                    return None
                kept = [a for a in arrays if a is not None]
                return mul(*numbers, kept[0] if len(kept) == 1 else Apply("hadamard", tuple(kept)))
            case Div(numerator=a, denominator=b):
                above, below = self.of(a), self.of(b)
                if above is None or below is None:
                    return None
                if self._plain(b):
                    return Div(above, below)
                inverse = Apply("each_power", (below, MINUS_ONE))
                return mul(above, inverse) if self._plain(a) else Apply("hadamard", (above, inverse))
            case Pow(base=base, exponent=exponent) if self._plain(exponent):
                inner = self.of(base)
                return (
                    None if inner is None else Apply("each_power", (inner, substitute(exponent, self.values)))
                )
            case Pow(base=Constant(name="e"), exponent=exponent):
                inner = self.of(exponent)
                return None if inner is None else Apply("each_exp", (inner,))
            case Root(radicand=radicand, index=index) if self._plain(index):
                inner = self.of(radicand)
                power = Div(integer(1), substitute(index, self.values))
                return None if inner is None else Apply("each_power", (inner, power))
            case Apply(head="exp", args=(arg,)):
                inner = self.of(arg)
                return None if inner is None else Apply("each_exp", (inner,))
            case Apply(
                head="relu" | "sigmoid" | "tanh" | "softplus" | "abs" | "sign" | "heaviside" as head,
                args=(arg,),
            ):
                inner = self.of(arg)
                return None if inner is None else Apply(head, (inner,))
            case Apply(head=head, args=(arg,)) if (
                head in _ELEMENTWISE and head != "softmax" and len(self.shape) == 1
            ):
                inner = self.of(arg)
                return None if inner is None else Apply(head, (inner,))
            case _:
                return None


def spread(term: Term) -> Term:
    """What an author writes of arrays as of numbers, `h \\odot (1 - h)`, `e^{z}`, `1/h` of vectors, written
    out; the same term where there is nothing of the kind."""
    known: Term | None = getattr(term, "_spread", None)
    if known is None:
        known = _spread(term, False)
        object.__setattr__(term, "_spread", known)
    return known


def _spread(term: Term, entrywise: bool) -> Term:
    if type(term) in _ATOMS:
        return term
    inside = isinstance(term, Apply) and term.head == "hadamard"
    beside = entrywise and isinstance(term, Add | Neg | Mul)
    # what stands by itself is the same wherever it stands: edits of a claim share most of their terms
    new = map_children(term, (lambda t: _spread(t, True)) if inside or beside else spread)
    match new:
        case Add(args=args):
            return _with_ones(new, args, entrywise)
        case Pow(base=Constant(name="e"), exponent=exponent) if _wide(exponent):
            return Apply("each_exp", (exponent,))
        case Apply(head="exp", args=(arg,)) if _wide(arg):
            return Apply("each_exp", (arg,))
        case Pow(base=base, exponent=exponent) if (shape := shape_of(base)) and (
            len(shape) == 1 or (entrywise and not _square(shape))
        ):
            return Apply("each_power", (base, exponent)) if shape_of(exponent) == () else new
        case Div(numerator=a, denominator=b) if _wide(b):
            inverse = Apply("each_power", (b, MINUS_ONE))
            return Apply("hadamard", (a, inverse)) if shape_of(a) else mul(a, inverse)
        case _:
            return new


def _wide(term: Term) -> bool:
    """Whether a term is an array that no function of matrices is known for: a vector, or not square."""
    shape = shape_of(term)
    return bool(shape) and shape is not None and not _square(shape)


def _square(shape: Shape) -> bool:
    return len(shape) == 2 and shape[0] == shape[1]


def _with_ones(term: Term, args: tuple[Term, ...], entrywise: bool) -> Term:
    """A number added to a vector, and in an entrywise product to any array, is added to every entry."""
    shapes = [shape_of(a) for a in args]
    arrays = {s for s in shapes if s}
    if None in shapes or len(arrays) != 1 or all(shapes):
        return term
    shape = arrays.pop()
    if len(shape) == 2 and not entrywise:
        return term
    return Add(
        tuple(
            a if s or (isinstance(a, Number) and a.value == 0) else mul(a, ones(shape))
            for a, s in zip(args, shapes, strict=True)
        )
    )
