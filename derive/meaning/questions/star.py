"""`f * g`: the convolution of two functions, or a product?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, TypeAlias

from derive.classes import dataclass
from derive.facts.naming import spell
from derive.facts.pieces import walk
from derive.meaning.beside import is_function
from derive.meaning.reader import Options, Reader
from derive.model import Span
from derive.notation import syntax as s
from derive.reasons.choices import Choice, Chosen
from derive.rules import Rule, first

Meant: TypeAlias = Literal["convolution", "product"]


@dataclass(frozen=True, slots=True)
class Starred:
    r: Reader
    left: Any
    right: Any


def _function(r: Reader, node: Any) -> bool:
    """A function by itself, with a prime or an index perhaps, and no argument."""
    plain = isinstance(node, s.Scripts) and node.sup is None
    base = node.base if plain else node
    return isinstance(base, s.Name) and is_function(r, spell(base))


def _sampled(node: Any) -> bool:
    """`h[k]`: a signal at a sample."""
    match node:
        case s.Juxtaposition(factors=(s.Name() | s.Scripts(), s.Fence(open="["))):
            return True
        case _:
            return False


def _signals(left: Any, right: Any) -> bool:
    if isinstance(left, s.Number) or isinstance(right, s.Number):
        return False
    return _sampled(left) or _sampled(right)


def _in_one_letter(left: Any, right: Any) -> bool:
    both = all(isinstance(side, s.Fence) and side.open == "(" for side in (left, right))
    letters = [{n.name for n in walk((side,)) if isinstance(n, s.Name)} for side in (left, right)]
    return both and bool(letters[0] & letters[1] - {"e", "pi"})


TABLE: Sequence[Rule[Starred, Meant]] = (
    Rule(
        "star/functions",
        "functions without their arguments stand on both sides of the star",
        lambda q: "convolution" if _function(q.r, q.left) and _function(q.r, q.right) else None,
        holds=("(f * g)'(t) = (f' * g)(t)", "y = f * g", "h: A \\to B ;; y = h * h"),
        fails=("y = f(x) * g(x)", "y = a * b", "y = 2 * f"),
    ),
    Rule(
        "star/samples",
        "a signal at a sample stands beside the star, and no number",
        lambda q: "convolution" if _signals(q.left, q.right) else None,
        holds=("y[k] = x[k] * h[k]", "z[n] = \\delta[n] * h[n]"),
        fails=("y = 2 * x[k]", "y = f(x) * g(x)"),
    ),
    Rule(
        "star/parentheses",
        "two expressions in one letter stand in parentheses, where a product needs no star",
        lambda q: "product" if _in_one_letter(q.left, q.right) else None,
        holds=("(e^t) * (e^t \\sin t) = z",),
        fails=("(a + b) * 2 = z", "(a + 1) * (b + 1) = z"),
    ),
    Rule("star/product", "what stands beside the star are numbers", lambda q: "product", sure=True),
)
_OPTIONS: Options = (
    ("convolution", Choice(Chosen.STAR_CONVOLUTION)),
    ("product", Choice(Chosen.STAR_PRODUCT)),
)


def settle(q: Starred, span: Span) -> str:
    found = first(TABLE, q)
    assert found is not None, "the last rule always answers"
    return q.r.settle("star", found, _OPTIONS, span)
