"""Exact values and balls as text for a reader."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flint import acb, arb, fmpq

from derive.verify.evaluate.functions import Dependent, Derived, Sequence, SmoothFunction
from derive.verify.evaluate.values import Array, Gaussian


def exact_text(value: Any) -> str:
    """An exact value of a model, e.g. `1/2`, `(1, -1)`, `1 + 2i`."""
    match value:
        case bool():
            return "true" if value else "false"
        case Fraction():
            return str(value)
        case Gaussian(re=re, im=im):
            if im == 0:
                return str(re)
            size = "" if abs(im) == 1 else str(abs(im))
            if re == 0:
                return f"{'-' if im < 0 else ''}{size}i"
            return f"{re} {'-' if im < 0 else '+'} {size}i"
        case tuple():
            return "(" + ", ".join(exact_text(x) for x in value) + ")"
        case Sequence():
            return _preview(value)
        case SmoothFunction() | Dependent():
            return "a random smooth function"
        case Derived():
            return str(value)
        case _:
            return str(value)


def _preview(sequence: Sequence, n: int = 3) -> str:
    """The first elements."""
    if sequence.family is not None or sequence.rule is not None:
        return "as assumed"
    return ", ".join(exact_text(sequence.exact_at((k,))) for k in range(1, n + 1)) + ", \\dots"


def value_text(value: Any, digits: int = 12) -> str:
    """A computed value, rounded for reading."""
    match value:
        case bool():
            return "true" if value else "false"
        case fmpq():
            text = str(value)
            return text if len(text) <= 40 else arb(value).str(digits, radius=False)
        case arb():
            if not value.is_finite() and not value.is_nan() and value.is_exact():
                return "∞" if value > 0 else "-∞"
            if value.is_exact() and value.is_integer() and abs(value) < 10**15:
                return str(value.unique_fmpz())
            text = value.str(digits, radius=False)
            return str(value.str(digits)) if text.startswith("[") else str(text)
        case acb():
            re, im = value.real, value.imag
            if im.is_zero():
                return value_text(re, digits)
            if re.is_zero():
                return f"{value_text(im, digits)}i"
            if im < 0:
                return f"{value_text(re, digits)} - {value_text(-im, digits)}i"
            return f"{value_text(re, digits)} + {value_text(im, digits)}i"
        case Array(shape=shape) if len(shape) == 2:
            rows = [
                "(" + ", ".join(value_text(x, digits) for x in value.row(i)) + ")" for i in range(shape[0])
            ]
            return "(" + ", ".join(rows) + ")"
        case Array(items=items):
            return "(" + ", ".join(value_text(x, digits) for x in items) + ")"
        case tuple():
            return "(" + ", ".join(value_text(x, digits) for x in value) + ")"
        case _:
            return str(value)
