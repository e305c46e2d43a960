"""What stands beside a letter before a parenthesis: tests that the rules about it share."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from derive.facts.naming import symbol_name
from derive.facts.pieces import walk
from derive.facts.runs import opens
from derive.meaning.letters.habits import FUNCTION_LETTERS
from derive.meaning.letters.superscripts import plain_superscript, superscript
from derive.meaning.reader import Reader
from derive.notation import syntax as s


def stands_alone(r: Reader, name: str) -> bool:
    """The letter with its subscript stands somewhere with no parenthesis behind it."""

    def alone() -> frozenset[str | None]:
        heads: set[int] = set()
        found: set[str | None] = set()
        for node in walk(r.nodes):
            if isinstance(node, s.Juxtaposition):
                heads |= {id(a) for a, b in pairwise(node.factors) if isinstance(b, s.Fence)}
            elif isinstance(node, s.Scripts) and id(node) not in heads:
                found.add(symbol_name(node))
        return frozenset(found)

    return name in r.fact(("alone",), alone)


def at_a_bound(r: Reader, letter: str) -> bool:
    """A value of the variable of integration stands at a bound: `\\int_{\\theta(0)}`."""

    def values() -> frozenset[str | None]:
        ends = (x for n in walk(r.nodes) if isinstance(n, s.Integral) for x in (n.sub, n.sup))
        pairs = (x.factors for x in ends if isinstance(x, s.Juxtaposition) and len(x.factors) == 2)
        return frozenset(symbol_name(head) for head, fence in pairs if opens(fence))

    return letter in r.fact(("values at bounds",), values)


def with_number(fence: s.Fence) -> bool:
    """`(q^2 - 1)`: a sum or difference with a number in it."""
    body = fence.body
    return isinstance(body, s.Sum) and any(isinstance(p, s.Number) for _, p in body.parts)


def stands_in(head: Any, fence: s.Fence) -> bool:
    """The letter that would be applied stands in its own argument, with no parenthesis behind it."""
    if isinstance(head, s.Scripts):
        head = head.base if head.sub is None else s.Scripts(head.span, head.base, head.sub, None, head.primes)
    name = symbol_name(head)
    if name is None:
        return False
    heads: set[int] = set()
    for node in walk((fence.body,)):
        if isinstance(node, s.Juxtaposition):
            for left, right in pairwise(node.factors):
                if isinstance(right.base if isinstance(right, s.Scripts) else right, s.Fence):
                    heads.add(id(left))
        if isinstance(node, s.Scripts) and (id(node) in heads or node.sub is not None or node.primes):
            heads.add(id(node.base))
        if isinstance(node, s.Scripts) and node.sup is not None and node.sub is not None:
            bare: Any = s.Scripts(node.span, node.base, node.sub, None, node.primes)
        else:
            bare = node
        if isinstance(bare, s.Name | s.Scripts) and id(node) not in heads and symbol_name(bare) == name:
            return True
    return False


def transposed(r: Reader, node: Any) -> bool:
    return isinstance(node, s.Scripts) and plain_superscript(r, node) in ("transpose", "adjoint")


def letters_only(body: Any) -> bool:
    return isinstance(body, s.Juxtaposition) and all(
        isinstance(f, s.Name | s.Number) or (isinstance(f, s.Scripts) and isinstance(f.base, s.Name))
        for f in body.factors
    )


def scripts_allow(r: Reader, head: s.Scripts, letter: str, argument: str) -> bool:
    """`x^2(y+1)` is a product, `f^2(x)` an application."""
    kind, _ = superscript(r, letter, head)
    if kind in ("none", "index", "name") or argument in ("several", "bar"):
        return True
    if kind == "power":
        if isinstance(head.sup, s.Fence):
            return True
        if argument == "plain" and letter not in FUNCTION_LETTERS:
            return letter not in r.evidence.bare or "plain" in r.evidence.applied.get(
                letter, ()
            )  # \\dot\\theta^2(t)
        return is_function(r, letter) or (
            letter in ("u", "v", "w", "p", "q") and letter not in r.evidence.bare
        )
    if kind in ("transpose", "adjoint", "conjugate"):
        return True
    if kind == "inverse":
        return letter in FUNCTION_LETTERS or (letter[:1].isupper() and not r.is_array(letter))
    return kind == "inverse" and is_function(r, letter)


def minus_one(sup: Any) -> bool:
    return (
        isinstance(sup, s.Sum)
        and len(sup.parts) == 1
        and sup.parts[0][0] == "-"
        and isinstance(sup.parts[0][1], s.Number)
        and sup.parts[0][1].text == "1"
    )


def is_function(r: Reader, name: str) -> bool:
    role = r.role(name)
    return role == "function" or (role is None and name in FUNCTION_LETTERS)
