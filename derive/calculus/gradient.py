"""The gradient of a number by an array, as a term in the array's shape.

Reverse accumulation: `contributions(term, cotangent)` pushes the derivative of the result by a
subterm down to the occurrences of the array. Rules: Petersen & Pedersen, The Matrix Cookbook,
section 2; Magnus & Neudecker, Matrix Differential Calculus, chapter 9.
"""

from __future__ import annotations

from derive.calculus import elementary
from derive.calculus.differentiable import NotDifferentiable, depends, derived
from derive.classes import replace
from derive.reasons.gaps import Gap
from derive.term.construct import add, apply, div, is_zero, mul, neg, power, sub, transpose
from derive.term.nodes import (
    ONE,
    TWO,
    ZERO,
    Add,
    Apply,
    At,
    BigOp,
    Call,
    Constant,
    Derivative,
    Dimension,
    Div,
    Element,
    Expectation,
    Integral,
    Matrix,
    Mul,
    Neg,
    Number,
    Partial,
    Piecewise,
    Pow,
    Prime,
    Root,
    Symbol,
    Term,
    Tuple,
    Type,
    integer,
)
from derive.term.traverse import bound_here, free_symbols, fresh, substitute

Shape = tuple[Dimension, ...]

_TO_NUMBER = frozenset(
    {"norm", "dot", "det", "trace", "rank", "dim", "kronecker", "indicator", "cardinality"}
)
_ELEMENTWISE = frozenset(
    {
        *elementary.ONE_ARGUMENT,
        "plusminus",
        "minusplus",
        "conjugate",
        "Re",
        "Im",
        "softmax",
        "each_exp",
        "each_power",
    }
)


def shape_of(term: Term) -> Shape | None:
    """() a number, (n,) a column, (m, n) a matrix; None where the types do not tell."""
    found: Shape | None = getattr(term, "_shape", _UNKNOWN)
    if found is _UNKNOWN:
        found = _found_shape(term)
        object.__setattr__(term, "_shape", found)
    return found


_UNKNOWN: Shape = ("",)
"""In the place of a shape that nobody has asked for yet."""


def _found_shape(term: Term) -> Shape | None:
    match term:
        case Number() | Constant():
            return ()
        case Symbol(type=t):
            return t.shape
        case Element(base=base, indices=indices) if not isinstance(base, Symbol):
            whole = shape_of(base)
            return () if whole and len(indices) == len(whole) else None
        case Element(base=Symbol(type=t), indices=indices):
            if t.role == "sequence" or t.shape is None:
                return t.shape
            if len(indices) >= len(t.shape):
                return ()
            return None
        case Neg(arg=arg):
            return shape_of(arg)
        case Div(numerator=arg):
            return shape_of(arg)
        case Add(args=args):
            shapes = [shape_of(a) for a in args]
            return next((s for s in shapes if s), None if None in shapes else ())
        case Mul(args=args):
            return _product_shape(args)
        case Pow(base=base):
            return shape_of(base)
        case Root():
            return ()
        case Apply(head="transpose" | "adjoint", args=(arg,)):
            shape = shape_of(arg)
            if shape is None or shape == ():
                return shape
            return (1, shape[0]) if len(shape) == 1 else (shape[1], shape[0])
        case Apply(head="inverse", args=(arg,)):
            return shape_of(arg)
        case Apply(head="pseudo_inverse", args=(arg,)):
            shape = shape_of(arg)
            return (shape[1], shape[0]) if shape is not None and len(shape) == 2 else None
        case Apply(head="identity", args=(n,)):
            return None if (d := _dimension(n)) is None else (d, d)
        case Apply(head="ones" | "zeros", args=(n,)) | Apply(head="unit", args=(_, n)):
            return None if (d := _dimension(n)) is None else (d,)
        case Apply(head="diag", args=(arg,)):
            shape = shape_of(arg)
            return None if not shape else (shape[0], shape[0]) if len(shape) == 1 else (shape[0],)
        case Apply(head=head) if head in _TO_NUMBER:
            return ()
        case Apply(head=head, args=args) if head in _ELEMENTWISE or head in ("hadamard", "cross"):
            return shape_of(args[0])
        case Call(function=function, args=args):
            base = function.function if isinstance(function, Partial | Prime) else function
            shape = base.type.shape if isinstance(base, Symbol) else ()
            # a function of numbers goes entry by entry
            return shape_of(args[0]) if shape == () and len(args) == 1 else shape
        case BigOp(op="sum" | "prod", body=body) | Integral(body=body) | At(body=body):
            return shape_of(body)
        case Piecewise(cases=cases):
            return shape_of(cases[0][0])
        case Matrix(rows=rows):
            return (len(rows),) if len(rows[0]) == 1 else (len(rows), len(rows[0]))
        case Expectation(op="E", args=(arg,)):
            return shape_of(arg)
        case Derivative(body=body, variables=variables):
            if shape_of(body) == () and len(variables) == 1:
                return shape_of(variables[0][0])
            return None
        case _:
            return None


def _dimension(term: Term) -> Dimension | None:
    match term:
        case Symbol(name=name):
            return name
        case Number(value=value) if value.denominator == 1:
            return int(value)
        case _:
            return None


def _identity(shape: Shape | None) -> Term:
    """The identity of a shape, of an open one where it is not known."""
    if not shape:
        return apply("identity")
    return apply(
        "identity",
        integer(shape[0]) if isinstance(shape[0], int) else Symbol(shape[0], Type("positive_integer")),
    )


def _times(left: Shape, right: Shape) -> Shape | None:
    if left == ():
        return right
    if right == ():
        return left
    if len(left) == 1 and len(right) == 2:
        return (left[0], right[1]) if right[0] == 1 else None
    if len(left) == 2 and len(right) == 1:
        return () if left[0] == 1 else (left[0],)
    if len(left) == 2 and len(right) == 2:
        return (left[0], right[1])
    return None


def _product_shape(args: tuple[Term, ...]) -> Shape | None:
    total: Shape | None = ()
    for arg in args:
        shape = shape_of(arg)
        if shape is None or total is None:
            return None
        total = _times(total, shape)
    return total


def gradient(term: Term, variable: Symbol) -> Term:
    """The gradient of the number `term` by the array `variable`. Raises `NotDifferentiable`."""
    if not depends(term, variable):
        return apply("zeros") if variable.type.shape else ZERO
    shape = shape_of(term)
    if shape != ():
        raise NotDifferentiable(Gap.ARRAY_BY_ARRAY if shape else Gap.TERM_OF_UNKNOWN_SHAPE_BY_ARRAY)
    return add(*_push(term, ONE, variable))


def _push(term: Term, g: Term, x: Symbol) -> list[Term]:
    """Contributions to the gradient by x, where g is the result's derivative by `term`."""
    if is_zero(g) or not depends(term, x):
        return []
    if term == x:
        return [g]
    match term:
        case Add(args=args):
            return [c for a in args for c in _push(a, g, x)]
        case Neg(arg=arg):
            return _push(arg, neg(g), x)
        case Mul(args=args):
            return _push_product(args, g, x)
        case Div(numerator=a, denominator=b):
            through = _push(a, mul(div(ONE, b), g), x)
            return through + _push(b, neg(mul(div(a, power(b, TWO)), g)), x) if depends(b, x) else through
        case Pow(base=Apply(head="norm", args=(u, *p)), exponent=Number(value=two)) if two == 2 and p in (
            [],
            [TWO],
            [Symbol("F")],
        ):
            return _push(u, mul(TWO, g, u), x)
        case Pow(base=base, exponent=exponent):
            if shape_of(base) != () or shape_of(exponent) != ():
                raise NotDifferentiable(Gap.POWER_OF_ARRAY)
            found = _push(base, mul(exponent, power(base, sub(exponent, ONE)), g), x)
            if depends(exponent, x):
                logarithm = ONE if base == Constant("e") else apply("log", base)
                found += _push(exponent, mul(term, logarithm, g), x)
            return found
        case Root(radicand=radicand, index=index):
            return _push(radicand, div(g, mul(index, power(term, sub(index, ONE)))), x)
        case Apply():
            return _push_apply(term, g, x)
        case Call(function=function, args=args):
            found = []
            for k, arg in enumerate(args):
                if depends(arg, x):
                    if shape_of(arg) != ():
                        if len(args) > 1 or shape_of(term) != shape_of(arg):
                            raise NotDifferentiable(Gap.UNKNOWN_FUNCTION_OF_ARRAY)
                        slope = Call(derived(function, 0, 1), args)
                        return _push(arg, apply("hadamard", g, slope), x)
                    found += _push(arg, mul(Call(derived(function, k, len(args)), args), g), x)
            return found
        case Element(base=base, indices=(index,)) if base == x or not isinstance(base, Symbol):
            shape = shape_of(base)
            if shape is None or len(shape) != 1:
                raise NotDifferentiable(Gap.TERM_OF_UNKNOWN_SHAPE_BY_ARRAY)
            sized = (
                integer(shape[0]) if isinstance(shape[0], int) else Symbol(shape[0], Type("positive_integer"))
            )
            return _push(base, mul(g, apply("unit", index, sized)), x)
        case BigOp(op="sum", body=body, binders=binders):
            if any(s.name == x.name for s in bound_here(term)) or shape_of(body) != ():
                raise NotDifferentiable(Gap.SUM_OF_ARRAYS)
            for binder in binders:
                parts = (binder.lower, binder.upper, binder.domain, binder.condition)
                if any(part is not None and depends(part, x) for part in parts):
                    raise NotDifferentiable(Gap.SUM_BY_ITS_RANGE)
            inner = add(*_push(body, ONE, x))
            return [mul(g, replace(term, body=inner))]
        case Expectation(op="E", args=(arg,)):
            if any(part is not None and depends(part, x) for part in (term.under, term.given)):
                raise NotDifferentiable(Gap.EXPECTATION_BY_ITS_DISTRIBUTION)
            return [mul(g, replace(term, args=(add(*_push(arg, ONE, x)),)))]
        case Tuple() | Matrix():
            raise NotDifferentiable(Gap.ARRAY_OF_ENTRIES_BY_ARRAY)
        case _:
            raise NotDifferentiable(Gap.CONSTRUCT, type(term).__name__)


def _push_product(args: tuple[Term, ...], g: Term, x: Symbol) -> list[Term]:
    """Split into numbers and runs of arrays; each run is a matrix product."""
    numbers: list[Term] = []
    runs: list[list[Term]] = [[]]
    shape: Shape | None = ()
    for arg in args:
        part = shape_of(arg)
        if part is None:
            raise NotDifferentiable(Gap.PRODUCT_OF_UNKNOWN_SHAPES)
        if part == ():
            numbers.append(arg)
            continue
        runs[-1].append(arg)
        shape = _times(shape or (), part)
        if shape is None:
            raise NotDifferentiable(Gap.PRODUCT_OF_SHAPES_THAT_DO_NOT_FIT)
        if shape == ():
            runs.append([])
    full = [run for run in runs if run]
    products = [mul(*run) for run in full]
    found: list[Term] = []
    for k, factor in enumerate(numbers):
        others = mul(*numbers[:k], *numbers[k + 1 :], *products)
        if depends(factor, x):
            if _product_shape(args) != ():
                raise NotDifferentiable(Gap.ARRAY_SCALED_BY_NUMBER_THAT_VARIES)
            found += _push(factor, mul(others, g), x)
    for k, run in enumerate(full):
        scale = mul(*numbers, *products[:k], *products[k + 1 :])
        if shape_of(scale) != ():
            raise NotDifferentiable(Gap.PRODUCT_OF_SEVERAL_ARRAYS)
        for j, factor in enumerate(run):
            if depends(factor, x):
                left = [transpose(f) for f in reversed(run[:j])]
                right = [transpose(f) for f in reversed(run[j + 1 :])]
                found += _push(factor, mul(scale, *_without_identity([*left, g, *right])), x)
    return found


def _without_identity(factors: list[Term]) -> list[Term]:
    """The factors of a matrix product without an identity that has others beside it."""
    flat = [f for factor in factors for f in (factor.args if isinstance(factor, Mul) else (factor,))]
    rest = [f for f in flat if not (isinstance(f, Apply) and f.head == "identity")]
    return rest if any(shape_of(f) != () for f in rest) else flat


def _push_apply(term: Apply, g: Term, x: Symbol) -> list[Term]:
    head, args = term.head, term.args
    match head, args:
        case "transpose", (u,):
            return _push(u, _transposed(g), x)
        case "dot", (u, v):
            return _push(u, mul(g, v), x) + _push(v, mul(g, u), x)
        case "norm", (u,):
            return _push(u, mul(div(g, term), u), x)
        case "norm", (u, p) if p == TWO or p == Symbol("F"):
            return _push(u, mul(div(g, term), u), x)
        case "trace", (u,):
            return _push(u, mul(g, _identity(shape_of(u))), x)
        case "log", (Apply(head="det", args=(u,)),):
            return _push(u, mul(g, transpose(apply("inverse", u))), x)
        case "det", (u,):
            return _push(u, mul(g, term, transpose(apply("inverse", u))), x)
        case "inverse", (u,):
            turned = transpose(term)
            return _push(u, neg(mul(turned, g, turned)), x)
        case "hadamard", _:
            others = [(u, (*args[:k], *args[k + 1 :])) for k, u in enumerate(args)]
            return [c for u, rest in others for c in _push(u, apply("hadamard", g, *rest), x)]
        case "each_exp", (u,):
            return _push(u, apply("hadamard", g, term), x)
        case "each_power", (u, p) if not depends(p, x):
            return _push(u, mul(p, apply("hadamard", g, apply("each_power", u, sub(p, ONE)))), x)
        case "softmax", (u,):
            inner = mul(transpose(term), g)
            return _push(u, sub(apply("hadamard", term, g), mul(inner, term)), x)
        case "diag", (u,) if len(shape_of(u) or ()) == 1:
            return _push(u, apply("diag", g), x)
        case "diag", (u,) if len(shape_of(u) or ()) == 2:
            return _push(u, apply("diag", g), x)
        case "norm", (u, p) if p == ONE and len(shape_of(u) or ()) == 1:
            return _push(u, mul(g, apply("sign", u)), x)
        case "cross", (u, v):
            return _push(u, apply("cross", v, g), x) + _push(v, apply("cross", g, u), x)
    found: list[Term] = []
    for k, arg in enumerate(args):
        if not depends(arg, x):
            continue
        rule = elementary.partial(head, args, k)
        if rule is None:
            raise NotDifferentiable(Gap.CONSTRUCT, head)
        shape = shape_of(arg)
        if shape is None:
            raise NotDifferentiable(Gap.CONSTRUCT_OF_UNKNOWN_SHAPE, head)
        found += _push(arg, mul(rule, g) if shape == () else apply("hadamard", g, rule), x)
    return found


def _transposed(g: Term) -> Term:
    """(a B c)ᵀ with the transpose carried to the factors."""
    match g:
        case Mul(args=args) if all(shape_of(a) is not None for a in args):
            numbers = [a for a in args if shape_of(a) == ()]
            arrays = [transpose(a) for a in reversed(args) if shape_of(a) != ()]
            return mul(*numbers, *arrays)
        case Neg(arg=arg):
            return neg(_transposed(arg))
        case _:
            return g if shape_of(g) == () else transpose(g)


def component(term: Term, index: Term) -> Term:
    """The entry of a vector at `index`, carried to the vectors it is made of."""
    match term:
        case Add(args=args):
            return add(*(component(a, index) for a in args))
        case Neg(arg=arg):
            return neg(component(arg, index))
        case Div(numerator=a, denominator=b):
            return div(component(a, index), b)
        case Mul(args=args):
            numbers = [a for a in args if shape_of(a) == ()]
            arrays = [a for a in args if shape_of(a) != ()]
            if len(arrays) == 1:
                return mul(*numbers, component(arrays[0], index))
            return mul(*numbers, Element(mul(*arrays), (index,)))
        case Apply(head="unit", args=(k, *_)):
            return apply("kronecker", k, index)
        case Apply(head="ones"):
            return ONE
        case Apply(head="zeros"):
            return ZERO
        case Apply(head="hadamard", args=args):
            return mul(*(component(a, index) for a in args))
        case BigOp(op="sum", body=body, binders=(binder,)):
            taken = set(free_symbols(index)) | set(free_symbols(body))
            if binder.variable.name in free_symbols(index):
                new = fresh(binder.variable, taken)
                body = substitute(body, {binder.variable: new})
                binder = replace(binder, variable=new)
            return replace(term, body=component(body, index), binders=(binder,))
        case Element(base=base, indices=indices):
            return Element(base, (*indices, index))
        case _:
            return Element(term, (index,))
