"""Arithmetic modulo a number, where the sentence sets it: "in $\\mathbb{Z}_7$", "modulo 5", "mod $p$"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from derive.expressions import regex
from derive.facts.pieces import walk
from derive.facts.sets import set_letter
from derive.model import Block, Formula, Prose, Span
from derive.notation import NotationError
from derive.notation.syntax import (
    Accent,
    Display,
    Fence,
    Infix,
    Juxtaposition,
    Name,
    Number,
    Scripts,
    Sum,
    Syntax,
)
from derive.reasons.choices import Choice, Chosen
from derive.term import nodes as t
from derive.term.congruence import modulus
from derive.term.scope import Reading

_IN_WORDS = regex(r"\bmod(?:ulo)?\.?\s+(\d+)\b", re.IGNORECASE)
_BEFORE = regex(r"\bmod(?:ulo)?\.?\s*\Z", re.IGNORECASE)


def set_by(blocks: Sequence[Block], displays: Mapping[Span, Display | NotationError]) -> t.Term | None:
    """The modulus that a sentence names; None where it names none, or several."""
    found: set[t.Term] = set()
    words = ""
    for part in (part for block in blocks for part in block.parts):
        if isinstance(part, Prose):
            found.update(t.integer(int(m[1])) for m in _IN_WORDS.finditer(part.text))
            words = part.text
        elif isinstance(part, Formula):
            display = displays.get(part.span)
            if isinstance(display, Display):
                found.update(_of_sets(display))
                alone = _alone(display) if _BEFORE.search(words) else None
                found.update(() if alone is None else (alone,))
            words = ""
    return found.pop() if len(found) == 1 else None


def _of_sets(display: Display) -> list[t.Term]:
    """`\\mathbb{Z}_7`, `\\mathbb{Z}/7\\mathbb{Z}`, `\\mathbb{F}_7`: the sevens."""
    found = []
    for node in walk((display,)):
        if isinstance(node, Scripts) and node.sup is None:
            if set_letter(node.base) == "Z" or _field(node.base):
                found.append(_value(node.sub))
        elif isinstance(node, Infix) and node.op == "/" and set_letter(node.left) == "Z":
            factors = node.right.factors if isinstance(node.right, Juxtaposition) else (node.right,)
            found.append(_value(factors[0]))
    return [value for value in found if value is not None]


def _field(node: Any) -> bool:
    return isinstance(node, Name) and node.font == "blackboard" and node.name == "F"


def _value(node: Any) -> t.Term | None:
    if isinstance(node, Number) and node.text.isdigit() and int(node.text) > 1:
        return t.Number(Fraction(node.text))
    if isinstance(node, Name) and len(node.name) == 1 and node.name.islower() and not node.accents:
        return t.Symbol(node.name, t.Type("positive_integer"))
    return None


def _alone(display: Display) -> t.Term | None:
    parts = [part for row in display.rows for part in row.parts]
    return _value(parts[0]) if len(parts) == 1 else None


def of_classes(node: Syntax) -> bool:
    """`[4] + [5]`, `\\bar 3 \\cdot \\bar 2`: made of residue classes alone."""
    match node:
        case Fence(open="[", close="]", body=Number() | Name()):
            return True
        case Accent(kind="bar" | "overline", body=Number()):
            return True
        case Sum(parts=parts):
            return all(of_classes(part) for _, part in parts)
        case Infix(op="cdot" | "times", left=left, right=right):
            return of_classes(left) and of_classes(right)
        case _:
            return False


def modular(
    pairs: Sequence[Reading], relation: str, sides: Sequence[Syntax | None], n: t.Term
) -> list[Reading]:
    """Readings of a relation where the sentence counts modulo n: of `\\equiv` without a modulus and of
    residue classes it is the only one, of an equation between numbers one more."""
    found = []
    for reading in pairs:
        left, right = reading.terms
        choices = (*reading.choices, Choice(Chosen.MODULO, (n.to_latex(),)))
        if relation == "equiv" and modulus(left, right) is None:
            found.append(Reading((left, t.Apply("mod", (right, n))), choices))
        elif relation == "=" and _whole(left) and _whole(right):
            remainders = (t.Apply("mod", (left, n)), t.Apply("mod", (right, n)))
            if not all(side is not None and of_classes(side) for side in sides):
                found.append(reading)
            found.append(Reading(remainders, choices))
        else:
            found.append(reading)
    return found


def _whole(term: t.Term) -> bool:
    """Numbers put together by sums and products: what has a remainder."""
    match term:
        case t.Number(value=value):
            return value.denominator == 1
        case t.Neg(arg=arg):
            return _whole(arg)
        case t.Add(args=args) | t.Mul(args=args):
            return all(map(_whole, args))
        case t.Pow(base=base, exponent=exponent):
            return _whole(base) and _whole(exponent)
        case _:
            return False
