"""What a document says of chance in words: what a random space must then be like, or cannot be."""

from __future__ import annotations

from derive.facts.naming import letter_of
from derive.term.nodes import Expectation, Mul, Probability, Term
from derive.term.scope import Scope
from derive.term.traverse import free_symbols, walk
from derive.verify.probability import space as space

_INDEPENDENT = frozenset(
    "independent independence independently iid i.i.d i.i.d. uncorrelated orthogonal unrelated".split()
)
_IDENTICAL = frozenset("identically iid i.i.d i.i.d. exchangeable copies".split())
_CONDITIONAL = frozenset(
    "markov markovian conditionally graphical bayesian naive factorizes factorises factorize factorise "
    "factorization factorisation d-separated separated".split()
)
_EXCLUSIVE = frozenset("disjoint exclusive partition partitions".split())
_CENTRED = frozenset("zero-mean centered centred mean-zero noise".split())
SPOKEN = _INDEPENDENT | _IDENTICAL | _CONDITIONAL | _EXCLUSIVE | _CENTRED | {"zero", "mean"}
"""All that is looked for among the words of a document."""


def _words(scope: Scope) -> frozenset[str]:
    return SPOKEN.intersection((scope.options.get("words") or "").lower().split())


def structures_of(scope: Scope) -> tuple[tuple[str, bool], ...]:
    """The structures in which a refutation must stand as well, and whether means are 0 there."""
    words = _words(scope)
    centred = bool(words & _CENTRED) or {"zero", "mean"} <= words
    found: list[tuple[str, bool]] = []
    if words & _INDEPENDENT:
        found.append((space.INDEPENDENT, False))
    if words & _IDENTICAL:
        found.append((space.IDENTICAL, False))
    if words & _CONDITIONAL:
        found += [(space.CHAIN, False), (space.STAR, False)]
    if words & _EXCLUSIVE:
        found.append((space.EXCLUSIVE, False))
    if centred:
        found.append((space.GENERAL, True))
        found += [(s, True) for s, _ in found if s in (space.INDEPENDENT, space.IDENTICAL)]
    return tuple(found)


def unhonoured(scope: Scope, left: Term, right: Term) -> str | None:
    """What the text says of the distribution of a letter that no finite table can follow: a normal
    distribution, …"""
    told = [tuple(said.rsplit(":", 1)) for said in (scope.options.get("distributions") or "").split()]
    names = _random(left) | _random(right)
    capitals = {name for name in names if name[:1].isupper()}  # beside them the others are constants
    letters = {"*"} | {letter_of(name) for name in capitals or names}
    equated = _is_value(left) and _is_value(right)  # `P(X = 1) = P(X = 2)`: no rule, whoever is meant
    named = sorted({name.replace("-", " ") for name, letter in told if equated or letter in letters})
    return " ".join(named) if named and any(_of_one(side) for side in (left, right)) else None


def _is_value(side: Term) -> bool:
    """One chance or mean by itself, or a multiple of it."""
    match side:
        case Probability() | Expectation():
            return True
        case Mul(args=args):
            return sum(_is_value(a) for a in args) == 1 and all(_is_value(a) or _is_number(a) for a in args)
        case _:
            return False


def _is_number(term: Term) -> bool:
    return not free_symbols(term) and not any(isinstance(n, Probability | Expectation) for n in walk(term))


def _of_one(side: Term) -> bool:
    """Whether it speaks of a distribution that it does not name."""
    return any(
        (isinstance(node, Expectation) and node.under is None and node.op not in ("KL",))
        or (isinstance(node, Probability) and node.function is None)
        for node in walk(side)
    )


def _random(side: Term) -> set[str]:
    random = (node for node in walk(side) if isinstance(node, Expectation | Probability))
    return {name for node in random for name in free_symbols(node)}
