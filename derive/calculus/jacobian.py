"""The derivative of a vector by a vector, as a matrix: a row for each component, a column for each variable.

Forward accumulation; the Hessian of a number is the Jacobian of its gradient. Rules: Magnus & Neudecker,
Matrix Differential Calculus, chapter 5. The other layout is the transpose.
"""

from __future__ import annotations

from derive.calculus import elementary
from derive.calculus.differentiable import NotDifferentiable, depends, derived
from derive.calculus.gradient import _identity, _times, gradient, shape_of
from derive.classes import replace
from derive.reasons.gaps import Gap
from derive.term.construct import add, apply, div, mul, neg, power, sub, transpose
from derive.term.nodes import (
    ONE,
    TWO,
    ZERO,
    Add,
    Apply,
    BigOp,
    Call,
    Div,
    Element,
    Mul,
    Neg,
    Symbol,
    Term,
)
from derive.term.traverse import bound_here


def jacobian(term: Term, x: Symbol) -> Term:
    """The matrix of the derivatives of the vector `term` by the vector `x`. Raises `NotDifferentiable`."""
    if len(shape_of(term) or ()) != 1 or len(x.type.shape or ()) != 1:
        raise NotDifferentiable(Gap.ARRAY_BY_ARRAY)
    return _of(term, x)


def _of(term: Term, x: Symbol) -> Term:
    """ZERO where the term does not depend on x."""
    if not depends(term, x):
        return ZERO
    if term == x:
        return _identity((*(x.type.shape or ()), 0))
    match term:
        case Add(args=args):
            return add(*(_of(a, x) for a in args))
        case Neg(arg=arg):
            return neg(_of(arg, x))
        case Mul(args=args):
            return add(*_product(args, x))
        case Div(numerator=a, denominator=b):
            slope = div(_of(a, x), b) if depends(a, x) else ZERO
            if not depends(b, x):
                return slope
            return sub(slope, div(mul(a, transpose(gradient(b, x))), power(b, TWO)))
        case Apply(head="hadamard", args=args):
            return add(
                *(
                    _through(_entrywise((*args[:k], *args[k + 1 :])), u, x)
                    for k, u in enumerate(args)
                    if depends(u, x)
                )
            )
        case Apply(head="each_exp", args=(u,)):
            return _through(term, u, x)
        case Apply(head="each_power", args=(u, p)) if not depends(p, x):
            return _through(mul(p, apply("each_power", u, sub(p, ONE))), u, x)
        case Apply(head="softmax", args=(u,)):
            slope = sub(apply("diag", term), mul(term, transpose(term)))
            return _times_inner(slope, u, x)
        case Apply(head=head, args=(u,)) if len(shape_of(u) or ()) == 1:
            rule = elementary.partial(head, (u,), 0)
            if rule is None:
                raise NotDifferentiable(Gap.CONSTRUCT, head)
            return _through(rule, u, x)
        case Call(function=function, args=(u,)) if shape_of(term) == shape_of(u):
            return _through(Call(derived(function, 0, 1), (u,)), u, x)
        case BigOp(op="sum", body=body) if all(s.name != x.name for s in bound_here(term)):
            return replace(term, body=_of(body, x))
        case Element() | _:
            raise NotDifferentiable(Gap.CONSTRUCT, type(term).__name__)


def _entrywise(factors: tuple[Term, ...]) -> Term:
    return factors[0] if len(factors) == 1 else Apply("hadamard", factors)


def _through(slope: Term, u: Term, x: Symbol) -> Term:
    """diag(slope) times the derivative of u."""
    return _times_inner(apply("diag", slope), u, x)


def _times_inner(left: Term, u: Term, x: Symbol) -> Term:
    return left if u == x else mul(left, _of(u, x))


def _product(args: tuple[Term, ...], x: Symbol) -> list[Term]:
    """Each factor in turn: a number gives an outer product, a column keeps what stands before it, a row meets
    the column behind it."""
    found: list[Term] = []
    for k, factor in enumerate(args):
        if not depends(factor, x):
            continue
        left, right = args[:k], args[k + 1 :]
        shape = shape_of(factor)
        if shape is None:
            raise NotDifferentiable(Gap.PRODUCT_OF_UNKNOWN_SHAPES)
        if shape == ():
            found.append(mul(*left, *right, transpose(gradient(factor, x))))
        elif len(shape) == 1:
            if _shape((factor, *right)) != shape or _shape(right) != ():
                raise NotDifferentiable(Gap.PRODUCT_OF_SEVERAL_ARRAYS)
            found.append(mul(*right, *left, _of(factor, x)))
        elif shape[0] == 1 and isinstance(factor, Apply) and factor.head == "transpose":
            column = factor.args[0]
            if len(_shape(right) or ()) != 1 or len(_shape(left) or ()) != 1:
                raise NotDifferentiable(Gap.PRODUCT_OF_SEVERAL_ARRAYS)
            found.append(mul(*left, transpose(_grouped(right)), _of(column, x)))
        elif isinstance(factor, Apply) and factor.head == "diag" and len(_shape(right) or ()) == 1:
            found.append(mul(*left, apply("diag", _grouped(right)), _of(factor.args[0], x)))
        else:
            raise NotDifferentiable(Gap.ARRAY_BY_ARRAY)
    return found


def _grouped(factors: tuple[Term, ...]) -> Term:
    return factors[0] if len(factors) == 1 else Mul(factors)


def _shape(factors: tuple[Term, ...]) -> tuple[int | str, ...] | None:
    total: tuple[int | str, ...] | None = ()
    for f in factors:
        part = shape_of(f)
        if part is None or total is None:
            return None
        total = _times(total, part)
    return total
