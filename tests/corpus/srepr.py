"""SymPy's `srepr` strings read without evaluating them: a walk over Python's syntax tree."""

from __future__ import annotations

import ast
from typing import Any

import sympy as sp

_NAMES = {"oo": sp.oo, "pi": sp.pi, "E": sp.E, "I": sp.I, "EmptySet": sp.S.EmptySet, "nan": sp.nan, "zoo": sp.zoo,
          "true": sp.true, "false": sp.false, "Reals": sp.S.Reals, "Naturals": sp.S.Naturals, "Rationals": sp.S.Rationals, "Complexes": sp.S.Complexes, "Integers": sp.S.Integers}  # fmt: skip
_CLASSES = set(
    [
        "Integer",
        "Rational",
        "Float",
        "Symbol",
        "Function",
        "Add",
        "Mul",
        "Pow",
        "Equality",
        "Unequality",
        "StrictLessThan",
        "LessThan",
        "StrictGreaterThan",
        "GreaterThan",
        "Abs",
        "floor",
        "ceiling",
        "sin",
        "cos",
        "tan",
        "cot",
        "sec",
        "csc",
        "sinh",
        "cosh",
        "tanh",
        "asin",
        "acos",
        "atan",
        "asinh",
        "acosh",
        "atanh",
        "acsc",
        "asec",
        "acot",
        "exp",
        "log",
        "factorial",
        "conjugate",
        "binomial",
        "Integral",
        "Derivative",
        "Limit",
        "Sum",
        "Product",
        "Tuple",
        "Min",
        "Max",
        "Mod",
        "FiniteSet",
        "MutableDenseMatrix",
        "ImmutableDenseMatrix",
        "MatAdd",
        "MatMul",
        "Transpose",
        "Trace",
        "Union",
        "Intersection",
        "Complement",
        "Interval",
        "And",
        "Or",
        "Not",
        "Contains",
        "Adjoint",
        "Determinant",
        "Inverse",
        "ProductSet",
        "gamma",
        "sign",
        "re",
        "im",
        "Subs",
        "Identity",
        "MatrixSymbol",
        "Dummy",
        "sech",
        "csch",
        "coth",
    ]
)


class Unknown(Exception):
    """A constructor that the comparison does not know."""


def read_srepr(text: str) -> Any:
    return _value(ast.parse(text, mode="eval").body)


def _value(node: ast.expr) -> Any:
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name) if name in _NAMES:
            return _NAMES[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand)
        case ast.List(elts=items):
            return [_value(i) for i in items]
        case ast.Call(func=ast.Call() as function, args=args):
            return _value(function)(*[_value(a) for a in args])
        case ast.Call(func=ast.Name(id=name), args=args):
            values = [_value(a) for a in args]
            if name == "UnevaluatedExpr":
                return values[0]
            if name == "Float":
                return sp.Rational(repr(float(values[0])))
            if name == "Limit":
                return sp.Limit(values[0], values[1], values[2], dir=str(values[3]))
            if name == "Symbol":
                return sp.Symbol(values[0])
            if name in ("MutableDenseMatrix", "ImmutableDenseMatrix"):
                return sp.ImmutableDenseMatrix(*values)
            if name == "Derivative":
                return sp.Derivative(*values, evaluate=False)
            if name in (
                "Equality",
                "Unequality",
                "StrictLessThan",
                "LessThan",
                "StrictGreaterThan",
                "GreaterThan",
            ):
                return getattr(sp, name)(*values, evaluate=False)
            if name in _CLASSES:
                return getattr(sp, name)(*values)
            raise Unknown(name)
        case _:
            raise Unknown(ast.dump(node)[:60])
