"""Scripts that are indices: `x_i`, `x_{k+1}`, `a_{12}`, and not part of a name."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from derive.facts.naming import spell
from derive.facts.pieces import INDEX_LETTERS
from derive.meaning.letters.runs import word_script
from derive.meaning.reader import Reader
from derive.notation import syntax as s
from derive.term.nodes import Number, Term


def is_index(r: Reader, node: Any, base: str) -> bool:
    """Whether a script is an index expression and not part of a name."""
    match node:
        case s.Number(text=text):
            if r.role(base) in ("sequence", "vector") or (r.is_array(base) and base in r.scope.symbols):
                return True
            return "letter" in r.evidence.indexed.get(base, ()) and text.isdigit()
        case s.Name():
            if node.word or node.accents:
                return False
            key = spell(node)
            if key in r.bound or key in r.evidence.bound:
                return True
            role = r.role(key)
            if role is not None:
                known = r.scope.symbols.get(key)
                return role == "index" or (
                    known is not None and known.domain in ("integer", "natural", "positive_integer")
                ) or (key in INDEX_LETTERS and role != "set")  # fmt: skip
            if key in INDEX_LETTERS:
                return True
            return key in ("N", "M", "K", "T") and (
                "letter" in r.evidence.indexed.get(base, ()) or r.role(base) == "sequence"
            )
        case s.Sum(parts=parts):
            if any(sign not in "+-" for sign, _ in parts):
                return False
            atoms = [p for _, p in parts]
            if len(parts) == 1:
                order = base in r.evidence.applied and isinstance(atoms[0], s.Name)  # J_{-n}(x)
                return (order or isinstance(atoms[0], s.Number)) and is_index(r, atoms[0], base)
            return any(isinstance(a, s.Number) or is_index(r, a, base) for a in atoms) and all(
                arithmetic(a) for a in atoms
            )
        case s.Juxtaposition() if word_script(r, node):
            return False
        case s.Juxtaposition(factors=factors):
            return all(
                isinstance(f, s.Number | s.Fence) or is_index(r, f, base) for f in factors
            ) and not all(isinstance(f, s.Number) for f in factors)
        case s.Infix(op=op, left=left, right=right) if op in ("/", "cdot", "mod"):
            return is_index(r, left, base) and arithmetic(right)
        case s.Scripts(base=s.Name() as inner, sub=sub, sup=sup, primes=0):
            # an index of an index: x_{i_k}, \theta_{y_i}
            if sub is None or sup is not None:
                return False
            return (len(inner.name) == 1 and is_index(r, sub, spell(inner))) or is_index(r, inner, base)
        case s.Scripts(base=s.Name() as inner, sub=None, sup=None):
            return is_index(r, inner, base)
        case s.Fraction(numerator=numerator, denominator=denominator):
            return is_index(r, numerator, base) and arithmetic(denominator)
        case s.Fence(open="(", body=body) if body is not None:
            return is_index(r, body, base)
        case s.Big(op="argmax" | "argmin"):
            return True
        case s.Sequence(items=items):
            return all(isinstance(i, s.Number) or is_index(r, i, base) for i in items) and (
                any(not isinstance(i, s.Number) for i in items) or two_indices(r, base)
            )
        case _:
            return False


def arithmetic(node: Any) -> bool:
    match node:
        case s.Number():
            return True
        case s.Name(word=word):
            return not word
        case s.Scripts(base=s.Name(word=False)):
            return True
        case s.Juxtaposition(factors=factors):
            return all(arithmetic(f) for f in factors)
        case s.Sum(parts=parts):
            return all(arithmetic(p) for _, p in parts)
        case s.Fence(body=body) if body is not None:
            return arithmetic(body)
        case s.Infix(op=op, left=left, right=right) if op in ("/", "cdot", "times"):
            return arithmetic(left) and arithmetic(right)
        case s.Fraction(numerator=numerator, denominator=denominator):
            return arithmetic(numerator) and arithmetic(denominator)
        case _:
            return False


def two_indices(r: Reader, base: str) -> bool:
    known = r.scope.symbols.get(base)
    if known is not None and known.shape is not None and len(known.shape) == 2:
        return True
    return "two" in r.evidence.indexed.get(base, ()) and "letter" in r.evidence.indexed.get(base, ())


def indices(r: Reader, node: Any, base: str) -> tuple[Term, ...] | None:
    """The index terms of a script; None where it is part of the name."""
    if isinstance(node, s.Number) and len(node.text) == 2 and node.text.isdigit() and two_indices(r, base):
        return tuple(Number(Fraction(int(d)), text=d, span=node.span) for d in node.text)
    if not is_index(r, node, base):
        return None
    if isinstance(node, s.Sequence):
        return tuple(r.term(i) for i in node.items)
    if isinstance(node, s.Juxtaposition):
        first, *rest = node.factors
        coefficient = isinstance(first, s.Number) and first.text != "1" and not two_indices(r, base)
        if not coefficient and not any(isinstance(f, s.Fence) for f in rest):
            return tuple(r.term(f) for f in node.factors)
    return (r.term(node),)
