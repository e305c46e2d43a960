"""Constraints that are met by construction: weights that sum to a constant, unit vectors, symmetric and
orthogonal matrices. Each is written in terms of a free helper of the same type."""

from __future__ import annotations

from derive.calculus.gradient import shape_of
from derive.term import nodes as t
from derive.term.traverse import free_symbols

HELPER = r"\#"
"""Names of helpers start with this; a reader does not see them."""


def helper(symbol: t.Symbol) -> t.Symbol:
    return t.Symbol(HELPER + symbol.name, symbol.type)


def normalized(a: t.Term, b: t.Term, positive: bool) -> tuple[t.Symbol, t.Symbol, t.Term] | None:
    """`Σᵢ pᵢ = c` as (p, i, pᵢ in terms of weights w): c wᵢ/Σw, or wᵢ + (c - Σw)/Σ1 where signs are free."""
    match a:
        case t.BigOp(
            op="sum",
            body=t.Element(base=t.Symbol() as p, indices=(t.Symbol() as i,)),
            binders=(t.Binder(variable=v, condition=None),) as binders,
        ) if v == i and p.name not in free_symbols(b):
            w = t.Element(helper(p), (i,))
            total = t.BigOp("sum", w, binders)
            if positive or b == t.ONE:
                return p, i, t.Div(t.Mul((b, w)), total)
            count = t.BigOp("sum", t.ONE, binders)
            return p, i, t.Add((w, t.Div(t.Add((b, t.Neg(total))), count)))
        case _:
            return None


def constructed(a: t.Term, b: t.Term) -> tuple[t.Symbol, t.Term] | None:
    """A symbol with a term in its helper that satisfies a = b identically."""
    match a, b:
        case t.Apply(head="norm", args=(t.Symbol() as x,)), c if x.name not in free_symbols(c):
            return x, t.Div(t.Mul((c, helper(x))), t.Apply("norm", (helper(x),)))
        case t.Pow(base=t.Apply(head="norm", args=(t.Symbol() as x,)), exponent=two), t.Number(value=c) if (
            two == t.TWO and c == 1
        ):
            return x, t.Div(helper(x), t.Apply("norm", (helper(x),)))
        case t.Mul(args=(t.Apply(head="transpose", args=(t.Symbol() as x,)), y)), t.Number(value=c) if (
            x == y and c == 1
        ):
            return x, t.Div(helper(x), t.Apply("norm", (helper(x),)))
        case t.Symbol() as x, t.Apply(head="transpose", args=(y,)) if x == y:
            w = helper(x)
            return x, t.Div(t.Add((w, t.Apply("transpose", (w,)))), t.TWO)
        case t.Symbol() as x, t.Neg(arg=t.Apply(head="transpose", args=(y,))) if x == y:
            w = helper(x)
            return x, t.Add((w, t.Neg(t.Apply("transpose", (w,)))))
        case t.Mul(args=args), t.Apply(head="identity") if (found := _orthogonal(args)) is not None:
            # Cayley: (I - S)(I + S)^{-1} with S = W - Wᵀ, and I = W W^{-1}
            w = helper(found)
            one = t.Mul((w, t.Apply("inverse", (w,))))
            s = t.Add((w, t.Neg(t.Apply("transpose", (w,)))))
            return found, t.Mul((t.Add((one, t.Neg(s))), t.Apply("inverse", (t.Add((one, s)),))))
        case _:
            return None


def system(a: t.Term, b: t.Term) -> tuple[t.Symbol, t.Term] | None:
    """The vector of `A x = b` or `X^\\top X w = X^\\top y`, by the inverse of what stands before it."""
    match a:
        case t.Mul(args=(*before, t.Symbol() as x)) if before and len(x.type.shape or ()) == 1:
            pass
        case _:
            return None
    matrix = before[0] if len(before) == 1 else t.Mul(tuple(before))
    shape = shape_of(matrix)
    if shape is None or len(shape) != 2 or shape[0] != shape[1]:
        return None
    if x.name in free_symbols(b) or x.name in free_symbols(matrix):
        return None
    return x, t.Mul((t.Apply("inverse", (matrix,)), b))


def eigenpair(a: t.Term, b: t.Term, symmetric: bool) -> tuple[t.Symbol, t.Term] | None:
    """The matrix of `A v = \\lambda v`, as a change of rank one or two of any matrix (any symmetric one).

    Source: the symmetric change is that of Powell (PSB), the other that of Broyden.
    """
    match a:
        case t.Mul(args=(t.Symbol() as matrix, t.Symbol() as v)):
            pass
        case _:
            return None
    shapes = [len(s.type.shape or ()) for s in (matrix, v)]
    names = free_symbols(b)
    if shapes != [2, 1] or v.name not in names or matrix.name in names:
        return None
    w: t.Term = helper(matrix)
    row = t.Apply("transpose", (v,))
    length = t.Mul((row, v))
    if not symmetric:
        gap = t.Add((b, t.Neg(t.Mul((w, v)))))
        return matrix, t.Add((w, t.Div(t.Mul((gap, row)), length)))
    w = t.Div(t.Add((w, t.Apply("transpose", (w,)))), t.TWO)
    gap = t.Add((b, t.Neg(t.Mul((w, v)))))
    both = t.Add((t.Mul((gap, row)), t.Mul((v, t.Apply("transpose", (gap,))))))
    twice = t.Div(t.Mul((t.Mul((row, gap)), v, row)), t.Pow(length, t.TWO))
    return matrix, t.Add((w, t.Div(both, length), t.Neg(twice)))


def _orthogonal(args: tuple[t.Term, ...]) -> t.Symbol | None:
    match args:
        case (t.Apply(head="transpose", args=(t.Symbol() as x,)), y) if x == y:
            return x
        case (t.Symbol() as x, t.Apply(head="transpose", args=(y,))) if x == y:
            return x
        case _:
            return None
