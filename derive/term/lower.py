"""Lowering terms to SymPy.

Symbols keep their LaTeX names; what SymPy cannot express is an error with its name.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Any, assert_never

import sympy as sp

from derive.model import Span
from derive.term import nodes as t
from derive.term.heads import HEADS
from derive.term.traverse import free_symbols


class NotExpressible(Exception):
    """A term that SymPy has no expression for: `what` names the construct, `span` says where it stands."""

    def __init__(self, what: str, span: Span | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.span = span


def to_sympy(term: t.Term, *, evaluate: bool = True) -> sp.Basic:
    """The term in SymPy; with `evaluate=False` as the author wrote it, nothing combined or reordered.

    Raises `NotExpressible`.
    """
    try:
        result: sp.Basic = _Lowering(evaluate).lower(term)
    except (TypeError, ValueError, AttributeError, NotImplementedError) as error:
        # SymPy's own refusals: shapes that do not fit, a set in a product, a bound that is no number
        raise NotExpressible(f"something SymPy refuses ({error})", term.span) from error
    return result


@cache
def _function(head: str) -> Callable[..., Any] | None:
    """SymPy's counterpart of a head."""
    named = HEADS[head].sympy if head in HEADS else ""
    if callable(named):
        return partial(named, sp)
    return getattr(sp, named) if named else None


_CONSTANTS: dict[str, Any] = {
    "pi": sp.pi,
    "e": sp.E,
    "i": sp.I,
    "infinity": sp.oo,
    "euler_gamma": sp.EulerGamma,
    "golden_ratio": sp.GoldenRatio,
    "catalan": sp.Catalan,
    "true": sp.true,
    "false": sp.false,
    "emptyset": sp.S.EmptySet,
    "N": sp.S.Naturals,
    "Z": sp.S.Integers,
    "Q": sp.S.Rationals,
    "R": sp.S.Reals,
    "C": sp.S.Complexes,
}
_RELATIONS: dict[str, Any] = {
    "=": sp.Eq,
    "!=": sp.Ne,
    "<": sp.StrictLessThan,
    "<=": sp.LessThan,
    ">": sp.StrictGreaterThan,
    ">=": sp.GreaterThan,
}
_MATRIX_HEADS = frozenset(
    {"transpose", "adjoint", "inverse", "det", "trace", "hadamard", "kron", "norm", "rank", "adjugate"}
)


class _Lowering:
    def __init__(self, evaluate: bool) -> None:
        self.evaluate = evaluate

    def add(self, args: list[Any]) -> Any:
        if any(_is_matrix(a) for a in args):
            return sp.MatAdd(*[_fixed(a) for a in args], evaluate=False)
        if any(isinstance(a, sp.Set) for a in args):
            raise NotExpressible("a sum with a set", None)
        return sp.Add(*args, evaluate=self.evaluate)

    def mul(self, args: list[Any]) -> Any:
        if any(_is_matrix(a) for a in args):
            return sp.MatMul(*[_fixed(a) for a in args], evaluate=False)
        if any(isinstance(a, sp.Set) for a in args):
            raise NotExpressible("a product with a set", None)
        return sp.Mul(*args, evaluate=self.evaluate)

    def power(self, base: Any, exponent: Any) -> Any:
        if isinstance(base, sp.Set) and isinstance(exponent, sp.Integer) and exponent > 0:
            return sp.ProductSet(*[base] * int(exponent))
        if isinstance(base, sp.Set):
            raise NotExpressible("a power of a set", None)
        if _is_matrix(base):
            return sp.MatPow(_fixed(base), exponent)
        return sp.Pow(base, exponent, evaluate=self.evaluate)

    def lower(self, term: t.Term) -> Any:
        low = self.lower
        match term:
            case t.Number(value=value):
                return sp.Rational(value.numerator, value.denominator)
            case t.Constant(name=name):
                return _CONSTANTS[name]
            case t.Symbol(name=name):
                return sp.Symbol(name)
            case t.Element(base=base, indices=indices):
                lowered = [low(i) for i in indices]
                if isinstance(base, t.Symbol):
                    return sp.Indexed(sp.IndexedBase(base.name), *lowered)
                raise NotExpressible("an element of an expression", term.span)
            case t.Add(args=args):
                return self.add([low(a) for a in args])
            case t.Neg(arg=arg):
                return self.mul([sp.Integer(-1), low(arg)])
            case t.Mul(args=args):
                return self.mul([low(a) for a in args])
            case t.Div(numerator=numerator, denominator=denominator):
                return self._div(low(numerator), low(denominator), term.span)
            case t.Pow(base=base, exponent=exponent):
                return self.power(low(base), low(exponent))
            case t.Root(radicand=radicand, index=index):
                return self.power(low(radicand), sp.Pow(low(index), -1))
            case t.Apply():
                return self._apply(term)
            case t.Call(function=function, args=args):
                return self._call(term, function, [low(a) for a in args])
            case t.Prime():
                raise NotExpressible("a derivative without its argument", term.span)
            case t.Partial():
                raise NotExpressible("a partial derivative as a function", term.span)
            case t.BigOp():
                return self._big(term)
            case t.Integral():
                return self._integral(term)
            case t.Limit(body=body, variable=variable, point=point, side=side, op=op):
                if op != "lim":
                    raise NotExpressible(op, term.span)
                return sp.Limit(low(body), low(variable), low(point), dir=side)
            case t.Derivative(body=body, variables=variables):
                return self._derivative(term, body, variables)
            case t.At(body=body, variable=variable, value=value):
                return sp.Subs(low(body), low(variable), low(value))
            case t.Piecewise(cases=cases):
                rows = [(low(v), sp.true if c is None else low(c)) for v, c in cases]
                return sp.Piecewise(*rows, evaluate=self.evaluate)
            case t.Matrix(rows=rows_):
                return sp.ImmutableDenseMatrix([[low(c) for c in row] for row in rows_])
            case t.Tuple(items=items):
                return sp.Tuple(*[low(i) for i in items])
            case t.SetOf(items=items):
                return sp.FiniteSet(*[low(i) for i in items])
            case t.Interval(lower=lower, upper=upper, left_open=lo, right_open=ro):
                return sp.Interval(low(lower), low(upper), lo, ro)
            case t.Relation(op=op, left=left, right=right):
                return self._relation(term, op, left, right)
            case t.Expectation(op=op):
                raise NotExpressible(f"the operator {op} of random variables", term.span)
            case t.Probability():
                raise NotExpressible("a probability", term.span)
            case t.Ellipsis():
                raise NotExpressible("dots", term.span)
            case _:
                assert_never(term)

    def _div(self, a: Any, b: Any, span: Span | None) -> Any:
        if _is_matrix(b):
            raise NotExpressible("a division by a matrix", span)
        inverse = sp.Pow(b, -1, evaluate=self.evaluate)
        if a == 1 and not self.evaluate:
            return inverse
        return self.mul([a, inverse])

    def _call(self, term: t.Call, function: t.Term, args: list[Any]) -> Any:
        match function:
            case t.Symbol(name=name):
                return sp.Function(name)(*args)
            case t.Element(base=t.Symbol(name=name), indices=indices):
                subscript = ",".join(i.to_latex() for i in indices)
                return sp.Function(f"{name}_{{{subscript}}}")(*args)
            case t.Prime(function=inner, order=t.Number(value=order)) if len(args) == 1:
                if isinstance(args[0], sp.Symbol):
                    return sp.Derivative(self._call(term, inner, args), (args[0], int(order)))
                point = sp.Symbol("xi")
                return sp.Subs(
                    sp.Derivative(self._call(term, inner, [point]), (point, int(order))), point, args[0]
                )
            case t.Apply(head=head) if (named := _function(head)) is not None:
                return named(*args, evaluate=self.evaluate)
            case _:
                raise NotExpressible("the application of an expression", term.span)

    def _apply(self, term: t.Apply) -> Any:
        head = term.head
        if head in ("gcd", "lcm"):
            fold: Any = self.lower(term.args[0])
            for other in term.args[1:]:
                fold = (sp.gcd if head == "gcd" else sp.lcm)(fold, self.lower(other))
            return fold
        if head == "plusminus" or head == "minusplus":
            raise NotExpressible("a choice of sign", term.span)
        args = [self.lower(a) for a in term.args]
        if (function := _function(head)) is not None:
            if head == "conjugate" and _is_matrix(args[0]):
                return sp.conjugate(_fixed(args[0]))
            if head == "log" and len(args) == 2 and not self.evaluate:
                return sp.Mul(
                    sp.log(args[0], evaluate=False),
                    sp.Pow(sp.log(args[1], evaluate=False), -1),
                    evaluate=False,
                )
            if head == "log" and len(args) == 2:
                return sp.log(args[0], args[1])
            return function(*args, evaluate=self.evaluate)
        if head in _MATRIX_HEADS:
            return self._matrix(term, head, args)
        match head:
            case "and":
                return sp.And(*args, evaluate=self.evaluate)
            case "or":
                return sp.Or(*args, evaluate=self.evaluate)
            case "not":
                return sp.Not(args[0])
            case "implies":
                return sp.Implies(*args)
            case "iff":
                return sp.Equivalent(*args)
            case "union":
                return sp.Union(*args, evaluate=False)
            case "intersection":
                return sp.Intersection(*args, evaluate=False)
            case "set_difference":
                return sp.Complement(*args, evaluate=False)
            case "identity" if args:
                return sp.Identity(args[0])
            case _:
                raise NotExpressible(f"the operator {head}", term.span)

    def _matrix(self, term: t.Apply, head: str, args: list[Any]) -> Any:
        a = args[0]
        if head == "norm" and len(args) == 1 and isinstance(a, sp.Expr) and _numbers(term.args[0]):
            return sp.Abs(a)
        if not _is_matrix(a):
            raise NotExpressible(f"the {head} of something whose size is not known", term.span)
        a = _fixed(a)
        match head:
            case "transpose":
                return sp.Transpose(a)
            case "adjoint":
                return sp.Adjoint(a)
            case "inverse":
                return sp.MatPow(a, -1)
            case "det":
                return sp.det(a) if self.evaluate else sp.Determinant(a)
            case "trace":
                return sp.Trace(a)
            case "adjugate":
                explicit = a.doit()
                if isinstance(explicit, sp.MatrixBase):
                    return explicit.adjugate()
                raise NotExpressible("the adjugate of a matrix that is not written out", term.span)
            case "hadamard":
                return sp.HadamardProduct(*[_fixed(x) for x in args])
            case "kron":
                return sp.KroneckerProduct(*[_fixed(x) for x in args])
            case _:
                raise NotExpressible(f"the {head} of a matrix", term.span)

    def _big(self, term: t.BigOp) -> Any:
        kind = {"sum": sp.Sum, "prod": sp.Product}.get(term.op)
        if kind is None:
            raise NotExpressible(f"the operator {term.op}", term.span)
        limits = []
        for b in term.binders:
            if b.lower is None or b.upper is None or b.condition is not None:
                raise NotExpressible(f"a {term.op} without both bounds", term.span)
            limits.append((self.lower(b.variable), self.lower(b.lower), self.lower(b.upper)))
        return kind(self.lower(term.body), *reversed(limits))

    def _integral(self, term: t.Integral) -> Any:
        if term.domain is not None:
            raise NotExpressible("an integral over a set", term.span)
        limits: list[Any] = []
        body: t.Term = term
        while isinstance(body, t.Integral) and body.domain is None:
            v = self.lower(body.variable)
            bounded = body.lower is not None and body.upper is not None
            limits.append((v, self.lower(body.lower), self.lower(body.upper)) if bounded else (v,))  # type: ignore[arg-type]
            body = body.body
        return sp.Integral(self.lower(body), *reversed(limits))

    def _derivative(
        self, term: t.Derivative, body: t.Term, variables: tuple[tuple[t.Term, t.Term], ...]
    ) -> Any:
        for v, _ in variables:
            if not isinstance(v, t.Symbol | t.Element):
                raise NotExpressible("a derivative by a function", term.span)
            if isinstance(v, t.Symbol) and v.type.shape != ():
                raise NotExpressible("a derivative by an array", term.span)
        lowered = self.lower(body)
        if isinstance(body, t.Symbol) and body.name not in free_symbols(variables[0][0]):
            # y depends on x by being differentiated: without that it would be a constant
            return sp.Derivative(
                lowered, *[(self.lower(v), self.lower(k)) for v, k in variables], evaluate=False
            )
        return sp.Derivative(lowered, *[(self.lower(v), self.lower(k)) for v, k in variables])

    def _relation(self, term: t.Relation, op: str, left: t.Term, right: t.Term) -> Any:
        a, b = self.lower(left), self.lower(right)
        if op in _RELATIONS:
            return _RELATIONS[op](a, b, evaluate=False)
        if op == "implies":
            return sp.Implies(a, b, evaluate=False)
        if op == "iff":
            return sp.Equivalent(a, b, evaluate=False)
        if op == "in" and isinstance(b, sp.Set):
            return sp.Contains(a, b, evaluate=False)
        if op == "notin" and isinstance(b, sp.Set):
            return sp.Not(sp.Contains(a, b, evaluate=False), evaluate=False)
        raise NotExpressible(f"the relation {op}", term.span)


def _numbers(term: t.Term) -> bool:
    """Every letter in it stands for a number: its norm is its absolute value."""
    return all(s.type.shape == () for s in free_symbols(term).values())


def _is_matrix(x: Any) -> bool:
    return isinstance(x, sp.MatrixBase | sp.MatrixExpr)


def _fixed(x: Any) -> Any:
    return sp.ImmutableDenseMatrix(x) if isinstance(x, sp.MatrixBase) else x
