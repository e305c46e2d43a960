"""Lengths, masses and rates are positive, and no text says so."""

from __future__ import annotations

from collections.abc import Iterator

from derive.judge.doubts.doubt import Weaken, given, nodes, under_conditions
from derive.model import Claim, Verdict
from derive.term.nodes import Apply, Constant, Div, Relation, Term, integer
from derive.term.traverse import bound_here, free_symbols, walk
from derive.verify.ladder.mentions import many_valued, reached


def claims(claim: Claim, refuted: Verdict) -> Iterator[Claim]:
    """Where roots, logarithms and broken powers make the difference: all numbers of which nothing is said."""
    if claim.relation != "=":
        return
    names = reached(claim.left, claim.scope, reached(claim.right, claim.scope))
    if not any(many_valued(n) for n in (*nodes(claim), *_defined(claim))):
        return
    spoken = {n for h in claim.scope.hypotheses if not _equates(h) for n in free_symbols(h)}
    bound = {s.name for n in nodes(claim) for s in bound_here(n)}
    numbers = [
        symbol
        for name, symbol in names.items()
        if name not in spoken | bound
        and symbol.type.domain == "real"
        and symbol.type.shape == ()
        and symbol.type.role in {"variable", "constant"}
    ]
    if numbers:
        positive = [Relation(">", symbol, integer(0)) for symbol in numbers]
        yield given(claim, *positive)
        if acute := [Relation("<", symbol, _RIGHT) for symbol in numbers if symbol in _angles(claim)]:
            yield given(claim, *positive, *acute)


def _equates(hypothesis: Term) -> bool:
    """`w = s`: it says nothing of the sign of either."""
    match hypothesis:
        case Relation(op="=", left=left, right=right):
            return bool(free_symbols(left)) and bool(free_symbols(right))
        case _:
            return False


def _defined(claim: Claim) -> Iterator[Term]:
    """What the letters of the claim are made of."""
    stack: list[Term] = [claim.left, claim.right]
    seen: set[str] = set()
    while stack:
        for name in free_symbols(stack.pop()).keys() & claim.scope.definitions.keys() - seen:
            seen.add(name)
            stack.append(claim.scope.definitions[name].body)
            yield from walk(stack[-1])


_RIGHT = Div(Constant("pi"), integer(2))


def _angles(claim: Claim) -> set[Term]:
    """What sines and their kin are taken of: a root of `1 - \\sin^2 x` is its cosine in the first quarter."""
    waves = [n for n in nodes(claim) if isinstance(n, Apply) and n.head in _WAVES]
    return {symbol for wave in waves for symbol in free_symbols(wave).values()}


_WAVES = frozenset(("sin", "cos", "tan", "cot", "sec", "csc"))


DOUBT = Weaken(
    "doubt/positive",
    "quantities under a root or a logarithm are positive for most authors, and seldom said to be",
    claims,
    under_conditions,
    paired=True,
    unsaid=True,
    lifts=(
        "We see that $$\\sqrt{x^2 y} = x \\sqrt{y}.$$",
        "We see that $$\\sqrt{2 - 2 \\sin t} = 2 \\sin\\left(\\frac{\\pi}{4} - \\frac{t}{2}\\right).$$",
        "If $s = t$, then $$2\\sqrt{s t} = \\sqrt{s^2} + \\sqrt{t^2} = 2 t.$$",
        "Let $c = \\sqrt{a^2 + b^2}$. If $b = 0$, then $$2 c = c + a = 2 a.$$",
        "A body falls $h = \\frac12 g t^2$, so $t = \\sqrt{2h/g}$, and $v = g t = \\sqrt{2 g h}$.",
    ),
    stands=(
        "We see that $$\\log(x + y) = \\log x + \\log y.$$",
        "We see that $$\\sqrt{1 - \\sin^2 t} = \\sin t.$$",
        "For $x < 0$ we see that $$\\sqrt{x^2} = x.$$",
    ),
)
