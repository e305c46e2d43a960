"""Exact symbolic derivatives by a number-valued variable; those by an array are in `gradient`.

Every other symbol is held fixed: that a symbol depends on the variable is for `resolve` to
know. What has no rule raises `NotDifferentiable`; nothing is ever taken to be zero for want
of a rule.
"""

from __future__ import annotations

from typing import assert_never

from derive.calculus import elementary
from derive.calculus.differentiable import NotDifferentiable as NotDifferentiable
from derive.calculus.differentiable import depends as depends
from derive.calculus.differentiable import derived
from derive.calculus.gradient import component, gradient, shape_of
from derive.calculus.jacobian import jacobian
from derive.classes import replace
from derive.reasons.gaps import Gap
from derive.term.construct import add, apply, div, is_zero, mul, neg, power, sub
from derive.term.contents import among, has
from derive.term.nodes import (
    ONE,
    TWO,
    ZERO,
    Add,
    Apply,
    At,
    BigOp,
    Binder,
    Call,
    Constant,
    Derivative,
    Div,
    Element,
    Ellipsis,
    Expectation,
    Integral,
    Interval,
    Limit,
    Matrix,
    Mul,
    Neg,
    Number,
    Partial,
    Piecewise,
    Pow,
    Prime,
    Probability,
    Relation,
    Root,
    SetOf,
    Symbol,
    Term,
    Tuple,
)
from derive.term.traverse import bound_here, children, free_symbols, fresh, substitute

_FACTORS = 6
"""The highest power of a matrix that is differentiated factor by factor."""


def differentiate(term: Term, variable: Term) -> Term:
    """The derivative of `term` by `variable` (a Symbol, an Element or any other atom).

    By a variable of shape () the result has the term's shape; by an array, for a number-valued
    term, the gradient in the variable's shape. Raises `NotDifferentiable`.
    """
    if has(term, Ellipsis):
        raise NotDifferentiable(Gap.DOTS)  # what they stand for may have the variable in it
    if isinstance(variable, Symbol) and variable.type.shape:
        if len(variable.type.shape) == 1 and len(shape_of(term) or ()) == 1:
            return jacobian(term, variable)
        return gradient(term, variable)
    if isinstance(variable, Element) and _is_numbered(variable):
        return _by_numbered(term, variable)
    if isinstance(variable, Element) and len(variable.indices) == 1 and _whole(term, variable.base):
        assert isinstance(variable.base, Symbol)
        return component(gradient(term, variable.base), variable.indices[0])
    return _derivative(term, variable)


def _is_numbered(variable: Element) -> bool:
    """Whether an element is itself a vector or matrix: the i-th of several."""
    base = variable.base
    return isinstance(base, Symbol) and base.type.role == "sequence" and bool(base.type.shape)


def _by_numbered(term: Term, variable: Element) -> Term:
    """The gradient by the i-th of several vectors, where the term has no other of them: the others may be
    the same one. Raises `NotDifferentiable`."""
    base = variable.base
    assert isinstance(base, Symbol)
    if any(n.base == base and n != variable for n in among(term, Element)):
        raise NotDifferentiable(Gap.TERMS_WITH_SEVERAL_OF, base.to_latex())
    alone = Symbol(variable.to_latex(), replace(base.type, role="variable"))
    alone = fresh(alone, set(free_symbols(term)))
    found = gradient(substitute(term, {variable: alone}), alone)
    return substitute(found, {alone: variable})


def _whole(term: Term, array: Term) -> bool:
    """Whether a vector occurs as a whole, not only by its elements."""
    if not isinstance(array, Symbol) or array.type.shape is None or len(array.type.shape) != 1:
        return False
    if array.type.role == "sequence":
        return False
    stack = [term]
    while stack:
        node = stack.pop()
        if node == array:
            return True
        if isinstance(node, Element) and node.base == array:
            stack.extend(node.indices)
        else:
            stack.extend(children(node))
    return False


def _derivative(term: Term, x: Term) -> Term:
    if not depends(term, x):
        return ZERO
    if term == x:
        return ONE

    def d(part: Term) -> Term:
        return _derivative(part, x)

    match term:
        case Symbol():
            return _array_by_element(term, x)
        case Number() | Constant():
            return ZERO
        case Element():
            return _element(term, x)
        case Add(args=args):
            return add(*(d(a) for a in args))
        case Neg(arg=arg):
            return neg(d(arg))
        case Mul(args=args):
            return add(*(mul(*args[:k], slope, *args[k + 1 :]) for k, slope in _slopes(args, x)))
        case Div(numerator=a, denominator=b):
            if not depends(b, x):
                return div(d(a), b)
            if not depends(a, x):
                return neg(div(mul(a, d(b)), power(b, TWO)))
            return div(sub(mul(d(a), b), mul(a, d(b))), power(b, TWO))
        case Pow(base=a, exponent=b):
            return _power(a, b, x)
        case Root(radicand=a, index=n):
            if depends(n, x):
                return _power(a, div(ONE, n), x)
            # in terms of the root itself, so that a real odd root of a negative number is right too
            return div(d(a), mul(n, power(term, sub(n, ONE))))
        case Apply():
            return _apply(term, x)
        case Call(function=f, args=args):
            if depends(f, x):
                raise NotDifferentiable(Gap.FAMILY_OF_FUNCTIONS_BY_ITS_PARAMETER)
            return add(*(mul(Call(derived(f, k, len(args)), args), slope) for k, slope in _slopes(args, x)))
        case BigOp():
            return _big(term, x)
        case Integral():
            return _integral(term, x)
        case Derivative(body=body, variables=variables):
            if variables and variables[-1][0] == x:
                order = add(variables[-1][1], ONE)
                return replace(term, variables=(*variables[:-1], (x, order)))
            if any(not isinstance(v, Symbol) for v, _ in variables):
                raise NotDifferentiable(Gap.OPEN_DERIVATIVE)
            return replace(term, variables=(*variables, (x, ONE)))
        case At(body=body, variable=v, value=value):
            outer: Term = ZERO
            if depends(value, x):
                outer = mul(At(_derivative(body, v), v, value), d(value))
            inner: Term = ZERO if v == x or not depends(body, x) else At(d(body), v, value)
            return add(inner, outer)
        case Piecewise(cases=cases):
            return _piecewise(cases, x)
        case Matrix(rows=rows):
            return Matrix(tuple(tuple(d(entry) for entry in row) for row in rows))
        case Tuple(items=items):
            return Tuple(tuple(d(item) for item in items))
        case Expectation(op="E", args=(arg,)) if not any(
            part is not None and depends(part, x) for part in (term.under, term.given)
        ):
            slope = d(arg)
            return ZERO if is_zero(slope) else replace(term, args=(slope,))
        case Limit():
            raise NotDifferentiable(Gap.LIMIT)
        case Expectation() | Probability():
            raise NotDifferentiable(Gap.EXPECTATION_OR_PROBABILITY)
        case Prime() | Partial():
            raise NotDifferentiable(Gap.FUNCTION_WITHOUT_ITS_ARGUMENT)
        case SetOf() | Interval() | Relation() | Ellipsis():
            raise NotDifferentiable(Gap.CONSTRUCT, type(term).__name__)
        case _:
            assert_never(term)


def _slopes(args: tuple[Term, ...], x: Term) -> list[tuple[int, Term]]:
    slopes = [(k, _derivative(a, x)) for k, a in enumerate(args) if depends(a, x)]
    return [(k, slope) for k, slope in slopes if not is_zero(slope)]


def _array_by_element(term: Symbol, x: Term) -> Term:
    """An array by its own element: a unit vector."""
    shape = term.type.shape
    if isinstance(x, Element) and x.base == term and shape is not None and len(shape) == 1:
        return apply("unit", *x.indices)
    raise NotDifferentiable(Gap.ARRAY_BY_ITS_ELEMENT, term.name)


def _element(term: Element, x: Term) -> Term:
    if any(depends(index, x) for index in term.indices):
        raise NotDifferentiable(Gap.ELEMENT_BY_ITS_INDEX)
    if isinstance(x, Element) and term.base == x.base:
        if len(term.indices) != len(x.indices):
            raise NotDifferentiable(Gap.ELEMENT_BY_PART_OF_IT)
        return mul(*(_same(i, j) for i, j in zip(term.indices, x.indices, strict=True)))
    if term.base == x or isinstance(term.base, Symbol):
        raise NotDifferentiable(Gap.ELEMENT_BY_ITS_WHOLE_ARRAY)
    slope = _derivative(term.base, x)
    return ZERO if is_zero(slope) else Element(slope, term.indices)


def _power_of_matrix(a: Term, b: Term, x: Term) -> Term:
    """`(A^2)' = A'A + AA'`, `(A^{-1})' = -A^{-1}A'A^{-1}`: a matrix and its slope do not commute."""
    if not isinstance(b, Number) or b.value.denominator != 1 or not 0 < abs(b.value) <= _FACTORS:
        raise NotDifferentiable(Gap.CONSTRUCT, "Pow")
    slope = _derivative(a, x)
    inverse = b.value < 0
    factor = power(a, neg(ONE)) if inverse else a
    inner = neg(mul(factor, slope, factor)) if inverse else slope
    n = int(abs(b.value))
    return add(*(mul(*(factor,) * k, inner, *(factor,) * (n - 1 - k)) for k in range(n)))


def _same(i: Term, j: Term) -> Term:
    if i == j:
        return ONE
    if isinstance(i, Number) and isinstance(j, Number):
        return ZERO
    return apply("kronecker", i, j)


def _power(a: Term, b: Term, x: Term) -> Term:
    if len(shape_of(a) or ()) == 2:
        return _power_of_matrix(a, b, x)
    term = power(a, b)
    if not depends(b, x):
        return mul(b, power(a, sub(b, ONE)), _derivative(a, x))
    logarithm: Term = ONE if a == Constant("e") else apply("log", a)
    if not depends(a, x):
        return mul(term, logarithm, _derivative(b, x))
    slope = add(mul(_derivative(b, x), logarithm), div(mul(b, _derivative(a, x)), a))
    return mul(term, slope)


_LINEAR = frozenset({"transpose", "trace", "vec", "diag", "plusminus", "minusplus", "ones"})
_BILINEAR = frozenset({"dot", "cross", "hadamard", "kron", "commutator", "convolve"})
_OF_REAL_VARIABLE = frozenset({"Re", "Im", "conjugate", "adjoint"})


def _apply(term: Apply, x: Term) -> Term:
    head, args = term.head, term.args
    if head in _LINEAR:
        return apply(head, *(_derivative(a, x) for a in args)) if len(args) == 1 else _no_rule(head)
    if head in _BILINEAR:
        return add(*(apply(head, *args[:k], slope, *args[k + 1 :]) for k, slope in _slopes(args, x)))
    if head in _OF_REAL_VARIABLE:
        if isinstance(x, Symbol) and x.type.domain == "complex":
            raise NotDifferentiable(Gap.CONSTRUCT_BY_COMPLEX_VARIABLE, head)
        return apply(head, _derivative(args[0], x))
    if head in ("max", "min") and len(args) > 1:
        return elementary.choice(head, args, tuple(_derivative(a, x) for a in args))
    if head == "inverse":
        return neg(mul(term, _derivative(args[0], x), term))
    if head == "det":
        return mul(term, apply("trace", mul(apply("inverse", args[0]), _derivative(args[0], x))))
    if head == "norm":
        return _norm(term, x)
    if head == "softmax":
        slope = _derivative(args[0], x)
        return sub(apply("hadamard", term, slope), mul(apply("dot", term, slope), term))
    total: list[Term] = []
    for k, slope in _slopes(args, x):
        rule = elementary.partial(head, args, k)
        if rule is None:
            _no_rule(head)
        else:
            total.append(mul(rule, slope))
    return add(*total)


def _no_rule(head: str) -> Term:
    raise NotDifferentiable(Gap.CONSTRUCT, head)


def _norm(term: Apply, x: Term) -> Term:
    """Of a number ‖u‖ is |u|; of a vector with the Euclidean norm, u·u'/‖u‖."""
    u = term.args[0]
    if shape_of(u) == ():
        return div(mul(u, _derivative(u, x)), term)
    if len(term.args) == 2 and term.args[1] != TWO:
        raise NotDifferentiable(Gap.NORM_OTHER_THAN_EUCLIDEAN_ONE)
    return div(apply("dot", u, _derivative(u, x)), term)


def _big(term: BigOp, x: Term) -> Term:
    for b in term.binders:
        parts = (b.lower, b.upper, b.domain, b.condition)
        if any(part is not None and depends(part, x) for part in parts):
            raise NotDifferentiable(Gap.SUM_BY_ITS_RANGE)
    taken = set(free_symbols(x))
    if any(s.name in taken for s in bound_here(term)):
        # ∂/∂x_i of a sum over i: another i
        renamed = []
        body = term.body
        for b in term.binders:
            new = fresh(b.variable, taken | set(free_symbols(body)))
            body = substitute(body, {b.variable: new})
            renamed.append(replace(b, variable=new))
            taken.add(new.name)
        if len(renamed) > 1:
            raise NotDifferentiable(Gap.MULTIPLE_SUM_OVER_VARIABLE_OWN_INDEX)
        term = replace(term, body=body, binders=tuple(renamed))
    slope = _derivative(term.body, x)
    if is_zero(slope):
        return ZERO
    match term.op:
        case "sum":
            return replace(term, body=slope)
        case "prod" if len(term.binders) == 1:
            (binder,) = term.binders
            k = fresh(binder.variable, set(free_symbols(term.body)) | taken | {binder.variable.name})
            moved: dict[Term, Term] = {binder.variable: k}
            others = Relation("!=", binder.variable, k)
            condition = others if binder.condition is None else apply("and", binder.condition, others)
            rest = BigOp("prod", term.body, (replace(binder, condition=condition),))
            outer = Binder(
                k,
                binder.lower,
                binder.upper,
                binder.domain,
                None if binder.condition is None else substitute(binder.condition, moved),
            )
            return BigOp("sum", mul(substitute(slope, moved), rest), (outer,))
        case op:
            raise NotDifferentiable(Gap.CONSTRUCT, op)


def _integral(term: Integral, x: Term) -> Term:
    v = term.variable
    definite = term.lower is not None or term.upper is not None or term.domain is not None
    if not definite:
        if v == x:
            return term.body
        slope = _derivative(term.body, x)
        return ZERO if is_zero(slope) else replace(term, body=slope)
    if term.domain is not None and depends(term.domain, x):
        raise NotDifferentiable(Gap.INTEGRAL_BY_ITS_DOMAIN)
    total: list[Term] = []
    if isinstance(x, Symbol) and v.name == x.name:
        inside: Term = ZERO
    else:
        inside = _derivative(term.body, x)
    if not is_zero(inside):
        total.append(replace(term, body=inside))
    for end, signed in ((term.upper, mul), (term.lower, lambda *t: neg(mul(*t)))):
        if end is not None and depends(end, x):
            total.append(signed(substitute(term.body, {v: end}), _derivative(end, x)))
    return add(*total)


_STRICT = {"<": "<", "<=": "<", ">": ">", ">=": ">", "!=": "!="}
_OPPOSITE = {"<": ">", "<=": ">", ">": "<", ">=": "<", "=": "!="}


def _interior(condition: Term, x: Term) -> Term | None:
    """The condition away from its boundary; None where it holds on a boundary only."""
    if not depends(condition, x):
        return condition
    match condition:
        case Relation(op=op) if op in _STRICT:
            return replace(condition, op=_STRICT[op])
        case Relation(op="in", right=Interval() as interval):
            return replace(condition, right=replace(interval, left_open=True, right_open=True))
        case Relation(op="="):
            return None
        case Apply(head="and" | "or" as head, args=args):
            parts = [_interior(a, x) for a in args]
            if any(p is None for p in parts):
                return None
            return apply(head, *(p for p in parts if p is not None))
    raise NotDifferentiable(Gap.FUNCTION_BY_CASES_WITH_SUCH_CONDITION)


def _outside(condition: Term, x: Term) -> Term:
    """Where the condition fails, without the boundary."""
    if not depends(condition, x):
        return apply("not", condition)
    match condition:
        case Relation(op=op) if op in _OPPOSITE:
            return replace(condition, op=_OPPOSITE[op])
        case Relation(op="!="):
            raise NotDifferentiable(Gap.VALUE_AT_ONE_POINT)
        case Apply(head="and", args=args):
            return apply("or", *(_outside(a, x) for a in args))
        case Apply(head="or", args=args):
            return apply("and", *(_outside(a, x) for a in args))
        case Relation(op="in", left=left, right=Interval(lower=lower, upper=upper)):
            return apply("or", Relation("<", left, lower), Relation(">", left, upper))
    raise NotDifferentiable(Gap.FUNCTION_BY_CASES_WITH_SUCH_CONDITION)


def _piecewise(cases: tuple[tuple[Term, Term | None], ...], x: Term) -> Term:
    """Case by case, undefined on the boundaries, where the pieces need not meet."""
    new: list[tuple[Term, Term | None]] = []
    before: list[Term] = []
    for value, condition in cases:
        slope = _derivative(value, x)
        if condition is None:
            outside = [_outside(c, x) for c in before]
            if not outside:
                return slope
            new.append((slope, outside[0] if len(outside) == 1 else apply("and", *outside)))
            break
        interior = _interior(condition, x)
        if interior is not None:
            # an earlier case counts on its boundary too, which was taken away from it
            outside = [o for o in (_outside(c, x) for c in before) if o != interior]
            new.append((slope, apply("and", interior, *outside) if outside else interior))
        before.append(condition)
    return Piecewise(tuple(new))
