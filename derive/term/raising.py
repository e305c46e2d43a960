"""From SymPy back to terms, for what SymPy found. Anything without a counterpart is refused."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Any

from derive.term.construct import add, apply, div, mul, neg, number
from derive.term.heads import HEADS
from derive.term.nodes import ONE, TWO, Apply, Constant, Number, Pow, Relation, Root, Term


class NotRaisable(Exception):
    """SymPy's answer holds something that has no term (`what`)."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


_CONSTANTS = {
    "Pi": "pi",
    "Exp1": "e",
    "ImaginaryUnit": "i",
    "Infinity": "infinity",
    "EulerGamma": "euler_gamma",
    "Catalan": "catalan",
    "GoldenRatio": "golden_ratio",
    "BooleanTrue": "true",
    "BooleanFalse": "false",
}
_RELATIONS = {
    "StrictLessThan": "<",
    "LessThan": "<=",
    "StrictGreaterThan": ">",
    "GreaterThan": ">=",
    "Equality": "=",
    "Unequality": "!=",
}


@cache
def _heads() -> dict[str, tuple[str, tuple[int, ...]]]:
    """Heads by the names of SymPy's functions, with what stands in front of the arguments there."""
    found: dict[str, tuple[str, tuple[int, ...]]] = {}
    for head, entry in HEADS.items():
        if entry.raised is not None:
            name, front = entry.raised
            found[name] = head, front
        elif isinstance(entry.sympy, str) and entry.sympy:
            found[entry.sympy] = head, ()
    return found


def _fits(head: str, count: int) -> bool:
    least, most = HEADS[head].least, HEADS[head].most
    return least <= count and (most < 0 or count <= most)


def from_sympy(expression: Any, symbols: Mapping[Any, Term]) -> Term:
    """The term for a SymPy expression; `symbols` maps SymPy's symbols to terms. Raises `NotRaisable`."""
    name = type(expression).__name__

    def raised(part: Any) -> Term:
        return from_sympy(part, symbols)

    if expression in symbols:
        return symbols[expression]
    if expression.is_Rational:
        return number(Fraction(int(expression.p), int(expression.q)))
    if name in _CONSTANTS:
        return Constant(_CONSTANTS[name])
    if name == "NegativeInfinity":
        return neg(Constant("infinity"))
    if expression.is_Add:
        return add(*(raised(a) for a in expression.args))
    if expression.is_Mul:
        top, below = expression.as_numer_denom()
        if below != 1:
            return div(raised(top), raised(below))
        return mul(*(raised(a) for a in expression.args))
    if expression.is_Pow:
        return _power(raised(expression.base), raised(expression.exp))
    if name in _RELATIONS:
        return Relation(_RELATIONS[name], raised(expression.lhs), raised(expression.rhs))
    if name == "And" or name == "Or":
        return Apply(name.lower(), tuple(raised(a) for a in sorted(expression.args, key=str)))
    if name == "log":
        return apply("log", *(raised(a) for a in expression.args))
    head, front = _heads().get(name, ("", ()))
    args = expression.args[len(front) :]
    if head and expression.args[: len(front)] == front and _fits(head, len(args)):
        return apply(head, *(raised(a) for a in args))
    raise NotRaisable(name)


def _power(base: Term, exponent: Term) -> Term:
    if isinstance(exponent, Number) and exponent.value == Fraction(1, 2):
        return Root(base, TWO)
    if isinstance(exponent, Number) and exponent.value == -1:
        return div(ONE, base)
    return Pow(base, exponent)
