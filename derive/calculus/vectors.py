"""∇f, ∇·F, ∇×F, Δf and the Hessian, in Cartesian coordinates, where the arguments are known.

For a function the coordinates are its parameters; the result is written out by components.
"""

from __future__ import annotations

from collections.abc import Mapping

from derive.calculus.gradient import shape_of
from derive.term.construct import add, mul, sub
from derive.term.nodes import ONE, TWO, Apply, Call, Derivative, Matrix, Neg, Number, Pow, Symbol, Term, Tuple
from derive.term.scope import Definition
from derive.term.traverse import free_symbols

Vector = tuple[Term, Term, Term]
PERMUTATION = frozenset({"\\varepsilon", "\\epsilon"})
"""Names of the permutation symbol."""
_COORDINATES = ("x", "y", "z")


def expanded_operator(
    head: str, arg: Term, functions: Mapping[str, Definition]
) -> tuple[Term, tuple[Symbol, ...]] | None:
    """`head` of `arg` by components, with the coordinates; None where those are not known."""
    body, coordinates = _field(arg, functions)
    expanded = by_components(head, body, coordinates) if coordinates else None
    return None if expanded is None else (expanded, coordinates)


def of_one_vector(head: str, arg: Term) -> Term | None:
    """`\\nabla \\frac{1}{\\|r\\|}`: by the only array that a number is made of; None where there are
    others, or where the operator is of another kind."""
    arrays = [s for s in free_symbols(arg).values() if s.type.shape != ()]
    if len(arrays) != 1 or len(arrays[0].type.shape or ()) != 1 or shape_of(arg) != ():
        return None
    return by_vector(head, arg, arrays[0])


def by_vector(head: str, arg: Term, x: Symbol) -> Term | None:
    """The operator by a vector as a whole; None for one of another kind."""
    match head:
        case "grad":
            return Derivative(arg, ((x, ONE),))
        case "hessian":
            return Derivative(arg, ((x, ONE), (x, ONE)))
        case "laplacian":
            return Apply("trace", (Derivative(arg, ((x, ONE), (x, ONE))),))
        case _:
            return None


def inverse_hessian(term: Term, base: Term) -> Term | None:
    """`(\\nabla^2 f(x))^{-1}` of a vector x: what is inverted is the matrix of second derivatives."""
    if isinstance(term, Pow) and not (
        isinstance(term.exponent, Number | Neg) and term.exponent.to_latex() == "-1"
    ):
        return None
    match base:
        case Apply(head="laplacian" | "hessian", args=(Call(args=(Symbol(type=kind) as x,)) as value,)):
            second = by_vector("hessian", value, x) if len(kind.shape or ()) == 1 else None
            return None if second is None else Apply("inverse", (second,))
        case _:
            return None


def by_components(head: str, body: Term, coordinates: tuple[Symbol, ...]) -> Term | None:
    """The operator on a number, or on a column with an entry for each coordinate; None for anything else."""

    def d(term: Term, *by: Symbol) -> Term:
        if len(by) == 2 and by[0] == by[1]:
            return Derivative(term, ((by[0], TWO),))
        return Derivative(term, tuple((v, ONE) for v in by))

    entries = components(body)
    match head:
        case "grad" if entries is None:
            if len(coordinates) == 1:
                return d(body, coordinates[0])
            return Matrix(tuple((d(body, v),) for v in coordinates))
        case "laplacian" if entries is None and all(v.type.shape == () for v in coordinates):
            return add(*(d(body, v, v) for v in coordinates))
        case "hessian" if entries is None and len(coordinates) > 1:
            return Matrix(tuple(tuple(d(body, u, v) for v in coordinates) for u in coordinates))
        case "div" if entries is not None and len(entries) == len(coordinates):
            return add(*(d(f, v) for f, v in zip(entries, coordinates, strict=True)))
        case "curl" if entries is not None and len(entries) == len(coordinates) == 3:
            (p, q, r), (x, y, z) = entries, coordinates
            return Matrix(((sub(d(r, y), d(q, z)),), (sub(d(p, z), d(r, x)),), (sub(d(q, x), d(p, y)),)))
        case _:
            return None


def cross(a: Vector, b: Vector) -> Vector:
    """The cross product by components."""
    return (
        sub(mul(a[1], b[2]), mul(a[2], b[1])),
        sub(mul(a[2], b[0]), mul(a[0], b[2])),
        sub(mul(a[0], b[1]), mul(a[1], b[0])),
    )


def components(body: Term) -> tuple[Term, ...] | None:
    """The entries of a vector that is written out, as a list, a column or a row turned; None for others."""
    match body:
        case Tuple(items=items):
            return items
        case Matrix(rows=rows) if all(len(row) == 1 for row in rows):
            return tuple(row[0] for row in rows)
        case Apply(head="transpose", args=(Matrix(rows=(row,)),)):
            return row
        case _:
            return None


def _field(arg: Term, functions: Mapping[str, Definition]) -> tuple[Term, tuple[Symbol, ...]]:
    """The field's value and the coordinates it is a function of."""
    match arg:
        case Symbol(name=name) if name in functions:
            definition = functions[name]
            return definition.body, definition.parameters
        case Call(args=args) if args and all(isinstance(a, Symbol) for a in args):
            body: Term = arg
            if isinstance(arg.function, Symbol) and arg.function.name in functions:
                definition = functions[arg.function.name]
                if definition.parameters == args:
                    body = definition.body
            return body, tuple(a for a in args if isinstance(a, Symbol))
        case Apply(head="grad" | "curl" as head, args=(inner,)):
            return expanded_operator(head, inner, functions) or (arg, ())
        case Symbol() | Call():
            return arg, ()
        case _:
            free = free_symbols(arg)
            return arg, tuple(free[name] for name in _COORDINATES if name in free)
