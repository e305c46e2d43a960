"""Relations between values: True or False when certain, else Uncertain is raised."""

from __future__ import annotations

from flint import acb, arb, fmpq

from derive.reasons.gaps import Gap
from derive.verify.evaluate.arrays import real
from derive.verify.evaluate.definite import definite
from derive.verify.evaluate.jets import Jet, constant_term
from derive.verify.evaluate.values import (
    Array,
    Scalar,
    SetValue,
    Uncertain,
    Undefined,
    Unsupported,
    Value,
    is_exact_zero,
)


def disjoint(a: Value, b: Value) -> bool | None:
    """True: certainly different. False: certainly equal. None: the balls overlap.

    Raises Unsupported for values that cannot be compared, such as arrays of different shapes.
    """
    if isinstance(a, Array) or isinstance(b, Array):
        if isinstance(a, Array) and isinstance(b, Array) and a.shape == b.shape:
            return _all([disjoint(x, y) for x, y in zip(a.items, b.items, strict=True)])
        array, other = (a, b) if isinstance(a, Array) else (b, a)
        if isinstance(other, tuple) and len(array.shape) == 1:  # (2x, 2y) for a vector
            return disjoint(array.items, other)
        if not isinstance(other, Array) and is_exact_zero(other):  # 0 for the zero array
            return _all([disjoint(x, other) for x in array.items])
        raise Unsupported(Gap.COMPARISON_OF_DIFFERENT_SHAPES)
    if isinstance(a, tuple) and isinstance(b, tuple):
        if len(a) != len(b):
            return True
        return _all([disjoint(x, y) for x, y in zip(a, b, strict=True)])
    if isinstance(a, bool) and isinstance(b, bool):
        return a is not b
    if isinstance(a, SetValue) or isinstance(b, SetValue):
        return _sets(a, b)
    if not isinstance(a, fmpq | arb | acb) or not isinstance(b, fmpq | arb | acb):
        raise Unsupported(Gap.COMPARISON_OF_VALUES_OF_DIFFERENT_KINDS)
    return _scalars(a, b)


def _all(parts: list[bool | None]) -> bool | None:
    if any(p is True for p in parts):
        return True
    return None if any(p is None for p in parts) else False


def _scalars(a: Scalar, b: Scalar) -> bool | None:
    if isinstance(a, fmpq) and isinstance(b, fmpq):
        return bool(a != b)
    if isinstance(a, acb) or isinstance(b, acb):
        a, b = acb(a), acb(b)
        if not a.overlaps(b):
            return True
        return False if a.is_exact() and b.is_exact() else None
    a, b = arb(a), arb(b)
    if a.is_nan() or b.is_nan():
        raise Uncertain(Gap.BALL_WITHOUT_BOUND)
    if not a.overlaps(b):
        return True
    return False if a.is_exact() and b.is_exact() else None


def _sets(a: Value, b: Value) -> bool | None:
    if isinstance(a, SetValue) and isinstance(b, SetValue):
        if a.name is not None and b.name is not None:
            return a.name != b.name
        if a.items is not None and b.items is not None:
            missing = [_member(x, b) for x in a.items] + [_member(x, a) for x in b.items]
            return not all(missing)
        if a.interval is not None and b.interval is not None and a.interval[2:] == b.interval[2:]:
            return _all([disjoint(a.interval[k], b.interval[k]) for k in (0, 1)])
    raise Unsupported(Gap.COMPARISON_OF_SETS)


def _member(x: Value, s: SetValue) -> bool:
    if s.items is not None:
        states = [disjoint(x, y) for y in s.items]
        if any(t is False for t in states):
            return True
        if any(t is None for t in states):
            raise Uncertain(Gap.MAY_BE_IN_SET)
        return False
    if isinstance(x, Array | tuple):
        raise Unsupported(Gap.MEMBERSHIP_OF_ARRAY)
    if s.interval is not None:
        low, high, left_open, right_open = s.interval
        return less(low, x, not left_open) and less(x, high, not right_open)
    return _in_standard(x, s.name or "")


def _in_standard(x: Scalar, name: str) -> bool:
    if name == "C":
        return True
    if isinstance(x, acb) and not x.imag.is_zero():
        if x.imag.contains(0):
            raise Uncertain(Gap.MAY_BE_REAL)
        return False
    x = x.real if isinstance(x, acb) else x
    if name == "R":
        return True
    if isinstance(x, arb):
        if x.is_exact() and x.is_integer():
            x = fmpq(x.unique_fmpz())
        elif not x.contains_integer() and name != "Q":
            return False
        else:
            raise Uncertain(Gap.MAY_BE_INTEGER)
    if name == "Q":
        return True
    return bool(x.q == 1 and (name == "Z" or x >= 0))


def less(a: Scalar, b: Scalar, or_equal: bool) -> bool:
    """a < b, or a ≤ b; raises Undefined for complex numbers, Uncertain when the balls do not tell."""
    if isinstance(a, Array | tuple | bool) or isinstance(b, Array | tuple | bool):
        raise Unsupported(Gap.ORDER_OF_THINGS_THAT_ARE_NO_NUMBERS)
    if isinstance(a, Jet) or isinstance(b, Jet):
        a, b = constant_term(a), constant_term(b)
        if is_exact_zero(a - b):
            raise Undefined(Gap.DERIVATIVE_AT_BORDER_OF_CASE)
    a, b = real(a), real(b)
    if or_equal:
        if a <= b:
            return True
        if a > b:
            return False
    else:
        if a < b:
            return True
        if a >= b:
            return False
    raise Uncertain(Gap.ORDER_OF_TWO_BALLS_THAT_OVERLAP)


def equal(a: Value, b: Value) -> bool:
    if isinstance(a, Jet) or isinstance(b, Jet):
        a, b = constant_term(a), constant_term(b)
        if is_exact_zero(a - b):
            raise Undefined(Gap.DERIVATIVE_AT_BORDER_OF_CASE)
    state = disjoint(a, b)
    if state is None:
        raise Uncertain(Gap.MAY_BE_EQUAL)
    return not state


def relate(op: str, a: Value, b: Value) -> bool:
    """The truth of `a op b`; raises Unsupported for relations that have no value here."""
    match op:
        case "=" | ":=" | "=:" | "defined":
            return equal(a, b)
        case "equiv" if not isinstance(a, tuple):
            return equal(a, b)
        case "!=":
            return not equal(a, b)
        case "<":
            return less(a, b, False)
        case "<=":
            return less(a, b, True)
        case ">":
            return less(b, a, False)
        case ">=":
            return less(b, a, True)
        case "in" | "notin":
            if not isinstance(b, SetValue):
                raise Unsupported(Gap.MEMBERSHIP_OF_NO_SET)
            return _member(a, b) is (op == "in")
        case "succ" | "succeq":
            return definite(a, b, op)
        case "implies":
            return (not _truth(a)) or _truth(b)
        case "impliedby":
            return (not _truth(b)) or _truth(a)
        case "iff":
            return _truth(a) is _truth(b)
        case _:
            raise Unsupported(Gap.THIS_RELATION, op)


def _truth(x: Value) -> bool:
    if isinstance(x, bool):
        return x
    raise Unsupported(Gap.NUMBER_WHERE_STATEMENT_IS_EXPECTED)
