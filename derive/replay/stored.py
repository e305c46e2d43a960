"""Terms and values as they are stored in evidence."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from flint import acb, arb, fmpq

from derive.term.nodes import Term
from derive.term.serial import load


class NotReplayed(Exception):
    """The evaluator here does not know a construct; the message names it."""


def stored(data: Any) -> Term:
    try:
        return load(data)
    except ValueError as error:
        raise NotReplayed(str(error)) from None


def sides(evidence: Mapping[str, Any]) -> tuple[Term, Term]:
    return stored(evidence["terms"]["left"]), stored(evidence["terms"]["right"])


def value_of(value: Any, evidence: Mapping[str, Any]) -> Any:
    """A point's value: `"3/4"`, `{"re": …, "im": …}`, `{"shape": [n], "items": […]}`, `{"term": …}`."""
    if isinstance(value, str):
        try:
            return Fraction(value)
        except ValueError:
            raise NotReplayed(f"a value {value!r}") from None
    if isinstance(value, Mapping):
        if "re" in value:
            return (Fraction(value["re"]), Fraction(value["im"]))
        if "first" in value:
            return (int(value["first"]),), [value_of(v, evidence) for v in value["items"]]
        if "items" in value:
            return tuple(value["shape"]), [value_of(v, evidence) for v in value["items"]]
        if "body" in value or "term" in value:
            return value
    raise NotReplayed("a value of an unknown kind")


def ball(value: Any) -> acb:
    if isinstance(value, Fraction):
        return acb(arb(fmpq(value.numerator, value.denominator)))
    if isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], Fraction):
        return acb(ball(value[0]).real, ball(value[1]).real)
    raise NotReplayed("an array where a number is expected")
