"""Absolute value, sign, steps and rounding: functions with a corner or a jump; NIST DLMF 1.16."""

from __future__ import annotations

from derive.functions.ranges import NONNEGATIVE
from derive.functions.record import Function
from derive.term.construct import apply, div
from derive.term.nodes import ZERO, Constant, Piecewise, Relation, Term

_INFINITY = Constant("infinity")


def _flat_off(*steps: Relation) -> Term:
    """Zero where the relation holds, no value elsewhere."""
    return Piecewise(tuple((ZERO, step) for step in steps))


def _flat_off_zero(x: Term) -> Term:
    return _flat_off(Relation("!=", x, ZERO))


FUNCTIONS = (
    Function(
        "abs",
        "\\left|{0}\\right|",
        "DLMF 1.9.7",
        derivatives=(lambda x: div(x, apply("abs", x)),),
        range=NONNEGATIVE,
        limits=(_INFINITY, _INFINITY),
        continuity="continuous",
        sympy="Abs",
        mpmath="fabs",
        parity="even",
    ),
    Function(
        "sign",
        "\\operatorname{sgn}",
        "DLMF front matter",
        words=("sign", "sgn", "signum"),
        derivatives=(_flat_off_zero,),
        spread="arrays",
        jumps=True,
        sympy="sign",
        mpmath="sign",
        parity="odd",
    ),
    Function(
        "heaviside",
        "\\operatorname{H}",
        "DLMF 1.16.13; at zero authors differ",
        derivatives=(_flat_off_zero,),
        spread="arrays",
        jumps=True,
        sympy=lambda sp, x, evaluate=True: sp.Heaviside(x, evaluate=evaluate),
    ),
    Function(
        "floor",
        "\\left\\lfloor {0} \\right\\rfloor",
        "DLMF front matter",
        words=("floor",),
        derivatives=(lambda x: _flat_off(Relation("!=", apply("floor", x), x)),),
        spread="arrays",
        jumps=True,
        sympy="floor",
        mpmath="floor",
        related=("ceil",),
    ),
    Function(
        "ceil",
        "\\left\\lceil {0} \\right\\rceil",
        "DLMF front matter",
        words=("ceil", "ceiling"),
        derivatives=(lambda x: _flat_off(Relation("!=", apply("ceil", x), x)),),
        spread="arrays",
        jumps=True,
        sympy="ceiling",
        mpmath="ceil",
    ),
    # the nearest integer; a half has none that all authors agree on
    Function(
        "round", "\\operatorname{round}", "IEEE 754 4.3.1", words=("round",), spread="arrays", jumps=True
    ),
)
